"""A group that writes vignettes, on the simulated server."""

import re
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.conftest import StageOpener
from tests.vignette_flow.table import Table, seated

CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback")


@pytest.fixture
async def table(opened: StageOpener) -> AsyncIterator[Table]:
    """Six people; every interaction is answered, and answered once."""
    async with seated(opened) as table:
        yield table
        found = (CALLBACK.fullmatch(request.path) for request in table.stage.env.http_requests)
        assert set(Counter(match[1] for match in found if match is not None).values()) <= {1}
