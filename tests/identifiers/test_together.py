import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers import find_with
from bot.identifiers.together import LEAST, Together, together
from tests.conftest import english


def said(text: str, language: str = "en") -> Together | None:
    return together(text, find_with(None, text, language), language)


WARNED = [
    (
        "She is a Polish beekeeper in her forties and was in the news after the trial.",
        ("event", "job", "origin", "age", "gender"),
        ("event", "job"),
    ),
    (
        "A gay man, a widower from Syria with bulimia, whose church left him.",
        ("family", "origin", "orientation", "faith", "diagnosis", "gender"),
        ("family", "origin"),
    ),
    (
        "My client is a lesbian nun. She was adopted, and she is in her sixties.",
        ("job", "family", "orientation", "faith", "age", "gender"),
        ("job", "family"),
    ),
]


@pytest.mark.parametrize(("text", "traits", "blur"), WARNED)
def test_many_ordinary_details_warn(text: str, traits: tuple[str, ...], blur: tuple[str, str]) -> None:
    """All that is said, the most telling first, and those two to blur."""
    found = said(text)
    assert found is not None
    assert set(traits) - {"job"} <= set(found.traits)
    assert found.blur == found.traits[:2]
    assert blur[0] in found.traits


CLEAN = [
    "",
    "My client feels that I don't listen.",
    "She says that her mother never asked her anything.",
    "He is in his thirties and is anxious about his work.",
    "A woman in her fifties, divorced.",
    "I felt bored, then guilty, and told my supervisor.",
    "As her therapist and her counsellor I am a colleague, a friend, a partner, a parent.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_few_details_do_not_warn(text: str) -> None:
    """Every vignette has some."""
    assert said(text) is None


def test_so_many_details_warn_and_no_fewer() -> None:
    """Each one more counts, and what a finding says counts as well."""
    parts = ["She", " was adopted,", " is bisexual", " and goes to church."]
    assert said("".join(parts[:-1])) is None
    found = said("".join(parts))
    assert found is not None
    assert len(found.traits) == LEAST
    assert found.traits == ("family", "orientation", "faith", "gender")
    assert said("She was adopted, is bisexual, is 34 years old.") is not None


def test_a_word_inside_another_says_nothing() -> None:
    """A "monkey" is no monk, "Shearer" no she."""
    assert said("The monkey, the shearers, a firefly, gaiety, manners, a history, themes, a ladybird") is None


def test_other_languages_are_not_looked_at() -> None:
    """Their words are not known."""
    assert said(WARNED[0][0], "de") is None


def test_every_detail_has_its_word() -> None:
    """And the sentence names the two to blur."""
    texts = english().texts
    for text, _, _ in WARNED:
        found = said(text)
        assert found is not None
        names = [texts(f"together-{trait}") for trait in found.traits]
        sentence = texts("together", traits=", ".join(names), first=names[0], second=names[1])
        assert all(name in sentence for name in names)


@given(st.lists(st.sampled_from([word for text, _, _ in WARNED for word in text.split()]), max_size=30))
def test_more_words_say_no_less(words: list[str]) -> None:
    """What is said is still said when more is."""
    found = together(" ".join(words), ())
    more = together(f"{' '.join(words)} … a word", ())
    assert found is None or (more is not None and set(found.traits) <= set(more.traits))
