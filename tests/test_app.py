"""The bot's own life: starting, falling, closing."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import COMMANDS_FILE, build
from bot.rehearsal.stage import Stage
from bot.rehearsal.troupe import Troupe
from bot.storage.deliveries import Deliveries
from bot.storage.keys import open_keys
from tests.conftest import settings_in


def syncs(stage: Stage) -> int:
    return sum(each.method == "PUT" and each.path.endswith("/commands") for each in stage.env.http_requests)


async def test_commands_are_told_to_discord_only_when_they_changed(stage: Stage) -> None:
    """Discord counts how often it is told: not again at a start with the same commands."""
    assert syncs(stage) == 1
    await stage.restart()
    assert syncs(stage) == 1
    (stage.settings.data_dir / COMMANDS_FILE).write_text("those of another version")
    await stage.restart()
    assert syncs(stage) == 2


async def test_a_loop_that_falls_begins_again(
    troupe: Troupe, monkeypatch: pytest.MonkeyPatch, log_text: Callable[[], str]
) -> None:
    """Half a minute later it sends what is due; the log has the kind of the error and not its words."""
    stage, looks = troupe.stage, Deliveries.due_subjects

    async def fall(_self: Deliveries, *_: object) -> list[str]:
        monkeypatch.setattr(Deliveries, "due_subjects", looks)
        raise RuntimeError("a canary's song")

    monkeypatch.setattr(Deliveries, "due_subjects", fall)
    await troupe.move_on()
    await stage.pass_time(10)
    assert stage.newest_with(stage.thread, "slower") is None
    await stage.pass_time(31)
    assert stage.newest_with(stage.thread, "slower") is not None
    assert "the sender fell: RuntimeError" in log_text()


async def test_closing_leaves_nothing_running(tmp_path: Path) -> None:
    """The database's threads end with the bot, so that the process can."""
    settings = settings_in(tmp_path / "data")
    before = set(threading.enumerate())
    bot = await build(open_keys(settings.data_dir), settings)
    async with bot.desk.ground.reading() as store:
        assert await store.groups.all() == []
    await bot.close()
    # The loop's own helper threads end with the loop.
    new = set(threading.enumerate()) - before
    left = [thread for thread in new if not thread.name.startswith("asyncio_")]
    for thread in left:
        thread.join(timeout=5)
    assert not any(thread.is_alive() for thread in left)


async def test_it_asks_for_no_privileged_intent(stage: Stage) -> None:
    """Neither messages nor members are read: guilds are all it hears of."""
    intents = stage.bot.intents
    assert [name for name, on in intents if on] == ["guilds"]
