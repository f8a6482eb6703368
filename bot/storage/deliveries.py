"""What Discord should show and what it shows: one row a post, with a kind and a token, never a text.

A row is due while ``shown`` lags behind ``wanted`` (an edit), or ``posts_done`` behind
``posts_wanted`` (a fresh post). ``tried_at`` is the first attempt at the post under way whose end
nobody knows yet; meanwhile ``shown`` is what that attempt would show.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.storage import tables

BETWEEN_EDITS = 2
AT_ONCE, IN_TURN = LANES = (0, 1)
"""What people wait for, and what takes its turn, however much of it is due at once."""
_BLANK: Final = MappingProxyType(
    {"wanted": 1, "shown": 0, "posts_wanted": 1, "posts_done": 0, "attempts": 0, "state": "live"}
)


@dataclass(frozen=True)
class Delivery:
    """One row. Instants are seconds UTC; the columns are explained at the head of this module."""

    token: str
    kind: str
    subject: str
    ref: str
    channel_id: int | None
    message_id: int | None
    stale_message_id: int | None
    wanted: int
    shown: int
    posts_wanted: int
    posts_done: int
    posted_at: int | None
    sent_at: int | None
    attempts: int
    tried_at: int | None
    due_at: int | None
    position: int
    state: str
    lane: int = 0


class Deliveries:
    """Deliveries within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._table = tables.deliveries

    async def _find(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Delivery]:
        statement = select(self._table).where(*where).order_by(self._table.c.position, self._table.c.token)
        rows = await self._connection.execute(statement.limit(limit))
        return [Delivery(**row) for row in rows.mappings()]

    async def want(
        self, subject: str, kind: str, ref: str, token: str, now: int, *, fresh: bool = False
    ) -> None:
        """Note that a post must be made (with ``token``, if it is new), edited, or posted afresh.

        Edits of one post are ``BETWEEN_EDITS`` seconds apart at least; those wanted meanwhile are one.
        """
        table = self._table.c
        found = await self._find(table.subject == subject, table.kind == kind, table.ref == ref)
        last = (
            await self._connection.scalar(select(func.max(table.position)).where(table.subject == subject))
            or 0
        )
        if not found:
            await self._add(token, kind, subject, ref=ref, due_at=now, position=last + 1)
            return
        row = found[0]
        due_at = now if fresh or row.sent_at is None else max(now, row.sent_at + BETWEEN_EDITS)
        if row.state == "live" and row.due_at is not None and not row.attempts:
            # What was wanted before does not wait for what may show later.
            due_at = min(due_at, row.due_at)
        # After a failed attempt the later date stands: a new wish is no reason to knock harder.
        if row.attempts and row.due_at is not None:
            due_at = max(due_at, row.due_at)
        await self.note(
            row.token,
            wanted=row.wanted + 1,
            posts_wanted=row.posts_done + 1 if fresh else row.posts_wanted,
            # A fresh post comes after what its decision brought with it, as it would for a reader.
            position=last + 1 if fresh else row.position,
            due_at=due_at,
            state="live",
        )

    async def want_notes(self, kind: str, notes: Sequence[tuple[str, str, str]], now: int) -> None:
        """Note new posts of which nobody asks for a change later: (subject, ref, token) each.

        What went to an inbox before goes to the same one, without asking Discord for it again.
        """
        table = self._table.c
        known = select(table.subject, func.max(table.channel_id)).where(
            table.kind == kind, table.subject.in_([subject for subject, _, _ in notes])
        )
        rows = await self._connection.execute(known.group_by(table.subject))
        channels: dict[str, int | None] = {subject: channel for subject, channel in rows}  # noqa: C416 - dict() of rows has no types
        await self._connection.execute(
            insert(self._table),
            [
                {
                    "token": token,
                    "kind": kind,
                    "subject": subject,
                    "ref": ref,
                    "channel_id": channels.get(subject),
                    "due_at": now,
                    "position": int(ref),
                    "lane": IN_TURN,
                    **_BLANK,
                }
                for subject, ref, token in notes
            ],
        )

    async def want_removal(self, token: str, channel_id: int, message_id: int | None, now: int) -> None:
        """Note that a message must go from Discord, or a whole thread where ``message_id`` is None.

        It is its own subject, so that it outlives whatever it was about.
        """
        await self._add(
            token, "removal", token, channel_id=channel_id, message_id=message_id, due_at=now, position=1
        )

    async def _add(self, token: str, kind: str, subject: str, *, ref: str = "", **values: object) -> None:
        await self._connection.execute(
            insert(self._table).values(token=token, kind=kind, subject=subject, ref=ref, **_BLANK, **values)
        )

    def _due(self, now: int) -> ColumnElement[bool]:
        return (self._table.c.state == "live") & (self._table.c.due_at <= now)

    async def due_subjects(self, now: int, but: Collection[str], lane: int, limit: int) -> list[str]:
        """Up to ``limit`` of a lane with something to send by ``now``, the earliest first, ``but`` these."""
        table = self._table.c
        found: list[str] = []
        while len(found) < limit:
            # A few rows at a time and not all that are due, which may be thousands.
            due = self._due(now) & (table.lane == lane)
            statement = select(table.subject).where(due, table.subject.not_in([*but, *found]))
            rows = list(
                await self._connection.scalars(statement.order_by(table.due_at, table.subject).limit(limit))
            )
            if not rows:
                break
            found += dict.fromkeys(rows)
        return found[:limit]

    async def first_due(self, subject: str, now: int) -> Delivery | None:
        """The first thing to send for a subject, in the order in which its posts came to be."""
        return next(iter(await self._find(self._table.c.subject == subject, self._due(now), limit=1)), None)

    async def next_due(self, after: int = 0) -> int | None:
        """When there is next something to send, in seconds UTC, of what is due later than ``after``."""
        table = self._table.c
        live = (table.state == "live") & (table.due_at > after)
        firsts = [
            select(func.min(table.due_at)).where(live, table.lane == lane).scalar_subquery() for lane in LANES
        ]
        found = (await self._connection.execute(select(*firsts))).one()
        return min((each for each in found if each is not None), default=None)

    async def of_subject(self, subject: str) -> list[Delivery]:
        """Every row of a subject, first post first."""
        return await self._find(self._table.c.subject == subject)

    async def load(self, token: str) -> Delivery | None:
        """The row with this token."""
        return next(iter(await self._find(self._table.c.token == token)), None)

    async def note(self, token: str, **values: int | str | None) -> None:
        """Set columns of one row."""
        await self._connection.execute(
            update(self._table).where(self._table.c.token == token).values(**values)
        )

    async def settle(self, row: Delivery, now: int, **values: int | None) -> None:
        """Note that what ``row`` wanted when it was loaded is there; due again if more is wanted since."""
        current = await self.load(row.token)
        if current is None:
            return
        posts_done = values.get("posts_done") or current.posts_done
        stale = values.get("stale_message_id", current.stale_message_id)
        if stale is not None or posts_done < current.posts_wanted:
            due_at = now
        elif row.wanted < current.wanted:
            due_at = now + BETWEEN_EDITS
        else:
            due_at = None
        await self.note(row.token, shown=row.wanted, tried_at=None, attempts=0, due_at=due_at, **values)

    async def release(self, subject: str, now: int) -> None:
        """Make due what waited for its subject's thread."""
        table = self._table.c
        waiting = (table.shown < table.wanted) | (table.posts_done < table.posts_wanted)
        await self._connection.execute(
            update(self._table)
            .where(table.subject == subject, table.due_at.is_(None), table.state == "live", waiting)
            .values(due_at=now)
        )

    async def remove(self, token: str) -> None:
        """Remove one row."""
        await self._connection.execute(delete(self._table).where(self._table.c.token == token))

    async def remove_of_subject(self, subject: str) -> None:
        """Remove every row of a subject."""
        await self._connection.execute(delete(self._table).where(self._table.c.subject == subject))
