"""The people of a rehearsal, acting by script through the same buttons and forms as anyone."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import discord

from bot.cases.pages import pages_of
from bot.content.models import TemplateField
from bot.formulation.session import Person, Session
from bot.rehearsal.scenario import PreparedCase, Scenario, ScriptedPerson
from bot.rehearsal.stage import Actor, Stage
from bot.services.papers import script_of
from bot.ui.posts import SAYS_DONE

Beat = Callable[[], Awaitable[None]]


async def _no_beat() -> None:
    return


@dataclass
class Troupe:
    """Everyone who acts by script. ``beat`` is awaited after every single action.

    What has been done is read off the session, not remembered, so that a troupe can be built anew at
    any moment, as after a restart; ``spoken`` alone is its own, since talk is not stored.
    """

    stage: Stage
    scenario: Scenario
    beat: Beat = _no_beat
    spoken: set[str] = field(default_factory=set[str])

    def _actor(self, name: str) -> Actor:
        return self.stage[name]

    async def session(self) -> Session | None:
        """The newest session, as stored."""
        async with self.stage.bot.desk.ground.reading() as store:
            kept = [stored.session for stored in await store.sessions.all()]
        return max(kept, key=lambda each: each.started_at, default=None)

    async def prepare(self) -> None:
        """The channel becomes a group."""
        you = self._actor(self.scenario.facilitator)
        await you.command("group setup", zone=self.scenario.zone)
        await self._fill(you, language=["en"], retention="14", facilitators=[], second_reader="no")

    async def bring_case(self) -> bool:
        """The presenter starts a session; False where the form comes back with a refusal."""
        presenter = self._actor(self.scenario.presenter)
        await presenter.command("formulate start", where=self.stage.channel, protocol=self.scenario.protocol)
        await self._past_charter(presenter, "start")
        case = self.scenario.case
        await self._fill(
            presenter,
            title=case.title,
            question=case.question,
            account=case.account.strip(),
            time=f"{self.scenario.mode}.{self.scenario.minutes}",
            facilitator=[self._actor(self.scenario.facilitator).member.user],
        )
        return await self.session() is not None

    async def _fill(self, actor: Actor, **values: object) -> None:
        """Fill in the form that ``actor`` has opened; opening and sending are two actions.

        What the review only asks about stays as it is: nobody in it exists.
        """
        await self.beat()
        await actor.fill(**values)
        await self.beat()
        if actor.offers("keep"):
            await actor.press("keep")
            await self.beat()

    async def post_prepared(self) -> None:
        """Somebody has prepared a case in writing, where the scenario has one, and posts it."""
        prepared = self.scenario.prepared
        if prepared is None:
            return
        actor, template = self._actor(prepared.presenter), self.stage.library.template(prepared.template)
        await actor.command("case present", template=template.id)
        if actor.offers("accept"):
            await actor.press("accept")
            await actor.command("case present", template=template.id)
        for number, fields in enumerate(pages_of(template)):
            if number:
                await actor.press("c-page", str(number))
            await self.fill_page(actor, prepared, fields)
        for verb in ("c-look", "c-next", "c-post"):
            await actor.press(verb)
            await self.beat()

    async def fill_page(self, actor: Actor, prepared: PreparedCase, fields: Sequence[TemplateField]) -> None:
        """Fill in the page of a case's form that ``actor`` has opened."""
        await self.beat()
        await actor.fill(**{each.id: _typed(each, prepared.answers.get(each.id, "")) for each in fields})
        await self.beat()

    async def gather(self) -> None:
        """Everyone else comes in; the facilitator, who was named, reads the charter on the way."""
        for person in self.scenario.people:
            if person.name != self.scenario.presenter and not person.arrives_late:
                await self.come_in(person.name)

    async def come_in(self, name: str) -> None:
        """One person joins."""
        actor = self._actor(name)
        await actor.press("join", on=self.stage.newest_with(self.stage.channel, "join"))
        await self._past_charter(actor, "join")
        await self.beat()
        if actor.offers("enter"):
            await actor.press("enter")
            await self.beat()

    async def _past_charter(self, actor: Actor, verb: str) -> None:
        if actor.offers("accept"):
            await self.beat()
            await actor.press("accept")
            await self.beat()
            await actor.press(verb)

    async def actions(self, *names: str) -> AsyncIterator[str]:
        """Let each of ``names`` do what is theirs in the present step; gives the name of who acted."""
        # Whoever comes late comes first, or a slow step might be over before they are in.
        for name in sorted(names, key=lambda name: not self.scenario.person(name).arrives_late):
            # Looked at anew for each: in slow mode the one before may have moved the group on.
            session = await self.session()
            if session is None or session.status == "stranded":
                return
            for act in self._parts(session, self.scenario.person(name)):
                await act()
                yield name

    def _parts(self, session: Session, person: ScriptedPerson) -> list[Beat]:
        """What ``person`` has still to do in the present step."""
        kind = script_of(session, self.stage.library).step(session).kind
        me = session.person(self._actor(person.name).id)
        if me is None:
            late = person.arrives_late and kind == "ratings"
            return [lambda: self.come_in(person.name)] if late else []
        waits = session.mode == "slow" and person.wants_nudge
        if waits and not me.nudge:
            return [lambda: self._want_nudge(person)]
        if waits and not session.nudged and kind != "arrive":
            return []
        if me.role == "presenter":
            parts = self._presenter_parts(session, kind)
        else:
            parts = self._member_parts(session, kind, person, me)
        says_done = session.mode == "slow" and kind in SAYS_DONE and me.key not in session.done
        return parts or ([lambda: self._done_here(person)] if says_done else [])

    def _member_parts(self, session: Session, kind: str, person: ScriptedPerson, me: Person) -> list[Beat]:
        walk = session.walk(me)
        asked = any(fact.asked_by == me.key for fact in session.facts)
        match kind:
            case "facts" if person.asks and not asked:
                return [lambda: self._ask(person)]
            case "ratings" if person.rates and not walk.done:
                return [lambda: self._rate(person)]
            case "talk" if session.mode == "slow":
                return [
                    lambda topic=topic: self._say(person, topic)
                    for topic in range(len(person.says))
                    if f"{person.name}:{topic}" not in self.spoken
                ]
            case "talk" if f"{person.name}:{session.topic}" not in self.spoken and session.topic < len(
                person.says
            ):
                return [lambda: self._say(person, session.topic)]
            case "second-ratings" if walk.fits and any(
                topic not in walk.again for topic in session.talked_about
            ):
                return [lambda: self._rate_again(person)]
            case "close" if me.key not in session.closings:
                return [lambda: self._goodbye(person)]
            case _:
                return []

    def _presenter_parts(self, session: Session, kind: str) -> list[Beat]:
        presenter = self.scenario.person(self.scenario.presenter)
        part = self.scenario.presenter_part
        me = session.holder("presenter")
        match kind:
            case "telling" if not session.account:
                return [self._tell]
            case "facts" if any(fact.answer is None for fact in session.facts):
                return [
                    lambda key=fact.key, question=fact.question: self._reply(key, question)
                    for fact in session.facts
                    if fact.answer is None
                ]
            case "ratings" if part.own_fits and not session.own_fits:
                return [self._rate_for_myself]
            case "reveal" if session.own_side_may_be_talked_about is None:
                return [self._own_side]
            case "talk" if part.note and not session.note:
                return [self._take_note]
            case "answer" if session.answer is None:
                return [self._respond]
            case "step" if session.outcome is None:
                return [self._decide]
            case "close" if me is not None and me.key not in session.closings:
                return [lambda: self._goodbye(presenter)]
            case _:
                return []

    async def _want_nudge(self, person: ScriptedPerson) -> None:
        actor = self._actor(person.name)
        await actor.press("mine", on=self._board("mine"))
        await actor.press("nudge", "on")
        await self.beat()

    async def _done_here(self, person: ScriptedPerson) -> None:
        await self._actor(person.name).press("done-here", on=self._board("done-here"))
        await self.beat()

    async def _tell(self) -> None:
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("tell", on=self._board("tell"))
        await self._fill(presenter, account=self.scenario.case.account.strip())

    def _board(self, verb: str) -> discord.Message | None:
        return self.stage.newest_with(self.stage.thread, verb)

    async def _ask(self, person: ScriptedPerson) -> None:
        actor = self._actor(person.name)
        await actor.press("ask", on=self._board("ask"))
        await self._fill(actor, question=person.asks)

    async def _reply(self, key: str, question: str) -> None:
        presenter = self._actor(self.scenario.presenter)
        reply = next(
            (each.reply for each in self.scenario.people if each.asks == question), "I'd rather not say."
        )
        where = self.stage.newest_with(self.stage.thread, "reply", key)
        if where is None:
            return
        await presenter.press("reply", key, on=where)
        await self._fill(presenter, answer=reply)

    async def _rate(self, person: ScriptedPerson) -> None:
        actor = self._actor(person.name)
        await actor.press("walk", on=self._board("walk"))
        await self.beat()
        if actor.offers("suppose") and actor.offers("skip"):
            if person.idea:
                await actor.press("suppose")
                await self._fill(actor, idea=person.idea)
            else:
                await actor.press("skip")
            await self.beat()
        while mechanism := actor.rates():
            fit = person.fits.get(mechanism)
            await actor.press("rate", f"{mechanism}.{'x' if fit is None else fit}")
            await self.beat()
        if actor.offers("observe"):
            highest = max(person.fits, key=lambda mechanism: person.fits[mechanism])
            await actor.press("observe", highest if actor.offers("observe", highest) else None)
            await self._fill(actor, for_=person.speaks_for, against=person.speaks_against)
        if actor.offers("finish"):
            await actor.press("finish")
            await self.beat()

    async def _rate_again(self, person: ScriptedPerson) -> None:
        actor = self._actor(person.name)
        await actor.press("again", on=self._board("again"))
        await self.beat()
        while mechanism := actor.rates("rate-again"):
            fit = person.again.get(mechanism, person.fits.get(mechanism))
            await actor.press("rate-again", f"{mechanism}.{'x' if fit is None else fit}")
            await self.beat()

    async def _rate_for_myself(self) -> None:
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("mine", on=self._board("mine"))
        await self.beat()
        await presenter.press("own")
        await self.beat()
        while mechanism := presenter.rates("rate-own"):
            fit = self.scenario.presenter_part.own_fits.get(mechanism)
            await presenter.press("rate-own", f"{mechanism}.{'x' if fit is None else fit}")
            await self.beat()

    async def _take_note(self) -> None:
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("mine", on=self._board("mine"))
        await self.beat()
        await presenter.press("note")
        await self._fill(presenter, note=self.scenario.presenter_part.note)

    async def _own_side(self) -> None:
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("mine", on=self._board("mine"))
        await presenter.press("own-side", "yes" if self.scenario.answer.own_side else "no")
        await self.beat()

    async def _say(self, person: ScriptedPerson, topic: int) -> None:
        self.spoken.add(f"{person.name}:{topic}")
        await self._actor(person.name).member.send(self.stage.thread, person.says[topic])
        await self.beat()

    async def _respond(self) -> None:
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("respond", on=self._board("respond"))
        await self._fill(presenter, fits=list(self.scenario.answer.fits), text=self.scenario.answer.text)

    async def _decide(self) -> None:
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("step", on=self._board("step"))
        await self.beat()
        if presenter.offers("beyond-peers"):
            await presenter.press("steps")
            await self.beat()
        await presenter.choose("strategy", self.scenario.step.strategy)
        await self.beat()
        await presenter.press("decide", self.scenario.step.strategy)
        await self._fill(presenter, cue=self.scenario.step.cue, action=self.scenario.step.action)
        if presenter.offers("p-remind-now"):
            await presenter.press("p-remind-now")
            await self.beat()

    async def next_note(self) -> int | None:
        """When the next note about the presenter's plan is due, in seconds UTC, or None where none is."""
        desk, presenter = self.stage.bot.desk, self._actor(self.scenario.presenter)
        async with self.stage.bot.desk.ground.reading() as store:
            group = await store.groups.by_channel(self.stage.channel.id)
        plans = await desk.commitments.open_of(group, presenter.id) if group is not None else []
        return min((plan.next_at for plan in plans if plan.next_at is not None), default=None)

    async def look_at_note(self) -> None:
        """The presenter opens the newest note among their direct messages."""
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("p-show", on=presenter.inbox[-1])
        await self.beat()

    async def keep_plan(self) -> None:
        """The presenter did it, and writes a line for themselves."""
        presenter = self._actor(self.scenario.presenter)
        await presenter.press("p-kept")
        await self._fill(presenter, line=self.scenario.step.line)

    async def _goodbye(self, person: ScriptedPerson) -> None:
        actor = self._actor(person.name)
        await actor.press("goodbye", on=self._board("goodbye"))
        looked_after = {} if person.looked_after is None else {"looked_after": str(person.looked_after)}
        await self._fill(actor, word=person.word, **looked_after)

    async def move_on(self) -> None:
        """The facilitator presses *next*."""
        you = self._actor(self.scenario.facilitator)
        await you.press("panel", on=self._board("panel"))
        await self.beat()
        await you.press("next")
        await self.beat()


def _typed(field: TemplateField, answer: str) -> str:
    """What a field's component sends: the number of an option, or the text itself."""
    return str(field.options.index(answer)) if answer and field.options else answer
