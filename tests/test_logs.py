import asyncio
import gc
import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest

from bot.logs import quiet_logs

CANARY = "She asks how I slept"
DISCORD = (
    "discord",
    "discord.http",
    "discord.gateway",
    "discord.client",
    "discord.state",
    "discord.webhook.async_",
    "discord.ui.view",
    "discord.app_commands.tree",
    "discord.ext.commands.bot",
)
DATABASE = ("sqlalchemy.engine", "sqlalchemy.pool", "aiosqlite", "alembic.runtime.migration", "asyncio")
PARENTS = ("sqlalchemy", "alembic")
LIBRARIES = (*DISCORD, *DATABASE)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """What one test sets is not there for the next, and pytest's own handlers stay open."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    loggers = [root, *map(logging.getLogger, (*LIBRARIES, *PARENTS))]
    levels = [logger.level for logger in loggers]
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[[str], Callable[[], str]]:
    """Log at a level; then everything that was printed since."""

    def begin(level: str) -> Callable[[], str]:
        quiet_logs(level)
        return lambda: capsys.readouterr().err

    return begin


Printed = Callable[[str], Callable[[], str]]


@pytest.mark.parametrize("name", LIBRARIES)
def test_libraries_never_print_payloads(printed: Printed, name: str) -> None:
    """At DEBUG they would print all that is sent and stored; the bot's own lines come through."""
    text = printed("DEBUG")
    logging.getLogger(name).debug("%s", CANARY)
    logging.getLogger("bot.app").debug("an own line")

    printed_text = text()
    assert CANARY not in printed_text
    assert "an own line" in printed_text
    assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)


@pytest.mark.parametrize("name", DISCORD)
def test_discord_says_what_happens(printed: Printed, name: str) -> None:
    """From INFO on, with time, level and name."""
    text = printed("DEBUG")
    logging.getLogger(name).info("connected")
    assert f"INFO    {name}: connected" in text()


@pytest.mark.parametrize("name", DATABASE)
def test_the_database_prints_no_statement(printed: Printed, name: str) -> None:
    """At INFO it would print what it is given; what goes wrong is heard."""
    text = printed("DEBUG")
    logging.getLogger(name).info("INSERT %s", CANARY)
    logging.getLogger(name).warning("locked")

    printed_text = text()
    assert CANARY not in printed_text
    assert f"WARNING {name}: locked" in printed_text


@pytest.mark.parametrize("level", ["WARNING", "ERROR"])
def test_a_quieter_level_holds_for_all(printed: Printed, level: str) -> None:
    """Nobody prints below what was asked for."""
    text = printed(level)
    for name in (*LIBRARIES, "bot.app"):
        logging.getLogger(name).info("connected")
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert text() == ""


def failing() -> None:
    try:
        _ = {}[CANARY]
    except KeyError as error:
        message = f"sent: {CANARY}"
        raise ValueError(message) from error


@pytest.mark.parametrize("name", ["bot.app", "discord.client", "discord.ui.view"])
def test_an_exception_leaves_its_type(printed: Printed, name: str) -> None:
    """Its text, its cause and its traceback may quote what somebody wrote."""
    text = printed("INFO")
    try:
        failing()
    except ValueError:
        logging.getLogger(name).exception("it fell at %s", "on_interaction")

    printed_text = text()
    assert CANARY not in printed_text
    assert "Traceback" not in printed_text
    assert "it fell at on_interaction (ValueError)" in printed_text


class Verbose(logging.StreamHandler[StringIO]):
    """A handler of somebody else, which formats the exception and leaves its text on the record."""


def test_an_exception_that_was_printed_before_is_not_printed_again(printed: Printed) -> None:
    """What another handler left on the record goes too."""
    text = printed("INFO")
    verbose = Verbose(StringIO())
    logging.getLogger().handlers.insert(0, verbose)
    try:
        failing()
    except ValueError:
        logging.getLogger("bot.app").exception("it fell")

    printed_text = text()
    assert CANARY in verbose.stream.getvalue()
    assert CANARY not in printed_text
    assert "it fell (ValueError)" in printed_text


def test_a_forgotten_task_does_not_tell_why_it_failed(printed: Printed) -> None:
    """The event loop's own message quotes the task, and the task its exception."""
    text = printed("DEBUG")

    async def forget_one() -> None:
        async def fail() -> None:
            failing()

        task = asyncio.ensure_future(fail())
        await asyncio.sleep(0)
        del task
        gc.collect()

    asyncio.run(forget_one())
    printed_text = text()
    assert CANARY not in printed_text
    assert "Task exception was never retrieved (ValueError)" in printed_text


def test_a_failing_callback_does_not_tell_what_it_was_given(printed: Printed) -> None:
    """Nor does the message about a callback, which quotes its arguments."""
    text = printed("DEBUG")

    def fail(_given: str) -> None:
        failing()

    async def call() -> None:
        asyncio.get_running_loop().call_soon(fail, CANARY)
        await asyncio.sleep(0)

    asyncio.run(call())
    printed_text = text()
    assert CANARY not in printed_text
    assert "Exception in callback" in printed_text
    assert "(ValueError)" in printed_text


def test_a_second_call_does_not_print_twice(printed: Printed) -> None:
    """Setting a level anew takes the place of what was there."""
    printed("DEBUG")
    text = printed("INFO")
    logging.getLogger("bot.app").warning("once")
    assert text().count("once") == 1
