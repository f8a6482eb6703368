"""The people of a rehearsal, acting by script through the same buttons and forms as anyone."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from simcord import SetupError

from bot.formulation.script import Script, moment
from bot.formulation.session import FEWEST_PEOPLE, Session
from bot.formulation.walk import asked_in, is_done
from bot.rehearsal.hands import Part
from bot.rehearsal.members import Members
from bot.rehearsal.notes import Notes
from bot.rehearsal.papers import Papers
from bot.rehearsal.presenting import Presenting
from bot.rehearsal.scenario import ScriptedPerson
from bot.services.papers import script_of
from bot.ui.posts import SAYS_DONE

LINGERS = 60
"""Seconds that a facilitator who acts by script leaves to whoever doesn't, where nothing shows them done."""
RESUMES_AFTER = 120
"""Seconds after which they let a pause be over."""
_MOST_TRIES = 3


@dataclass
class Troupe(Members, Presenting, Papers, Notes):
    """Everyone who acts by script. ``beat`` is awaited after every single press.

    What has been done is read off what is stored and what stands in the channel, not remembered, so that a
    troupe can be built anew at any moment, as after a restart. ``tried`` counts what changed nothing.
    """

    tried: Counter[str] = field(default_factory=Counter[str])

    async def begin(self) -> bool:
        """All that happens before anyone looks on; False where the start form comes back with a refusal."""
        scenario = self.scenario
        await self.prepare()
        if scenario.starts != "none":
            if not await self.bring_case():
                return False
            await self.gather()
        else:
            # Whoever has read what was agreed counts among those who could have written something.
            for person in scenario.people:
                await self.typed(self.actor(person.name), "vignette mine")
        if scenario.prepared is not None and scenario.prepared.beforehand:
            await self.post_prepared()
        await self.set_reminders()
        await self.stage.pass_time()
        if scenario.starts == "over":
            async for _ in self.actions(*(person.name for person in scenario.people)):
                await self.stage.pass_time()
        return True

    async def actions(self, *names: str) -> AsyncIterator[str]:
        """Let ``names`` do what is theirs, one thing at a time; gives the name of who did it.

        It ends when none of them has anything to do before time goes by, or before somebody else has done
        their part. Each thing is looked up anew, since whoever is not among ``names`` may act in between.
        """
        not_yet = set[str]()
        while (found := await self._first(names, not_yet)) is not None:
            name, part = found
            try:
                await part.act()
            except (LookupError, SetupError):
                # What they meant to press is not there yet, or just being posted afresh: they look later.
                not_yet.add(part.key)
                continue
            self.tried[part.key] += 1
            yield name

    async def own_parts(self, *names: str) -> AsyncIterator[str]:
        """Let each of ``names`` do what is theirs in the session's present step; nobody leads on from it."""
        for name in self._in_order(names):
            # Looked at anew for each: in slow mode the one before may have moved the group on.
            session = await self.session()
            if session is None or session.status == "stranded":
                return
            person = self.scenario.person(name)
            late = self.arrival(session, person) if person.arrives_late else []
            for part in late or self._parts(session, person):
                await part.act()
                yield name

    async def next_due(self) -> int | None:
        """When something comes that somebody here waits for, in seconds UTC; None where nothing will."""
        dates: list[int] = []
        session = await self.session()
        if session is not None and session.status == "open":
            dates += self._dates_of(session)
        group = await self.group()
        if group is not None:
            for each in await self.vignettes(group):
                dates += self.vignette_dates(each)
            async with self.stage.bot.desk.ground.reading() as store:
                sends_at = await store.deliveries.next_due()
            dates += [sends_at] if sends_at is not None else []
            takes = [self.takes_in_at(case) for case in await self.cases(group)]
            dates += [each for each in takes if each is not None]
            dates += await self.note_dates(group)
        return min((each for each in dates if each > self.now), default=None)

    def _dates_of(self, session: Session) -> list[int]:
        script = script_of(session, self.stage.library)
        dates = [script.wakes_at(session)]
        if session.mode != "slow":
            dates += [session.step_began_at + LINGERS, script.until(session)]
            dates += [session.paused_at + RESUMES_AFTER] if session.paused_at is not None else []
        return [each for each in dates if each is not None]

    # Who does what next

    def _in_order(self, names: Sequence[str]) -> list[str]:
        """Whoever comes late comes first, or a slow step might be over before they are in; the slow last."""

        def place(name: str) -> tuple[bool, bool]:
            person = self.scenario.person(name)
            stops = name == self.scenario.presenter and self.scenario.presenter_part.stops_in is not None
            return not person.arrives_late, person.slow or stops

        return sorted(names, key=place)

    async def _first(self, names: Sequence[str], not_yet: set[str]) -> tuple[str, Part] | None:
        session, group = await self.session(), await self.group()
        in_order = self._in_order(names)
        for name in in_order:
            person = self.scenario.person(name)
            parts: list[Part] = []
            if session is not None and session.status != "stranded":
                parts += self.arrival(session, person) or self._parts(session, person)
            if group is not None:
                parts += await self.case_parts(group, person)
                parts += await self.vignette_parts(group, person)
                parts += await self.note_parts(group, person)
            for part in parts:
                key = f"{name} {part.key}"
                if self.tried[key] < _MOST_TRIES and key not in not_yet:
                    return name, Part(key, part.act)
        return self._lead(session, names) if session is not None and not not_yet else None

    def _parts(self, session: Session, person: ScriptedPerson) -> list[Part]:
        """What ``person`` has still to do in the present step."""
        kind = script_of(session, self.stage.library).step(session).kind
        me = session.person(self.actor(person.name).id)
        if me is None or session.paused_at is not None:
            return []
        waits = session.mode == "slow" and person.wants_nudge
        if waits and not me.nudge and session.status == "open":
            return [Part(f"nudge {session.token}", lambda: self.want_nudge(person))]
        if waits and not session.nudged and kind != "arrive":
            return []
        if me.role == "presenter":
            parts = self.presenter_parts(session, kind, person, me)
        else:
            parts = self.member_parts(session, kind, person, me)
        says_done = session.mode == "slow" and kind in SAYS_DONE and me.key not in session.done
        done = Part(f"done {session.token} {session.step}", lambda: self.done_here(person))
        return parts or ([done] if says_done else [])

    def _lead(self, session: Session, names: Sequence[str]) -> tuple[str, Part] | None:
        """The facilitator goes on, where they act by script and everyone has done their part."""
        leader = session.holder("facilitator")
        person = self.scripted(leader.user) if leader is not None else None
        if person is None or person.name not in names or session.status != "open" or session.mode == "slow":
            return None
        here = f"{person.name} next {session.token} {moment(session)}"
        if session.paused_at is not None:
            over = self.now >= session.paused_at + RESUMES_AFTER
            held = Part(f"{here} {session.paused_at}", lambda: self.resume(person.name))
            return (person.name, held) if over else None
        goes_on = self._can_go_on(session, names) and self.tried[here] < _MOST_TRIES
        return (person.name, Part(here, lambda: self.move_on(person.name))) if goes_on else None

    def _can_go_on(self, session: Session, names: Sequence[str]) -> bool:
        script = script_of(session, self.stage.library)
        step = script.step(session)
        if step.kind == "arrive" and len(session.present) < FEWEST_PEOPLE:
            return False
        if step.kind == "ratings" and not any(walk.fits for walk in session.walks.values()):
            return False
        acting = {self.actor(name).id for name in names}
        others = [each for each in session.present if each.user not in acting]
        until = script.until(session)
        if until is not None and self.now >= until:
            return True
        if not others:
            # Whoever sits at the page may not have come in yet.
            return step.kind != "arrive" or all(session.known(user) for user in self._awaited() - acting)
        if _owes(session, script, [each.key for each in others]):
            return False
        seen_to_be_done = step.kind in ("ratings", "second-ratings", "answer", "step", "close")
        return seen_to_be_done or self.now >= session.step_began_at + LINGERS

    def _awaited(self) -> set[int]:
        """Who comes in at the beginning, by the script."""
        return {self.actor(each.name).id for each in self.scenario.people if not each.arrives_late}


def _owes(session: Session, script: Script, keys: Sequence[str]) -> bool:
    """Whether the session waits for something of one of these people."""
    step, presenter = script.step(session), session.holder("presenter")
    if step.kind == "facts" and presenter is not None and presenter.key in keys:
        return any(fact.answer is None for fact in session.facts)
    if step.kind not in ("ratings", "second-ratings", "answer", "step", "close"):
        return False
    return any(each.key in keys and not is_done(session, step, each) for each in asked_in(session, step))
