"""A simulated server with the whole bot on it, and what must hold for everything that was sent."""

import asyncio.base_events
import hashlib
import importlib.util
import json
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from simcord import Env
from simcord.types import HttpLogEntry

from bot.content.library import Library, load_library
from bot.formulation.session import Session
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import Stage, open_stage
from bot.rehearsal.troupe import Troupe
from bot.services.screening import BY_RULES, Finder
from bot.settings import Settings

# The simulator looks through every timer of the loop to see whether anything is still going on, and virtual
# time hardly moves: cancelled ones would stay until there are a hundred.
asyncio.base_events._MIN_SCHEDULED_TIMER_HANDLES = 10  # pyright: ignore[reportAttributeAccessIssue]

OUTSIDER = "Ola"
CONTRACT = Path(__file__).parents[2] / "shared" / "tools" / "discord_contract.py"


class Dice:
    """Randomness that repeats: equal seeds throw equally, over restarts too."""

    def __init__(self, seed: str = "dice") -> None:
        self._seed = seed
        self._thrown = 0

    def salt(self, size: int) -> bytes:
        self._thrown += 1
        return hashlib.shake_128(f"{self._seed}:{self._thrown}".encode()).digest(size)

    def token(self) -> str:
        return self.salt(8).hex()


def settings_in(folder: Path) -> Settings:
    return Settings.model_construct(data_dir=folder)


def english() -> Library:
    """The shipped texts, read once a process."""
    return load_library()


@pytest.fixture(scope="session")
def contract() -> Any:
    """Discord's own description of its requests, where it is at hand."""
    if not CONTRACT.exists():
        return None
    spec = importlib.util.spec_from_file_location("discord_contract", CONTRACT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look themselves up by module name.
    import sys

    sys.modules["discord_contract"] = module
    spec.loader.exec_module(module)
    return module.Contract.load()


@pytest.fixture
def scenario() -> Scenario:
    """The first evening: six people, in a call."""
    return load_scenario()


@pytest.fixture
def written(scenario: Scenario) -> Scenario:
    """The same six at the same hour, all in writing."""
    return scenario.model_copy(update={"mode": "text"})


StageOpener = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture(scope="session", autouse=True)
def undescribed(contract: Any) -> Iterator[list[str]]:
    """What breaks Discord's description in the requests of any simulated server, as it closes."""
    found: list[str] = []
    shutdown = Env.shutdown

    async def checked(env: Env) -> None:
        found.extend(broken_requests(env.http_requests, contract))
        await shutdown(env)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Env, "shutdown", checked)
        yield found


@pytest.fixture(autouse=True)
def every_request_holds(undescribed: list[str]) -> Iterator[None]:
    """Whatever a test is about: all that it let the bot send is what Discord takes."""
    yield
    told = undescribed.copy()
    undescribed.clear()
    assert told == []


@pytest.fixture
def opened(tmp_path: Path, scenario: Scenario) -> StageOpener:
    """Open a stage with these people, randomness that repeats, and a data folder of its own.

    Texts are read by rules alone, which takes next to no time and finds the same wherever the tests run.
    """

    @asynccontextmanager
    async def open_one(
        folder: str = "data", seed: str = "dice", names: tuple[str, ...] = (), finder: Finder = BY_RULES
    ) -> AsyncIterator[Stage]:
        everyone = names or (*(person.name for person in scenario.people), OUTSIDER)
        settings = settings_in(tmp_path / folder)
        async with open_stage(
            settings,
            everyone,
            server=scenario.server,
            channel=scenario.channel,
            chance=Dice(seed),
            finder=finder,
            library=english(),
        ) as stage:
            yield stage

    return open_one


# Names of the moment (ids, tokens, instants, running numbers): what differs in these alone has one shape.
_OF_THE_MOMENT = re.compile(r"\d{15,}|\b[0-9a-f]{16}\b|![0-9a-f]{8}\b|\b\d{10}\b|(?<=[:.])\d+(?=\")")
_checked: dict[str, list[str]] = {}


def broken_requests(requests: Sequence[HttpLogEntry], contract: Any) -> list[str]:
    """Sentences that say where a request breaks Discord's description; none where it is not at hand."""
    if contract is None:
        return []
    found: list[str] = []
    for request in requests:
        if request.json is None:
            continue
        body = as_described(request.json)
        shape = _OF_THE_MOMENT.sub("#", f"{request.method} {request.path} {json.dumps(body, sort_keys=True)}")
        if shape not in _checked:
            _checked[shape] = contract.problems(request.method, request.path, body)
        found += _checked[shape]
    return found


def as_described(body: Any, key: str = "") -> Any:
    """The body with all ids in strings: in places discord.py sends numbers, and Discord takes both."""
    if isinstance(body, dict):
        numbered = key in ("attachments", "default_values")
        return {
            name: str(value) if name == "id" and numbered else as_described(value, name)
            for name, value in body.items()
        }
    if isinstance(body, list):
        return [str(each) if key == "users" else as_described(each, key) for each in body]
    return str(body) if key == "recipient_id" else body


@pytest.fixture
async def stage(opened: StageOpener) -> AsyncIterator[Stage]:
    async with opened() as stage:
        yield stage


async def gathered(stage: Stage, scenario: Scenario) -> Troupe:
    """A group, a case brought to it, and everyone in the session: its first step begins."""
    troupe = Troupe(stage, scenario)
    await troupe.prepare()
    assert await troupe.bring_case()
    await troupe.gather()
    await stage.pass_time()
    return troupe


@pytest.fixture
async def troupe(stage: Stage, scenario: Scenario) -> Troupe:
    """The first evening, as its first step begins."""
    return await gathered(stage, scenario)


async def session_of(troupe: Troupe) -> Session:
    session = await troupe.session()
    assert session is not None
    return session


async def until(troupe: Troupe, step: str) -> None:
    """Let everyone do their part, and the facilitator go on, until a step begins."""
    names = [person.name for person in troupe.scenario.people]
    for _ in range(15):
        if (await session_of(troupe)).step == step:
            await troupe.stage.pass_time()
            return
        for _ in range(2):
            async for _ in troupe.own_parts(*names):
                pass
        await troupe.stage.pass_time()
        await troupe.move_on()
        await troupe.stage.pass_time()
    pytest.fail(f"the step {step} never came")


@pytest.fixture
def log_text(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything logged at any level, exceptions included, as one text."""
    caplog.set_level(logging.DEBUG)

    def text() -> str:
        formatter = logging.Formatter("%(name)s %(message)s")
        return "\n".join(formatter.format(record) for record in caplog.records)

    return text
