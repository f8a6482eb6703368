"""The benchmark of reminders, with small numbers: that it measures what it says."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import apscheduled
from benchmarks.apscheduled import Scheduled
from benchmarks.reminders import QUICK, main, storm, waiting_in
from benchmarks.waiting import FIRST_USER, Discord, make
from bot.aliases import mark_in_group
from bot.clock import Clock
from bot.storage.deliveries import IN_TURN

SMALL = replace(QUICK, waiting=(3, 9), beside=(), ticks=2, at_once=5)


async def test_what_is_due_is_sent_once_and_clicks_go_on(tmp_path: Path) -> None:
    """Each to an inbox of its own, each nonce once; clicks are timed before and meanwhile."""
    seen = await storm(tmp_path / "data", SMALL)
    assert (seen.due, seen.sent, seen.most_for_one) == (5, 5, 1)
    assert seen.idle.seconds
    assert seen.meanwhile.seconds


async def test_what_waits_is_as_the_bot_stores_it(tmp_path: Path) -> None:
    """It opens, is its owner's, and each tick finds the one that has come due."""
    made = make(tmp_path / "data", 20, 2)
    waiting = await waiting_in(made)
    ground = waiting.ground
    async with ground.reading() as store:
        (first,) = await store.reminders.due(made.due[0], 9)
        mark = mark_in_group(first.user or 0, first.group, ground.seal_keys)
        assert [each.document for each in await store.reminders.of(first.group, mark)] == [first]
        assert len(await store.reminders.due(made.due[-1] + 7 * 86_400, 99)) == 22
    for number in (1, 2):
        waiting.come()
        await waiting.tick()
        async with ground.reading() as store:
            assert await store.reminders.next_wake() != made.due[number - 1]
            assert len(await store.deliveries.due_subjects(made.due[-1], [], IN_TURN, 9)) == number
    await ground.database.close()


async def test_without_apscheduler_the_rest_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one sentence says what to install."""
    monkeypatch.setattr(apscheduled, "installed", lambda: False)
    ratio, seen = await main(tmp_path, SMALL)
    said = capsys.readouterr().out
    assert ratio > 0
    assert seen.sent == 5
    assert said.count("pip install 'apscheduler<4'") == 1
    for what in ("3 waiting", "9 waiting", "5 due in one minute", "5 sent, at most 1 of one nonce"):
        assert what in said


@pytest.mark.skipif(not apscheduled.installed(), reason="APScheduler is no part of Sixfold")
async def test_a_job_of_the_other_one_is_due_sent_and_stored_again(tmp_path: Path) -> None:
    """Those that wait stay; the one that was due went to its owner's inbox."""
    scheduled, discord = Scheduled(tmp_path), Discord(0)
    scheduled.fill(3, 0)
    scheduled.scheduler.start()
    (token,) = scheduled.some(1)
    await scheduled.tick(token, discord)
    assert discord.nonces.total() == 1
    assert int(next(iter(discord.nonces))) in range(FIRST_USER, FIRST_USER + 3)
    assert len(scheduled.some(9)) == 3
    assert scheduled.store.lookup_job(token).next_run_time.timestamp() > Clock().seconds()
    scheduled.close()
