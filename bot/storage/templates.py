"""A group's own templates: one sealed document each, for what a form asks may tell what a group works on."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.models import Template
from bot.storage import tables
from bot.storage.vault import Vault

_COLUMN = "templates.document"


@dataclass(frozen=True)
class StoredTemplate:
    """A group's own template as loaded; its ``version`` counts from 1."""

    token: str
    template: Template
    version: int


class Templates:
    """Groups' own templates within one transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def _seal(self, token: str, template: Template) -> bytes:
        return self._vault.seal(_COLUMN, token, template.model_dump_json())

    async def of_group(self, group: str) -> list[StoredTemplate]:
        """All of a group's own. They are few, and none is to be found by its name without its key."""
        table = tables.templates
        rows = await self._connection.execute(select(table).where(table.c.group_token == group))
        return [
            StoredTemplate(
                row["token"],
                Template.model_validate_json(self._vault.open(_COLUMN, row["token"], row["document"])),
                row["version"],
            )
            for row in rows.mappings()
        ]

    async def add(self, token: str, group: str, template: Template) -> None:
        """Store a new one, as version 1."""
        await self._connection.execute(
            insert(tables.templates).values(
                token=token, group_token=group, version=1, document=self._seal(token, template)
            )
        )

    async def save(self, token: str, template: Template, version: int) -> None:
        """Put ``template`` in the place of what stood there, under its new ``version``."""
        table = tables.templates
        await self._connection.execute(
            update(table)
            .where(table.c.token == token)
            .values(version=version, document=self._seal(token, template))
        )

    async def remove(self, token: str) -> None:
        """Remove one."""
        await self._connection.execute(delete(tables.templates).where(tables.templates.c.token == token))
