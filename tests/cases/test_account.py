"""What a session takes over of a case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.account import account_of, exhibits_of, question_of
from bot.content.models import Template
from tests.cases.filled import (
    ANSWERS,
    LONG,
    MOST_FIELDS,
    SENTENCE,
    SHIPPED,
    all_over,
    case,
    field,
    left_open,
    of_length,
    template,
)


def test_the_shared_answers_become_the_account() -> None:
    """Each below its label; the question has a place of its own, and the presenter's own notes none."""
    assert account_of(case(), 4000) == (
        "About scene\nShe brings coffee.\n\nAbout often\nMore\n\nAbout after\nI felt guilty."
    )
    assert question_of(case()) == "What do I miss?"
    assert exhibits_of(case()) == (
        ("About scene", "She brings coffee."),
        ("About often", "More"),
        ("About after", "I felt guilty."),
    )


def test_a_question_for_the_presenter_alone_stays_there() -> None:
    form = template(field("scene"), field("question", shared=False))
    now = case(template=form, answers=ANSWERS)
    assert question_of(now) == question_of(case(answers={"scene": "So."})) == ""
    assert ANSWERS["question"] not in account_of(now, 4000)


@given(st.lists(LONG, min_size=1, max_size=MOST_FIELDS), st.integers(0, 4000))
def test_an_account_fits_where_it_goes(texts: list[str], most: int) -> None:
    """Whole where there is room; no answer takes in the label of the next."""
    form = of_length(len(texts))
    now = case(template=form, answers={f"f{number}": text for number, text in enumerate(texts)})
    account = account_of(now, most)
    assert len(account) <= most
    assert not left_open(account)


def test_a_long_account_has_something_of_each_answer() -> None:
    """With room for all of them each is cut; with room for two, the first two are there."""
    now = all_over(of_length(10), SENTENCE * 20)
    account = account_of(now, 1500)
    assert 1200 < len(account) <= 1500
    assert all(asked.label in account for asked in now.template.fields)
    few = account_of(now, 250).split("\n\n")
    assert [part.split("\n")[0] for part in few] == [asked.label for asked in now.template.fields[:2]]
    assert account_of(now, 20) == ""


@given(LONG, st.integers(60, 300))
def test_an_exhibit_is_one_short_line(text: str, each: int) -> None:
    for label, shown in exhibits_of(case(answers={"scene": text, "question": "So?"}), each):
        assert label == "About scene"
        assert len(shown) <= each
        assert "\n" not in shown.replace("\n```", "")
        assert not left_open(shown)


@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_a_shipped_form_gives_an_account(form: Template) -> None:
    """Of what is shared, whatever the form asks."""
    now = all_over(form, SENTENCE)
    account = account_of(now, 4000)
    for asked in form.fields:
        assert (asked.label in account) is (asked.shared and asked.id != "question")
    asks = any(asked.id == "question" and asked.shared for asked in form.fields)
    assert bool(question_of(now)) is asks
