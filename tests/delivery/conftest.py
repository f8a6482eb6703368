"""A stage whose wire can fail."""

from typing import Any

import pytest
from simcord.http.client import FakeHTTPClient

from bot.rehearsal.stage import Stage
from tests.delivery.wire import Wire


@pytest.fixture
def wire(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire(stage)
    request = FakeHTTPClient.request

    async def carried(client: FakeHTTPClient, route: Any, **options: Any) -> Any:
        return await wire.carry(request, client, route, **options)

    monkeypatch.setattr(FakeHTTPClient, "request", carried)
    return wire
