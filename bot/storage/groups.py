"""Groups and the people in them who accepted a charter."""

import json
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.storage import tables
from bot.storage.vault import Vault

_COLUMN = "groups.facilitators"


@dataclass(frozen=True)
class Group:
    """A peer supervision group: one channel of a server. ``facilitators`` are user ids.

    ``second_reader``: somebody else reads a vignette before it goes out.
    """

    token: str
    guild_id: int
    channel_id: int
    zone: str
    language: str
    retention_days: int
    facilitators: tuple[int, ...]
    charter_version: int
    second_reader: bool = False

    def without_facilitator(self, user: int) -> "Group":
        """The same group, with ``user`` no facilitator of it."""
        return replace(self, facilitators=tuple(each for each in self.facilitators if each != user))


class Groups:
    """Groups and memberships within one transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def _find(self, *where: ColumnElement[bool]) -> list[Group]:
        rows = await self._connection.execute(
            select(tables.groups).where(*where).order_by(tables.groups.c.token)
        )
        return [
            Group(
                token=row["token"],
                guild_id=row["guild_id"],
                channel_id=row["channel_id"],
                zone=row["zone"],
                language=row["language"],
                retention_days=row["retention_days"],
                facilitators=tuple(json.loads(self._vault.open(_COLUMN, row["token"], row["facilitators"]))),
                charter_version=row["charter_version"],
                second_reader=bool(row["second_reader"]),
            )
            for row in rows.mappings()
        ]

    async def by_channel(self, channel_id: int) -> Group | None:
        """The group that meets in this channel."""
        return next(iter(await self._find(tables.groups.c.channel_id == channel_id)), None)

    async def by_token(self, token: str) -> Group | None:
        """The group with this token."""
        return next(iter(await self._find(tables.groups.c.token == token)), None)

    async def of_guild(self, guild_id: int) -> list[Group]:
        """The groups of one server."""
        return await self._find(tables.groups.c.guild_id == guild_id)

    async def tokens_of_guild(self, guild_id: int) -> list[str]:
        """The groups of one server, without opening any: what can't be read must still be erased."""
        table = tables.groups.c
        return list(await self._connection.scalars(select(table.token).where(table.guild_id == guild_id)))

    async def all(self) -> list[Group]:
        """Every group, for the rare walks over all of them."""
        return await self._find()

    async def save(self, group: Group, today: int) -> None:
        """Add or replace a group; ``today`` (days since 1970) is kept only where it is new."""
        values = {
            "guild_id": group.guild_id,
            "channel_id": group.channel_id,
            "zone": group.zone,
            "language": group.language,
            "retention_days": group.retention_days,
            "facilitators": self._vault.seal(_COLUMN, group.token, json.dumps(list(group.facilitators))),
            "charter_version": group.charter_version,
            "absent_since": None,
            "second_reader": int(group.second_reader),
        }
        statement = insert(tables.groups).values(token=group.token, created_day=today, **values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["token"], set_=values))

    async def accept(self, group: str, mark: bytes, charter_version: int, today: int) -> None:
        """Remember that whoever has ``mark`` accepted this version of the charter."""
        values = {"charter_version": charter_version, "accepted_day": today}
        statement = insert(tables.members).values(group_token=group, mark=mark, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["group_token", "mark"], set_=values)
        )

    async def accepted(self, group: str, mark: bytes) -> int | None:
        """The version of the charter that whoever has ``mark`` accepted."""
        return await self._connection.scalar(
            select(tables.members.c.charter_version).where(
                tables.members.c.group_token == group, tables.members.c.mark == mark
            )
        )

    async def count_members(self, group: str) -> int:
        """How many people accepted the charter of a group."""
        members = tables.members
        counted = select(func.count()).select_from(members).where(members.c.group_token == group)
        return await self._connection.scalar(counted) or 0

    async def forget_member(self, group: str, mark: bytes) -> bool:
        """Remove a membership, and say whether there was one."""
        gone = await self._connection.execute(
            delete(tables.members).where(tables.members.c.group_token == group, tables.members.c.mark == mark)
        )
        return gone.rowcount > 0

    async def guilds(self) -> set[int]:
        """Every server that has a group."""
        return set(await self._connection.scalars(select(tables.groups.c.guild_id)))

    async def note_absence(self, guild_id: int, since: int | None) -> None:
        """Remember since when (seconds UTC) the bot does not see a server, or that it sees it again.

        A server that is missing already keeps its first date.
        """
        absent_since = func.coalesce(tables.groups.c.absent_since, since) if since is not None else None
        await self._connection.execute(
            update(tables.groups)
            .where(tables.groups.c.guild_id == guild_id)
            .values(absent_since=absent_since)
        )

    async def absent_before(self, moment: int) -> set[int]:
        """Servers not seen since before ``moment`` (seconds UTC)."""
        table = tables.groups.c
        return set(await self._connection.scalars(select(table.guild_id).where(table.absent_since < moment)))

    async def remove(self, token: str) -> None:
        """Remove a group; its members and sessions go with it."""
        await self._connection.execute(delete(tables.groups).where(tables.groups.c.token == token))
