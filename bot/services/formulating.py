"""Sessions: starting one, and letting one act happen to it."""

from dataclasses import dataclass

from bot.content.library import Library
from bot.content.protocols import Protocol
from bot.formulation.acts import Act, Strand, TimeUp
from bot.formulation.giving import lines_in_sight
from bot.formulation.moving import due_at
from bot.formulation.people import is_gone
from bot.formulation.reveal import Observation
from bot.formulation.script import Script, moment
from bot.formulation.session import MOST_PEOPLE, NOBODY, USUAL_PEOPLE, Mode, Person, Session
from bot.formulation.transition import transition
from bot.refusal import Refusal
from bot.services.commitments import note_commitment
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.wishes import note_wishes
from bot.storage.groups import Group
from bot.storage.sessions import Stored
from bot.storage.store import Store
from bot.vignettes.slots import day_of, next_slot

PROTOCOL = "six-mechanisms"
"""The protocol of a session where nobody chose another."""
MOST_OPEN_SESSIONS = 3
DAYS_AFTER_TAKING_BACK = 1


@dataclass(frozen=True)
class Opening:
    """The start form. ``token`` came with the form, so that a form sent twice starts one session.

    ``minutes`` mean nothing in slow mode, whose account must be there from the beginning. With an ``alias``
    it is about a ``vignette``, and its presenter is ``NOBODY``. ``exhibits`` (label, text) are what a
    rating can point at, where the case was prepared in writing.
    """

    token: str
    title: str
    question: str
    account: str
    protocol: str
    mode: Mode
    minutes: int
    facilitator: int | None
    alias: str | None = None
    vignette: str | None = None
    exhibits: tuple[tuple[str, str], ...] = ()


class FormulatingService:
    """Use cases of a session. Each is one transaction."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def script_of(self, session: Session) -> Script:
        """The script that this session runs."""
        return Script.of(session, self._ground.library(session).protocol(session.protocol))

    def protocols(self, typed: str, *, exactly: bool = False) -> list[Protocol]:
        """Protocols whose title or use holds every word of ``typed``; or the one with ``exactly`` that id."""
        known = self._ground.library().protocols
        if exactly:
            return [protocol for protocol in known if protocol.id == typed]
        words = typed.casefold().split()
        return [
            protocol
            for protocol in known
            if all(word in f"{protocol.title} {protocol.good_for}".casefold() for word in words)
        ]

    def minutes_given(self, session: Session) -> int:
        """How many minutes the talk that gives time has left after the present step ends as it does now."""
        return self.script_of(session).left_to_give(session) // 60

    def lines_in_sight(self, session: Session) -> list[Observation]:
        """Every line that the group can read by now and that the presenter can set aside."""
        library = self._ground.library(session)
        return lines_in_sight(session, self.script_of(session), library.mechanisms)

    def facilitator_is_gone(self, session: Session) -> bool:
        """Whether another may take over from the facilitator."""
        return is_gone(session, self._ground.clock.seconds())

    async def start(self, opening: Opening, group: Group, presenter: int) -> Session:
        """Start a session that ``presenter`` brings, and note its thread and posts to be made."""
        library = self._ground.library(group)
        # Of a presenter under an alias no finer time is kept than the slot.
        now = self._shown_at(presenter)
        protocol = _protocol_for(opening, library)
        async with self._ground.writing() as store:
            known = await store.sessions.load(opening.token)
            if known is not None:
                return known.session
            kept = await store.sessions.of_group(group.token)
            if sum(stored.session.status == "open" for stored in kept) >= MOST_OPEN_SESSIONS:
                raise Refusal("too-many-sessions", most=MOST_OPEN_SESSIONS)
            people = [Person(key=self._ground.chance.token(), user=presenter, role="presenter")]
            if opening.facilitator not in (None, presenter):
                facilitator = opening.facilitator
                people.append(Person(key=self._ground.chance.token(), user=facilitator, role="facilitator"))
            first = Script(protocol, opening.mode, opening.minutes).steps[0]
            session = Session(
                token=opening.token,
                group=group.token,
                protocol=protocol.id,
                language=group.language,
                mode=opening.mode,
                minutes=opening.minutes,
                zone=group.zone,
                seed=self._ground.chance.token(),
                room=MOST_PEOPLE if opening.mode == "slow" else USUAL_PEOPLE,
                retention_days=group.retention_days,
                title=opening.title,
                question=opening.question,
                account=opening.account or None,
                alias=opening.alias,
                vignette=opening.vignette,
                exhibits=opening.exhibits,
                people=tuple(people),
                step=first.id,
                started_at=now,
                step_began_at=now,
            )
            session = session.model_copy(update={"due_at": due_at(first, now, session)})
            await store.sessions.add(session, self._wake_at(session), self._abandoned_at(session))
            await note_wishes(store, self._ground, protocol, None, session, now)
        return session

    async def act(self, token: str, act: Act, by: int | None) -> Stored:
        """Let ``act`` happen to a session. The same act twice has one effect. ``Refusal`` changes nothing."""
        async with self._ground.writing() as store:
            stored = await store.sessions.load(token)
            if stored is None:
                raise Refusal("session-gone")
            return await self.change(store, stored, act, by)

    async def change(self, store: Store, stored: Stored, act: Act, by: int | None) -> Stored:
        """``act`` within a transaction that is open already."""
        before = stored.session
        library = self._ground.library(before)
        protocol = library.protocol(before.protocol)
        after = transition(before, act, by, self._ground.clock.seconds(), protocol, library.mechanisms)
        if after == before:
            return stored
        purge_at = self._purge_at(after, stored.purge_at, by)
        await store.sessions.save(after, stored.version, self._wake_at(after), purge_at)
        await note_wishes(store, self._ground, protocol, before, after, self._shown_at(by))
        await note_commitment(store, self._ground, before, after)
        return Stored(after, stored.thread_id, stored.version + 1, purge_at)

    def _shown_at(self, by: int | None) -> int:
        """From when what ``by`` did may show: of a presenter under an alias, no time but a slot is seen."""
        now = self._ground.clock.seconds()
        return next_slot(now) if by == NOBODY else now

    async def load(self, token: str) -> tuple[Stored, Group] | None:
        """A session and its group, or None where it is gone."""
        async with self._ground.reading() as store:
            stored = await store.sessions.load(token)
            group = await store.groups.by_token(stored.session.group) if stored is not None else None
        return (stored, group) if stored is not None and group is not None else None

    async def mine(self, group: Group, user: int, thread: int | None) -> Stored | None:
        """The session that ``user`` is in: that of the thread, else the newest open one, else the newest."""
        async with self._ground.reading() as store:
            kept = [each for each in await store.sessions.of_group(group.token) if each.session.person(user)]
        here = [each for each in kept if thread is not None and each.thread_id == thread]
        running = [each for each in kept if each.session.status == "open"]
        return max(here or running or kept, key=lambda each: each.session.started_at, default=None)

    async def unreached(self, session: Session, person: Person) -> bool:
        """Whether a private message to ``person`` about this session could not be delivered."""
        async with self._ground.reading() as store:
            rows = await store.deliveries.of_subject(session.token)
        return any(
            row.kind == "nudge" and row.state == "failed" and row.ref.startswith(f"{person.key}.")
            for row in rows
        )

    async def strand(self, token: str) -> None:
        """The session's thread can't be reached any more: it ends, and the facilitator is told, once."""
        async with self._ground.writing() as store:
            stored = await store.sessions.load(token)
            if stored is None:
                return
            after = await self.change(store, stored, Strand(), None)
            if after.session.status != stored.session.status:
                now = self._ground.clock.seconds()
                await store.deliveries.want(token, "stranded", "", self._ground.chance.token(), now)

    async def call_time(self) -> None:
        """Tell every session whose minutes have run out; one that can't be told holds up no other."""
        async with self._ground.reading() as store:
            due = await store.sessions.to_wake(self._ground.clock.seconds())
        trouble: Exception | None = None
        for token in due:
            try:
                await self._call_time_of(token)
            except Exception as error:  # noqa: BLE001 - raised below, when the others have been told
                trouble = error
        if trouble is not None:
            raise trouble

    async def _call_time_of(self, token: str) -> None:
        async with self._ground.writing() as store:
            stored = await store.sessions.load(token)
            if stored is None:
                return
            session = stored.session
            after = await self.change(store, stored, TimeUp(str(moment(session))), None)
            if after.version == stored.version:
                # Its minutes are others than when the date was noted: the protocol changed meanwhile.
                await store.sessions.save(session, stored.version, self._wake_at(session), stored.purge_at)

    def _wake_at(self, session: Session) -> int | None:
        return self.script_of(session).wakes_at(session)

    def _purge_at(self, session: Session, noted: int, by: int | None) -> int:
        """When it is erased; ``noted`` is the date so far. A case taken back goes soon, and never later."""
        if session.taken_back:
            return min(noted, self._days_after(self._ground.clock.seconds(), DAYS_AFTER_TAKING_BACK, session))
        if session.closed_at is not None:
            return self._days_after(session.closed_at, session.retention_days, session)
        # Live, the clock only tells the time, and that is no sign of life.
        return noted if by is None and session.mode != "slow" else self._abandoned_at(session)

    def _abandoned_at(self, session: Session) -> int:
        """When it is erased if nobody closes it: after the last sign of life, or the date it waits for."""
        since = max(self._ground.clock.seconds(), session.due_at or 0)
        return self._days_after(since, session.retention_days, session)

    @staticmethod
    def _days_after(since: int, days: int, session: Session) -> int:
        if session.alias is not None:
            # Whole days: its last act may have been its presenter's.
            return day_of(since) + (days + 1) * SECONDS_A_DAY
        return since + days * SECONDS_A_DAY


def _protocol_for(opening: Opening, library: Library) -> Protocol:
    protocol = next((each for each in library.protocols if each.id == opening.protocol), None)
    if protocol is None:
        raise Refusal("protocol-unknown")
    if opening.mode != "slow" and opening.minutes not in protocol.lengths:
        raise Refusal("start-empty")
    if opening.mode == "slow" and not protocol.can_be_slow:
        raise Refusal("protocol-not-slow")
    if opening.mode == "slow" and not opening.account:
        raise Refusal("account-for-slow")
    return protocol
