"""When there is next something to do, whatever it is."""

from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables

_DATES: Final = (
    tables.sessions.c.wake_at,
    tables.sessions.c.purge_at,
    tables.drafts.c.expires_at,
    tables.vignettes.c.wake_at,
    tables.vignettes.c.purge_at,
    tables.stops.c.ends_at,
    tables.cases.c.purge_at,
    tables.reminders.c.wake_at,
    tables.reminders.c.purge_at,
    tables.commitments.c.wake_at,
    tables.commitments.c.purge_at,
)


class Dates:
    """Due dates of every table, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def next_due(self, grace: int) -> int | None:
        """The earliest one, in seconds UTC; a server that is gone is due ``grace`` seconds after that.

        One statement, since it is asked after every change.
        """
        found = (await self._connection.execute(_earliest(grace))).one()
        return min((date for date in found if date is not None), default=None)


def _earliest(grace: int) -> Select[tuple[int | None, ...]]:
    # Strictly after the grace, as ``Groups.absent_before`` has it.
    absence = func.min(tables.groups.c.absent_since) + grace + 1
    dates = (*(func.min(date) for date in _DATES), absence)
    return select(*(select(date).scalar_subquery() for date in dates))
