"""Random people press random buttons, with restarts in between, and the promises hold all the same."""

import asyncio
import random
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from bot.formulation.acts import Act, Contribute, FinishWalk, Observe, Rate, Skip, Suppose, Tell
from bot.formulation.session import Mode, Session
from bot.formulation.spread import FEWEST_RATERS
from bot.rehearsal.stage import Actor, Message, Stage, components_of, message_text, open_stage
from bot.services.screening import BY_RULES
from tests.conftest import OUTSIDER, Dice, english, settings_in
from tests.services.evening import StageEvening, evening_on
from tests.session.moves import mine
from tests.session.sight import before as words_before
from tests.ui.raw import BUTTON, CHECKBOXES, RADIO, SELECT, TEXT_INPUT, USERS

Control = tuple[Message, Mapping[str, Any]]

PEOPLE = ("You", "Bea", "Cem", "Dag", "Eli", OUTSIDER)
MEMBERS = ("Cem", "Dag", "Eli")
KINDS: Sequence[tuple[str, Mode, int]] = (
    ("six-mechanisms", "voice", 60),
    ("six-mechanisms", "voice", 90),
    ("six-mechanisms", "text", 45),
    ("six-mechanisms", "slow", 0),
    ("balint", "voice", 45),
    ("kollegiale-beratung", "text", 60),
    ("kollegiale-beratung", "slow", 0),
    ("incident-method", "voice", 90),
    ("incident-method", "slow", 0),
)
LEADERS = {"next", "skip-step", "go-back", "end-now"}
GIVING = {
    *("done-here", "tell", "restate", "way", "suppose", "skip", "rate", "observe", "finish", "rate-again"),
    *("respond", "decide", "outcome", "ask-client", "goodbye", "step-out", "make-room", "hand-over"),
    *("brake", "pause", "enter", "join", "take-back"),
}
"""What may be the last thing that a slow session waited for."""
LIVELY, RARELY = 0.8, 0.1
ENDING = {"end-now", "stop-now"}
DULL = {"mine", "slower", "card", "more", "own-more", "own-card", "back", "panel", "handout", "stop", "end"}
FIRST_TEXT = "typed0x"
TYPED = re.compile(r"typed\d+x")
END = re.compile(r"end\s<t:(\d+):t>")


@dataclass
class Evening:
    """One session in which anything may be pressed, and what has been typed in it, by whom."""

    evening: StageEvening
    dice: random.Random
    typed: dict[str, str] = field(default_factory=dict[str, str])
    ends: set[str] = field(default_factory=set[str])

    @property
    def stage(self) -> Stage:
        return self.evening.stage

    def text(self, by: str) -> str:
        """A text that nobody has typed yet."""
        text = f"typed{len(self.typed)}x"
        self.typed[text] = by
        return text

    # Far enough into the evening that there is something to see

    async def come_this_far(self, moments: int) -> None:
        """The group goes on, by use cases, and gives what each step asks for alone."""
        for _ in range(moments):
            session = await self.evening.session()
            if session.status != "open":
                return
            await self.give(session, await self.evening.kind())
            now = await self.evening.session()
            # In slow mode the last who gave something may have moved the group on.
            if (now.step, now.topic) == (session.step, session.topic):
                await self.act(Skip(await self.evening.here()), "You")

    async def give(self, session: Session, kind: str) -> None:
        if kind == "arrive" and not session.account:
            await self.act(Tell(self.text("Bea")), "Bea")
        if kind == "gather":
            for name in ("You", *MEMBERS):
                await self.act(Contribute(f"{self.dice.getrandbits(64):016x}", self.text(name)), name)
        if kind == "ratings":
            for name in self.dice.sample(("You", *MEMBERS), self.dice.choice((2, 4, 4))):
                await self.rate(name)

    async def rate(self, name: str) -> None:
        mechanisms = [each.id for each in self.stage.library.mechanisms]
        await self.act(Suppose(self.text(name)), name)
        for mechanism in mechanisms:
            await self.act(Rate(mechanism, self.dice.choice((0, 1, 2, 3, 4, None))), name)
        await self.act(Observe(self.dice.choice(mechanisms), self.text(name), self.text(name)), name)
        await self.act(FinishWalk(), name)

    async def act(self, act: Act, name: str) -> None:
        await self.evening.desk().formulating.act(self.evening.token, act, self.stage[name].id)

    # One press

    def controls(self, actor: Actor) -> list[Control]:
        """Everything that ``actor`` could press in the thread and in the channel."""
        posts = [*self.stage.posts(viewer=actor), *self.stage.posts(self.stage.channel, actor)]
        return controls_of([post for post in posts if not post.flags.ephemeral][-6:])

    async def turn(self) -> None:
        """Somebody presses something, most often to their own part, and a few times what that brings."""
        actor = self.stage[self.dice.choice(PEOPLE)]
        actor.shown = None
        person = (await self.evening.session()).person(actor.id)
        own = "panel" if person is not None and person.role == "facilitator" else "mine"
        found = self.controls(actor)
        way_in = [each for each in found if verb_of(each[1]) == own]
        await self.one_press(actor, way_in if way_in and self.dice.random() < LIVELY else found)
        for _ in range(self.dice.randint(0, 4)):
            response = actor.shown.response if actor.shown is not None else None
            found = controls_of([response]) if response is not None else []
            await self.one_press(actor, found or self.controls(actor))

    async def one_press(self, actor: Actor, found: list[Control]) -> None:
        session = await self.evening.session()
        dull = DULL if session.person(actor.id) is None else DULL | {"join"}
        lively = [each for each in found if verb_of(each[1]) not in dull]
        pool = lively if lively and self.dice.random() < LIVELY else found
        if not pool:
            return
        message, part = self.dice.choice(pool)
        verb = verb_of(part)
        if verb in ENDING and self.dice.random() < LIVELY:
            return
        note(f"{actor.name}: {part['custom_id']}")
        before, version = await self.evening.session(), (await self.evening.stored()).version
        await self.press(actor, message, part)
        assert actor.shown is not None
        assert actor.shown.acknowledged
        if actor.shown.modal is not None and self.dice.random() < LIVELY:
            assert await self.evening.session() == before, "opening a form changed something"
            await self.fill(actor)
        after = await self.evening.stored()
        # The clock may have had something to say at once, where a pause has ended.
        called = clock_said(after.session) != clock_said(before)
        assert after.version - version <= 1 + called, "one press, more than one effect"
        self.compare(before, after.session, actor, verb)
        self.look_at_private(after.session, actor)

    async def press(self, actor: Actor, message: Message, part: Mapping[str, Any]) -> None:
        custom_id = str(part["custom_id"])
        if part["type"] == BUTTON:
            actor.shown = await actor.member.click(message, custom_id=custom_id)
            return
        if part["type"] == USERS:
            chosen: Any = self.stage[self.dice.choice(PEOPLE)].member.user
        else:
            assert part["type"] == SELECT
            chosen = self.dice.choice([option["value"] for option in part["options"]])
        actor.shown = await actor.member.select(message, values=[chosen], custom_id=custom_id)

    async def fill(self, actor: Actor) -> None:
        assert actor.shown is not None
        assert actor.shown.modal is not None
        values: dict[str, object] = {}
        for part in actor.shown.modal["components"]:
            component: Mapping[str, Any] = part.get("component", {})
            options = [option["value"] for option in component.get("options", ())]
            match component.get("type"):
                case None:
                    pass
                case each if each == TEXT_INPUT:
                    values[component["custom_id"]] = self.text(actor.name)
                case each if each == RADIO:
                    values[component["custom_id"]] = self.dice.choice(options)
                case each if each == CHECKBOXES:
                    values[component["custom_id"]] = self.dice.sample(options, self.dice.randrange(3))
                case other:
                    message = f"a field of kind {other}"
                    raise AssertionError(message)
        if self.dice.random() < RARELY:
            await self.stage.restart()
        actor.shown = await actor.member.submit_modal(actor.shown, values)
        assert actor.shown.acknowledged

    # What a press may change

    def compare(self, before: Session, after: Session, actor: Actor, verb: str) -> None:
        """What one person's press may change of what was there."""
        me = before.known(actor.id) or after.known(actor.id)
        if (before.step, before.topic) != (after.step, after.topic):
            assert me is not None
            by_right = (me.role == "facilitator" and verb in LEADERS) or (
                me.role == "presenter" and verb in ("aside-topic", "stop-now")
            )
            assert by_right or (before.mode == "slow" and verb in GIVING), f"{verb} by a {me.role} moved them"
        if after.taken_back:
            assert before.taken_back or (verb, me and me.role) == ("stop-now", "presenter")
            return
        if (before.paused_at is None) is not (after.paused_at is None):
            assert me is not None
            assert me.role in ("presenter", "facilitator")
        for key in before.walks.keys() | after.walks.keys():
            if me is None or key != me.key:
                assert before.walks.get(key) == after.walks.get(key), "somebody else's ratings changed"
        presenter = after.holder("presenter")
        assert presenter is not None
        assert presenter.key not in after.walks
        assert verb == "reply" or all(fact in after.facts for fact in before.facts)
        assert [
            line for line in before.lines if line not in after.lines and (me is None or line.by != me.key)
        ] == []
        if before.reveal is not None:
            assert after.reveal is not None
            assert after.reveal.seed == before.reveal.seed
            for key, walk in before.walks.items():
                assert after.walks[key].fits == walk.fits, "a rating after the reveal"
        if before.mode != "slow":
            assert (before.started_at, before.minutes) == (after.started_at, after.minutes)

    # What can be seen

    def in_sight(self, session: Session) -> set[str]:
        """What has been typed and may be read by the group by now."""
        said = [line.text for line in self.evening.desk().formulating.lines_in_sight(session)]
        said += [text for fact in session.facts for text in (fact.question, fact.answer or "")]
        said += [session.restated or "", session.answer.text if session.answer is not None else ""]
        if session.told:
            said.append(session.account or "")
        if session.status == "closed":
            said += [closing.word for closing in session.closings.values()]
        return {text for each in said for text in TYPED.findall(each)}

    def look_at_private(self, session: Session, actor: Actor) -> None:
        """What ``actor`` alone was shown holds nothing that another typed and that is not in sight."""
        allowed = self.in_sight(session) | {text for text, by in self.typed.items() if by == actor.name}
        assert set(TYPED.findall(words_before(actor))) <= allowed

    async def look(self) -> None:
        """What everyone can see now."""
        session = await self.evening.session()
        posts = [message for message in self.stage.posts() if not message.flags.ephemeral]
        texts = [message_text(message) for message in posts if message.author.bot]
        shown = "\n".join(texts)
        in_sight = self.in_sight(session)
        assert set(TYPED.findall(shown)) <= in_sight, "shown too early, or still"
        for line in self.evening.desk().formulating.lines_in_sight(session):
            assert line.text in shown
        channel = "\n".join(message_text(message) for message in self.stage.posts(self.stage.channel))
        assert TYPED.findall(channel) == []
        leading = {person.user for person in session.people if person.role in ("presenter", "facilitator")}
        named = {name for name in PEOPLE if str(self.stage[name].id) in shown}
        assert {self.stage[name].id for name in named} <= leading, "a member is named"
        assert sum(verb_of(part) == "mine" for _, part in controls_of(posts)) <= 1, "two boards"
        self.ends |= set(END.findall(shown))
        assert len(self.ends) <= 1, "the end was moved"
        pictures = [each.filename for message in posts for each in message.attachments]
        assert len(pictures) == len(set(pictures))
        assert not pictures or rated_by_four(session), "figures of fewer than four"
        for name in PEOPLE:
            inside = session.person(self.stage[name].id) is not None
            assert inside or self.stage.posts(viewer=self.stage[name]) == []

    async def brake(self) -> None:
        """Whatever has happened: the presenter can hold the clock, and take everything back."""
        bea = self.stage["Bea"]
        if (await self.evening.session()).taken_back or self.stage.thread.history() == []:
            return
        await bea.command("formulate mine", where=self.stage.thread)
        for on in ("on", "off"):
            if bea.offers("brake", on):
                await bea.press("brake", on)
                assert ((await self.evening.session()).paused_at is not None) is (on == "on")
        if (await self.evening.session()).status == "open":
            await mine(bea)
        await bea.press("stop")
        await bea.press("stop-now")
        await self.stage.pass_time(5)
        assert (await self.evening.session()).taken_back
        assert (
            TYPED.findall(
                "\n".join(message_text(each) for each in self.stage.posts() if not each.flags.ephemeral)
            )
            == []
        )


def clock_said(session: Session) -> tuple[bool, ...]:
    """What the clock has said about the present moment."""
    return (session.time_up, session.reserve_called, session.nudged)


def verb_of(part: Mapping[str, Any]) -> str:
    return str(part["custom_id"]).split(":")[2]


def controls_of(messages: Sequence[Message]) -> list[Control]:
    """Every control in these messages that can be used, with its message."""
    return [
        (message, part)
        for message in messages
        for part in components_of(message)
        if "custom_id" in part and not part.get("disabled")
    ]


def rated_by_four(session: Session) -> bool:
    """Whether any mechanism has as many figures as make a picture."""
    mechanisms = {mechanism for walk in session.walks.values() for mechanism in walk.fits}
    return any(
        sum(walk.fits.get(mechanism) is not None for walk in session.walks.values()) >= FEWEST_RATERS
        for mechanism in mechanisms
    )


async def spend(seed: int, folder: Path) -> None:
    dice = random.Random(seed)
    protocol, mode, minutes = dice.choice(KINDS)
    note(f"{protocol}, {mode}, {minutes} minutes")
    async with open_stage(
        settings_in(folder),
        PEOPLE,
        server="Tuesday group",
        channel="tuesday",
        chance=Dice(),
        finder=BY_RULES,
        library=english(),
    ) as stage:
        made = await evening_on(
            stage, members=MEMBERS, mode=mode, minutes=minutes, protocol=protocol, account=FIRST_TEXT
        )
        await made.colleague(stage[OUTSIDER].id)
        evening = Evening(made, dice, {FIRST_TEXT: "Bea"})
        # Most evenings begin in the middle, where most of the private things are.
        steps = made.desk().formulating.script_of(await made.session()).steps
        await evening.come_this_far(dice.randrange(len(steps) - 1))
        await stage.pass_time(5)
        await evening.look()
        for _ in range(dice.randint(4, 10)):
            await evening.turn()
            chance = dice.random()
            if chance < RARELY:
                await stage.restart()
            elif chance < 2 * RARELY:
                await stage.pass_time(dice.choice((60, 600, 86_400)))
                await stage.pass_time(5)
                await evening.look()
            elif chance < 4 * RARELY:
                await stage.pass_time()
        await stage.pass_time(5)
        await evening.look()
        await evening.brake()


@settings(
    max_examples=10,
    deadline=None,
    # An evening takes too long to be played over and over in search of a shorter one that fails.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_whatever_anyone_presses(seed: int) -> None:
    """Nothing shows early, nothing committed is lost, one press has one effect, and everyone is answered."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(spend(seed, Path(folder) / "data"))
