"""Long texts made short or parted: no sign, word or mark suffers where it can be helped."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.excerpts import LEAST_CHARACTERS, excerpt, pieces, shares, whole
from tests.cases.filled import ANYTHING, LONG, SENTENCE, TYPED, bare, left_open

MOST = st.integers(LEAST_CHARACTERS, 400)
SIGNS = ("e\u0301", "👨‍👩‍👧", "🇩🇪", "👍🏽", "❤️", "\U0001f3f4\U000e0067\U000e007f", "각")


def unmarked(text: str) -> str:
    """Letters and signs alone: without space, marks, and the backslashes before them."""
    return re.sub(r"[\\`|\s]", "", text)


@given(ANYTHING | LONG, st.integers(0, 400))
def test_an_excerpt_keeps_to_its_room(text: str, most: int) -> None:
    """It is the beginning of the text, and leaves nothing open."""
    short = excerpt(text, most)
    assert len(short) <= most
    assert not left_open(short)
    if len(whole(text)) > most:
        assert unmarked(text).startswith(unmarked(short).removesuffix("…"))
        assert short.endswith("…") or not most
    else:
        assert short == whole(text)


@given(LONG, st.integers(LEAST_CHARACTERS, 400))
def test_an_excerpt_of_words_says_something(text: str, most: int) -> None:
    """Where marks have to be closed, too: so many characters, unless most of it is space."""
    dense = re.sub(r"\s+", " ", text.replace("```", "").replace("|", ""))
    if len(dense.strip()) > most + 9:
        assert len(excerpt(dense, most + 9)) >= LEAST_CHARACTERS


@given(ANYTHING)
def test_a_text_without_stray_marks_stays_as_it_is(text: str) -> None:
    """What would take in what stands behind it is escaped, once; nothing else changes."""
    kept = whole(text)
    assert not left_open(kept)
    assert whole(kept) == kept
    assert kept.replace("\\", "") == text.strip().replace("\\", "")
    if not left_open(text.strip()):
        assert kept == text.strip()


def test_a_stray_mark_is_escaped_and_hides_nothing() -> None:
    """Whoever writes “this || that” means no spoiler, and a fence that is never closed no code."""
    assert whole("this || that") == r"this \|\| that"
    assert whole("a ``` b") == r"a \`\`\` b"
    assert whole("a ||| b") == r"a \|\|\| b"
    assert whole("||one|| two ||") == r"||one|| two \|\|"
    for fine in ("||one|| two", "```\none || two\n```", r"\|\| \`\`\`", "a | b ` c", "**bold"):
        assert whole(fine) == fine


def test_a_cut_code_block_or_spoiler_is_closed() -> None:
    """What was hidden stays hidden."""
    hidden = excerpt(f"||{SENTENCE * 9}|| end", 100)
    assert hidden.startswith("||She asks")
    assert hidden.endswith("|| …")
    code = excerpt(f"```\n{SENTENCE * 9}\n``` end", 100)
    assert code.startswith("```\nShe asks")
    assert code.endswith("\n``` …")
    both = excerpt(f"||```{SENTENCE * 9}``` end||", 100)
    assert both.endswith("\n```|| …")
    assert not any(map(left_open, (hidden, code, both)))


def test_a_cut_goes_before_what_would_be_empty() -> None:
    """No mark is opened to be closed at once."""
    words = "word " * 16
    for behind in ("||hidden words||", "```\ncode and more\n```"):
        short = excerpt(f"{words}{behind} {SENTENCE * 9}", len(words) + 12)
        assert short == f"{words.strip()}…"


def test_an_excerpt_ends_where_a_reader_would_pause() -> None:
    """With a sentence if one ends late enough, or else with a word."""
    assert excerpt(SENTENCE * 4, 120) == f"{(SENTENCE * 2).strip()} …"
    assert excerpt("long " * 60, 70) == f"{('long ' * 13).strip()}…"
    assert excerpt("One line\n" * 20, 100).endswith("One line…")
    assert excerpt("؟كيف حالك " * 20, 100).endswith("…")
    assert excerpt("一" * 70 + "。" + "二" * 90, 100) == "一" * 70 + "。 …"


@given(st.sampled_from(SIGNS), st.integers(LEAST_CHARACTERS, 90), st.integers(0, 12))
def test_no_sign_of_several_characters_is_parted(sign: str, most: int, before: int) -> None:
    """An accent stays with its letter, a family together, a flag whole."""
    kept = excerpt(f"{'x' * before}{sign * 99}", most).rstrip("…").lstrip("x")
    assert kept == sign * (len(kept) // len(sign))


def test_one_sign_of_a_thousand_accents_is_parted_all_the_same() -> None:
    kept = excerpt(f"e{chr(0x301) * 1000}", 100)
    assert LEAST_CHARACTERS <= len(kept) <= 100


@given(TYPED, st.integers(80, 400))
def test_nothing_of_a_long_text_is_lost(text: str, most: int) -> None:
    """Every letter in its order; each piece full of something, and no longer than it may be."""
    parted = pieces(text, most)
    assert bare("".join(parted)) == bare(text)
    assert all(0 < len(piece) <= most for piece in parted)


@given(ANYTHING | LONG, st.integers(80, 400))
def test_each_piece_stands_by_itself(text: str, most: int) -> None:
    """Whatever is marked in it: no piece takes in what stands behind it, and no letter is lost."""
    parted = pieces(text, most)
    assert unmarked("".join(parted)) == unmarked(text)
    assert all(0 < len(piece) <= most for piece in parted)
    assert not any(map(left_open, parted))


def test_what_is_hidden_stays_hidden_on_every_piece() -> None:
    parted = pieces(f"Open. ||{SENTENCE * 9}|| Open.", 200)
    assert len(parted) > 2
    assert all(piece.startswith("||") and piece.count("||") == 2 for piece in parted[1:-1])
    shown = re.sub(r"\|\|.+?\|\|", "", "\n".join(parted), flags=re.DOTALL)
    assert bare(shown) == "Open.Open."


def test_a_piece_does_not_begin_with_what_the_last_one_closed() -> None:
    """A code block that ends where a piece does is closed once."""
    for room in range(100, 160):
        parted = pieces(f"```\n{'code ' * 20}\n```\n{'word ' * 40}", room)
        assert sum(piece.count("```") for piece in parted) == 2 * sum("code" in piece for piece in parted)


def test_a_short_text_is_one_piece_and_an_empty_one_none() -> None:
    assert pieces("One two.", 80) == ("One two.",)
    assert pieces("", 80) == pieces(" \n", 80) == ()


@given(st.lists(st.integers(0, 4000), max_size=25), st.integers(-5, 5000))
def test_room_is_shared_out_fairly(lengths: list[int], room: int) -> None:
    """Nobody gets more than they need, and whoever is cut has no less than anyone but for one character."""
    given_to = shares(lengths, room)
    assert sum(given_to) == min(sum(lengths), max(room, 0))
    cut = [given for given, length in zip(given_to, lengths, strict=True) if given < length]
    if cut:
        assert min(cut) + 1 >= max(given_to)


@pytest.mark.parametrize(
    ("lengths", "room", "expected"),
    [((10, 500, 20), 130, (10, 100, 20)), ((300, 10, 300), 110, (50, 10, 50)), ((), 9, ()), ((5,), 9, (5,))],
)
def test_the_short_ones_are_whole(lengths: tuple[int, ...], room: int, expected: tuple[int, ...]) -> None:
    """What they leave goes to the long ones."""
    assert shares(lengths, room) == expected
