"""The card on a phone: within its limits whatever was typed, and nothing lost that it folds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.excerpts import LEAST_CHARACTERS, whole
from bot.cases.fold import CARD_CHARACTERS, PAGE_CHARACTERS, Shown, card, thread_pages
from bot.content.models import Template
from tests.cases.filled import (
    ANSWERS,
    LONG,
    MOST_FIELDS,
    MOST_TYPED,
    SENTENCE,
    SHIPPED,
    all_over,
    bare,
    case,
    field,
    left_open,
    of_length,
    template,
)

NASTY = {
    "words": SENTENCE * 80,
    "one word": "x" * MOST_TYPED,
    "emoji": "👨‍👩‍👧" * 800,
    "right to left": "שלום לכולם. " * 400,
    "a fence": f"```{SENTENCE * 80}",
    "fences": "```code``` " * 400,
    "a long fence": f"```\n{SENTENCE * 70}\n```",
    "spoilers": "||hidden|| " * 400,
    "a long spoiler": f"||{SENTENCE * 70}||",
    "stray marks": "``` || " * 600,
    "pipes": "|" * MOST_TYPED,
    "backticks": "`" * MOST_TYPED,
    "backslashes": "\\" * MOST_TYPED,
    "quotes": ">>> # **\n" * 450,
    "mentions": "@everyone <@1> <@&2> " * 200,
    "accents": "e" + "\u0301" * (MOST_TYPED - 1),
    "space": f"a{' ' * (MOST_TYPED - 2)}b",
    "empty lines": f"a{chr(10) * (MOST_TYPED - 2)}b",
    "overrides": "\u202eabc " * 800,
}


def characters(shown: tuple[Shown, ...]) -> int:
    return sum(len(each.label) + len(each.text) for each in shown)


def test_a_short_case_is_shown_whole() -> None:
    """What is for the presenter alone is not in it, and what is empty neither."""
    assert card(case()) == (
        Shown("About scene", ANSWERS["scene"], folded=False),
        Shown("About often", ANSWERS["often"], folded=False),
        Shown("About after", ANSWERS["after"], folded=False),
        Shown("About question", ANSWERS["question"], folded=False),
    )
    assert thread_pages(case()) == ()


def test_the_longest_answer_folds_and_the_short_ones_do_not() -> None:
    """What they leave is all for the long one, which stands whole in the thread."""
    long = SENTENCE * 74
    now = case(answers={**ANSWERS, "custom": long})
    by_label = {shown.label: shown for shown in card(now)}
    assert [label for label, shown in by_label.items() if shown.folded] == ["About custom"]
    assert by_label["About scene"].text == ANSWERS["scene"]
    assert len(by_label["About custom"].text) > 2800
    assert characters(card(now)) <= CARD_CHARACTERS
    labels, texts = zip(*thread_pages(now), strict=True)
    assert set(labels) == {"About custom"}
    assert bare("".join(texts)) == bare(long)


def test_all_that_fits_is_whole_to_the_last_character() -> None:
    """One more, and it folds."""
    form = template(field("one"), field("two"))
    room = CARD_CHARACTERS - len("About one") - len("About two")
    fits = {"one": "x" * (room - 10), "two": "y" * 10}
    assert [shown.text for shown in card(case(template=form, answers=fits))] == [*fits.values()]
    over = card(case(template=form, answers={**fits, "two": "y" * 11}))
    assert [shown.folded for shown in over] == [True, False]


@given(st.lists(LONG, min_size=1, max_size=MOST_FIELDS))
def test_a_card_keeps_to_its_limits(texts: list[str]) -> None:
    """Whatever is typed, with the longest labels: it fits, leaves nothing open, folds what is long."""
    form = of_length(len(texts))
    now = case(template=form, answers={f"f{number}": text for number, text in enumerate(texts)})
    shown = card(now)
    assert characters(shown) <= CARD_CHARACTERS
    assert [each.label for each in shown] == [asked.label for asked, _ in now.shared]
    for each, (_, answer) in zip(shown, now.shared, strict=True):
        assert each.text
        assert not left_open(each.text)
        assert each.text.endswith("…") if each.folded else each.text == whole(answer)
    pages = thread_pages(now)
    assert {label for label, _ in pages} == {each.label for each in shown if each.folded}
    assert all(0 < len(text) <= PAGE_CHARACTERS and not left_open(text) for _, text in pages)


@given(st.lists(st.integers(1, MOST_TYPED), min_size=2, max_size=MOST_FIELDS))
def test_long_answers_get_the_same_room(lengths: list[int]) -> None:
    """None is folded that is shorter than one that is not, and each says enough to be understood."""
    form = of_length(len(lengths))
    answers = {f"f{number}": "x" * length for number, length in enumerate(lengths)}
    shown = card(case(template=form, answers=answers))
    kept = [len(each.text) for each in shown if each.folded]
    if kept:
        assert min(kept) >= LEAST_CHARACTERS
        assert max(kept) - min(kept) <= 1
        assert max((len(each.text) for each in shown if not each.folded), default=0) <= max(kept) + 2


@pytest.mark.parametrize("named", NASTY)
@pytest.mark.parametrize("form", [*SHIPPED, of_length(MOST_FIELDS), of_length(1)], ids=lambda form: form.id)
def test_a_form_filled_to_its_limits_fits(form: Template, named: str) -> None:
    """Every shipped one, and the largest there can be."""
    now = all_over(form, NASTY[named])
    shown = card(now)
    assert characters(shown) <= CARD_CHARACTERS
    assert all(shown_now.text and not left_open(shown_now.text) for shown_now in shown)
    kept = {label: "" for label, _ in thread_pages(now)}
    for label, text in thread_pages(now):
        assert 0 < len(text) <= PAGE_CHARACTERS
        assert not left_open(text)
        kept[label] += text
    marks = str.maketrans("", "", "`|\\")
    for asked, answer in now.shared:
        if asked.label in kept:
            assert bare(kept[asked.label]).translate(marks) == bare(answer).translate(marks)
    assert sum(each.folded for each in shown) == len(kept)


def test_even_the_fullest_card_says_something_of_each() -> None:
    """Twenty-five answers of 4,000 characters."""
    for text in (SENTENCE * 80, "x" * MOST_TYPED, f"||{SENTENCE * 70}||", f"```\n{SENTENCE * 70}\n```"):
        shown = card(all_over(of_length(MOST_FIELDS), text))
        assert len(shown) == MOST_FIELDS
        assert all(each.folded and len(each.text) >= LEAST_CHARACTERS for each in shown)
