"""A text without its disguises, and the way back to where things stood."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Mc"})
_MARKS = frozenset({"Mn", "Me", "Mc"})
# Letters of other scripts that look Latin. They are folded only inside a word that has Latin letters too.
_LOOK_ALIKE = dict(
    zip(
        "аеорсухіјѕԁһкмтвнгпАВЕКМНОРСТУХІЈЅαοειινρτυχκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhkmtbhrnABEKMHOPCTYXIJSaoeiivptuxkABEZHIKMNOPTYX",
        strict=True,
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True)
class Plain:
    """Look-alike signs, letters and digits folded; marks and invisible signs left out.

    ``places`` holds for each character of ``text`` its offset in the text as given.
    """

    given: str
    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, given: str) -> Self:
        """``given``, folded."""
        if given.isascii():
            return cls(given, given, range(len(given)))
        folded: list[str] = []
        places: list[int] = []
        done = 0
        for run in _NOT_ASCII.finditer(given):
            folded.append(given[done : run.start()])
            places.extend(range(done, run.start()))
            for place in range(*run.span()):
                signs = _fold(given[place])
                folded.append(signs)
                places.extend([place] * len(signs))
            done = run.end()
        folded.append(given[done:])
        places.extend(range(done, len(given)))
        return cls(given, _WORD.sub(_without_look_alikes, "".join(folded)), places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` of ``text`` (not empty) stand in the text as given."""
        last = place = self.places[end - 1] + 1
        # The marks of the last letter are part of it, also after a sign that can't be seen.
        while place < len(self.given) and unicodedata.category(self.given[place]) in _INVISIBLE:
            place += 1
            if unicodedata.category(self.given[place - 1]) in _MARKS:
                last = place
        return self.places[start], last


def lowered(text: str) -> str:
    """``text`` in lower case, every character in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(each if len(each) == 1 else sign for sign in text for each in [sign.lower()])


def _without_look_alikes(word: re.Match[str]) -> str:
    written = word.group()
    if written.isascii() or _LATIN.search(written) is None:
        return written
    return "".join(_LOOK_ALIKE.get(letter, letter) for letter in written)


@lru_cache(maxsize=1 << 12)
def _fold(character: str) -> str:
    """What is read for ``character``: nothing, for one that can't be seen."""
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    folded = unicodedata.normalize("NFKC", character)
    if folded == " ":
        return folded
    # Accents that stand alone fold to a space and a mark; a folded space would divide what stands together.
    return (
        character
        if any(sign.isspace() or unicodedata.category(sign) in _MARKS for sign in folded)
        else folded
    )
