"""One real process of the bot on a double of Discord, for all tests here."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from benchmarks.double import Double, Person, WarmProcess
from benchmarks.double.cellar import Cellar
from benchmarks.double.state import Channel, Payload, text_of
from benchmarks.double.twice import doubled
from bot.formulation.session import Session
from tests.conftest import english

ZONE = "Europe/Berlin"
QUESTION = "What am I not seeing when my client looks after me?"


@dataclass
class Group:
    """A group in a channel of its own: who looks after it, and who brings a case."""

    town: "Town"
    channel: Channel
    you: Person
    bea: Person

    @property
    def session(self) -> Session:
        (session,) = self.sessions
        return session

    @property
    def sessions(self) -> list[Session]:
        return self.town.cellar.sessions(self.channel.id)

    @property
    def posts(self) -> list[Payload]:
        return list(self.channel.messages.values())

    @property
    def thread(self) -> Channel:
        (thread,) = self.town.double.world.threads_of(self.channel)
        return thread

    async def open_start(self) -> None:
        """Bea has the start form before her."""
        await self.bea.slash("formulate start", protocol="six-mechanisms")

    async def send_start(self, title: str = "The careful guest") -> None:
        """She sends it."""
        await self.bea.submit(
            title=title,
            question=QUESTION,
            account="A woman has come for a year.",
            time="text.60",
            facilitator=[self.you],
        )

    async def started(self) -> None:
        """A session, with everything in place."""
        await self.open_start()
        await self.send_start()
        await self.town.all_sent()


@dataclass
class Town:
    """The double, the process and what it stores."""

    double: Double
    process: WarmProcess
    cellar: Cellar

    def say(self, key: str, **values: str | int) -> str:
        return english().texts(key, **values)

    async def group(self) -> Group:
        """A fresh one, whose people have accepted the charter."""
        channel = self.double.world.add_channel("tuesday")
        you = self.double.person("You", channel, manages=True)
        bea = self.double.person("Bea", channel)
        await you.slash("group setup", zone=ZONE)
        await you.submit()
        for person in (you, bea):
            await person.slash("formulate start", protocol="six-mechanisms")
            await person.press("accept")
        return Group(self, channel, you, bea)

    async def all_sent(self, seconds: float = 20) -> None:
        """Nothing is waiting to be sent any more."""
        async with asyncio.timeout(seconds):
            while self.cellar.rows("SELECT 1 FROM deliveries WHERE state = 'live' AND due_at IS NOT NULL"):
                await asyncio.sleep(0.05)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def whole_town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder: Path = tmp_path_factory.mktemp("town")
    async with Double.open() as double:
        process = WarmProcess(double, folder / "data")
        await process.start()
        try:
            yield Town(double, process, Cellar(folder / "data"))
        finally:
            await process.stop()
            await process.close()


@pytest_asyncio.fixture(loop_scope="session")
async def town(whole_town: Town) -> AsyncIterator[Town]:
    """Nothing is wrong with it yet; whatever was, nothing stands there twice afterwards."""
    whole_town.double.heal()
    await whole_town.double.signed_in()
    yield whole_town
    whole_town.double.heal()
    assert doubled(whole_town.double.world) == []


@pytest_asyncio.fixture(loop_scope="session")
async def group(town: Town) -> Group:
    return await town.group()


def words(message: Payload) -> str:
    return text_of(message)
