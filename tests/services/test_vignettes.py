"""Vignettes on their way and out: whose they are opens to their author alone, and when is a slot or a day."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bot.aliases import SealKeys
from bot.desk import Desk
from bot.formulation.session import NOBODY
from bot.refusal import Refusal
from bot.rehearsal.stage import Stage
from bot.services.access import Caller, admit
from bot.services.formulating import PROTOCOL, Opening
from bot.services.ground import SECONDS_A_DAY
from bot.services.keeper import Keeper
from bot.services.screening import BY_RULES
from bot.services.vignettes import WEEKS_OF_STOP
from bot.storage import tables
from bot.storage.deliveries import AT_ONCE
from bot.storage.groups import Group
from bot.vignettes import acts
from bot.vignettes.slots import SLOT_SECONDS, WAITS_FOR_COMPANY
from tests.services.conftest import Hands
from tests.services.evening import group_of
from tests.services.left import files_hold, forms_of, rows_left
from tests.vignettes.shelf import (
    ALIAS,
    BY_NAME,
    QUESTION,
    TEXT,
    WAITING,
    draft_of,
    is_kept,
    on_its_way,
    out,
    restarted,
    row_of,
    rows_of,
    seen,
    stored,
    written,
)

GUILD, CHANNEL = 1, 2
ANN, BOB, CEM, DAG, EVE = PEOPLE = (9_000_000_000_011, 9_000_000_000_012, 13, 14, 15)
LATER = "It stopped after that."


async def group_in(desk: Desk, *people: int, channel: int = CHANNEL) -> Group:
    desk.finder = BY_RULES
    return await group_of(desk, GUILD, channel, DAG, people or PEOPLE)


@pytest.fixture
async def group(desk: Desk) -> Group:
    return await group_in(desk)


async def refused(awaited: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await awaited
    return caught.value


def keeper_of(desk: Desk) -> Keeper:
    return desk.keeper


async def to_slot(desk: Desk, hands: Hands, slot: int) -> None:
    hands.pass_time(slot - hands.seconds())
    await keeper_of(desk).keep()


async def removals(desk: Desk) -> set[tuple[int, int | None]]:
    rows = await rows_of(desk, tables.deliveries)
    return {(row["channel_id"], row["message_id"]) for row in rows if row["kind"] == "removal"}


async def shown_in_discord(desk: Desk, token: str) -> None:
    """What delivery notes when it has sent the card and made the thread, with a post in it."""
    async with desk.ground.writing() as store:
        await store.vignettes.put_in_thread(token, 500)
        for number, row in enumerate(await store.deliveries.of_subject(token)):
            channel = 500 if row.kind == "vignette-item" else CHANNEL
            if row.kind != "discussion":
                await store.deliveries.note(row.token, channel_id=channel, message_id=600 + number)


async def is_author(desk: Desk, token: str, user: int) -> bool:
    try:
        await admit(desk.ground, "author", Caller(user, GUILD, CHANNEL), token)
    except Refusal:
        return False
    return True


# Taking one in


async def test_it_goes_out_in_its_slot_and_no_sooner(desk: Desk, hands: Hands, group: Group) -> None:
    """As it was looked through, under two words; its draft goes at once."""
    taken = await on_its_way(desk, group, ANN)
    assert await rows_of(desk, tables.drafts) == []
    assert (taken.text, taken.question, taken.author) == (TEXT, QUESTION, None)
    hands.pass_time(taken.slot - hands.seconds() - 1)
    await keeper_of(desk).keep()
    assert (await seen(desk, taken.token)).status == "waiting"
    assert await rows_of(desk, tables.deliveries) == []
    await to_slot(desk, hands, taken.slot)
    assert (await seen(desk, taken.token)).status == "published"
    assert {row["kind"] for row in await rows_of(desk, tables.deliveries)} == {"vignette", "discussion"}


async def test_by_name_it_has_its_author_s_id(desk: Desk, group: Group) -> None:
    assert (await on_its_way(desk, group, ANN, BY_NAME)).author == ANN


async def test_one_at_a_time(desk: Desk, hands: Hands, group: Group) -> None:
    """Two at once would be two by one person. Somebody else's is in nobody's way; nor is one that is out."""
    first = await on_its_way(desk, group, ANN)
    ready = await written(desk, group, ANN)
    assert (await refused(desk.vignettes.may_write(group, ANN))).key == "vignette-one-at-a-time"
    assert (await refused(desk.vignettes.publish(ready, group, ANN, ALIAS))).key == "vignette-one-at-a-time"
    assert (await draft_of(desk, ready.token)).content
    await desk.vignettes.may_write(group, BOB)
    await to_slot(desk, hands, first.slot)
    await desk.vignettes.publish(ready, group, ANN, ALIAS)


async def test_two_at_once_from_two_devices_are_one(desk: Desk, group: Group) -> None:
    """The same press twice, and two texts of one author: one of them goes, the other stays a draft."""
    one, other = await written(desk, group, ANN), await written(desk, group, ANN, f"{TEXT} Again.")
    done = await asyncio.gather(
        *(desk.vignettes.publish(each, group, ANN, ALIAS) for each in (one, one, other)),
        return_exceptions=True,
    )
    assert sum(not isinstance(each, Exception) for each in done) == 1
    assert len(await rows_of(desk, tables.vignettes)) == 1
    assert len(await rows_of(desk, tables.drafts)) == 1


@pytest.mark.parametrize(
    ("people", "hides", "thin"),
    [(2, False, True), (3, True, True), (4, True, True), (5, True, False)],
)
async def test_how_well_an_alias_hides(desk: Desk, people: int, hides: bool, thin: bool) -> None:
    """Below three it hides nobody and is refused, with the text kept; below five its author is warned."""
    group = await group_in(desk, *PEOPLE[:people])
    cover = await desk.vignettes.cover(group)
    assert (cover.people, cover.hides, cover.thin) == (people, hides, thin)
    ready = await written(desk, group, ANN)
    if not hides:
        assert (await refused(desk.vignettes.publish(ready, group, ANN, ALIAS))).key == "alias-hides-nobody"
        assert (await draft_of(desk, ready.token)).content
    await desk.vignettes.publish(ready, group, ANN, ALIAS if hides else BY_NAME)


async def test_a_draft_of_another_group_does_not_go_out_here(desk: Desk, group: Group) -> None:
    other = await group_in(desk, channel=3)
    ready = await written(desk, other, ANN)
    assert (await refused(desk.vignettes.publish(ready, group, ANN, ALIAS))).key == "draft-gone"
    assert (await refused(desk.vignettes.publish(ready, other, BOB, ALIAS))).key == "draft-gone"


async def test_no_two_of_a_group_have_one_alias(desk: Desk, hands: Hands, group: Group) -> None:
    """Also where hardly any is left; and where none is, it says so and keeps the text."""
    library = desk.ground.library(group)
    few = library.aliases.model_copy(update={"first": ("Amber", "Blue"), "second": ("Oak", "Pine")})
    desk.ground.libraries = {"en": replace(library, aliases=few)}
    drawn = [(await out(desk, hands, group, ANN)).alias for _ in range(3)]
    drawn.append((await out(desk, hands, group, BOB)).alias)
    assert len(set(drawn)) == 4
    ready = await written(desk, group, CEM)
    assert (await refused(desk.vignettes.publish(ready, group, CEM, ALIAS))).key == "too-many-vignettes"
    assert (await draft_of(desk, ready.token)).content


# Release


async def test_one_that_waits_for_company_goes_with_the_next(desk: Desk, hands: Hands, group: Group) -> None:
    """Alone it stays; another group's is no company; a second one of its own takes it along."""
    other = await group_in(desk, channel=3)
    alone = await on_its_way(desk, group, ANN, WAITING)
    stranger = await on_its_way(desk, other, ANN)
    await to_slot(desk, hands, stranger.slot)
    assert (await seen(desk, stranger.token)).status == "published"
    assert (await seen(desk, alone.token)).status == "waiting"
    hands.pass_time(5 * SLOT_SECONDS)
    await keeper_of(desk).keep()
    assert not await desk.vignettes.goes_alone(group)
    second = await on_its_way(desk, group, BOB)
    await to_slot(desk, hands, second.slot)
    assert (await seen(desk, alone.token)).status == "published"
    assert (await seen(desk, second.token)).status == "published"
    assert await desk.vignettes.goes_alone(group)


async def test_company_is_waited_for_two_days_at_most(desk: Desk, hands: Hands, group: Group) -> None:
    """Slot by slot; then it goes alone."""
    alone = await on_its_way(desk, group, ANN, WAITING)
    await to_slot(desk, hands, alone.slot + WAITS_FOR_COMPANY - SLOT_SECONDS)
    assert (await seen(desk, alone.token)).status == "waiting"
    await to_slot(desk, hands, alone.slot + WAITS_FOR_COMPANY)
    assert (await seen(desk, alone.token)).status == "published"


async def test_the_order_within_a_slot_is_nobody_s(desk: Desk, hands: Hands) -> None:
    """Whoever wrote first goes out neither first nor last: tokens are by chance, and so is the order."""
    firsts = Counter[int]()
    for number in range(16):
        group = await group_in(desk, channel=100 + number)
        taken = [await on_its_way(desk, group, user) for user in (ANN, BOB)]
        await to_slot(desk, hands, taken[0].slot)
        async with desk.ground.reading() as store:
            order = await store.deliveries.due_subjects(hands.seconds(), (), AT_ONCE, 1000)
        order = [token for token in order if token in {each.token for each in taken}]
        firsts[[each.token for each in taken].index(order[0])] += 1
    assert min(firsts[0], firsts[1]) > 2


async def test_one_that_can_t_be_read_holds_up_no_other(desk: Desk, hands: Hands, group: Group) -> None:
    """The others go out, and when its time is over it is erased like any other."""
    broken, sound = await on_its_way(desk, group, ANN), await on_its_way(desk, group, BOB)
    async with desk.ground.database.write() as connection:
        spoiled = tables.vignettes.update().where(tables.vignettes.c.token == broken.token)
        await connection.execute(spoiled.values(document=b"no longer what was sealed here"))
    with pytest.raises(Exception, match="vignettes"):
        await to_slot(desk, hands, sound.slot)
    assert (await seen(desk, sound.token)).status == "published"
    hands.pass_time(20 * SECONDS_A_DAY)
    await desk.vignettes.erase_due()
    assert await rows_of(desk, tables.vignettes) == []


async def test_a_bot_that_was_off_releases_what_it_missed(desk: Desk, hands: Hands, group: Group) -> None:
    """Once, in the slot in which it is back; its author is its author still."""
    taken = await on_its_way(desk, group, ANN)
    again = await restarted(desk)
    hands.pass_time(5 * 3600 + 77)
    await keeper_of(again).keep()
    await keeper_of(again).keep()
    after = await seen(again, taken.token)
    assert (after.status, after.released % SLOT_SECONDS) == ("published", 0)
    assert await is_author(again, taken.token, ANN)
    assert sum(row["kind"] == "vignette" for row in await rows_of(again, tables.deliveries)) == 1
    await again.close()


async def test_a_clock_set_back_shows_nothing_at_once(desk: Desk, hands: Hands, group: Group) -> None:
    """What is said then waits for a slot that has not been."""
    vignette = await out(desk, hands, group, ANN)
    hands.pass_time(-6 * SLOT_SECONDS)
    await desk.vignettes.act(vignette.token, acts.Continue("e" * 8, LATER, desk.vignettes.slot()), ANN)
    for _ in range(7):
        assert (await seen(desk, vignette.token)).shown_items == ()
        hands.pass_time(SLOT_SECONDS)
        await keeper_of(desk).keep()
    assert len((await seen(desk, vignette.token)).shown_items) == 1


# A second reader


async def test_a_second_reader_is_not_its_author(desk: Desk, hands: Hands, group: Group) -> None:
    """Nobody else is kept from it; who was first counts, and it goes out in a slot after that."""
    strict = await desk.groups.set_up(
        Caller(DAG, GUILD, CHANNEL), "Europe/Berlin", "en", "14", (DAG,), second_reader=True
    )
    taken = await on_its_way(desk, strict, ANN)
    await to_slot(desk, hands, taken.slot)
    assert [each.vignette.token for each in await desk.vignettes.waiting_for_a_reader(strict)] == [
        taken.token
    ]
    for act in (acts.Pass(desk.vignettes.slot()), acts.SendBack("The town.")):
        assert (await refused(desk.vignettes.act(taken.token, act, ANN))).key == "second-reader-is-author"
    passed = acts.Pass(desk.vignettes.slot())
    await desk.vignettes.act(taken.token, passed, BOB)
    assert (
        await refused(desk.vignettes.act(taken.token, acts.SendBack("No."), CEM))
    ).key == "vignette-not-now"
    await to_slot(desk, hands, passed.slot)
    assert (await seen(desk, taken.token)).status == "published"
    assert await desk.vignettes.waiting_for_a_reader(strict) == []


# Stops


async def test_every_write_of_a_stopped_author_is_refused(desk: Desk, hands: Hands, group: Group) -> None:
    """Of this vignette and of any other; with the day on which it ends. Nobody else is stopped."""
    mine, theirs = await out(desk, hands, group, ANN), await out(desk, hands, group, BOB)
    await desk.vignettes.act(mine.token, acts.Ask("q1", "How long?"), BOB)
    ready = await written(desk, group, ANN)
    ends_at = await desk.vignettes.stop_author(mine.token, 2)
    slot = desk.vignettes.slot()
    writes = (
        desk.vignettes.may_write(group, ANN),
        desk.vignettes.not_stopped(group, ANN),
        desk.vignettes.publish(ready, group, ANN, ALIAS),
        desk.vignettes.publish(ready, group, ANN, BY_NAME),
        desk.vignettes.act(mine.token, acts.Answer("q1", "A year.", slot), ANN),
        desk.vignettes.act(mine.token, acts.Continue("r1", LATER, slot), ANN),
        desk.vignettes.act(mine.token, acts.Rewrite(LATER, slot), ANN),
        desk.vignettes.act(theirs.token, acts.Ask("q2", "How long?"), ANN),
        desk.vignettes.act(theirs.token, acts.Offer("r2", "Hm.", slot), ANN),
    )
    before = await rows_of(desk, tables.vignettes)
    for write in writes:
        refusal = await refused(write)
        assert (refusal.key, refusal.values) == ("author-stopped", {"until": f"<t:{ends_at}:D>"})
    assert await rows_of(desk, tables.vignettes) == before
    assert (await draft_of(desk, ready.token)).content
    await desk.vignettes.act(theirs.token, acts.Offer("r3", "Hm.", slot), CEM)
    assert await desk.vignettes.stopped_until(group.token, ANN) == ends_at
    assert await desk.vignettes.stopped_until(group.token, BOB) is None


@pytest.mark.parametrize("weeks", WEEKS_OF_STOP)
async def test_a_stop_ends_on_its_day(desk: Desk, hands: Hands, group: Group, weeks: int) -> None:
    """At the beginning of it, to the second; then nothing of it is left."""
    vignette = await out(desk, hands, group, ANN)
    ends_at = await desk.vignettes.stop_author(vignette.token, weeks)
    assert ends_at % SECONDS_A_DAY == 0
    assert 7 * weeks - 1 <= (ends_at - hands.seconds()) / SECONDS_A_DAY <= 7 * weeks
    hands.pass_time(ends_at - hands.seconds() - 1)
    await keeper_of(desk).keep()
    assert (await refused(desk.vignettes.may_write(group, ANN))).key == "author-stopped"
    hands.pass_time(1)
    await desk.vignettes.may_write(group, ANN)
    assert await keeper_of(desk).next_due() == ends_at or weeks > 1
    await keeper_of(desk).keep()
    assert await rows_of(desk, tables.stops) == []


@pytest.mark.parametrize("way", ["withdraw", "close", "forget", "purge"])
async def test_a_stop_outlives_what_it_came_of(desk: Desk, hands: Hands, group: Group, way: str) -> None:
    """Else whoever is stopped would lift it with a press. Who set it may lift it."""
    vignette = await out(desk, hands, group, ANN)
    await desk.vignettes.stop_author(vignette.token, 4)
    match way:
        case "withdraw":
            await desk.vignettes.withdraw(vignette.token, at_once=True)
        case "close":
            await desk.vignettes.act(vignette.token, acts.Close(), ANN)
        case "forget":
            await desk.privacy.forget(ANN, GUILD)
        case _:
            hands.pass_time(16 * SECONDS_A_DAY)
            await keeper_of(desk).keep()
            assert not await is_kept(desk, vignette.token)
    again = await restarted(desk)
    assert (await refused(again.vignettes.may_write(group, ANN))).key == "author-stopped"
    await again.vignettes.may_write(group, BOB)
    await again.vignettes.lift_stop(vignette.token)
    await again.vignettes.may_write(group, ANN)
    await again.close()


async def test_a_stop_needs_an_author_and_a_known_length(desk: Desk, hands: Hands, group: Group) -> None:
    """Of one that has closed there is none; and it holds in its own group alone."""
    vignette = await out(desk, hands, group, ANN)
    assert (await refused(desk.vignettes.stop_author(vignette.token, 52))).key == "control-stale"
    await desk.vignettes.stop_author(vignette.token, 1)
    await desk.vignettes.may_write(await group_in(desk, channel=3), ANN)
    await desk.vignettes.act(vignette.token, acts.Close(), ANN)
    assert (await refused(desk.vignettes.stop_author(vignette.token, 1))).key == "author-gone"
    assert (await refused(desk.vignettes.stop_author("f" * 16, 1))).key == "vignette-gone"


# Whose it is


async def test_it_opens_to_its_author_alone(desk: Desk, hands: Hands, group: Group) -> None:
    vignette = await out(desk, hands, group, ANN)
    assert [user for user in PEOPLE if await is_author(desk, vignette.token, user)] == [ANN]
    assert [each.vignette.token for each in await desk.vignettes.mine(group, ANN)] == [vignette.token]
    assert await desk.vignettes.mine(group, BOB) == []


async def test_closing_lets_the_seal_go(desk: Desk, hands: Hands, group: Group) -> None:
    """Nothing in its row leads to anyone, and who wrote it can no more than anyone; it stays till its day."""
    vignette = await out(desk, hands, group, ANN)
    await desk.vignettes.act(vignette.token, acts.Close(), ANN)
    row = await row_of(desk, vignette.token)
    assert (row["salt"], row["mark"], row["key_version"]) == (None, None, None)
    assert not await is_author(desk, vignette.token, ANN)
    assert await desk.vignettes.mine(group, ANN) == []
    assert (await desk.privacy.forget(ANN, GUILD)).vignettes == 0
    assert await is_kept(desk, vignette.token)


async def test_a_session_under_the_alias_keeps_it_open(desk: Desk, hands: Hands, group: Group) -> None:
    """Its presenter acts by the seal, so it can neither close nor go before the session does."""
    vignette = await out(desk, hands, group, ANN)
    opening = Opening(
        "5" * 16, vignette.title, QUESTION, TEXT, PROTOCOL, "slow", 0, None, vignette.alias, vignette.token
    )
    await desk.formulating.start(opening, group, NOBODY)
    assert await desk.vignettes.session_about(vignette) == "5" * 16
    assert (await refused(desk.vignettes.act(vignette.token, acts.Close(), ANN))).key == "vignette-in-session"
    withdrawn = desk.vignettes.withdraw(vignette.token, at_once=False)
    assert (await refused(withdrawn)).key == "vignette-in-session"
    assert await is_author(desk, vignette.token, ANN)
    await desk.privacy.forget(ANN, GUILD)
    assert {"vignettes", "sessions"} & (await rows_left(desk)).keys() == set()


async def test_seals_of_an_older_key_still_open(desk: Desk, hands: Hands, group: Group) -> None:
    """The seal key is added to, never replaced: a stop and a draft of before hold as well."""
    vignette, ready = await out(desk, hands, group, ANN), await written(desk, group, BOB)
    await desk.vignettes.stop_author(vignette.token, 4)
    old = desk.ground.seal_keys
    desk.ground.seal_keys = SealKeys({**old.keys, old.current + 1: b"\7" * 32}, old.current + 1)
    assert [user for user in PEOPLE if await is_author(desk, vignette.token, user)] == [ANN]
    assert (await refused(desk.vignettes.may_write(group, ANN))).key == "author-stopped"
    new = await desk.vignettes.publish(ready, group, BOB, ALIAS)
    assert (await row_of(desk, new.token))["key_version"] == old.current + 1
    assert await is_author(desk, new.token, BOB)
    assert (await desk.privacy.forget(ANN, GUILD)).vignettes == 1


async def test_nothing_stored_says_who_or_just_when(desk: Desk, hands: Hands, group: Group) -> None:
    """Slots and days are the finest times; no id, in digits or as a number, stands in the files."""
    hands.pass_time(137)
    vignette = await out(desk, hands, group, ANN)
    hands.pass_time(219)
    slot = desk.vignettes.slot()
    await desk.vignettes.act(vignette.token, acts.Ask("q1", "How long?"), BOB)
    await desk.vignettes.act(vignette.token, acts.Answer("q1", "A year.", slot), ANN)
    await desk.vignettes.act(vignette.token, acts.Continue("r1", LATER, slot), ANN)
    await desk.vignettes.act(vignette.token, acts.Tell("risk"), BOB)
    await desk.vignettes.stop_author(vignette.token, 1)
    await on_its_way(desk, group, BOB, WAITING)
    await written(desk, group, CEM)
    for row in await rows_of(desk, tables.vignettes):
        assert row["wake_at"] is None or row["wake_at"] % SLOT_SECONDS == 0
        assert row["purge_at"] % SECONDS_A_DAY == 0
    assert [row["ends_at"] % SECONDS_A_DAY for row in await rows_of(desk, tables.stops)] == [0]
    assert [row["expires_at"] % SECONDS_A_DAY for row in await rows_of(desk, tables.drafts)] == [0]
    times = {"wake_at", "purge_at", "ends_at", "expires_at"}
    for table in (tables.vignettes, tables.stops, tables.drafts):
        big = {column.name for column in table.columns if str(column.type) == "BIGINT"}
        assert big <= times | {"thread_id"}, "a new column of this table may hold a time"
    for row in await rows_of(desk, tables.deliveries):
        if row["kind"] in ("vignette", "discussion"):
            assert row["due_at"] % SLOT_SECONDS == 0
    ids = [form for user in (ANN, BOB) for form in forms_of(user)]
    assert files_hold(desk.ground.database.path, [TEXT.encode(), LATER.encode(), *ids]) == []


# Going


async def test_withdrawing_removes_it_everywhere(desk: Desk, hands: Hands, group: Group) -> None:
    """Its row at once; its post and its thread in the next slot, or at once where its author wants that."""
    for at_once in (True, False):
        vignette = await out(desk, hands, group, ANN)
        slot = desk.vignettes.slot()
        await desk.vignettes.act(vignette.token, acts.Continue("r1", LATER, slot), ANN)
        await to_slot(desk, hands, slot)
        await shown_in_discord(desk, vignette.token)
        before = await removals(desk)
        await desk.vignettes.withdraw(vignette.token, at_once=at_once)
        assert not await is_kept(desk, vignette.token)
        gone = await removals(desk) - before if at_once else await removals(desk)
        assert (500, None) in gone
        assert sum(channel == CHANNEL for channel, _ in gone) == 1
        due = {row["due_at"] for row in await rows_of(desk, tables.deliveries) if row["kind"] == "removal"}
        assert (hands.seconds() if at_once else desk.vignettes.slot()) in due
        assert {row["subject"] for row in await rows_of(desk, tables.deliveries)} & {vignette.token} == set()
        await desk.vignettes.withdraw(vignette.token, at_once=at_once)
        async with desk.ground.database.write() as connection:
            await connection.execute(tables.deliveries.delete())


async def test_it_goes_some_days_after_the_last_that_happened(desk: Desk, hands: Hands, group: Group) -> None:
    """Its days begin anew with what is said in it; after its close nothing moves the date."""
    vignette = await out(desk, hands, group, ANN)
    hands.pass_time(5 * SECONDS_A_DAY)
    await desk.vignettes.act(vignette.token, acts.Offer("r1", "Hm.", desk.vignettes.slot()), BOB)
    today = hands.seconds() // SECONDS_A_DAY
    purge_at = (await stored(desk, vignette.token)).purge_at
    assert purge_at == (today + 15) * SECONDS_A_DAY
    await desk.vignettes.act(vignette.token, acts.Close(), ANN)
    hands.pass_time(3 * SECONDS_A_DAY)
    await keeper_of(desk).keep()
    for act in (acts.Tell("risk"), acts.Hide("The town."), acts.Lose()):
        await desk.vignettes.act(vignette.token, act, DAG)
    assert (await stored(desk, vignette.token)).purge_at == purge_at
    await shown_in_discord(desk, vignette.token)
    hands.pass_time(purge_at - hands.seconds() - 1)
    await keeper_of(desk).keep()
    assert await is_kept(desk, vignette.token)
    hands.pass_time(1)
    await keeper_of(desk).keep()
    assert not await is_kept(desk, vignette.token)
    assert (500, None) in await removals(desk)


async def test_after_the_purge_nothing_of_it_stands_in_the_files(
    desk: Desk, hands: Hands, group: Group
) -> None:
    """Not even sealed."""
    vignette = await out(desk, hands, group, ANN)
    document = (await row_of(desk, vignette.token))["document"]
    pieces = [document[at : at + 32] for at in (20, len(document) // 2)]
    path = desk.ground.database.path
    assert files_hold(path, pieces) == pieces
    hands.pass_time(20 * SECONDS_A_DAY)
    await keeper_of(desk).keep()
    assert files_hold(path, pieces) == []


async def test_forget_me_finds_one_s_own_by_trying(desk: Desk, hands: Hands, group: Group) -> None:
    """On its way, out, and being written; in every group of the server, and nobody else's."""
    other = await group_in(desk, channel=3)
    mine = [
        await out(desk, hands, group, ANN),
        await on_its_way(desk, group, ANN),
        await on_its_way(desk, other, ANN),
    ]
    theirs = [await on_its_way(desk, group, BOB)]
    await written(desk, group, ANN)
    forgotten = await desk.privacy.forget(ANN, GUILD)
    assert (forgotten.vignettes, forgotten.drafts) == (3, 1)
    assert [await is_kept(desk, each.token) for each in (*mine, *theirs)] == [False, False, False, True]


async def test_a_server_that_goes_takes_all_with_it(desk: Desk, hands: Hands, group: Group) -> None:
    """Vignettes, stops and what was being written; nothing is left to send there."""
    vignette = await out(desk, hands, group, ANN)
    await desk.vignettes.stop_author(vignette.token, 4)
    await on_its_way(desk, group, BOB)
    await written(desk, group, CEM)
    await desk.privacy.erase_server(GUILD)
    assert await rows_left(desk) == {}


# Taken away by hand in Discord


async def vignette_on(stage: Stage) -> str:
    desk = stage.bot.desk
    people = [stage[name].id for name in ("You", "Bea", "Cem", "Dag")]
    group = await group_of(desk, stage.guild.id, stage.channel.id, stage["You"].id, people)
    taken = await on_its_way(desk, group, stage["Bea"].id)
    await stage.env.settle()
    await stage.pass_time(1900)
    return taken.token


async def mine_of(stage: Stage) -> str:
    bea = stage["Bea"]
    await bea.command("vignette mine")
    await bea.press("v-more")
    return bea.text


async def test_a_post_deleted_by_hand_is_lost_and_its_author_is_told(stage: Stage) -> None:
    """As soon as the bot meets the gap. It does not come back, and the rest goes on."""
    token = await vignette_on(stage)
    lost = stage.library.texts("author-lost")
    assert lost not in await mine_of(stage)
    card = stage.newest_with(stage.channel, "v-more")
    assert card is not None
    stage.env.backend.delete_message(stage.channel.id, card.id)
    desk = stage.bot.desk
    await desk.vignettes.act(token, acts.Hide("The town."), stage["You"].id)
    await desk.vignettes.act(token, acts.Hide(None), stage["You"].id)
    await stage.pass_time(60)
    assert stage.newest_with(stage.channel, "v-more") is None
    assert lost in await mine_of(stage)
    await desk.vignettes.act(token, acts.Offer("r1", "Hm.", desk.vignettes.slot()), stage["Cem"].id)
    await stage.env.settle()
    await stage.pass_time(1900)
    assert len(stage.posts(stage.channel.threads[-1])) > 0
    await desk.vignettes.withdraw(token, at_once=True)
    await stage.pass_time(60)
    assert await rows_of(desk, tables.deliveries) == []


async def test_a_thread_that_can_t_be_made_is_not_tried_for_ever(stage: Stage) -> None:
    """Its post was deleted before the thread hung on it: it is lost, and Discord is asked no more."""
    token = await vignette_on(stage)
    desk = stage.bot.desk
    card = stage.newest_with(stage.channel, "v-more")
    assert card is not None
    stage.env.backend.delete_message(stage.channel.id, card.id)
    async with desk.ground.writing() as store:
        row = next(each for each in await store.deliveries.of_subject(token) if each.kind == "discussion")
        await store.deliveries.note(row.token, posts_done=0, due_at=int(stage.env.now().timestamp()))
    await stage.env.settle()
    await stage.pass_time(60)
    asked = len(stage.env.http_requests)
    await stage.pass_time(3600)
    assert len(stage.env.http_requests) == asked
    assert (await seen(desk, token)).lost


async def test_a_thread_deleted_by_hand_is_lost(stage: Stage) -> None:
    """What is said next meets the gap; the post stays."""
    token = await vignette_on(stage)
    desk = stage.bot.desk
    stage.env.backend.delete_channel(stage.channel.threads[-1].id)
    await desk.vignettes.act(token, acts.Offer("r1", "Hm.", desk.vignettes.slot()), stage["Cem"].id)
    await stage.env.settle()
    await stage.pass_time(1900)
    assert (await seen(desk, token)).lost
    assert stage.library.texts("author-lost") in await mine_of(stage)
    assert stage.newest_with(stage.channel, "v-more") is not None
