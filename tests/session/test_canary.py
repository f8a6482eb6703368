"""A canary's text and its author are nowhere but where they belong, and after the purge nowhere at all."""

import logging
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.logs import quiet_logs
from bot.rehearsal.play import take_home, through
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import Actor, Stage
from bot.rehearsal.troupe import Troupe
from bot.services.ground import SECONDS_A_DAY
from tests.conftest import OUTSIDER, StageOpener, session_of
from tests.services.evening import evening_on
from tests.session.moves import mine, options_of, press_post, write
from tests.session.sight import before, named_in, noticeable, requests_so_far, seen_by

CANARY = "Zaunkoenigsgezwitscher"
LEFT = f"{CANARY} that left with its author"
NOTE = f"{CANARY} that only the presenter reads"


def slow_with_canary() -> Scenario:
    """Four people over days, with the canary wherever someone writes; one of them wants reminders."""
    told = load_scenario("slow-fortnight")
    people = tuple(
        person.model_copy(
            update={
                "idea": f"{CANARY} {person.idea}",
                "speaks_for": f"{CANARY} {person.speaks_for}",
                "word": CANARY,
                "asks": f"{CANARY} {person.asks}" if person.asks else "",
                "reply": f"{CANARY} {person.reply}" if person.asks else "",
                "wants_nudge": person.name == "Jo",
            }
        )
        for person in told.people
        if person.name not in ("Hal", "Kit")
    )
    case = told.case.model_copy(
        update={"account": f"{CANARY} {told.case.account}", "title": CANARY, "question": f"{CANARY}, why?"}
    )
    return told.model_copy(
        update={
            "people": people,
            "case": case,
            "answer": told.answer.model_copy(update={"text": CANARY}),
            "step": told.step.model_copy(update={"cue": CANARY, "action": CANARY}),
            "presenter_part": told.presenter_part.model_copy(update={"note": NOTE}),
        }
    )


def consultation_with_canary(scenario: Scenario) -> Scenario:
    """The same people in a protocol that gathers lines."""
    return scenario.model_copy(
        update={"protocol": "kollegiale-beratung", "mode": "text", "minutes": 45, "presenter": "Gus"}
    )


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


async def refused_at_first(stage: Stage) -> None:
    """The start form comes back: what was typed is a draft now."""
    ida = stage["Ida"]
    await ida.command("formulate start")
    await ida.press("accept")
    await ida.press("start")
    await ida.fill(title=CANARY, question=f"{CANARY} a@b.org", account="", time="text.60")
    assert "e-mail" in ida.text


async def stepping_out(troupe: Troupe) -> None:
    """One more joins, rates and writes, and leaves before anyone reads it."""
    stage, ola = troupe.stage, troupe.stage[OUTSIDER]
    await troupe.come_in(OUTSIDER)
    await until_open(troupe, "ratings")
    await press_post(ola, "walk")
    await ola.press("suppose")
    await write(ola, idea=LEFT)
    while mechanism := ola.rates():
        await ola.press("rate", f"{mechanism}.4")
    await ola.press("observe")
    await write(ola, for_=LEFT, against="")
    assert LEFT in before(ola)
    await mine(ola)
    await ola.press("leave")
    await ola.press("step-out", "recuse")
    await stage.pass_time()


async def until_open(troupe: Troupe, step: str) -> None:
    """Let the others do their part, and the dates come, until a slow session is in ``step``."""
    names = [person.name for person in troupe.scenario.people]
    while (session := await session_of(troupe)).step != step:
        # Twice: the presenter answers what was asked after their turn.
        for name in (*names, *names):
            async for _ in troupe.own_parts(name):
                pass
        wait = max((session.due_at or 0) - troupe.stage.clock.seconds(), 0)
        if (await session_of(troupe)).step == session.step:
            await troupe.stage.pass_time(wait + 3)
    await troupe.stage.pass_time()


async def gathering_lines(troupe: Troupe) -> None:
    """A second session: lines with the canary, one taken back and one set aside."""
    stage = troupe.stage
    assert await troupe.bring_case()
    for name in ("You", "Ida", "Jo"):
        await troupe.come_in(name)
    await stage.pass_time()
    while (await session_of(troupe)).step != "ideas":
        await troupe.move_on()
    await stage.pass_time()
    for name in ("You", "Ida", "Jo"):
        await press_post(stage[name], "contribute")
        await write(stage[name], text=f"{CANARY} line of {('You', 'Ida', 'Jo').index(name)}")
    await stage.pass_time()
    await mine(stage["Ida"])
    await stage["Ida"].press("own-words")
    await stage["Ida"].choose("take-back", options_of(stage["Ida"])[f"{CANARY} line of 1"])
    await mine(stage["Gus"])
    await stage["Gus"].press("aside", "0")
    await stage["Gus"].choose("aside-line", options_of(stage["Gus"])[f"{CANARY} line of 2"])
    await stage.pass_time()
    assert re.findall(rf"{CANARY} line of \d", seen_by(stage["You"], stage.thread)) == [f"{CANARY} line of 0"]


def nobody_is_traced(stage: Stage) -> None:
    """No request that others could notice ties a member to anything but to the thread they are added to."""
    allowed = re.compile(r'"/channels/\d+/thread-members/\d+"|"/users/@me/channels"|"/users/@me/')
    for name in ("Jo", OUTSIDER):
        tied = [each for each in noticeable(stage) if named_in(each, stage, name)]
        assert tied
        assert [each for each in tied if not allowed.search(each)] == []
    sent = noticeable(stage)
    assert [each for each in sent if LEFT in each or NOTE in each] == []


def inbox(actor: Actor) -> list[str]:
    """What the bot ever wrote to somebody alone."""
    place = f"/channels/{actor.member.user.dm_channel.id}/messages"
    return [each for each in noticeable(actor.stage) if place in each and each.startswith('["POST"')]


async def test_the_canary_is_in_no_log_no_plain_column_and_after_the_purge_in_no_file(
    opened: StageOpener, log_text: Callable[[], str], tmp_path: Path
) -> None:
    """From the start form to two weeks after the close: sealed while it is kept, and then gone."""
    scenario = slow_with_canary()
    names = [person.name for person in scenario.people]
    quiet = logging.getLogger("discord").level
    async with opened(names=(*names, OUTSIDER)) as stage:
        logging.getLogger("discord").setLevel(logging.INFO)
        troupe = Troupe(stage, scenario)
        await troupe.prepare()
        await refused_at_first(stage)
        database = stage.settings.data_dir / "sixfold.db"
        assert in_plain_columns(database, traces(stage)) == []
        assert await troupe.bring_case()
        await troupe.gather()
        # Something goes wrong while the canary is at hand: the report must not quote it.
        stage.env.inject_error("POST", "/channels/*/messages", status=400)
        stage.env.inject_error("PATCH", "/channels/*/messages/*", status=503)
        await stepping_out(troupe)
        await through(troupe, names)
        await take_home(troupe, tmp_path / "home")
        paper = (tmp_path / "home" / "handout.md").read_text()
        assert NOTE in paper
        assert LEFT not in paper
        assert named_in(paper, stage) == []
        assert inbox(stage["Jo"])
        assert [each for each in inbox(stage["Jo"]) if CANARY in each] == []
        assert in_plain_columns(database, traces(stage)) == []

        await gathering_lines(Troupe(stage, consultation_with_canary(scenario)))
        assert in_plain_columns(database, traces(stage)) == []
        nobody_is_traced(stage)

        await stage.pass_time(16 * SECONDS_A_DAY)
        assert stage.channel.threads == []
        assert [message for message in stage.posts(stage.channel) if message.components] == []
        assert stage["Jo"].member.user.dm_channel.history() == []
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


async def test_what_is_private_sends_nothing(stage: Stage) -> None:
    """Notes, one's own ratings, cards and everyone's own part: no request that others could notice."""
    evening = await evening_on(stage, members=("Cem", "Dag"), mode="voice")
    await evening.to("ratings")
    await stage.pass_time(60)
    so_far = requests_so_far(stage)
    bea, cem = stage["Bea"], stage["Cem"]
    await mine(bea)
    await bea.press("note")
    await write(bea, note=NOTE)
    await bea.press("own")
    while mechanism := bea.rates("rate-own"):
        await bea.press("rate-own", f"{mechanism}.3")
    await press_post(cem, "walk")
    await cem.press("suppose")
    await write(cem, idea=CANARY)
    await cem.press("more")
    await cem.press("card")
    while mechanism := cem.rates():
        await cem.press("rate", f"{mechanism}.3")
    await mine(cem)
    await stage["You"].command("formulate mine", where=stage.thread)
    await press_post(stage["You"], "panel")
    await stage.pass_time(60)
    assert noticeable(stage, so_far) == []
    session = await evening.session()
    assert set(session.own_fits.values()) == {3}
    assert session.note == NOTE
    assert len(session.walks) == 1


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
