"""Sessions: one sealed document each, with in plain only what must be found without the key.

The whole aggregate stands in one document, because every rule about it (who may, what is hidden,
what is revealed) reads it whole, and because then nothing of it can be stored half.
"""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.formulation.session import Session
from bot.storage import tables
from bot.storage.vault import Vault

_COLUMN = "sessions.document"


@dataclass(frozen=True)
class Stored:
    """A session as loaded: its thread in Discord, if made, the version to swap, and when it is purged."""

    session: Session
    thread_id: int | None
    version: int
    purge_at: int


class StaleVersion(Exception):
    """The session was changed by someone else since it was loaded."""


class Sessions:
    """Sessions within one transaction. Instants are seconds UTC."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def _seal(self, session: Session) -> bytes:
        return self._vault.seal(_COLUMN, session.token, session.model_dump_json())

    async def _find(self, *where: ColumnElement[bool]) -> list[Stored]:
        table = tables.sessions.c
        rows = await self._connection.execute(
            select(table.token, table.thread_id, table.version, table.purge_at, table.document)
            .where(*where)
            .order_by(table.token)
        )
        return [
            Stored(
                Session.model_validate_json(self._vault.open(_COLUMN, token, document)),
                thread_id,
                version,
                purge_at,
            )
            for token, thread_id, version, purge_at, document in rows
        ]

    async def load(self, token: str) -> Stored | None:
        """The session with this token."""
        return next(iter(await self._find(tables.sessions.c.token == token)), None)

    async def of_thread(self, thread_id: int) -> Stored | None:
        """The session that runs in this thread."""
        return next(iter(await self._find(tables.sessions.c.thread_id == thread_id)), None)

    async def of_group(self, group: str) -> list[Stored]:
        """Every session of a group that is still kept."""
        return await self._find(tables.sessions.c.group_token == group)

    async def all(self) -> list[Stored]:
        """Every session that is still kept, for the rare walks over all of them."""
        return await self._find()

    async def tokens_of_group(self, group: str) -> list[str]:
        """The sessions of a group, without opening any: what can't be read must still be erased."""
        table = tables.sessions.c
        return list(await self._connection.scalars(select(table.token).where(table.group_token == group)))

    async def thread_of(self, token: str) -> int | None:
        """The thread of a session, without opening its document."""
        table = tables.sessions.c
        return await self._connection.scalar(select(table.thread_id).where(table.token == token))

    async def add(self, session: Session, wake_at: int | None, purge_at: int) -> None:
        """Store a new session."""
        await self._connection.execute(
            insert(tables.sessions).values(
                token=session.token,
                group_token=session.group,
                thread_id=None,
                status=session.status,
                version=1,
                wake_at=wake_at,
                purge_at=purge_at,
                document=self._seal(session),
            )
        )

    async def save(self, session: Session, version: int, wake_at: int | None, purge_at: int) -> None:
        """Swap ``version`` of a session for this one; ``StaleVersion`` where it is not that any more."""
        swapped = await self._connection.execute(
            update(tables.sessions)
            .where(tables.sessions.c.token == session.token, tables.sessions.c.version == version)
            .values(
                status=session.status,
                version=version + 1,
                wake_at=wake_at,
                purge_at=purge_at,
                document=self._seal(session),
            )
        )
        if swapped.rowcount != 1:
            raise StaleVersion(session.token)

    async def put_in_thread(self, token: str, thread_id: int) -> None:
        """Note the thread that was made for a session."""
        await self._connection.execute(
            update(tables.sessions).where(tables.sessions.c.token == token).values(thread_id=thread_id)
        )

    async def to_wake(self, now: int) -> list[str]:
        """Sessions whose minutes have run out by ``now``."""
        table = tables.sessions.c
        return list(await self._connection.scalars(select(table.token).where(table.wake_at <= now)))

    async def to_purge(self, now: int) -> list[str]:
        """Sessions whose time is over by ``now``."""
        table = tables.sessions.c
        return list(await self._connection.scalars(select(table.token).where(table.purge_at <= now)))

    async def remove(self, token: str) -> None:
        """Remove a session."""
        await self._connection.execute(delete(tables.sessions).where(tables.sessions.c.token == token))
