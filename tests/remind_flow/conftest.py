"""A group whose people can have notes come by, on the simulated server."""

import re
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.conftest import StageOpener
from tests.remind_flow.inbox import Inboxes
from tests.vignette_flow.table import seated

CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback")


@pytest.fixture
async def inboxes(opened: StageOpener) -> AsyncIterator[Inboxes]:
    """Six people; every interaction is answered, and answered once."""
    async with seated(opened) as table:
        yield Inboxes(table)
        found = (CALLBACK.fullmatch(request.path) for request in table.stage.env.http_requests)
        assert set(Counter(match[1] for match in found if match is not None).values()) <= {1}
