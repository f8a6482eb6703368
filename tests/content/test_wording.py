"""What counts as a word, and what no text may hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.wording import count_words, fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("two words", 2),
        ("a dash – alone", 3),
        ("the therapist's half-hour", 3),
        ("0–4", 1),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, words: int) -> None:
    """Dashes standing alone are no words, joined words are one."""
    assert count_words(text) == words


@given(st.lists(st.from_regex(r"[a-z]{1,9}[.,]?", fullmatch=True)), st.sampled_from([" ", "  ", "\n", " – "]))
def test_the_space_between_words_does_not_matter(words: list[str], between: str) -> None:
    """However words are set apart, there are as many."""
    assert count_words(between.join(words)) == len(words)


@pytest.mark.parametrize(
    "text",
    [
        "“I don't know” – that is an answer, too.",
        "Fünf, façon, λόγος, 日本語, 🙂",
        "e.g. the client's own words",
        "Answer a.m. or p.m. at 20:58.",
        "0 / 4, 3.5, and so on...",
        "<t:0:R> and @ alone",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Quotes, accents, other scripts, figures and times may be shown."""
    assert fault(text) is None


@given(st.text(st.characters(categories=["Cc", "Co", "Cs"], exclude_characters="\n"), min_size=1, max_size=1))
def test_what_cannot_be_shown_is_refused(character: str) -> None:
    """Control, private-use and broken characters are named by their number."""
    advice = fault(f"a{character}b", lines=True)
    assert advice is not None
    assert f"U+{ord(character):04X} at position 2" in advice


@given(st.characters())
def test_whatever_turns_the_direction_is_refused(character: str) -> None:
    """Every character that Unicode defines to steer direction is caught."""
    steering = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    if unicodedata.bidirectional(character) in steering or character in "\u200e\u200f\u061c":
        assert fault(character)


def test_line_breaks_are_for_paragraphs_only() -> None:
    """A paragraph may have lines, a label may not."""
    assert fault("one\ntwo", lines=True) is None
    assert fault("one\ntwo") == "Write this on one line."
