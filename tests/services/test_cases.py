"""Cases: what goes out is what was looked through, once; and when all of it is gone."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from bot.cases import acts
from bot.cases.case import Case, FollowUp
from bot.cases.writing import CaseWriting
from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.ground import SECONDS_A_DAY
from bot.services.screening import BY_RULES
from bot.services.writing import Reviewed, accepting_all, keeping_all
from bot.storage import tables
from bot.storage.cases import StoredCase
from bot.storage.groups import Group
from bot.storage.keys import rotate_text_key
from bot.storage.reseal import reseal
from bot.vignettes.writing import VignetteWriting
from bot.writing import Writing
from tests.cases.filled import ANSWERS, SMALL
from tests.services.conftest import Hands
from tests.services.evening import group_of
from tests.services.left import files_hold, rows_left
from tests.services.reading import STRICT
from tests.vignettes.shelf import draft_of, restarted, rows_of
from tests.vignettes.shelf import writing as vignette_writing

GUILD, CHANNEL = 1, 2
ANN, BOB, CEM, DAG = PEOPLE = (9_000_000_000_011, 12, 13, 14)
BLOCKING = "Write to anna.k@example.org about it."
CANARY = "She has a boat called Marigold."
NAMED = "Then Mrs Kowalska came."


@pytest.fixture
async def group(desk: Desk) -> Group:
    desk.finder = BY_RULES
    return await group_of(desk, GUILD, CHANNEL, DAG, PEOPLE)


async def refused(awaited: Any) -> str:
    with pytest.raises(Refusal) as caught:
        await awaited
    return caught.value.key


async def kept(desk: Desk, group: Group, user: int = ANN, **changes: Any) -> Reviewed:
    """A form that is filled in and kept, as the review shows it."""
    answers = {**ANSWERS, **changes.pop("answers", {})}
    token = desk.ground.chance.token()
    await desk.writing.keep(token, CaseWriting(SMALL, answers, **changes), group, user)
    return await desk.writing.review(await draft_of(desk, token), group, user)


async def posted(desk: Desk, group: Group, user: int = ANN, **changes: Any) -> Case:
    return await desk.cases.post(await kept(desk, group, user, **changes), group, user)


async def stored(desk: Desk, token: str) -> StoredCase:
    found = await desk.cases.load(token)
    assert found is not None
    return found[0]


async def keep_dates(desk: Desk) -> None:
    await desk.keeper.keep()


async def token_of_draft(desk: Desk) -> str:
    [row] = await rows_of(desk, tables.drafts)
    return str(row["token"])


# Posting


async def test_it_goes_out_as_it_was_looked_through(desk: Desk, group: Group) -> None:
    """Under its presenter's name, with its form; its draft goes in the same moment."""
    reviewed = await kept(desk, group)
    case = await desk.cases.post(reviewed, group, ANN)
    assert (case.presenter, case.template, dict(case.answers)) == (ANN, SMALL, ANSWERS)
    assert (await stored(desk, case.token)).case == case
    assert await rows_of(desk, tables.drafts) == []
    wanted = {row["kind"] for row in await rows_of(desk, tables.deliveries)}
    assert wanted == {"case", "case-thread"}


@pytest.mark.parametrize(
    ("text", "key"), [(BLOCKING, "writing-blocks"), (NAMED, "writing-changed")], ids=["blocks", "asks"]
)
async def test_nothing_goes_out_that_is_not_settled(desk: Desk, group: Group, text: str, key: str) -> None:
    """What must be changed, and what nobody has looked at yet; settled, it goes."""
    reviewed = await kept(desk, group, answers={"after": text})
    assert await refused(desk.cases.post(reviewed, group, ANN)) == key
    assert await rows_of(desk, tables.cases) == []
    for how in (accepting_all(reviewed.writing.digest), lambda now: keeping_all(now.digest)(now)):
        reviewed = await desk.writing.change(await draft_of(desk, reviewed.token), group, ANN, how)
    case = await desk.cases.post(reviewed, group, ANN)
    assert text not in case.answers.values()


async def test_where_the_reader_is_sure_of_a_name_it_blocks(desk: Desk, group: Group) -> None:
    """Kept by its author or not."""
    desk.finder = STRICT
    reviewed = await kept(desk, group, answers={"after": NAMED})
    everything = frozenset(each.words.casefold() for each in reviewed.marked)
    assert everything
    wants_all = replace(reviewed, writing=replace(reviewed.writing, kept=everything))
    assert await refused(desk.cases.post(wants_all, group, ANN)) == "writing-blocks"


async def test_what_is_private_is_not_read(desk: Desk, group: Group) -> None:
    """The presenter's own notes may say anything: they are shown to nobody."""
    case = await posted(desk, group, answers={"own": BLOCKING})
    assert case.answers["own"] == BLOCKING
    assert all(BLOCKING not in text for _, text in case.shared)


async def test_something_is_missing(desk: Desk, group: Group) -> None:
    """A required field that is empty, or nothing that the group would see."""
    reviewed = await kept(desk, group, answers={"scene": " "})
    assert await refused(desk.cases.post(reviewed, group, ANN)) == "case-missing"
    assert len(await rows_of(desk, tables.drafts)) == 1


async def test_another_wording_is_kept_meanwhile(desk: Desk, group: Group) -> None:
    """Changed, thrown away, or somebody else's: nothing goes out, and nothing changes."""
    reviewed = await kept(desk, group)
    assert await refused(desk.cases.post(reviewed, group, BOB)) == "draft-gone"
    newer = CaseWriting(SMALL, {**ANSWERS, "custom": "And more."})
    await desk.writing.keep(reviewed.token, newer, group, ANN)
    assert await refused(desk.cases.post(reviewed, group, ANN)) == "writing-changed"
    await desk.drafts.drop(reviewed.token, ANN)
    assert await refused(desk.cases.post(reviewed, group, ANN)) == "draft-gone"
    assert await rows_of(desk, tables.cases) == []


async def test_two_at_once_are_one(desk: Desk, group: Group) -> None:
    reviewed = await kept(desk, group)
    done = await asyncio.gather(
        *(desk.cases.post(reviewed, group, ANN) for _ in range(3)), return_exceptions=True
    )
    assert sum(isinstance(each, Case) for each in done) == 1
    assert len(await rows_of(desk, tables.cases)) == 1


async def test_a_preview_stores_nothing(desk: Desk, group: Group, hands: Hands) -> None:
    """Neither of a new one nor of a change; a change shows what it would be."""
    reviewed = await kept(desk, group)
    writing = reviewed.writing
    assert isinstance(writing, CaseWriting)
    shown = await desk.cases.preview(writing, group, ANN)
    assert await rows_of(desk, tables.cases) == []
    case = await desk.cases.post(reviewed, group, ANN)
    assert replace_token(shown, case) == case
    hands.pass_time(60)
    changed = CaseWriting(SMALL, {**ANSWERS, "scene": "She brings tea."}, case.token)
    shown = await desk.cases.preview(changed, group, ANN)
    assert (shown.answers["scene"], shown.edited_at) == ("She brings tea.", hands.seconds())
    assert (await stored(desk, case.token)).case == case


def replace_token(one: Case, other: Case) -> Case:
    return one.model_copy(update={"token": other.token})


# Changing


async def test_a_change_takes_its_place(desk: Desk, group: Group, hands: Hands) -> None:
    """With its time; questions and thread stay; nobody else's change does."""
    case = await posted(desk, group)
    await desk.cases.act(case.token, acts.Ask("q1", "How long?"))
    hands.pass_time(60)
    stranger = await kept(desk, group, BOB, case=case.token, answers={"scene": "I say."})
    assert await refused(desk.cases.post(stranger, group, BOB)) == "case-gone"
    await posted(desk, group, case=case.token, answers={"scene": "She brings tea."})
    now = (await stored(desk, case.token)).case
    assert (now.answers["scene"], now.edited_at, now.posted_at) == (
        "She brings tea.",
        hands.seconds(),
        case.posted_at,
    )
    assert [each.text for each in now.questions] == ["How long?"]
    assert len(await rows_of(desk, tables.cases)) == 1


async def test_a_change_of_what_is_closed_or_gone_is_kept_as_a_draft(desk: Desk, group: Group) -> None:
    """A sentence, and what was typed stays where it is; withdrawn, it is gone with the case."""
    case = await posted(desk, group)
    change = await kept(desk, group, case=case.token, answers={"scene": "She brings tea."})
    await desk.cases.close(case.token, None)
    assert await refused(desk.cases.post(change, group, ANN)) == "case-not-now"
    assert await token_of_draft(desk) == change.token
    await desk.cases.withdraw(case.token)
    assert await rows_of(desk, tables.drafts) == []
    assert await refused(desk.cases.post(change, group, ANN)) == "draft-gone"


async def test_closed_with_its_follow_up_or_not_at_all(desk: Desk, group: Group) -> None:
    """One transaction: a follow-up that can't be taken leaves it open."""
    case = await posted(desk, group)
    nothing = FollowUp(template=SMALL, answers={})
    assert await refused(desk.cases.close(case.token, nothing)) == "nothing-written"
    assert (await stored(desk, case.token)).case.status == "open"
    told = FollowUp(template=SMALL, answers={"scene": "I told her."})
    closed = await desk.cases.close(case.token, told)
    assert (closed.case.status, closed.case.follow_up) == ("closed", told)
    assert await stored(desk, case.token) == closed


async def test_acts_at_once_are_all_taken(desk: Desk, group: Group) -> None:
    """Ten questions in one moment are ten, and each of them once."""
    case = await posted(desk, group)
    await asyncio.gather(
        *(desk.cases.act(case.token, acts.Ask(f"q{number % 10}", "Why?")) for number in range(20))
    )
    assert len((await stored(desk, case.token)).case.questions) == 10
    assert await refused(desk.cases.act("0" * 16, acts.Formulated())) == "case-gone"
    await desk.cases.lose("0" * 16)


async def test_the_newest_first(desk: Desk, group: Group, hands: Hands) -> None:
    """Each with the message that is its card, as far as there is one; none of another group."""
    first = await posted(desk, group)
    hands.pass_time(5)
    second = await posted(desk, group, BOB)
    elsewhere = await group_of(desk, GUILD, 3, DAG, PEOPLE)
    await posted(desk, elsewhere)
    async with desk.ground.writing() as store:
        [card] = [row for row in await store.deliveries.of_subject(first.token) if row.kind == "case"]
        await store.deliveries.note(card.token, channel_id=CHANNEL, message_id=600)
    listed = await desk.cases.of_group(group)
    assert [(each.case.token, message) for each, message in listed] == [
        (second.token, None),
        (first.token, 600),
    ]


# Its draft


async def test_both_pages_that_come_at_once_are_kept(desk: Desk, group: Group) -> None:
    """A change sees what the one before it left; somebody else's draft is none."""
    reviewed = await kept(desk, group)

    def adding(name: str) -> Any:
        def how(writing: Writing) -> Writing:
            assert isinstance(writing, CaseWriting)
            return replace(writing, answers={**writing.answers, name: name})

        return how

    names = [f"field-{number}" for number in range(12)]
    await asyncio.gather(*(desk.writing.update(reviewed.token, group, ANN, adding(name)) for name in names))
    begun = await desk.writing.begun(ANN, group.token, CaseWriting)
    assert set(begun[reviewed.token].answers) == {*ANSWERS, *names}
    assert await refused(desk.writing.update(reviewed.token, group, BOB, adding("x"))) == "draft-gone"
    assert await refused(desk.writing.update("0" * 16, group, ANN, adding("x"))) == "draft-gone"


async def test_what_somebody_has_begun(desk: Desk, group: Group) -> None:
    """Their own alone, of this kind and of this group; kept over a restart."""
    mine = await kept(desk, group)
    await kept(desk, group, BOB)
    await desk.writing.keep("e" * 16, vignette_writing(), group, ANN)
    elsewhere = await group_of(desk, GUILD, 3, DAG, PEOPLE)
    await kept(desk, elsewhere)
    desk = await restarted(desk)
    assert list(await desk.writing.begun(ANN, group.token, CaseWriting)) == [mine.token]
    assert list(await desk.writing.begun(ANN, group.token, VignetteWriting)) == ["e" * 16]
    assert await desk.writing.begun(CEM, group.token, CaseWriting) == {}
    await desk.close()


async def test_each_page_keeps_it_for_another_week(desk: Desk, group: Group, hands: Hands) -> None:
    """Seven days after the last page it goes."""
    reviewed = await kept(desk, group)
    hands.pass_time(6 * SECONDS_A_DAY)
    _, until = await desk.writing.update(reviewed.token, group, ANN, lambda writing: writing)
    assert until % SECONDS_A_DAY == 0
    assert until - hands.seconds() >= 7 * SECONDS_A_DAY
    hands.pass_time(until - hands.seconds() - 1)
    await keep_dates(desk)
    assert await token_of_draft(desk) == reviewed.token
    hands.pass_time(1)
    await keep_dates(desk)
    assert await rows_of(desk, tables.drafts) == []


# When it is gone


async def test_its_days_run_from_the_last_that_happened_and_then_from_the_close(
    desk: Desk, group: Group, hands: Hands
) -> None:
    """To the second; what happens after the close does not put it off."""
    case = await posted(desk, group)
    hands.pass_time(10 * SECONDS_A_DAY)
    await desk.cases.act(case.token, acts.Ask("q", "Why?"))
    assert (await stored(desk, case.token)).purge_at == hands.seconds() + 14 * SECONDS_A_DAY
    hands.pass_time(60)
    closed = await desk.cases.close(case.token, None)
    assert closed.purge_at == hands.seconds() + 14 * SECONDS_A_DAY
    hands.pass_time(5 * SECONDS_A_DAY)
    await desk.cases.lose(case.token)
    assert (await stored(desk, case.token)).purge_at == closed.purge_at
    hands.pass_time(closed.purge_at - hands.seconds() - 1)
    await keep_dates(desk)
    assert len(await rows_of(desk, tables.cases)) == 1
    hands.pass_time(1)
    await keep_dates(desk)
    assert set(await rows_left(desk)) <= {"groups", "members"}


@pytest.mark.parametrize("how", ["withdrawn", "retention", "forget", "server"])
async def test_nothing_of_it_is_left_in_the_files(desk: Desk, group: Group, hands: Hands, how: str) -> None:
    """Rows and text, a change that was begun too; somebody else's case stays with them."""
    case = await posted(desk, group, answers={"scene": CANARY})
    await desk.cases.act(case.token, acts.Ask("q", "Marigold?"))
    other = await posted(desk, group, BOB)
    await kept(desk, group, case=case.token, answers={"scene": CANARY})
    if how == "withdrawn":
        await desk.cases.withdraw(case.token)
        await desk.cases.withdraw(case.token)
        desk.privacy.scrub_soon()
        await keep_dates(desk)
    elif how == "retention":
        hands.pass_time(60)
        await desk.cases.act(other.token, acts.Ask("q", "Why?"))
        hands.pass_time(14 * SECONDS_A_DAY - 60)
        await keep_dates(desk)
    elif how == "forget":
        assert (await desk.privacy.forget(ANN, GUILD)).cases == 1
    else:
        await desk.privacy.erase_server(GUILD)
    left = [row["token"] for row in await rows_of(desk, tables.cases)]
    assert left == ([] if how == "server" else [other.token])
    assert await rows_of(desk, tables.drafts) == []
    needles = [b"Marigold", case.token.encode()]
    assert files_hold(desk.ground.database.path, needles) == []


async def test_nothing_of_it_can_be_read_without_the_key(desk: Desk, group: Group) -> None:
    """Neither the posted one nor the draft; whose the draft is stands nowhere."""
    await kept(desk, group, answers={"scene": CANARY})
    assert files_hold(desk.ground.database.path, [b"Marigold", str(ANN).encode()]) == []
    await posted(desk, group, answers={"scene": CANARY})
    assert files_hold(desk.ground.database.path, [b"Marigold", str(ANN).encode()]) == []


async def test_keys_change_beneath_it(desk: Desk, group: Group) -> None:
    """Cases and drafts open as before, and hold the new key alone."""
    case = await posted(desk, group)
    draft = await kept(desk, group, case=case.token)
    newer = rotate_text_key(desk.ground.database.vault.ring)
    await reseal(desk.ground.database, newer)
    assert (await stored(desk, case.token)).case == case
    assert [row["document"][0] for row in await rows_of(desk, tables.cases)] == [newer.text.current]
    begun = await desk.writing.begun(ANN, group.token, CaseWriting)
    assert begun[draft.token] == draft.writing
    await desk.cases.act(case.token, acts.Ask("q", "Why?"))


async def test_what_cant_be_read_is_erased_all_the_same(desk: Desk, group: Group, hands: Hands) -> None:
    """A damaged case, and a damaged draft beside it, are in nobody's way."""
    case = await posted(desk, group)
    draft = await kept(desk, group, BOB)
    damaged = b"\x01" + b"x" * 40
    async with desk.ground.database.write() as connection:
        await connection.execute(update(tables.cases).values(document=damaged))
        await connection.execute(
            update(tables.drafts).where(tables.drafts.c.token == draft.token).values(content=damaged)
        )
    await desk.privacy.forget(CEM, GUILD)
    hands.pass_time(14 * SECONDS_A_DAY)
    await keep_dates(desk)
    assert await rows_of(desk, tables.cases) == []
    assert [row["kind"] for row in await rows_of(desk, tables.deliveries)] == []
    assert case.token not in str(await rows_of(desk, tables.deliveries))
