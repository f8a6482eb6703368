"""A text without its disguises, and the way back to where things stood."""

import unicodedata
from dataclasses import dataclass
from typing import Self

_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Mc"})


@dataclass(frozen=True)
class Plain:
    """Look-alike signs and digits folded one for one; marks and invisible signs left out.

    ``places`` holds for each character of ``text`` its offset in the text as given.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, given: str) -> Self:
        """``given``, folded."""
        kept = [
            (_fold(character), place)
            for place, character in enumerate(given)
            if unicodedata.category(character) not in _INVISIBLE
        ]
        return cls("".join(character for character, _ in kept), tuple(place for _, place in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` of ``text`` (not empty) stand in the text as given."""
        return self.places[start], self.places[end - 1] + 1


def _fold(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
