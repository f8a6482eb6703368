"""A canary's text and its author are nowhere but where they belong, and after the purge nowhere at all."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.logs import quiet_logs
from bot.rehearsal.play import take_home, through
from bot.rehearsal.scenario import Scenario
from bot.rehearsal.stage import Stage
from bot.rehearsal.troupe import Troupe
from bot.services.ground import SECONDS_A_DAY
from tests.conftest import StageOpener

CANARY = "Zaunkoenigsgezwitscher"


def with_canary(scenario: Scenario) -> Scenario:
    """The first evening, with the canary wherever someone writes."""
    people = tuple(
        person.model_copy(
            update={
                "idea": f"{CANARY} {person.idea}",
                "speaks_for": f"{CANARY} {person.speaks_for}",
                "word": CANARY,
                "asks": f"{CANARY}?" if person.asks else "",
            }
        )
        for person in scenario.people
    )
    case = scenario.case.model_copy(update={"account": f"{CANARY} {scenario.case.account}", "title": CANARY})
    step = scenario.step.model_copy(update={"cue": CANARY})
    return scenario.model_copy(update={"people": people, "case": case, "step": step})


def in_plain_columns(database: Path, needles: list[str]) -> list[str]:
    """Every column that holds one of ``needles``, as text, bytes or number."""
    found: list[str] = []
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names come from the schema
            columns = [each[0] for each in rows.description]
            for row in rows:
                for column, value in zip(columns, row, strict=True):
                    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    found += [f"{table}.{column}" for needle in needles if needle in text]
    return found


def in_files(folder: Path, needles: list[bytes]) -> list[str]:
    return [
        f"{path.name}: {needle!r}"
        for path in folder.rglob("*")
        if path.is_file()
        for needle in needles
        if needle in path.read_bytes()
    ]


def traces(stage: Stage) -> list[str]:
    """The canary, and everyone's user id as it would be written."""
    return [CANARY, *(str(actor.id) for actor in stage.actors.values())]


async def test_the_canary_is_in_no_log_no_plain_column_and_after_the_purge_in_no_file(
    opened: StageOpener, scenario: Scenario, log_text: Callable[[], str], tmp_path: Path
) -> None:
    """From the start form to two weeks after the close: sealed while it is kept, and then gone."""
    quiet = logging.getLogger("discord").level
    async with opened() as stage:
        logging.getLogger("discord").setLevel(logging.INFO)
        troupe = Troupe(stage, with_canary(scenario))
        await troupe.prepare()
        bea = stage["Bea"]
        await bea.command("formulate start")
        await bea.press("accept")
        await bea.press("start")
        refused = {"title": CANARY, "question": f"{CANARY} a@b.org", "account": "", "minutes": "60"}
        await bea.fill(**refused)
        assert "e-mail" in bea.text
        database = stage.settings.data_dir / "sixfold.db"
        assert in_plain_columns(database, traces(stage)) == []
        assert await troupe.bring_case()
        await troupe.gather()
        # Something goes wrong while the canary is at hand: the report must not quote it.
        stage.env.inject_error("POST", "/channels/*/messages", status=400)
        stage.env.inject_error("PATCH", "/channels/*/messages/*", status=503)
        await through(troupe, [person.name for person in scenario.people])
        await take_home(troupe, tmp_path / "home")
        assert CANARY in (tmp_path / "home" / "handout.md").read_text()
        assert in_plain_columns(database, traces(stage)) == []

        await stage.pass_time(15 * SECONDS_A_DAY)
        assert stage.channel.threads == []
        assert [message for message in stage.posts(stage.channel) if message.components] == []
        ids = [actor.id for actor in stage.actors.values()]
        needles = [
            CANARY.encode(),
            *(str(each).encode() for each in ids),
            *(each.to_bytes(8) for each in ids),
        ]
        await stage.bot.stop_loops()
        await stage.bot.desk.ground.database.close()
        assert in_files(stage.settings.data_dir, needles) == []
        logged = log_text()
        logging.getLogger("discord").setLevel(quiet)
    # The simulator and its HTTP client are Discord's side, not the bot's.
    ours = "\n".join(line for line in logged.splitlines() if not line.startswith(("simcord", "aiohttp")))
    for trace in traces(stage):
        assert trace not in ours


def test_an_error_s_own_words_stay_out_of_the_log(capsys) -> None:  # noqa: ANN001
    """discord.py's errors quote what was sent; of an exception only its type is logged."""
    level = logging.getLogger().level
    handlers = list(logging.getLogger().handlers)
    try:
        quiet_logs("DEBUG")
        try:
            int(CANARY)
        except ValueError:
            logging.getLogger("bot.anything").exception("it failed")
        logging.getLogger("discord.http").debug("a body with %s", CANARY)
        logging.getLogger("discord.gateway").debug("a payload with %s", CANARY)
        printed = capsys.readouterr().err
    finally:
        logging.basicConfig(level=level, handlers=handlers, force=True)
    assert "it failed (ValueError)" in printed
    assert CANARY not in printed
