"""The pieces of words that the reader knows, and where they stand.

The same as BERT's uncased WordPiece (Devlin et al. 2019), in the words of the standard library, because
the packages that have it bring a client for a model hub along.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

_UNKNOWN, _BEGINNING, _END = "[UNK]", "[CLS]", "[SEP]"
_LONGEST_WORD = 100


class Piece(NamedTuple):
    """A piece by its number, and the characters of the text from which it was made."""

    number: int
    start: int
    end: int


class WordPieces:
    """Cuts a text into the pieces of one vocabulary."""

    def __init__(self, vocabulary: dict[str, int]) -> None:
        self._vocabulary = vocabulary
        self.beginning = vocabulary[_BEGINNING]
        self.end = vocabulary[_END]
        self._unknown = vocabulary[_UNKNOWN]
        self._cut = lru_cache(maxsize=1 << 13)(self._cut_word)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The vocabulary in the file at ``path``, one piece a line."""
        return cls(
            {piece: number for number, piece in enumerate(path.read_text("utf-8").split("\n")) if piece}
        )

    def cut(self, text: str) -> list[list[Piece]]:
        """The pieces of each word of ``text``. A sign of punctuation is a word."""
        return [
            [Piece(number, places[first], places[last - 1] + 1) for number, first, last in self._cut(word)]
            for word, places in _words(text)
        ]

    def _cut_word(self, word: str) -> list[tuple[int, int, int]]:
        whole = [(self._unknown, 0, len(word))]
        if len(word) > _LONGEST_WORD:
            return whole
        pieces: list[tuple[int, int, int]] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._vocabulary.get(word[start:end] if start == 0 else f"##{word[start:end]}")
                if number is not None:
                    pieces.append((number, start, end))
                    start = end
                    break
            else:
                return whole
        return pieces


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Each word of ``text`` in lower case and without accents, with the place of each of its letters."""
    word: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = _fold(character)
        if folded is None:
            continue
        if folded == " " or _stands_alone(character):
            if word:
                yield "".join(word), places
                word, places = [], []
            if folded != " ":
                yield character, [place]
            continue
        word.extend(folded)
        places.extend([place] * len(folded))
    if word:
        yield "".join(word), places


@lru_cache(maxsize=1 << 12)
def _fold(character: str) -> str | None:
    """``character`` as it is looked up; a space for all that divides words; None for what is left out."""
    category = unicodedata.category(character)
    if character in "\t\n\r" or category == "Zs":
        return " "
    if category[0] == "C" or character == "\ufffd":
        return None
    return "".join(
        c for c in unicodedata.normalize("NFD", character.lower()) if unicodedata.category(c) != "Mn"
    )


_SIGNS = ((33, 47), (58, 64), (91, 96), (123, 126))
_IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF))


@lru_cache(maxsize=1 << 12)
def _stands_alone(character: str) -> bool:
    """Whether ``character`` is a word by itself: punctuation, or a Chinese character."""
    if unicodedata.category(character)[0] == "P":
        return True
    code = ord(character)
    return any(first <= code <= last for first, last in _SIGNS + _IDEOGRAPHS)


def windows(words: list[list[Piece]], size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Stretches of ``words`` of at most ``size`` pieces, each but the first begun ``overlap`` pieces early.

    A word of more pieces than ``size`` is a stretch by itself, and no stretch lies wholly in another.
    """
    counts = [len(word) for word in words]
    first = 0
    while first < len(words):
        last, pieces = first, 0
        while last < len(words) and (pieces + counts[last] <= size or last == first):
            pieces += counts[last]
            last += 1
        yield first, last
        if last == len(words):
            return
        back, most = 0, min(overlap, size - counts[last])
        following = last
        while following > first + 1 and back + counts[following - 1] <= most:
            following -= 1
            back += counts[following]
        first = following
