from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.engine import Database
from bot.storage.keys import DATABASE_FILE, KeyRing, open_keys


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    """The keys of a first run."""
    return open_keys(tmp_path / "data")


@pytest.fixture
def path(ring: KeyRing) -> Path:
    """Where the database of those keys belongs."""
    return ring.path.with_name(DATABASE_FILE)


@pytest_asyncio.fixture
async def database(path: Path, ring: KeyRing) -> AsyncIterator[Database]:
    """A new database, open."""
    database = await Database.open(path, ring)
    yield database
    await database.close()
