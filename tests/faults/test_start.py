"""Discord is out of order when the bot starts: one sentence, and no traceback."""

from pathlib import Path

import pytest

from benchmarks.double import Double, Fault, Process
from tests.conftest import english


@pytest.mark.parametrize("route", ["GET /users/@me", "GET /gateway/bot"])
async def test_where_discord_is_out_of_order_it_says_so_and_ends(tmp_path: Path, route: str) -> None:
    """Whoever starts it knows where to look."""
    async with Double.open() as double:
        double.plan(Fault(route, "503", times=5))
        process = Process(double, tmp_path / "data", level="ERROR")
        await process.start(wait=False)
        assert await process.gone() == 1
        assert process.said().strip() == english().texts("run-unreachable", address=double.base)
