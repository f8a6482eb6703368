"""Every kind of screen there is, to be looked at: evenings of every kind, played through."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.formulation.session import Session
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import Actor, open_stage
from bot.rehearsal.troupe import Troupe
from bot.services.papers import script_of
from bot.storage.groups import Group
from tests.conftest import Dice
from tests.ui.camera import Camera, SharpBrowser, open_browser

EIGHT_AND_ONE = ("Gil", "Hal", "Ira")
"""With the six of the first evening, one more than take part by themselves."""
IDEAS = {
    "Cem": "Thank her for the tea, and ask what it was like to make it.",
    "Dag": "Say aloud that there is time for the hard part today.",
    "Eli": "Do nothing at all, and see who fills the silence.",
}
MINUTES = 60
DAYS = 86_400


@dataclass
class Album:
    """Pictures of one evening, in the order in which they were taken."""

    camera: Camera
    troupe: Troupe
    taken: int = 0

    def __getitem__(self, name: str) -> Actor:
        return self.camera.stage[name]

    @property
    def presenter(self) -> Actor:
        return self[self.troupe.scenario.presenter]

    @property
    def facilitator(self) -> Actor:
        return self[self.troupe.scenario.facilitator]

    async def session(self) -> Session:
        session = await self.troupe.session()
        assert session is not None
        return session

    async def private(self, name: str, seen_by: Actor) -> None:
        self.taken += 1
        await self.camera.shown(f"{self.taken:03}-{name}", seen_by)

    async def post(self, name: str, verb: str | None = None, *, here: bool = True) -> None:
        """The newest post with a control, or the newest of all."""
        self.taken += 1
        stage = self.camera.stage
        where = stage.thread if here else stage.channel
        found = stage.newest_with(where, verb) if verb is not None else stage.posts(where)[-1]
        await self.camera.take(f"{self.taken:03}-{name}", self.facilitator, found, where)

    async def note(self, name: str, who: Actor) -> None:
        """The newest of somebody's direct messages."""
        self.taken += 1
        await self.camera.take(f"{self.taken:03}-{name}", who, who.inbox[-1], who.member.user.dm_channel)

    def seen(self) -> set[int]:
        """What stands in the thread by now."""
        return {each.id for each in self.camera.stage.posts()}

    async def new_posts(self, name: str, seen: set[int]) -> None:
        """Every post that was not there before."""
        fresh = [each for each in self.camera.stage.posts() if each.id not in seen]
        for number, found in enumerate(fresh):
            self.taken += 1
            await self.camera.take(f"{self.taken:03}-{name}-{number}", self.facilitator, found)

    async def press(self, who: Actor, *verbs: str) -> None:
        """Press one control after the other; ``verb.argument`` where one of several is meant."""
        for verb in verbs:
            name, _, argument = verb.partition(" ")
            board = self.camera.stage.newest_with(self.camera.stage.thread, name)
            nearer = who.offers(name, argument or None)
            await who.press(name, argument or None, on=None if nearer else board)

    async def all_act(self) -> None:
        # Presenters answer questions that were not there yet when the round began.
        for _ in range(2):
            async for _ in self.troupe.own_parts(*(person.name for person in self.troupe.scenario.people)):
                await self.camera.stage.pass_time()

    async def move_on(self) -> None:
        await self.troupe.move_on()
        await self.camera.stage.pass_time()

    async def parts(self, step: str, *names: str) -> None:
        """The board, and *my part* of these people."""
        await self.post(f"{step}-board", "mine")
        for name in names:
            await self.press(self[name], "mine")
            await self.private(f"{step}-mine-{name}", self[name])


@asynccontextmanager
async def album(
    browser: SharpBrowser, folder: Path, scenario: Scenario, more: Sequence[str] = ()
) -> AsyncIterator[Album]:
    names = (*(person.name for person in scenario.people), *more)
    with throwaway_settings() as settings:
        async with open_stage(
            settings, names, server=scenario.server, channel=scenario.channel, chance=Dice()
        ) as stage:

            def keep(name: str, content: bytes) -> None:
                (folder / f"{name}.png").write_bytes(content)

            camera = Camera(stage, browser, scenario.zone, keep)
            troupe = Troupe(stage, scenario)
            await troupe.prepare()
            yield Album(camera, troupe)


async def draw_every_screen(program: str, folder: Path) -> None:
    first = load_scenario()
    evenings: dict[str, tuple[Scenario, Sequence[str], Callable[[Album], Awaitable[None]]]] = {
        "voice": (first, EIGHT_AND_ONE, in_a_call),
        "text": (first.model_copy(update={"mode": "text"}), (), in_writing),
        "four": (load_scenario("four-people"), (), four_people),
        "slow": (load_scenario("slow-fortnight"), (), over_days),
        "kollegiale": (first.model_copy(update={"protocol": "kollegiale-beratung"}), (), another_way),
        "incident": (first.model_copy(update={"protocol": "incident-method"}), (), another_way),
        "balint": (first.model_copy(update={"protocol": "balint"}), (), another_way),
        "taken-back": (first, (), taken_back),
        "strategies": (first, (), looked_up),
        "notes": (first, (), brought_back),
    }
    for name in evenings:
        (folder / name).mkdir(exist_ok=True)
    async with open_browser(program) as browser:
        for name, (scenario, more, play) in evenings.items():
            async with album(browser, folder / name, scenario, more) as one:
                await play(one)


async def in_a_call(one: Album) -> None:
    await before_the_door(one)
    await one.parts("arrive", "Bea", "Cem", "You", "Ira")
    await one.press(one["Cem"], "leave")
    await one.private("leave-question", one["Cem"])
    await one.press(one["You"], "panel")
    await one.private("panel", one["You"])
    await one.press(one["You"], "panel-more")
    await one.private("panel-more", one["You"])
    await one.press(one["You"], "end")
    await one.private("end-question", one["You"])
    await the_telling_and_the_facts(one)
    await the_ratings(one)
    await the_reveal_and_the_talk(one)
    await the_second_look(one)
    await the_presenters_end(one)


async def before_the_door(one: Album) -> None:
    bea, cem = one.presenter, one["Cem"]
    case = one.troupe.scenario.case
    await bea.command("formulate start")
    await one.private("charter", bea)
    await bea.press("accept")
    await one.private("charter-accepted", bea)
    await bea.press("start")
    await one.private("start-form", bea)
    await bea.fill(
        title=case.title, question=case.question, account="Write to anna.k@example.org.", time="voice.60"
    )
    await one.private("given-back", bea)
    await bea.press("discard")
    await one.private("discard-question", bea)
    await bea.press("discard-now")
    await one.private("discarded", bea)
    assert await one.troupe.bring_case()
    await one.private("start-done", bea)
    await one.camera.stage.pass_time()
    await one.post("invitation", "join", here=False)
    await cem.press("join")
    await cem.press("accept")
    await cem.press("join")
    await one.private("before-coming-in", cem)
    await cem.press("step-out")
    await one.private("passed", cem)
    await one.troupe.come_in("Cem")
    await one.private("joined", cem)
    await one.troupe.gather()
    for name in EIGHT_AND_ONE:
        await one.troupe.come_in(name)
    await one.private("joined-listening", one["Ira"])
    await one.camera.stage.pass_time()
    await one.new_posts("thread", set())


async def the_telling_and_the_facts(one: Album) -> None:
    bea, cem, you, stage = one.presenter, one["Cem"], one.facilitator, one.camera.stage
    await one.move_on()
    await one.parts("telling", "Bea", "Cem")
    await bea.press("tell")
    await one.private("tell-form", bea)
    await one.press(bea, "mine", "note")
    await one.private("note-form", bea)
    await one.press(cem, "slower")
    await one.private("slower-done", cem)
    await stage.pass_time()
    await one.post("board-slower", "mine")
    await one.press(bea, "mine", "brake on")
    await one.private("mine-paused", bea)
    await stage.pass_time()
    await one.post("board-paused", "mine")
    await one.press(you, "panel")
    await one.private("panel-paused", you)
    await one.press(bea, "mine", "brake off")
    await one.press(you, "panel", "more-time")
    await one.private("panel-more-time", you)
    await stage.pass_time(20 * MINUTES)
    await one.post("call-time")
    await one.press(cem, "panel")
    await one.private("take-over", cem)
    before = one.seen()
    await one.move_on()
    await one.parts("facts", "Bea", "Cem")
    await one.press(cem, "ask")
    await one.private("ask-form", cem)
    await one.all_act()
    await one.press(cem, "mine")
    await one.new_posts("facts", before)


async def the_ratings(one: Album) -> None:
    bea, eli, stage = one.presenter, one["Eli"], one.camera.stage
    await one.move_on()
    await one.parts("ratings", "Bea", "Cem", "Ira")
    await one.press(eli, "walk")
    await one.private("idea", eli)
    await one.press(eli, "suppose")
    await one.private("suppose-form", eli)
    await one.press(eli, "walk", "skip")
    for number in range(1, 7):
        await one.private(f"card-{number}", eli)
        if number == 1:
            await one.press(eli, "more")
            await one.private("card-more", eli)
            await one.press(eli, "card")
        await one.press(eli, f"rate {eli.rates()}.{4 if number == 2 else 1}")
    await one.private("summary-missing", eli)
    await one.press(eli, "observe")
    await one.private("observe-form", eli)
    await eli.fill(
        for_="Skipping a session to spare the therapist: she takes charge of the frame.", against=""
    )
    await one.private("summary-done", eli)
    await one.press(bea, "mine", "own")
    await one.private("own-card", bea)
    while mechanism := bea.rates("rate-own"):
        await bea.press("rate-own", f"{mechanism}.2")
    await one.private("own-summary", bea)
    await one.all_act()
    await stage.pass_time()
    await one.press(one.facilitator, "panel")
    await one.private("panel-ratings", one.facilitator)


async def the_reveal_and_the_talk(one: Album) -> None:
    bea, cem, you, stage = one.presenter, one["Cem"], one.facilitator, one.camera.stage
    before = one.seen()
    await one.move_on()
    await one.parts("reveal", "Bea", "Cem")
    await one.new_posts("reveal", before)
    await one.press(bea, "mine", "own-chart")
    await one.private("own-chart", bea)
    await one.press(bea, "mine", "own-side yes")
    await one.private("own-side-set", bea)
    await one.move_on()
    await one.parts("talk", "Bea", "Cem", "Ira")
    await one.press(you, "panel")
    await one.private("panel-talk", you)
    await one.press(bea, "mine", "aside 0")
    await one.private("aside", bea)
    await one.press(cem, "mine", "own-words")
    await one.private("own-words", cem)
    await stage.pass_time(30 * MINUTES)
    await one.post("call-reserve")
    await one.press(you, "panel", "more-time")
    await one.private("no-minutes-left", you)
    await one.move_on()
    await one.parts("talk-second")
    before = one.seen()
    await one.move_on()
    await one.new_posts("second", before)


async def the_second_look(one: Album) -> None:
    cem = one["Cem"]
    await one.parts("second-ratings", "Bea", "Cem")
    await one.press(cem, "mine", "again")
    await one.private("again-card", cem)
    while mechanism := cem.rates("rate-again"):
        await cem.press("rate-again", f"{mechanism}.3")
    await one.private("again-done", cem)
    await one.all_act()
    before = one.seen()
    await one.move_on()
    await one.new_posts("change", before)


async def the_presenters_end(one: Album) -> None:
    bea, cem, you, stage = one.presenter, one["Cem"], one.facilitator, one.camera.stage
    await one.parts("answer", "Bea", "Cem")
    await one.press(bea, "mine", "respond")
    await one.private("respond-form", bea)
    await bea.fill(fits=["none-of-these", "role-reversal"], text="It fits.")
    await one.private("none-and-some", bea)
    await bea.press("edit")
    await bea.fill(
        fits=["role-reversal", "fear-of-abandonment", "empathy-and-compassion", "countertransference"],
        text="It fits, and it moved me.",
    )
    await one.private("answered", bea)
    await stage.pass_time()
    await one.post("answer")
    await one.move_on()
    await one.parts("step", "Bea", "Cem")
    await one.press(bea, "mine", "step")
    await one.private("warning", bea)
    await one.press(bea, "beyond-peers")
    await one.private("beyond-peers", bea)
    await one.press(bea, "steps")
    await one.private("steps", bea)
    await bea.choose("strategy", one.troupe.scenario.step.strategy)
    await one.private("strategy", bea)
    await bea.press("decide")
    await one.private("decide-form", bea)
    await bea.fill(cue=one.troupe.scenario.step.cue, action=one.troupe.scenario.step.action)
    await one.private("decided", bea)
    await bea.press("steps")
    await one.private("steps-with-plan", bea)
    await bea.press("ask-client")
    await one.private("ask-client-form", bea)
    await one.move_on()
    await one.parts("close", "Bea", "Cem", "Ira")
    await one.press(cem, "goodbye")
    await one.private("goodbye-form", cem)
    await one.all_act()
    await one.press(you, "panel")
    await one.private("panel-close", you)
    before = one.seen()
    await one.move_on()
    await one.new_posts("closing", before)
    await one.press(bea, "handout")
    await one.private("handout", bea)
    for actor in (bea, cem):
        await actor.command("formulate mine")
        await one.private(f"over-mine-{actor.name}", actor)
    await one.camera.stage.pass_time()
    await one.post("invitation-over", here=False)
    await bea.command("privacy notice")
    await one.private("notice", bea)


async def in_writing(one: Album) -> None:
    assert await one.troupe.bring_case()
    await one.troupe.gather()
    await one.camera.stage.pass_time()
    while (session := await one.session()).status == "open":
        await one.parts(session.step, "Bea", "Cem")
        await one.all_act()
        await one.move_on()


async def four_people(one: Album) -> None:
    assert await one.troupe.bring_case()
    await one.troupe.gather()
    await one.camera.stage.pass_time()
    while (session := await one.session()).status == "open":
        before = one.seen()
        if session.step in ("reveal", "talk", "second-ratings", "answer"):
            await one.parts(session.step, "Mia")
        await one.all_act()
        await one.move_on()
        if session.step in ("ratings", "reveal"):
            await one.new_posts("after-ratings", before)


async def over_days(one: Album) -> None:
    stage = one.camera.stage
    assert await one.troupe.bring_case()
    await one.private("start-done", one.presenter)
    await stage.pass_time()
    await one.post("invitation", "join", here=False)
    await one.post("board-waits", "mine")
    await one.troupe.gather()
    await stage.pass_time()
    member = one.troupe.scenario.people[2].name
    seen: set[str] = set()
    for _ in range(60):
        session = await one.session()
        if session.status != "open":
            break
        if session.step not in seen:
            seen.add(session.step)
            await one.parts(session.step, member, one.presenter.name)
            await one.press(one.facilitator, "panel", "panel-more")
            await one.private(f"{session.step}-more", one.facilitator)
            if session.step == "talk":
                await one.press(one.presenter, "mine", "aside 0")
                await one.private("aside", one.presenter)
        await one.all_act()
        until = script_of(session, stage.library).until(session) or stage.clock.seconds() + DAYS
        await stage.pass_time(max(until - stage.clock.seconds(), 0) + 3)
    await one.post("closed", "handout")


async def another_way(one: Album) -> None:
    assert await one.troupe.bring_case()
    await one.troupe.gather()
    stage = one.camera.stage
    await stage.pass_time()
    while (session := await one.session()).status == "open":
        kind = script_of(session, stage.library).step(session).kind
        before = one.seen()
        await one.parts(session.step, "Bea", "Cem")
        if kind == "restate":
            await one.press(one.presenter, "mine", "restate")
            await one.private("restate-form", one.presenter)
            await one.presenter.fill(question="How can I stay with her story when she turns to me?")
        if kind == "choose":
            await one.press(one.presenter, "mine", "ways")
            await one.private("ways", one.presenter)
            await one.presenter.choose("way", "headstand")
            await one.private("way-chosen", one.presenter)
        if kind == "gather":
            await one.press(one["Cem"], "contribute")
            await one.private("contribute-form", one["Cem"])
            for name, text in IDEAS.items():
                await one.press(one[name], "contribute")
                await one[name].fill(text=text)
            await one.private("contributed", one["Eli"])
            await one.press(one["Cem"], "mine", "own-words")
            await one.private("own-words", one["Cem"])
        if kind == "answer":
            await one.press(one.presenter, "mine", "respond")
            await one.private("respond-form", one.presenter)
            await one.presenter.fill(text="I liked the one about the silence.")
        if kind == "step":
            await one.press(one.presenter, "mine", "step", "steps")
            await one.private("steps", one.presenter)
            await one.press(one.presenter, "outcome watch")
        await one.all_act()
        await one.move_on()
        if kind in ("gather", "restate"):
            await one.new_posts(f"after-{session.step}", before)


async def taken_back(one: Album) -> None:
    assert await one.troupe.bring_case()
    await one.troupe.gather()
    await one.camera.stage.pass_time()
    await one.press(one.presenter, "mine", "stop")
    await one.private("stop-question", one.presenter)
    await one.press(one.presenter, "stop-now")
    await one.private("stop-done", one.presenter)
    await one.camera.stage.pass_time()
    await one.post("board", here=True)
    await one.post("invitation", here=False)
    await one.presenter.command("formulate mine")
    await one.private("mine", one.presenter)


async def looked_up(one: Album) -> None:
    who = one.presenter
    await who.command("strategy browse")
    await one.private("browse", who)
    await who.choose("s-fits", "countertransference")
    await one.private("by-mechanism", who)
    await who.press("s-browse")
    await who.choose("s-about", "are-you-ill")
    await one.private("by-situation", who)
    await who.choose("s-open", "own-the-visible-cue")
    await one.private("one", who)
    for text in one.camera.stage.library.frame:
        await who.command("strategy browse")
        await who.press("s-frame", text.id)
        await one.private(f"frame-{text.id}", who)
    for words in ("giftt", "xyzzy"):
        await who.command("strategy search", words=words)
        await one.private(f"search-{words}", who)
    await who.command("strategy show", name="say")
    await one.private("which-one", who)


async def brought_back(one: Album) -> None:
    """A reminder from its form to its note; a plan from its session to a week later."""
    stage, cem = one.camera.stage, one["Cem"]
    assert await one.troupe.bring_case()
    await one.troupe.gather()
    await stage.pass_time()
    await cem.command("remind me")
    await one.private("ways", cem)
    await cem.command("remind me", how="week")
    await one.private("form", cem)
    await cem.fill(weeks=["2"], days=["1", "3"], time="19:00", quiet="21:00–7:00")
    await one.private("preview", cem)
    await cem.press("r-keep")
    await one.private("kept", cem)
    await cem.command("remind list")
    await one.private("list", cem)
    kept = await stage.bot.desk.reminders.of(await group_of(one), cem.id)
    await stage.pass_time((kept[0].next_at or 0) - stage.clock.seconds() + 5)
    await one.note("arrived", cem)
    await cem.press("n-show", on=cem.inbox[-1])
    await one.private("shown", cem)
    while (await one.session()).step != "step":
        await one.all_act()
        await one.move_on()
    await one.press(one.presenter, "step", "steps", "decide")
    await one.private("decide-form", one.presenter)
    await one.presenter.fill(cue=one.troupe.scenario.step.cue, action=one.troupe.scenario.step.action)
    await one.private("decided", one.presenter)
    await one.presenter.press("p-remind-now")
    await one.private("reminding", one.presenter)
    await one.presenter.command("commitment mine")
    await one.private("mine", one.presenter)
    await stage.pass_time((await one.troupe.next_due() or 0) - stage.clock.seconds() + 5)
    await one.presenter.press("p-show", on=one.presenter.inbox[-1])
    await one.private("plan-shown", one.presenter)
    await stage.pass_time(2 * DAYS)
    await one.presenter.command("formulate mine")
    await one.private("visit", one.presenter)


async def group_of(one: Album) -> Group:
    stage = one.camera.stage
    async with stage.bot.desk.ground.reading() as store:
        group = await store.groups.by_channel(stage.channel.id)
    assert group is not None
    return group
