"""Habits: one sealed document a person in a group."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.habits import Habits
from bot.storage import tables
from bot.storage.vault import Vault

_COLUMN = "habits.document"


class HabitBook:
    """Habits within one transaction. ``mark`` is their owner's, as in members."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def of(self, group: str, mark: bytes) -> Habits | None:
        """This person's, or None where nothing was chosen yet."""
        table = tables.habits.c
        statement = select(table.token, table.document).where(table.group_token == group, table.mark == mark)
        found = (await self._connection.execute(statement)).first()
        if found is None:
            return None
        return Habits.model_validate_json(self._vault.open_text(_COLUMN, found.token, found.document))

    async def save(self, habits: Habits, group: str, mark: bytes, token: str) -> None:
        """Add or replace this person's; ``token`` is fresh randomness."""
        table = tables.habits
        known = await self._connection.scalar(
            select(table.c.token).where(table.c.group_token == group, table.c.mark == mark)
        )
        kept = known or token
        sealed = self._vault.seal(_COLUMN, kept, habits.model_dump_json())
        statement = insert(table).values(token=kept, group_token=group, mark=mark, document=sealed)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["token"], set_={"document": sealed})
        )

    async def remove(self, group: str, mark: bytes) -> None:
        """Remove this person's."""
        table = tables.habits
        await self._connection.execute(
            delete(table).where(table.c.group_token == group, table.c.mark == mark)
        )
