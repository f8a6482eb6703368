"""What is left behind, where nobody is to learn who did what."""

import re

import pytest
from sqlalchemy import select

from bot.services.ground import SECONDS_A_DAY
from bot.storage import tables
from tests.ui.raw import send
from tests.vignette_flow.table import CLEAN, Table, ids_in
from tests.vignette_flow.test_formulating import come_in, in_writing

_IDS = re.compile(r"\d{15,}|[0-9a-f]{16}")


async def plain(table: Table) -> list[str]:
    """Every column that is not sealed, of deliveries and sessions; without ids, tokens and instants."""
    async with table.stage.bot.desk.ground.database.read() as connection:
        rows = [
            {name: value for name, value in row.items() if not isinstance(value, bytes)}
            for each in (tables.deliveries, tables.sessions)
            for row in (await connection.execute(select(each))).mappings()
        ]
    return sorted(re.sub(r"\b\d{10}\b", "at", _IDS.sub("id", str(row))) for row in rows)


@pytest.mark.parametrize("first", ["recuse", "go"])
async def test_recusing_and_leaving_look_the_same(table: Table, first: str) -> None:
    """Requests, posts and rows: none says which of the two it was."""
    stage, left = table.stage, list[tuple[list[str], list[str]]]()
    await in_writing(table)
    await table.to_slot()
    invitation = stage.newest_with(stage.channel, "join")
    for name in ("Dag", "Eli", "Fay"):
        await come_in(table[name], invitation)
    await stage.pass_time(30)
    for name, way in (("Dag", first), ("Eli", "go" if first == "recuse" else "recuse")):
        heard, rows = len(stage.env.http_requests), await plain(table)
        await table[name].command("formulate mine", where=stage.thread)
        await table[name].press("leave")
        await table[name].press("step-out", way)
        await stage.pass_time(30)
        sent = [
            _IDS.sub("id", f"{each.method} {each.path} {each.json}")
            for each in stage.env.http_requests[heard:]
            if not each.path.startswith(("/interactions/", "/webhooks/"))
        ]
        assert sent
        left.append((sent, [row for row in await plain(table) if row not in rows]))
    one, other = left
    assert [text.split(" ")[:2] for text in one[0]] == [text.split(" ")[:2] for text in other[0]]
    assert [_without_counts(row) for row in one[1]] == [_without_counts(row) for row in other[1]]


def _without_counts(row: str) -> str:
    return re.sub(r"'(wanted|shown|version|position|sent_at|posted_at)': [^,}]+", r"'\1'", row)


async def test_no_draft_says_when_it_was_typed(table: Table) -> None:
    """Whoever reads the rows learns the day on which a text will be gone, and nothing finer."""
    dag = table["Dag"]
    card = await table.published(table["Cem"])
    await table.type_in(dag, CLEAN, title="Another")
    await table.stage.pass_time(1234)
    ask = next(each for each in ids_in(card) if ":v-ask:" in each)
    send(table.stage, dag.id, f"{ask}!0a0a0a0a", {"text": "Is it anna.k@example.org?"})
    await table.stage.env.settle()
    async with table.stage.bot.desk.ground.database.read() as connection:
        ends = list(await connection.scalars(select(tables.drafts.c.expires_at)))
    assert len(ends) == 2
    assert [end % SECONDS_A_DAY for end in ends] == [0, 0]


async def test_a_session_under_an_alias_keeps_no_instant_of_its_presenter(table: Table) -> None:
    """Neither when it was begun nor when it was last touched: slots, evenings and days."""
    await in_writing(table)
    async with table.stage.bot.desk.ground.reading() as store:
        [stored] = await store.sessions.all()
    assert stored.session.started_at % 900 == 0
    assert stored.session.step_began_at % 900 == 0
    assert stored.purge_at % SECONDS_A_DAY == 0
    await table.to_slot()
    async with table.stage.bot.desk.ground.database.read() as connection:
        due = await connection.scalars(select(tables.sessions.c.wake_at))
    assert all(at is None or at % 900 == 0 for at in due)


async def test_forgotten_not_in_the_same_second(table: Table) -> None:
    """Whoever asks to be forgotten is seen to leave at once; their vignette goes with a slot."""
    cem = table["Cem"]
    await table.published(cem)
    await table.stage.pass_time(100)
    await table.stage.bot.desk.privacy.forget(cem.id, table.stage.guild.id)
    await table.stage.pass_time(30)
    assert len(table.cards()) == 1
    assert await table.kept() == []
    await table.to_slot()
    assert table.cards() == []
