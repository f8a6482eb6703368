"""Erasing by time: to the second, to the last row, and in the files."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.aliases import mark_in_group
from bot.commitments.commitment import Commitment
from bot.desk import Desk
from bot.formulation.acts import Join, MakeRoom, Observe
from bot.rehearsal.stage import Stage
from bot.reminders.rules import Once, Rule
from bot.services.drafts import DRAFT_DAYS, Typed
from bot.services.ground import SECONDS_A_DAY
from bot.storage import tables
from bot.storage.keys import rotate_text_key
from bot.storage.reseal import reseal
from tests.cases.desk import posted
from tests.conftest import StageOpener
from tests.services.conftest import Hands
from tests.services.evening import Evening, StageEvening, evening_of, evening_on, group_of
from tests.services.left import files_hold, forms_of, rows_left
from tests.templates.making import small
from tests.vignettes.shelf import on_its_way

GUILD, CHANNEL = 1, 2
PRESENTER, FACILITATOR, CEM, DAG = 11, 12, 13, 14
CANARY = "Her sister has a boat called Marigold."


async def evening_at(desk: Desk, days: int = 14) -> Evening:
    everyone = (PRESENTER, FACILITATOR, CEM, DAG)
    group = await group_of(desk, GUILD, CHANNEL, FACILITATOR, everyone, days=days)
    return await evening_of(lambda: desk, group, PRESENTER, FACILITATOR, (CEM, DAG))


async def sessions_left(desk: Desk) -> int:
    await desk.privacy.erase_due()
    return (await rows_left(desk)).get("sessions", 0)


@pytest.mark.parametrize("days", [1, 14, 90])
async def test_a_session_goes_when_its_days_after_the_close_are_over(
    desk: Desk, hands: Hands, days: int
) -> None:
    """Not a second sooner and not a second later, and the date that was shown is that one."""
    evening = await evening_at(desk, days)
    hands.pass_time(3600)
    await evening.to("handout")
    assert (await evening.stored()).purge_at == hands.seconds() + days * SECONDS_A_DAY
    hands.pass_time(days * SECONDS_A_DAY - 1)
    assert await sessions_left(desk) == 1
    hands.pass_time(1)
    assert await sessions_left(desk) == 0


async def test_a_look_after_the_close_does_not_keep_it(desk: Desk, hands: Hands) -> None:
    """Changes after the close, as when somebody is forgotten, leave the date where it was."""
    evening = await evening_at(desk)
    await evening.to("handout")
    purge_at = (await evening.stored()).purge_at
    hands.pass_time(5 * SECONDS_A_DAY)
    await desk.privacy.forget(CEM, GUILD)
    assert (await evening.stored()).purge_at == purge_at


async def test_an_abandoned_session_goes_after_its_last_sign_of_life(desk: Desk, hands: Hands) -> None:
    """Nobody closed it: its days run from the last thing that anybody did, and the clock is nobody."""
    evening = await evening_at(desk)
    hands.pass_time(10 * SECONDS_A_DAY)
    await evening.act(MakeRoom(), FACILITATOR)
    hands.pass_time(3600)
    await desk.formulating.call_time()
    assert (await evening.session()).time_up
    hands.pass_time(14 * SECONDS_A_DAY - 3601)
    assert await sessions_left(desk) == 1
    hands.pass_time(1)
    assert await sessions_left(desk) == 0


async def test_a_stranded_session_goes_as_a_closed_one(desk: Desk, hands: Hands) -> None:
    """From the moment at which it could not go on."""
    evening = await evening_at(desk)
    hands.pass_time(600)
    await desk.formulating.strand(evening.token)
    assert (await evening.stored()).purge_at == hands.seconds() + 14 * SECONDS_A_DAY


async def test_another_retention_holds_for_later_sessions(desk: Desk, hands: Hands) -> None:
    """A session keeps the days that its group had when it began: the charter said so then."""
    evening = await evening_at(desk, days=14)
    await group_of(desk, GUILD, CHANNEL, FACILITATOR, (), days=90)
    await evening.to("handout")
    assert (await evening.stored()).purge_at == hands.seconds() + 14 * SECONDS_A_DAY


async def spoiled(desk: Desk) -> None:
    """Every session's document, as a fault of the disk might leave it."""
    async with desk.ground.database.write() as connection:
        await connection.execute(tables.sessions.update().values(document=b"no longer what was sealed here"))


async def test_what_cannot_be_read_is_erased_all_the_same(desk: Desk, hands: Hands) -> None:
    """A spoiled document keeps neither itself nor any other session beyond its date."""
    await evening_at(desk)
    await spoiled(desk)
    hands.pass_time(15 * SECONDS_A_DAY)
    assert await sessions_left(desk) == 0


async def test_a_server_is_erased_whatever_its_documents_have_come_to(desk: Desk) -> None:
    """Being let go must not fail because something can't be opened."""
    await evening_at(desk)
    await spoiled(desk)
    await desk.privacy.erase_server(GUILD)
    assert (await rows_left(desk)).get("sessions", 0) == 0


async def test_a_draft_goes_after_seven_days(desk: Desk, hands: Hands) -> None:
    """Typed again, it is kept for another seven."""
    group = await group_of(desk, GUILD, CHANNEL, FACILITATOR, ())
    typed = Typed("ask", "a" * 16, "", {"question": CANARY})
    first = await desk.drafts.keep(typed, CEM, group.token, None)
    second = await desk.drafts.keep(typed, CEM, group.token, None)
    hands.pass_time(SECONDS_A_DAY)
    assert await desk.drafts.keep(typed, CEM, group.token, second) == second
    # Its last day is kept whole: no finer time is stored than a day.
    hands.pass_time(DRAFT_DAYS * SECONDS_A_DAY - hands.seconds() % SECONDS_A_DAY - 1)
    await desk.privacy.erase_due()
    assert set(await desk.drafts.of(CEM, group.token)) == {first, second}
    hands.pass_time(1)
    await desk.privacy.erase_due()
    assert await desk.drafts.of(CEM, group.token) == [second]


async def test_the_next_date_is_the_earliest(desk: Desk, hands: Hands) -> None:
    """A step's, a draft's, a session's; and none where nothing waits."""
    keeper = desk.keeper
    assert await keeper.next_due() is None
    evening = await evening_at(desk)
    begun = hands.seconds()
    assert await keeper.next_due() in range(begun, begun + 3600)
    hands.pass_time(3600)
    await keeper.keep()
    assert await keeper.next_due() == begun + 14 * SECONDS_A_DAY
    typed = Typed("ask", "a" * 16, "", {"question": CANARY})
    await desk.drafts.keep(typed, CEM, evening.group.token, None)
    today = hands.seconds() // SECONDS_A_DAY
    assert await keeper.next_due() == (today + DRAFT_DAYS + 1) * SECONDS_A_DAY


# Every table, by everything that it says erases it


async def full_house(stage: Stage) -> StageEvening:
    """A row in every table, and all of them about one person's session."""
    evening = await evening_on(stage)
    await evening.to("ratings")
    await evening.act(Observe("role-reversal", CANARY, ""), evening.members[0])
    typed = Typed("tell", evening.token, "", {"account": CANARY})
    await stage.bot.desk.drafts.keep(typed, evening.presenter, evening.group.token, None)
    await stage.bot.desk.words.add(evening.group, "place", "Hebden Bridge")
    await stage.bot.desk.templates.save(evening.group, small())
    await stage.bot.desk.words.say_no_names(evening.group, evening.presenter, ["Marigold"])
    vignette = await on_its_way(stage.bot.desk, evening.group, evening.members[0])
    await stage.bot.desk.vignettes.stop_author(vignette.token, 1)
    await posted(stage.bot.desk, evening.group, evening.presenter)
    await promised(stage, evening)
    await stage.pass_time(10)
    assert set(await rows_left(stage.bot.desk)) == {table.name for table in tables.metadata.sorted_tables} - {
        "key_check"
    }
    return evening


async def promised(stage: Stage, evening: StageEvening) -> None:
    """A reminder that comes once, with what was chosen for it, and a plan from another session."""
    desk, user, now = stage.bot.desk, evening.presenter, stage.bot.desk.ground.clock.seconds()
    tomorrow = datetime.fromtimestamp(now, UTC).date() + timedelta(days=1)
    rule = Rule(every=Once(), hour=9, minute=0, zone="UTC", start=tomorrow)
    await desk.reminders.keep("e" * 16, rule, evening.group, user)
    plan = Commitment(
        token="f" * 16,
        group=evening.group.token,
        session="0" * 16,
        user=user,
        cue=CANARY,
        action=CANARY,
        retention_days=14,
        made_at=now,
        touched_at=now,
    )
    async with desk.ground.writing() as store:
        mark = mark_in_group(user, evening.group.token, desk.ground.seal_keys)
        await store.commitments.add(plan, mark)


async def by_group(evening: StageEvening) -> None:
    evening.stage.env.backend.emit("GUILD_DELETE", {"id": str(evening.stage.guild.id)})


async def by_session(evening: StageEvening) -> None:
    await evening.desk().privacy.forget(evening.presenter, evening.stage.guild.id)


async def by_person(evening: StageEvening) -> None:
    for user in (evening.presenter, evening.facilitator, *evening.members):
        await evening.desk().privacy.forget(user, evening.stage.guild.id)


async def by_time(evening: StageEvening) -> None:
    stage = evening.stage
    # The vignette comes out first; what follows it is counted in whole days.
    for days in (1, 16, 100):
        await stage.env.advance_time(days * SECONDS_A_DAY)
        for nap in stage.bot.naps:
            nap.wake()
        await stage.env.settle()


async def by_keys(evening: StageEvening) -> None:
    database = evening.desk().ground.database
    newer = rotate_text_key(database.vault.ring)
    assert (await reseal(database, newer)).scrubbed


ERASERS: dict[str, Callable[[StageEvening], Awaitable[None]]] = {
    "group": by_group,
    "session": by_session,
    "person": by_person,
    "time": by_time,
    "keys": by_keys,
}


NAMED = sorted({each for table in tables.metadata.sorted_tables for each in table.info["erases"].split(", ")})


@pytest.mark.parametrize("eraser", NAMED)
async def test_what_a_table_says_erases_it_does(stage: Stage, eraser: str) -> None:
    """No row of the tables that name it is left, not even one about what Discord had to remove."""
    evening = await full_house(stage)
    old_keys = await text_keys(stage.bot.desk)
    await ERASERS[eraser](evening)
    await stage.env.settle()
    await stage.pass_time(60)
    left = await rows_left(stage.bot.desk)
    for table in tables.metadata.sorted_tables:
        if eraser in table.info["erases"].split(", ") and eraser != "keys":
            assert table.name not in left, f"{table.name} is not emptied by {eraser}"
    if eraser == "keys":
        assert not old_keys & await text_keys(stage.bot.desk)


async def text_keys(desk: Desk) -> set[int]:
    """The numbers of the text keys that the database knows."""
    table = tables.key_check.c
    async with desk.ground.database.read() as connection:
        return set(await connection.scalars(select(table.key_id).where(table.key_kind == "text")))


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=str)
def test_every_table_names_what_erases_it(table: tables.Table) -> None:
    """And each name is one for which there is a test above."""
    named = table.info["erases"].split(", ")
    assert named
    assert set(named) <= set(ERASERS)


async def test_after_the_purge_nothing_stands_in_the_files(opened: StageOpener) -> None:
    """Neither the sealed text nor anybody's id, in digits or as a number, in the database or its log."""
    async with opened() as stage:
        evening = await evening_on(stage, account=CANARY)
        await evening.act(Join("00000000000000ff"), stage["Fay"].id)
        await evening.to("ratings")
        await evening.act(Observe("role-reversal", CANARY, CANARY), stage["Fay"].id)
        await evening.to("handout")
        desk = stage.bot.desk
        ids = [form for actor in stage.actors.values() for form in forms_of(actor.id)]
        async with desk.ground.database.read() as connection:
            document = await connection.scalar(select(tables.sessions.c.document))
        assert document is not None
        pieces = [document[at : at + 32] for at in (20, len(document) // 2, len(document) - 40)]
        path = desk.ground.database.path
        assert files_hold(path, pieces) == pieces
        assert files_hold(path, [CANARY.encode(), *ids]) == []
        await stage.env.advance_time(14 * SECONDS_A_DAY)
        await stage.bot.keeper.keep()
        await stage.env.settle()
        await stage.pass_time(120)
        await stage.bot.keeper.keep()
        assert await rows_left(desk) == {"groups": 1, "members": 5}
        assert files_hold(path, [CANARY.encode(), *ids, *pieces]) == []
