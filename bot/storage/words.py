"""Words that the review knows, each as a keyed mark: nobody who has the rows can read them."""

from collections.abc import Collection, Iterable
from typing import Literal, cast

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables

NameKind = Literal["person", "place", "organisation"]


class Words:
    """The lists of groups and of their members within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._group = tables.group_words.c
        self._own = tables.own_words.c

    async def of_group(self, group: str) -> dict[bytes, NameKind]:
        """The marks of a group's words, each with its kind."""
        rows = await self._connection.execute(
            select(self._group.mark, self._group.kind).where(self._group.group_token == group)
        )
        return {mark: cast("NameKind", kind) for mark, kind in rows}

    async def count_of_group(self, group: str) -> int:
        """How many words a group has."""
        count = select(func.count()).select_from(tables.group_words).where(self._group.group_token == group)
        return await self._connection.scalar(count) or 0

    async def add_to_group(self, group: str, marks: Collection[bytes], kind: NameKind) -> None:
        """Add marks to a group's words; those that are there take this kind."""
        if not marks:
            return
        statement = insert(tables.group_words)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["group_token", "mark"], set_={"kind": kind}),
            [{"group_token": group, "mark": mark, "kind": kind} for mark in marks],
        )

    async def remove_from_group(self, group: str, mark: bytes) -> bool:
        """Remove a mark from a group's words, and say whether it was there."""
        gone = await self._connection.execute(
            delete(tables.group_words).where(self._group.group_token == group, self._group.mark == mark)
        )
        return gone.rowcount > 0

    async def empty_group(self, group: str) -> int:
        """Remove all words of a group, and say how many there were."""
        gone = await self._connection.execute(
            delete(tables.group_words).where(self._group.group_token == group)
        )
        return gone.rowcount

    async def own(self, group: str, owner: bytes) -> frozenset[bytes]:
        """The marks of what a member said is no name."""
        found = select(self._own.mark).where(self._own.group_token == group, self._own.owner == owner)
        return frozenset(await self._connection.scalars(found))

    async def add_own(self, group: str, owner: bytes, marks: Iterable[bytes]) -> None:
        """Add to what a member said is no name."""
        rows = [{"group_token": group, "owner": owner, "mark": mark} for mark in marks]
        if rows:
            await self._connection.execute(insert(tables.own_words).on_conflict_do_nothing(), rows)

    async def forget_own(self, group: str, owner: bytes) -> int:
        """Remove all that a member said is no name, and say how much it was."""
        gone = await self._connection.execute(
            delete(tables.own_words).where(self._own.group_token == group, self._own.owner == owner)
        )
        return gone.rowcount
