"""Writing a vignette: the draft holds what was taken last, and nothing goes on that blocks."""

import asyncio

import pytest

from bot.cases.writing import CaseWriting
from bot.desk import Desk
from bot.refusal import Refusal
from bot.rehearsal.stage import text_of
from bot.services.drafts import Typed
from bot.services.ground import SECONDS_A_DAY
from bot.services.screening import BY_RULES
from bot.services.writing import (
    Reviewed,
    accepting_all,
    keeping,
    keeping_all,
    of_kind,
    replacing,
    writing_in,
)
from bot.storage import tables
from bot.storage.groups import Group
from bot.ui import writing as screens
from bot.vignettes.writing import MOST_CHARACTERS, VignetteWriting
from tests.cases.desk import TEMPLATE
from tests.services.conftest import Hands
from tests.services.evening import group_of
from tests.services.reading import STRICT
from tests.vignettes.shelf import (
    ALIAS,
    BLOCKING,
    TEXT,
    TITLE,
    content_of,
    draft_of,
    restarted,
    rows_of,
    writing,
    written,
)

ANN, BOB, CEM = PEOPLE = (11, 12, 13)
TOKEN = "c" * 16
NAMES = f"{TEXT} Then Anna Kowalska and Tomasz Odom came. She is 34."


@pytest.fixture
async def group(desk: Desk) -> Group:
    desk.finder = BY_RULES
    return await group_of(desk, 1, 2, ANN, PEOPLE)


async def begun(desk: Desk, group: Group, text: str = NAMES) -> Reviewed:
    return await desk.writing.begin(TOKEN, writing(text), group, ANN)


async def kept(desk: Desk) -> VignetteWriting:
    return of_kind(writing_in(await draft_of(desk, TOKEN)), VignetteWriting)


def altered(now: Reviewed) -> VignetteWriting:
    return of_kind(now.writing, VignetteWriting).with_altered(altered=True)


async def refused(awaited: object) -> str:
    with pytest.raises(Refusal) as caught:
        await awaited  # pyright: ignore[reportGeneralTypeIssues]
    return caught.value.key


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (writing("x" * 79), "vignette-short"),
        (writing(f"{TEXT} " * 80), "vignette-long"),
        (
            writing("anna.k@example.org, 020 7946 0958, https://example.org/anna, bob.k@example.org, yes"),
            "vignette-only-findings",
        ),
        (writing(title=""), "vignette-no-title"),
    ],
)
async def test_what_can_t_be_a_vignette_is_refused(
    desk: Desk, group: Group, typed: VignetteWriting, why: str
) -> None:
    """As a new one and as the edit of another, which stays as it was."""
    assert await refused(desk.writing.begin(TOKEN, typed, group, ANN)) == why
    assert await rows_of(desk, tables.drafts) == []
    await begun(desk, group, TEXT)
    assert await refused(desk.writing.begin(TOKEN, typed, group, ANN)) == why
    assert (await kept(desk)).text == TEXT


async def test_the_longest_text_is_taken(desk: Desk, group: Group) -> None:
    text = (f"{TEXT} " * 80)[: MOST_CHARACTERS - 1] + "."
    assert (await begun(desk, group, text)).writing.parts["text"] == text


async def test_what_was_taken_is_there_after_a_restart(desk: Desk, group: Group) -> None:
    """With what was kept and what was ticked, and for its author alone."""
    reviewed = await begun(desk, group)
    first = reviewed.open[0]
    await desk.writing.change(await draft_of(desk, TOKEN), group, ANN, keeping(reviewed.address(first)))
    await desk.writing.change(await draft_of(desk, TOKEN), group, ANN, altered)
    again = await restarted(desk)
    found = await kept(again)
    assert (found.text, found.kept, found.altered) == (NAMES, frozenset({first.words.casefold()}), True)
    assert list(await again.writing.begun(ANN, group.token, VignetteWriting)) == [TOKEN]
    assert list(await again.writing.begun(BOB, group.token, VignetteWriting)) == []
    assert first not in (await again.writing.review(await draft_of(again, TOKEN), group, ANN)).open
    await again.close()


async def test_a_press_means_the_finding_that_was_shown(desk: Desk, group: Group) -> None:
    """Twice, it has one effect: what moved up into its place stays as it is."""
    reviewed = await begun(desk, group)
    first, second = reviewed.open[:2]
    for _ in range(2):
        reviewed = await desk.writing.change(
            await draft_of(desk, TOKEN), group, ANN, keeping(reviewed.address(first))
        )
    assert reviewed.writing.kept == {first.words.casefold()}
    assert second in reviewed.open
    press = replacing(reviewed.address(second), "a friend")
    reviewed = await desk.writing.change(await draft_of(desk, TOKEN), group, ANN, press)
    text = reviewed.writing.parts["text"]
    assert "a friend" in text
    for stale in (press, keeping(reviewed.address(first)[::-1])):
        draft = await draft_of(desk, TOKEN)
        assert await refused(desk.writing.change(draft, group, ANN, stale)) == "writing-changed"
    assert (await kept(desk)).text == text


async def test_all_suggestions_are_taken_once(desk: Desk, group: Group) -> None:
    """A second press, or one on an old screen, takes none that nobody has seen."""
    reviewed = await begun(
        desk,
        group,
        "My client Anna came early each time. She is 34, and brings coffee each week, in a flask.",
    )
    press = accepting_all(reviewed.writing.digest)
    after = await desk.writing.change(await draft_of(desk, TOKEN), group, ANN, press)
    assert after.writing.parts["text"] == (
        "My client came early each time. She is in her thirties, and brings coffee each week, in a flask."
    )
    edited = await desk.writing.begin(TOKEN, writing(NAMES), group, ANN)
    assert (
        await desk.writing.change(await draft_of(desk, TOKEN), group, ANN, press)
    ).writing == edited.writing


async def test_what_blocks_can_t_be_kept(desk: Desk, group: Group) -> None:
    """Neither by itself nor with the rest."""
    reviewed = await begun(desk, group, f"{NAMES} {BLOCKING}")
    draft = await draft_of(desk, TOKEN)
    block = next(each for each in reviewed.open if each.blocks)
    assert (
        await refused(desk.writing.change(draft, group, ANN, keeping(reviewed.address(block))))
        == "writing-blocks"
    )
    after = await desk.writing.change(draft, group, ANN, keeping_all(reviewed.digest))
    assert after.open == (block,)
    assert await refused(desk.vignettes.publish(after, group, ANN, ALIAS)) == "writing-blocks"


async def test_the_rest_is_kept_only_as_it_was_seen(desk: Desk, group: Group) -> None:
    """A stale press keeps nothing: neither of another text, nor what was found since."""
    reviewed = await begun(desk, group)
    await desk.words.say_no_names(group, ANN, [reviewed.open[0].words])
    draft = await draft_of(desk, TOKEN)
    assert (
        await refused(desk.writing.change(draft, group, ANN, keeping_all(reviewed.digest)))
        == "writing-changed"
    )
    edited = await desk.writing.begin(draft.token, writing(f"{NAMES} Oh."), group, ANN)
    draft = await draft_of(desk, TOKEN)
    assert (
        await refused(desk.writing.change(draft, group, ANN, keeping_all(reviewed.digest)))
        == "writing-changed"
    )
    after = await desk.writing.change(draft, group, ANN, keeping_all(edited.digest))
    assert after.open == ()
    again = await desk.writing.change(await draft_of(desk, TOKEN), group, ANN, keeping_all(edited.digest))
    assert again.writing == after.writing


async def test_words_for_what_has_no_suggestion_are_the_author_s(desk: Desk, group: Group) -> None:
    """Accepting all leaves it, and taking it asks for words."""
    desk.finder = STRICT
    reviewed = await begun(desk, group, f"{TEXT} She is the only dentist of the village, and she knows it.")
    for marked in reviewed.open:
        if marked.stand_in is None:
            draft = await draft_of(desk, TOKEN)
            press = replacing(reviewed.address(marked), None)
            assert await refused(desk.writing.change(draft, group, ANN, press)) == "writing-needs-words"


async def test_two_devices_lose_nothing(desk: Desk, group: Group) -> None:
    """Of two presses on one review the second is told, and of a publish and an edit too."""
    reviewed = await begun(desk, group)
    draft = await draft_of(desk, TOKEN)
    one, other = (replacing(reviewed.address(each), "a friend") for each in reviewed.open[:2])
    done = await asyncio.gather(
        desk.writing.change(draft, group, ANN, one),
        desk.writing.change(draft, group, ANN, other),
        return_exceptions=True,
    )
    assert sorted(each.key for each in done if isinstance(each, Refusal)) == ["writing-changed"]
    assert (await kept(desk)).text.count("a friend") == 1
    settled = await written(desk, group, ANN)
    edited = writing(f"{TEXT} And then?")
    await desk.writing.begin(settled.token, edited, group, ANN)
    assert await refused(desk.vignettes.publish(settled, group, ANN, ALIAS)) == "writing-changed"
    assert writing_in(await draft_of(desk, settled.token)).parts["text"] == edited.text


async def test_a_press_after_it_went_out_brings_nothing_back(desk: Desk, group: Group) -> None:
    """It was loaded before; there is nothing to change any more."""
    settled = await written(desk, group, ANN)
    draft = await draft_of(desk, settled.token)
    await desk.vignettes.publish(settled, group, ANN, ALIAS)
    change = desk.writing.change(draft, group, ANN, altered)
    assert await refused(change) == "draft-gone"
    assert await rows_of(desk, tables.drafts) == []


async def test_nobody_else_writes_over_it(desk: Desk, group: Group) -> None:
    await begun(desk, group)
    assert await refused(desk.writing.begin(TOKEN, writing(), group, BOB)) == "draft-gone"
    assert (await kept(desk)).text == NAMES


async def test_a_draft_tells_no_time_but_a_day(desk: Desk, group: Group, hands: Hands) -> None:
    """Nor does one that a form gave back; it is kept for seven days at least, and eight at most."""
    await begun(desk, group)
    await desk.drafts.keep(Typed("vignette", "d" * 16, "", {"text": "x"}), ANN, group.token, None)
    for row in await rows_of(desk, tables.drafts):
        assert row["expires_at"] % SECONDS_A_DAY == 0
        assert 7 * SECONDS_A_DAY <= row["expires_at"] - hands.seconds() <= 8 * SECONDS_A_DAY
        assert TEXT.encode() not in row["content"]


async def test_a_writing_is_no_form_to_be_given_back(desk: Desk, group: Group) -> None:
    """And a form that was given back is no writing."""
    await begun(desk, group)
    given = await desk.drafts.keep(Typed("vignette", "d" * 16, "", {"text": "x"}), ANN, group.token, None)
    assert await desk.drafts.of(ANN, group.token) == [given]
    assert list(await desk.writing.begun(ANN, group.token, VignetteWriting)) == [TOKEN]
    with pytest.raises(Refusal):
        writing_in(await draft_of(desk, given))
    assert content_of(await draft_of(desk, TOKEN))["title"] == TITLE


GERMAN = (
    "Die Klientin kommt jede Woche zu früh und bringt Kaffee mit. Sie fragt, wie ich geschlafen habe, "
    "und wenn ich gut sage, lacht sie."
)


@pytest.mark.parametrize(
    ("text", "other"), [(TEXT, False), (NAMES, False), (GERMAN, True), (f"{GERMAN} {TEXT[:60]}", True)]
)
async def test_another_language_than_the_group_s_is_said(
    desk: Desk, group: Group, text: str, other: bool
) -> None:
    """The review finds little in it, and its author must know that; it goes on all the same."""
    say = desk.ground.library(group).texts
    reviewed = await desk.writing.begin(TOKEN, VignetteWriting("Kaffee", text, ""), group, ANN)
    shown = text_of(screens.review(reviewed, 0, say).to_components())
    assert reviewed.other_language is other
    assert (say("writing-other-language") in shown) is other


async def test_what_stands_in_several_fields_is_counted_together(desk: Desk, group: Group) -> None:
    """Each is ordinary by itself; all of them point to one person, in whichever field they stand."""
    spread = {
        "behaviour": "She is 34, and comes early each time.",
        "ten-minutes-before": "There was talk of the bipolar disorder, and then of nothing.",
        "displaced": "Growing up in Poland.",
        "question": "What do I miss?",
    }
    template = await desk.templates.find(group, TEMPLATE)
    answers = {"how-often": "More and more lately"}
    apart = [
        await desk.writing.begin(
            f"{number:016x}",
            CaseWriting(template, {**answers, "behaviour": text, "ten-minutes-before": "-", "question": "?"}),
            group,
            ANN,
        )
        for number, text in enumerate(spread.values())
    ]
    assert all(each.together is None for each in apart)
    reviewed = await desk.writing.begin("f" * 16, CaseWriting(template, {**answers, **spread}), group, ANN)
    assert reviewed.together is not None
    assert {each.part for each in reviewed.marked} <= set(spread)
