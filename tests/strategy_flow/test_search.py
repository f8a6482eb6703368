"""What somebody types, with slips of the thumb, and what it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import Library
from bot.content.models import Strategy
from bot.content.search import MOST_FOUND, named, search
from tests.conftest import english


def ids(found: tuple[Strategy, ...]) -> list[str]:
    return [one.id for one in found]


GIFTS = ["receive-explore-decide", "permission-to-receive", "agree-and-note"]


@pytest.mark.parametrize("typed", ["gift", "giftt", "Gifts", "GIFT", "  gift? ", "gïft", "“gift”"])
def test_a_slip_finds_what_the_word_finds(library: Library, typed: str) -> None:
    """Capitals, endings, accents, marks and a letter too many change nothing."""
    assert ids(search(library, typed)) == GIFTS


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("flowers", "permission-to-receive"),
        ("mistake", "repair-a-lapse"),
        ("own side", "look-after-yourself"),
        ("role reversal", "honour-the-skill"),
        ("WhatsApp", "contact-between-sessions"),
        ("she texts me", "contact-between-sessions"),
        ("running late", "repair-a-lapse"),
        ("holidays", "prepare-a-break"),
        ("what do I do when my client brings a gift", "receive-explore-decide"),
        ("a brake", "disclosure-brake"),
        ("smoothing it over", "repair-a-lapse"),
    ],
)
def test_the_nearest_comes_first(library: Library, typed: str, first: str) -> None:
    """Names, occasions, mechanisms, *when* and wordings are all looked at."""
    assert ids(search(library, typed))[0] == first


@pytest.mark.parametrize(
    ("typed", "mechanism"),
    [
        ("abandonement", "fear-of-abandonment"),
        ("abandoned", "fear-of-abandonment"),
        ("countertransferrence", "countertransference"),
        ("vulnerable", "avoiding-vulnerability"),
    ],
)
def test_a_mechanism_is_found_however_it_is_spelt(library: Library, typed: str, mechanism: str) -> None:
    """All that is found fits it; what fits everything stands at the end."""
    found = search(library, typed)
    assert found
    assert all(mechanism in one.mechanisms for one in found)
    general = [len(one.mechanisms) == len(library.mechanisms) for one in found]
    assert general == sorted(general)


@pytest.mark.parametrize("typed", ["sik", "sick", "ilness", "are you ill", "Worried"])
def test_the_question_after_ones_health_is_found(library: Library, typed: str) -> None:
    """Under whatever word."""
    found = search(library, typed)
    about = {one.id for one in library.strategies if "are-you-ill" in one.situations}
    assert about <= set(ids(found))


@pytest.mark.parametrize("typed", ["", "   ", "?!", "xyzzy", "the", "🙂", "q" * 500])
def test_what_is_about_nothing_finds_nothing(library: Library, typed: str) -> None:
    """A word that stands nearly everywhere is no better than none."""
    assert search(library, typed) == ()


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_breaks_it(typed: str) -> None:
    """At most so many, none twice, and the same each time."""
    library = english()
    found = search(library, typed)
    assert len(found) <= MOST_FOUND
    assert len({one.id for one in found}) == len(found)
    assert search(library, typed) == found
    assert len(named(library, typed)) <= len(library.strategies)


def test_every_name_is_found(library: Library, strategy: Strategy) -> None:
    """Typed whole or in capitals, by its id, or with two letters the wrong way round."""
    longest = max(strategy.name.split(), key=len)
    slipped = strategy.name.replace(longest, f"{longest[:2]}{longest[3]}{longest[2]}{longest[4:]}")
    for typed in (strategy.name, strategy.name.upper(), f" {strategy.name} ", strategy.id):
        assert named(library, typed) == (strategy,)
    assert named(library, slipped)[0] == strategy
    assert strategy in search(library, strategy.name)


def test_the_beginning_of_a_name_is_enough(library: Library) -> None:
    """One letter narrows the list; a few more leave one."""
    assert ids(named(library, "p")) == ["permission-to-receive", "prepare-a-break"]
    assert ids(named(library, "perm")) == ["permission-to-receive"]
    assert ids(named(library, "say")) == ["restate-the-frame", "contact-between-sessions"]
    assert named(library, "say nothing") == ()
    assert set(named(library, "")) == set(library.strategies)
