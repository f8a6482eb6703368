"""Documents that belong to one person or to a group, and are due at times: reminders, and commitments."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

from pydantic import ValidationError
from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.storage.vault import Vault, VaultError

log = logging.getLogger(__name__)


class Owned(Protocol):
    """What such a document says of itself. Times are seconds UTC."""

    @property
    def token(self) -> str:
        """Its own."""
        ...

    @property
    def group(self) -> str:
        """That of its group."""
        ...

    @property
    def next_at(self) -> int | None:
        """When there is something to do about it."""
        ...

    @property
    def fades_at(self) -> int | None:
        """When something of it is to be erased."""
        ...

    def model_dump_json(self) -> str:
        """All of it."""
        ...

    @classmethod
    def model_validate_json(cls, json_data: str) -> Self:
        """It again."""
        ...


Document = TypeVar("Document", bound=Owned)


@dataclass(frozen=True)
class StoredOwned(Generic[Document]):
    """A document as loaded."""

    document: Document
    version: int


class StaleOwned(Exception):
    """The document was changed by someone else since it was loaded."""


class OwnedDocuments(Generic[Document]):
    """The documents of one table within one transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault, table: Table, kind: type[Document]) -> None:
        self._connection = connection
        self._vault = vault
        self._table = table
        self._column = f"{table.name}.document"
        self._kind = kind

    def _row(self, document: Document) -> dict[str, object]:
        return {
            "wake_at": document.next_at,
            "purge_at": document.fades_at,
            "document": self._vault.seal(self._column, document.token, document.model_dump_json()),
        }

    async def _find(self, where: ColumnElement[bool]) -> list[StoredOwned[Document]]:
        table = self._table.c
        statement = select(table.token, table.version, table.document).where(where)
        rows = await self._connection.execute(statement.order_by(table.token))
        return [StoredOwned(self._opened(token, sealed), version) for token, version, sealed in rows]

    def _opened(self, token: str, sealed: bytes) -> Document:
        return self._kind.model_validate_json(self._vault.open_text(self._column, token, sealed))

    async def load(self, token: str) -> StoredOwned[Document] | None:
        """The document with this token."""
        return next(iter(await self._find(self._table.c.token == token)), None)

    async def of(self, group: str, mark: bytes | None) -> list[StoredOwned[Document]]:
        """Whatever belongs to the person of this mark, or to the group itself."""
        table = self._table.c
        whose = table.mark.is_(None) if mark is None else table.mark == mark
        return await self._find((table.group_token == group) & whose)

    async def of_marks(
        self, groups: Collection[str], marks: Collection[bytes]
    ) -> list[tuple[bytes, Document]]:
        """Whatever belongs to any of these people in these groups, with whose it is."""
        table = self._table.c
        statement = select(table.mark, table.token, table.document).where(
            table.group_token.in_(groups), table.mark.in_(marks)
        )
        rows = await self._connection.execute(statement.order_by(table.token))
        return [(mark, self._opened(token, sealed)) for mark, token, sealed in rows]

    async def add(self, document: Document, mark: bytes | None) -> None:
        """Store a new one."""
        await self._connection.execute(
            insert(self._table).values(
                token=document.token, group_token=document.group, mark=mark, version=1, **self._row(document)
            )
        )

    async def save(self, document: Document, version: int) -> None:
        """Swap ``version`` for this one; ``StaleOwned`` where it is not that any more."""
        table = self._table
        swapped = await self._connection.execute(
            update(table)
            .where(table.c.token == document.token, table.c.version == version)
            .values(version=version + 1, **self._row(document))
        )
        if swapped.rowcount != 1:
            raise StaleOwned(document.token)

    async def save_all(self, documents: Sequence[Document]) -> None:
        """Save what was loaded in this same transaction, in one statement."""
        table = self._table
        statement = (
            update(table)
            .where(table.c.token == bindparam("of_token"))
            .values(
                version=table.c.version + 1,
                wake_at=bindparam("wake_at"),
                purge_at=bindparam("purge_at"),
                document=bindparam("document"),
            )
        )
        rows = [{"of_token": document.token, **self._row(document)} for document in documents]
        if rows:
            await self._connection.execute(statement, rows)

    async def due(self, now: int, limit: int) -> list[Document]:
        """What there is something to do about by ``now``, the earliest first.

        What can't be opened, or is none of ours any more, is due no longer: it must not be in others' way.
        """
        table = self._table.c
        statement = select(table.token, table.document).where(table.wake_at <= now)
        rows = await self._connection.execute(statement.order_by(table.wake_at).limit(limit))
        found: list[Document] = []
        for token, sealed in rows.all():
            try:
                found.append(self._opened(token, sealed))
            except (VaultError, ValidationError) as error:
                log.error("a row of %s (%s) can't be read: %s", self._table.name, token, type(error).__name__)  # noqa: TRY400 - a traceback may quote a text
                await self.let_rest(token)
        return found

    async def next_wake(self) -> int | None:
        """When there is next something to do about any, in seconds UTC."""
        return await self._connection.scalar(select(func.min(self._table.c.wake_at)))

    async def let_rest(self, token: str) -> None:
        """Let one be due no longer."""
        table = self._table
        await self._connection.execute(update(table).where(table.c.token == token).values(wake_at=None))

    async def fading(self, now: int, limit: int) -> list[str]:
        """Of what something is to be erased by ``now``, the earliest first."""
        table = self._table.c
        statement = select(table.token).where(table.purge_at <= now).order_by(table.purge_at)
        return list(await self._connection.scalars(statement.limit(limit)))

    async def tokens_of_group(self, group: str) -> list[str]:
        """Every one of a group, without opening any: what can't be read must still be erased."""
        table = self._table.c
        return list(await self._connection.scalars(select(table.token).where(table.group_token == group)))

    async def tokens_of(self, group: str, mark: bytes) -> list[str]:
        """Whatever belongs to a person, without opening any."""
        table = self._table.c
        return list(
            await self._connection.scalars(
                select(table.token).where(table.group_token == group, table.mark == mark)
            )
        )

    async def remove(self, token: str) -> None:
        """Remove one."""
        await self._connection.execute(delete(self._table).where(self._table.c.token == token))
