"""Services on a database of their own, with hands on the clock and without Discord."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.desk import Desk
from bot.services.ground import Ground
from bot.storage.engine import Database
from bot.storage.keys import DATABASE_FILE, open_keys
from tests.conftest import Dice, english


class Hands(Clock):
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
        super().__init__(lambda: self.at)

    def pass_time(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def desk(tmp_path: Path, hands: Hands) -> AsyncIterator[Desk]:
    folder = tmp_path / "data"
    ring = open_keys(folder)
    database = await Database.open(folder / DATABASE_FILE, ring)
    library = english()
    yield Desk(Ground(database, {"en": library}, hands, Dice(), ring.seal_keys))
    await database.close()
