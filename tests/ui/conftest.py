"""A session on the stage, and the assurance that every interaction was answered, and answered once."""

import re
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.rehearsal.stage import Stage
from tests.services.evening import StageEvening, evening_on

CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback")


def answers(stage: Stage) -> Counter[str]:
    """How often each interaction got a first response."""
    found = (CALLBACK.fullmatch(request.path) for request in stage.env.http_requests)
    return Counter(match[1] for match in found if match is not None)


@pytest.fixture
async def evening(stage: Stage) -> AsyncIterator[StageEvening]:
    evening = await evening_on(stage)
    await stage.pass_time()
    yield evening
    assert set(answers(stage).values()) <= {1}
