"""A server whose people look something up: some in a group, one without having accepted anything."""

import logging
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest

from bot.content.library import Library
from bot.content.models import Strategy
from tests.conftest import StageOpener, english
from tests.vignette_flow.table import Table, seated

CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback")


@pytest.fixture
def library() -> Library:
    return english()


@pytest.fixture(params=[one.id for one in english().strategies])
def strategy(library: Library, request: pytest.FixtureRequest) -> Strategy:
    """Each strategy in turn."""
    return library.strategy(request.param)


@pytest.fixture
async def table(opened: StageOpener) -> AsyncIterator[Table]:
    """Three people of a group, and Ola; every interaction is answered, and answered once."""
    async with seated(opened, ("Mo", "Bea", "Cem")) as table:
        yield table
        found = (CALLBACK.fullmatch(request.path) for request in table.stage.env.http_requests)
        assert set(Counter(match[1] for match in found if match is not None).values()) <= {1}


@pytest.fixture
def bot_log(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """What the bot logs of itself, at any level, and discord.py from INFO on, as it is held to."""
    caplog.set_level(logging.DEBUG)

    def text() -> str:
        kept = [
            record
            for record in caplog.records
            if record.name.startswith(("bot", "cogs")) or record.levelno >= logging.INFO
        ]
        formatter = logging.Formatter("%(name)s %(message)s")
        return "\n".join(formatter.format(record) for record in kept)

    return text
