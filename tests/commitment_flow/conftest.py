"""A group whose presenters leave with plans, on the simulated server."""

import re
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.commitment_flow.plans import Plans
from tests.conftest import StageOpener
from tests.vignette_flow.table import seated

CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback")


@pytest.fixture
async def plans(opened: StageOpener) -> AsyncIterator[Plans]:
    """Six people; every interaction is answered, and answered once."""
    async with seated(opened) as table:
        yield Plans(table)
        found = (CALLBACK.fullmatch(request.path) for request in table.stage.env.http_requests)
        assert set(Counter(match[1] for match in found if match is not None).values()) <= {1}
