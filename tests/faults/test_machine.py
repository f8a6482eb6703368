"""The machine under the bot: a full disk, a locked database, and a second process on the same data."""

import asyncio
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.faults.conftest import Group, Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def started_with(town: Town, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        capture_output=True,
        text=True,
        env={**town.process.environment(), "COLUMNS": "200"},
        cwd=town.process.data.parent,
        timeout=30,
        check=False,
    )


async def test_a_full_disk_is_said_and_does_no_harm(town: Town, group: Group) -> None:
    """Nothing half is kept; as soon as there is room, the same form is taken.

    No file of the process may grow, which SQLite meets as it meets a disk that is full.
    """
    await group.open_start()
    form = group.bea.shown
    resource.prlimit(town.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        await group.send_start()
        assert group.bea.text.startswith(town.say("error", code="")[:30])
        assert group.sessions == []
        await group.you.slash("formulate mine")
        assert group.you.text
    finally:
        resource.prlimit(town.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)
    group.bea.shown = form
    await group.send_start()
    assert group.bea.text.startswith("## It begins")
    await town.all_sent()
    assert len(group.posts) == 1


@pytest.mark.parametrize("seconds", [2.5, 6.5])
async def test_a_locked_database_is_waited_for(town: Town, group: Group, seconds: float) -> None:
    """She sees that it takes a moment, and then her answer; after five seconds a sentence and a code."""
    await group.open_start()
    form = group.bea.shown
    with closing(sqlite3.connect(town.cellar.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        sending = asyncio.create_task(group.send_start())
        began = time.perf_counter()
        await asyncio.sleep(seconds)
        other.execute("ROLLBACK")
    await sending
    assert group.bea.last is not None
    assert (group.bea.last.answered_after or 0) < 2
    if time.perf_counter() - began < 5:
        assert group.bea.text.startswith("## It begins")
    else:
        assert len(group.sessions) <= 1
        group.bea.shown = form
        await group.send_start()
        assert group.bea.text.startswith("## It begins")
    assert len(group.sessions) == 1


async def test_a_second_process_on_the_same_data_says_so_and_ends(town: Town, group: Group) -> None:
    """In one sentence, with a code, and the first goes on."""
    second = await asyncio.to_thread(started_with, town, "run")
    assert second.returncode == 1
    assert second.stderr.strip() == town.say("run-twice", folder=str(town.process.data))
    await group.open_start()
    await group.send_start()
    assert group.bea.text.startswith("## It begins")


async def test_the_doctor_looks_beside_a_running_bot(town: Town) -> None:
    """It only looks, and needs no lock."""
    told = await asyncio.to_thread(started_with, town, "doctor")
    assert told.returncode == 0, told.stdout
