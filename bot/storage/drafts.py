"""What someone typed and has not posted yet. Its owner is sealed, not written down."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.aliases import Seal
from bot.storage import tables
from bot.storage.vault import Vault

_COLUMN = "drafts.content"


@dataclass(frozen=True)
class Draft:
    """``purpose`` says which form it is for, ``content`` is what stood in that form, as JSON."""

    token: str
    group: str | None
    owner: Seal
    purpose: str
    content: str
    expires_at: int


class Drafts:
    """Drafts within one transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def load(self, token: str) -> Draft | None:
        """The draft with this token."""
        found = await self._connection.execute(select(tables.drafts).where(tables.drafts.c.token == token))
        row = found.mappings().first()
        if row is None:
            return None
        return Draft(
            token=token,
            group=row["group_token"],
            owner=Seal(row["salt"], row["mark"], row["key_version"]),
            purpose=row["purpose"],
            content=self._vault.open_text(_COLUMN, token, row["content"]),
            expires_at=row["expires_at"],
        )

    async def save(self, draft: Draft) -> None:
        """Add or replace a draft."""
        values = {
            "group_token": draft.group,
            "salt": draft.owner.salt,
            "mark": draft.owner.mark,
            "key_version": draft.owner.key_version,
            "purpose": draft.purpose,
            "content": self._vault.seal(_COLUMN, draft.token, draft.content),
            "expires_at": draft.expires_at,
        }
        statement = insert(tables.drafts).values(token=draft.token, **values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["token"], set_=values))

    async def remove(self, token: str) -> None:
        """Remove a draft."""
        await self._connection.execute(delete(tables.drafts).where(tables.drafts.c.token == token))

    async def remove_of_group(self, group: str) -> None:
        """Remove every draft of a group."""
        await self._connection.execute(delete(tables.drafts).where(tables.drafts.c.group_token == group))

    async def owners(self) -> list[tuple[str, Seal]]:
        """Every draft's token and seal: forget-me tries its person against each."""
        table = tables.drafts.c
        rows = await self._connection.execute(select(table.token, table.salt, table.mark, table.key_version))
        return [(token, Seal(salt, mark, version)) for token, salt, mark, version in rows]

    async def owners_in(self, group: str) -> list[tuple[str, str, Seal]]:
        """The token, purpose and seal of each draft of one group."""
        table = tables.drafts.c
        columns = select(table.token, table.purpose, table.salt, table.mark, table.key_version)
        rows = await self._connection.execute(
            columns.where(table.group_token == group).order_by(table.expires_at)
        )
        return [(token, purpose, Seal(salt, mark, version)) for token, purpose, salt, mark, version in rows]

    async def expire(self, now: int) -> int:
        """Remove what has expired by ``now`` (seconds UTC) and say how many there were."""
        gone = await self._connection.execute(delete(tables.drafts).where(tables.drafts.c.expires_at <= now))
        return gone.rowcount

    async def next_due(self) -> int | None:
        """When the next draft expires, in seconds UTC."""
        return await self._connection.scalar(select(func.min(tables.drafts.c.expires_at)))
