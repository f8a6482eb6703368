"""What is still stored: every table, and the files beneath."""

from pathlib import Path

from sqlalchemy import func, select

from bot.desk import Desk
from bot.storage import tables
from tests.storage.rows import on_disk

KEYS = "key_check"


async def rows_left(desk: Desk) -> dict[str, int]:
    """How many rows each table has, of those that have any; keys aside, which are about nobody."""
    left: dict[str, int] = {}
    async with desk.ground.database.read() as connection:
        for table in tables.metadata.sorted_tables:
            count = await connection.scalar(select(func.count()).select_from(table))
            if count and table.name != KEYS:
                left[table.name] = count
    return left


def files_hold(database: Path, needles: list[bytes]) -> list[bytes]:
    """Those of ``needles`` that stand in the database or in what SQLite keeps beside it."""
    files = on_disk(database)
    return [needle for needle in needles if needle in files]


def forms_of(user: int) -> list[bytes]:
    """A user id as it could be written: in digits, and as an eight-byte number either way round."""
    return [str(user).encode(), user.to_bytes(8, "big"), user.to_bytes(8, "little")]
