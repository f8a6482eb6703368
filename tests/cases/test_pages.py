"""A template page by page, and the answers that go from one page to the next."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.pages import (
    FIELDS_A_PAGE,
    answer_to,
    cleaned,
    digest,
    merged,
    missing,
    page_of,
    pages_of,
)
from bot.content.models import Template
from tests.cases.filled import ANSWERS, MOST_FIELDS, SHIPPED, SMALL, of_length

FORMS = st.integers(1, MOST_FIELDS).map(of_length)
IDS = st.integers(0, MOST_FIELDS + 2).map("f{}".format)
ANSWERS_TO = st.dictionaries(IDS, st.sampled_from(["", " ", "\n", "a", "b", " a ", "0"]))
NUMBERS = st.integers(-1, 6)


@given(FORMS)
def test_every_field_stands_on_one_page(form: Template) -> None:
    """In its order, five to a page, and only the last page holds fewer."""
    paged = pages_of(form)
    assert [field for page in paged for field in page] == list(form.fields)
    assert all(len(page) == FIELDS_A_PAGE for page in paged[:-1])
    assert 1 <= len(paged[-1]) <= FIELDS_A_PAGE
    for number, page in enumerate(paged):
        assert {page_of(form, field.id) for field in page} == {number}


def test_a_field_that_is_gone_leads_to_the_first_page() -> None:
    """A press on yesterday's button still opens something."""
    assert page_of(SMALL, "question") == 1
    assert page_of(SMALL, "gone") == 0


def test_what_is_required_and_empty_is_missing() -> None:
    """Space is no answer; what is not required is never missing."""
    assert missing(SMALL, ANSWERS) == ()
    assert [field.id for field in missing(SMALL, {"scene": " \n", "own": ""})] == ["scene", "after"]


@given(FORMS, NUMBERS, ANSWERS_TO, ANSWERS_TO)
def test_a_page_takes_the_place_of_its_own_answers_alone(
    form: Template, number: int, typed: dict[str, str], answers: dict[str, str]
) -> None:
    """Whatever else came with it: the other pages are as they were, and nothing empty or foreign is kept."""
    after = merged(form, number, typed, answers)
    for field in form.fields:
        source = typed if page_of(form, field.id) == number else answers
        assert after.get(field.id, "") == source.get(field.id, "").strip()
    assert all(after.values())
    assert list(after) == [field.id for field in form.fields if field.id in after]


@given(FORMS, NUMBERS, ANSWERS_TO, ANSWERS_TO)
def test_a_page_that_comes_twice_has_one_effect(
    form: Template, number: int, typed: dict[str, str], answers: dict[str, str]
) -> None:
    once = merged(form, number, typed, answers)
    assert merged(form, number, typed, once) == once
    assert cleaned(form, once) == once


@given(FORMS, st.randoms(use_true_random=False), ANSWERS_TO)
def test_pages_can_be_filled_in_in_any_order(form: Template, dice: Random, typed: dict[str, str]) -> None:
    """Back and forth, each page once: what comes of it is the same."""
    numbers = list(range(len(pages_of(form))))
    dice.shuffle(numbers)
    answers: dict[str, str] = {}
    for number in numbers:
        answers = merged(form, number, typed, answers)
    assert answers == cleaned(form, typed)


@given(FORMS, NUMBERS, ANSWERS_TO, ANSWERS_TO)
def test_a_digest_changes_with_its_page_and_with_nothing_else(
    form: Template, number: int, one: dict[str, str], other: dict[str, str]
) -> None:
    same = all(
        answer_to(field, one) == answer_to(field, other)
        for field in form.fields
        if page_of(form, field.id) == number
    )
    assert (digest(form, number, one) == digest(form, number, other)) is same


def test_a_digest_tells_apart_what_reads_the_same_in_a_row() -> None:
    """Six characters of a hash; a text in one field is not the same text in the next."""
    assert digest(SMALL, 0, {"scene": "a"}) != digest(SMALL, 0, {"often": "a"})
    assert digest(SMALL, 0, {"scene": "a", "own": "b"}) != digest(SMALL, 0, {"scene": "a\0b"})
    assert len(digest(SMALL, 0, {})) == 6
    assert int(digest(SMALL, 0, ANSWERS), 16) >= 0


@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_a_shipped_form_can_be_filled_in_page_by_page(form: Template) -> None:
    """At the end nothing is missing."""
    answers: dict[str, str] = {}
    for number, page in enumerate(pages_of(form)):
        before = digest(form, number, answers)
        answers = merged(form, number, {field.id: "So it was." for field in page}, answers)
        assert digest(form, number, answers) != before
    assert missing(form, answers) == ()
    assert set(answers) == {field.id for field in form.fields}
