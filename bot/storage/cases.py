"""Cases: one sealed document each."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.cases.case import Case
from bot.storage import tables
from bot.storage.vault import Vault

_COLUMN = "cases.document"


@dataclass(frozen=True)
class StoredCase:
    """A case as loaded. Times are seconds UTC."""

    case: Case
    thread_id: int | None
    version: int
    purge_at: int


class StaleCase(Exception):
    """The case was changed by someone else since it was loaded."""


class Cases:
    """Cases within one transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def _seal(self, case: Case) -> bytes:
        return self._vault.seal(_COLUMN, case.token, case.model_dump_json())

    async def _find(self, *where: ColumnElement[bool]) -> list[StoredCase]:
        table = tables.cases
        rows = await self._connection.execute(select(table).where(*where).order_by(table.c.token))
        return [
            StoredCase(
                Case.model_validate_json(self._vault.open(_COLUMN, row["token"], row["document"])),
                row["thread_id"],
                row["version"],
                row["purge_at"],
            )
            for row in rows.mappings()
        ]

    async def load(self, token: str) -> StoredCase | None:
        """The case with this token."""
        return next(iter(await self._find(tables.cases.c.token == token)), None)

    async def of_group(self, group: str) -> list[StoredCase]:
        """Every case of a group that is still kept, the newest first."""
        found = await self._find(tables.cases.c.group_token == group)
        return sorted(found, key=lambda stored: (-stored.case.posted_at, stored.case.token))

    async def thread_of(self, token: str) -> int | None:
        """The thread of a case, without opening its document."""
        table = tables.cases.c
        return await self._connection.scalar(select(table.thread_id).where(table.token == token))

    async def group_of(self, token: str) -> str | None:
        """The group of a case, without opening its document."""
        table = tables.cases.c
        return await self._connection.scalar(select(table.group_token).where(table.token == token))

    async def tokens_of_group(self, group: str) -> list[str]:
        """The cases of a group, without opening any: what can't be read must still be erased."""
        table = tables.cases.c
        return list(await self._connection.scalars(select(table.token).where(table.group_token == group)))

    async def add(self, case: Case, purge_at: int) -> None:
        """Store a new case."""
        await self._connection.execute(
            insert(tables.cases).values(
                token=case.token,
                group_token=case.group,
                thread_id=None,
                version=1,
                purge_at=purge_at,
                document=self._seal(case),
            )
        )

    async def save(self, case: Case, version: int, purge_at: int) -> None:
        """Swap ``version`` for this one; ``StaleCase`` where it is not that any more."""
        table = tables.cases
        swapped = await self._connection.execute(
            update(table)
            .where(table.c.token == case.token, table.c.version == version)
            .values(version=version + 1, purge_at=purge_at, document=self._seal(case))
        )
        if swapped.rowcount != 1:
            raise StaleCase(case.token)

    async def put_in_thread(self, token: str, thread_id: int) -> None:
        """Note the thread that was made for a case."""
        table = tables.cases
        await self._connection.execute(
            update(table).where(table.c.token == token).values(thread_id=thread_id)
        )

    async def to_purge(self, now: int) -> list[str]:
        """Cases whose time is over by ``now``."""
        table = tables.cases.c
        return list(await self._connection.scalars(select(table.token).where(table.purge_at <= now)))

    async def remove(self, token: str) -> None:
        """Remove a case."""
        await self._connection.execute(delete(tables.cases).where(tables.cases.c.token == token))
