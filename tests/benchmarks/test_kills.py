"""Ten kills of a real process, and nothing lost or doubled; 200 of them are `make kills`."""

import asyncio
from pathlib import Path

from benchmarks.double import WarmProcess
from benchmarks.kills import campaign

KILLS = 10


def test_nothing_committed_is_lost_and_nothing_stands_twice(tmp_path: Path) -> None:
    """One group has its evening, vignettes and notes while its bot is killed again and again."""
    outcome = asyncio.run(campaign(tmp_path, KILLS, seed=3, tables=1, life=1.0, make=WarmProcess))
    assert outcome.errors == []
    assert outcome.lost == []
    assert outcome.twice == []
    assert outcome.astray == []
    assert outcome.unfinished == []
    assert sum(outcome.kills.values()) == KILLS
    assert outcome.committed > KILLS
    assert outcome.notes > 0
