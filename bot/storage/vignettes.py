"""Vignettes: one sealed document each, and beside it the seal of an author whom nothing names."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.aliases import Seal
from bot.storage import tables
from bot.storage.vault import Vault
from bot.vignettes.vignette import Vignette

_COLUMN = "vignettes.document"


@dataclass(frozen=True)
class StoredVignette:
    """A vignette as loaded. ``author`` is None once it has closed. Times are slots and days, seconds UTC."""

    vignette: Vignette
    author: Seal | None
    thread_id: int | None
    version: int
    purge_at: int


@dataclass(frozen=True)
class StoredStop:
    """A stop of whoever made ``author`` about ``subject``, until the day that begins at ``ends_at``."""

    subject: str
    author: Seal
    ends_at: int


class StaleVignette(Exception):
    """The vignette was changed by someone else since it was loaded."""


class Vignettes:
    """Vignettes and stops within one transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def _seal(self, vignette: Vignette) -> bytes:
        return self._vault.seal(_COLUMN, vignette.token, vignette.model_dump_json())

    async def _find(self, *where: ColumnElement[bool]) -> list[StoredVignette]:
        table = tables.vignettes
        rows = await self._connection.execute(select(table).where(*where).order_by(table.c.token))
        return [
            StoredVignette(
                Vignette.model_validate_json(self._vault.open(_COLUMN, row["token"], row["document"])),
                Seal(row["salt"], row["mark"], row["key_version"]) if row["mark"] is not None else None,
                row["thread_id"],
                row["version"],
                row["purge_at"],
            )
            for row in rows.mappings()
        ]

    async def load(self, token: str) -> StoredVignette | None:
        """The vignette with this token."""
        return next(iter(await self._find(tables.vignettes.c.token == token)), None)

    async def of_group(self, group: str) -> list[StoredVignette]:
        """Every vignette of a group that is still kept."""
        return await self._find(tables.vignettes.c.group_token == group)

    async def thread_of(self, token: str) -> int | None:
        """The thread of a vignette, without opening its document."""
        table = tables.vignettes.c
        return await self._connection.scalar(select(table.thread_id).where(table.token == token))

    async def tokens_of_group(self, group: str) -> list[str]:
        """The vignettes of a group, without opening any: what can't be read must still be erased."""
        table = tables.vignettes.c
        return list(await self._connection.scalars(select(table.token).where(table.group_token == group)))

    async def add(self, vignette: Vignette, author: Seal, purge_at: int) -> None:
        """Store a new vignette."""
        await self._connection.execute(
            insert(tables.vignettes).values(
                token=vignette.token,
                group_token=vignette.group,
                thread_id=None,
                version=1,
                salt=author.salt,
                mark=author.mark,
                key_version=author.key_version,
                wake_at=vignette.next_slot,
                purge_at=purge_at,
                document=self._seal(vignette),
            )
        )

    async def save(self, vignette: Vignette, version: int, purge_at: int) -> None:
        """Swap ``version`` for this one; ``StaleVignette`` where it is not that any more."""
        table = tables.vignettes
        swapped = await self._connection.execute(
            update(table)
            .where(table.c.token == vignette.token, table.c.version == version)
            .values(
                version=version + 1,
                wake_at=vignette.next_slot,
                purge_at=purge_at,
                document=self._seal(vignette),
            )
        )
        if swapped.rowcount != 1:
            raise StaleVignette(vignette.token)

    async def forget_author(self, token: str) -> None:
        """Let the seal go: nobody is the author of this vignette any more."""
        table = tables.vignettes
        await self._connection.execute(
            update(table).where(table.c.token == token).values(salt=None, mark=None, key_version=None)
        )

    async def put_in_thread(self, token: str, thread_id: int) -> None:
        """Note the thread that was made for a vignette."""
        table = tables.vignettes
        await self._connection.execute(
            update(table).where(table.c.token == token).values(thread_id=thread_id)
        )

    async def authors(self, group: str) -> list[tuple[str, Seal]]:
        """Every live seal of a group's vignettes: a person is tried against each."""
        table = tables.vignettes.c
        rows = await self._connection.execute(
            select(table.token, table.salt, table.mark, table.key_version).where(
                table.group_token == group, table.mark.is_not(None)
            )
        )
        return [(token, Seal(salt, mark, version)) for token, salt, mark, version in rows]

    async def due(self, now: int) -> list[str]:
        """Vignettes of which something is to be released by ``now``."""
        table = tables.vignettes.c
        return list(await self._connection.scalars(select(table.token).where(table.wake_at <= now)))

    async def to_purge(self, now: int) -> list[str]:
        """Vignettes whose time is over by ``now``."""
        table = tables.vignettes.c
        return list(await self._connection.scalars(select(table.token).where(table.purge_at <= now)))

    async def remove(self, token: str) -> None:
        """Remove a vignette; a stop that came of it stays."""
        await self._connection.execute(delete(tables.vignettes).where(tables.vignettes.c.token == token))

    # Stops

    async def stop(self, group: str, stop: StoredStop) -> None:
        """Store a stop; a later one about the same vignette takes its place."""
        await self._connection.execute(delete(tables.stops).where(tables.stops.c.subject == stop.subject))
        await self._connection.execute(
            insert(tables.stops).values(
                subject=stop.subject,
                group_token=group,
                salt=stop.author.salt,
                mark=stop.author.mark,
                key_version=stop.author.key_version,
                ends_at=stop.ends_at,
            )
        )

    async def stops_of(self, group: str) -> list[StoredStop]:
        """The stops of a group that have not been lifted."""
        table = tables.stops
        rows = await self._connection.execute(select(table).where(table.c.group_token == group))
        return [
            StoredStop(row["subject"], Seal(row["salt"], row["mark"], row["key_version"]), row["ends_at"])
            for row in rows.mappings()
        ]

    async def lift(self, subject: str) -> None:
        """Lift the stop that came of a vignette."""
        await self._connection.execute(delete(tables.stops).where(tables.stops.c.subject == subject))

    async def has_ended_stops(self, now: int) -> bool:
        """Whether a stop has ended by ``now``."""
        ended = select(tables.stops.c.subject).where(tables.stops.c.ends_at <= now).limit(1)
        return await self._connection.scalar(ended) is not None

    async def lift_ended(self, now: int) -> None:
        """Remove the stops that have ended by ``now``."""
        await self._connection.execute(delete(tables.stops).where(tables.stops.c.ends_at <= now))
