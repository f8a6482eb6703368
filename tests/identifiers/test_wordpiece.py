from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers.wordpiece import Piece, WordPieces, windows

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##aff",
    "##able",
    "able",
    "runn",
    "##ing",
    "a",
    "b",
    "##b",
    ",",
    ".",
    "'",
    "水",
    "the",
]


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces({piece: number for number, piece in enumerate(VOCABULARY)})


CUT = [
    ("unaffable", [["un", "##aff", "##able"]]),
    ("UNAFFABLE", [["un", "##aff", "##able"]]),
    ("Running, the", [["runn", "##ing"], [","], ["the"]]),
    ("àbb́", [["a", "##b", "##b"]]),
    ("a\u200bb", [["a", "##b"]]),
    ("水水a", [["水"], ["水"], ["a"]]),
    ("the's", [["the"], ["'"], ["[UNK]"]]),
    ("unxyz", [["[UNK]"]]),
    ("b" * 101, [["[UNK]"]]),
    ("b" * 100, [["b", *["##b"] * 99]]),
    ("\ta\n\u00a0b\r", [["a"], ["b"]]),
    ("", []),
    (" \u200b ", []),
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_words_are_cut_into_the_longest_pieces(
    pieces: WordPieces, text: str, expected: list[list[str]]
) -> None:
    """In lower case, without accents, punctuation and ideographs by themselves, the rest unknown."""
    assert [[VOCABULARY[piece.number] for piece in word] for word in pieces.cut(text)] == expected


@given(st.text(st.sampled_from("abgnrui,.'水éÀ\u0301\u200b \nβ🙂"), max_size=80))
def test_pieces_cover_what_can_be_seen(text: str) -> None:
    """In order, apart from each other, with nothing but space and marks between them."""
    cut = WordPieces({piece: number for number, piece in enumerate(VOCABULARY)}).cut(text)
    spans = [(piece.start, piece.end) for word in cut for piece in word]
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(place in covered for place, sign in enumerate(text) if sign not in " \n\u200b\u0301")


def test_a_vocabulary_is_read_from_a_file(tmp_path: Path) -> None:
    """One piece a line, numbered from 0, with Unix line ends alone: a piece may be any other sign."""
    path = tmp_path / "vocab.txt"
    path.write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n\u2028\nb\n", "utf-8")
    pieces = WordPieces.read(path)
    assert (pieces.beginning, pieces.end) == (2, 3)
    assert pieces.cut("b a") == [[Piece(6, 0, 1)], [Piece(4, 2, 3)]]


@given(st.lists(st.integers(1, 12), max_size=40), st.integers(4, 16), st.integers(0, 6))
def test_windows_cover_every_word(sizes: list[int], size: int, overlap: int) -> None:
    """Each word stands in one; none is too long, unless it is a single word; each begins in the last."""
    words = [[Piece(0, 0, 1)] * count for count in sizes]
    stretches = list(windows(words, size, overlap))
    assert {word for first, last in stretches for word in range(first, last)} == set(range(len(words)))
    assert all(sum(sizes[first:last]) <= size or last == first + 1 for first, last in stretches)
    for (first, last), (next_first, next_last) in pairwise(stretches):
        assert first < next_first <= last < next_last
        assert sum(sizes[next_first:last]) <= overlap
        assert next_first == first + 1 or sum(sizes[next_first - 1 : last]) > min(overlap, size - sizes[last])
