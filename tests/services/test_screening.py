"""The worker that reads texts: beside the event loop, one after the other, gone with the bot."""

import asyncio
import threading
from pathlib import Path

from bot.app import build
from bot.desk import Desk
from bot.identifiers import Finding, WordLists
from bot.services.screening import BY_RULES, Finder
from bot.storage.keys import open_keys
from tests.conftest import settings_in

NOTHING: tuple[Finding, ...] = ()


class Held:
    """A finder that goes on when it is let go, and remembers where it was and how many were in it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.threads: set[str] = set()
        self.texts: list[str] = []
        self.inside = self.most = 0

    def find(self, text: str, _language: str, _lists: WordLists | None) -> tuple[Finding, ...]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.threads.add(threading.current_thread().name)
        self.go.wait(10)
        self.texts.append(text)
        self.inside -= 1
        return NOTHING

    @property
    def finder(self) -> Finder:
        return Finder(self.find, lambda: True)


async def test_one_worker_reads_while_everything_else_goes_on(desk: Desk) -> None:
    """The event loop and the database are free meanwhile, and no two texts are read at once."""
    held = Held()
    desk.finder = held.finder
    reading = [
        asyncio.create_task(desk.screening.findings([text], "en", None, 1))
        for text in ("one", "two", "three")
    ]
    async with desk.ground.reading() as store:
        assert await store.groups.all() == []
    assert held.texts == []
    held.go.set()
    done = await asyncio.gather(*reading)
    assert [(each.found, each.reads_fully) for each in done] == [((), True)] * 3
    assert held.texts == ["one", "two", "three"]
    assert held.most == 1
    assert len(held.threads) == 1
    assert threading.current_thread().name not in held.threads
    desk.screening.close()


async def test_the_words_of_a_finding_are_those_of_the_text(desk: Desk) -> None:
    """Of each text, in its order, with accents and disguises as they were typed."""
    desk.finder = BY_RULES
    screened = await desk.screening.findings(
        ["Then Márguérite slept.", "", "Write to h.ron@example.org"], "en", None, 1
    )
    assert [each.words for each in screened.found] == ["Márguérite", "h.ron@example.org"]
    assert screened.blocks
    assert not screened.reads_fully
    assert "rguérite" not in repr(screened)
    desk.screening.close()


async def test_warming_is_not_waited_for(desk: Desk) -> None:
    """The bot starts while the reader still loads; the first text is read after it."""
    held = Held()
    desk.finder = held.finder
    desk.screening.warm(["en"])
    assert held.texts == []
    held.go.set()
    await desk.screening.findings(["one"], "en", None, 1)
    assert held.texts == ["", "one"]
    desk.screening.close()


async def test_the_worker_ends_with_the_bot(tmp_path: Path) -> None:
    """Also where it has read something."""
    settings = settings_in(tmp_path / "data")
    before = set(threading.enumerate())
    bot = await build(open_keys(settings.data_dir), settings, finder=BY_RULES)
    await bot.desk.screening.findings(["one"], "en", None, 1)
    workers = [each for each in set(threading.enumerate()) - before if each.name.startswith("screening")]
    assert len(workers) == 1
    await bot.close()
    workers[0].join(timeout=5)
    assert not workers[0].is_alive()
