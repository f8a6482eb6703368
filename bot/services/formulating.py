"""Sessions: starting one, and letting one act happen to it."""

from dataclasses import dataclass

from bot.content.library import Library
from bot.content.models import Protocol
from bot.formulation.acts import Act, Strand, TimeUp
from bot.formulation.script import Script, moment
from bot.formulation.session import Person, Session
from bot.formulation.transition import transition
from bot.refusal import Refusal
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.wishes import note_wishes
from bot.storage.groups import Group
from bot.storage.sessions import Stored
from bot.storage.store import Store

PROTOCOL = "six-mechanisms"
MOST_OPEN_SESSIONS = 3


@dataclass(frozen=True)
class Opening:
    """The start form. ``token`` came with the form, so that a form sent twice starts one session."""

    token: str
    title: str
    question: str
    account: str
    minutes: int
    facilitator: int | None


class FormulatingService:
    """Use cases of a session. Each is one transaction."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def protocol_of(self, session: Session, library: Library) -> Protocol:
        """The protocol that this session runs."""
        return library.protocol(session.protocol)

    async def start(self, opening: Opening, group: Group, presenter: int) -> Session:
        """Start a session that ``presenter`` brings, and note its thread and posts to be made."""
        library = self._ground.library(group)
        now = self._ground.clock.seconds()
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
            protocol = library.protocol(PROTOCOL)
            session = Session(
                token=opening.token,
                group=group.token,
                protocol=protocol.id,
                language=group.language,
                minutes=opening.minutes,
                retention_days=group.retention_days,
                title=opening.title,
                question=opening.question,
                account=opening.account or None,
                people=tuple(people),
                step=Script(protocol, opening.minutes).steps[0].id,
                started_at=now,
                step_began_at=now,
            )
            await store.sessions.add(session, self._wake_at(session, library), self._purge_at(session))
            await note_wishes(store, self._ground, library, None, session)
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
        protocol = self.protocol_of(before, library)
        after = transition(before, act, by, self._ground.clock.seconds(), protocol, library.mechanisms)
        if after == before:
            return stored
        purge_at = self._purge_at(after)
        await store.sessions.save(after, stored.version, self._wake_at(after, library), purge_at)
        await note_wishes(store, self._ground, library, before, after)
        return Stored(after, stored.thread_id, stored.version + 1, purge_at)

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
                wake_at = self._wake_at(session, self._ground.library(session))
                await store.sessions.save(session, stored.version, wake_at, stored.purge_at)

    def _wake_at(self, session: Session, library: Library) -> int | None:
        if session.time_up:
            return None
        return Script(self.protocol_of(session, library), session.minutes).until(session)

    def _purge_at(self, session: Session) -> int:
        """After the close, or after the last sign of life where nobody closes it."""
        since = session.closed_at if session.closed_at is not None else self._ground.clock.seconds()
        return since + session.retention_days * SECONDS_A_DAY
