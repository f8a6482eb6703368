"""What is known of a word before anybody reads it in its sentence."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.lexicon import NAMES, Trait
from bot.identifiers.words import LOW, Case, Word


class Standing(Enum):
    """What is known of a word."""

    SAFE = auto()  # points to nobody: a method, a drug, a dish
    FAMOUS = auto()  # points to someone whom everybody knows, or is both safe and a name
    WORD = auto()
    WORD_AND_NAME = auto()
    NAME = auto()
    TOWN = auto()  # a place and nothing else
    UNKNOWN = auto()
    NUMBER = auto()


_FIRST_IS_A_NAME: Final = 22
"""Surnames that are more common as words than so (binary logarithm of their count) are words."""


def standing(word: Word) -> Standing:
    """What is known of ``word``."""
    if word.is_number:
        return Standing.NUMBER
    if len(word.key) == 1:
        # "K" may be an initial; "a" and "I" are words, and so is "c" for "with" in a note.
        return Standing.UNKNOWN if word.case is Case.CAPITAL and word.key not in _LETTERS else Standing.WORD
    common = Trait.WORD in word.entry and word.case in LOW
    if (word.entry.safe or (word.phrase is not None and word.phrase.safe)) and not common:
        people = word.phrase if word.phrase is not None and word.phrase.safe else word.entry
        return Standing.FAMOUS if Trait.FAMOUS in people or people.any(NAMES) else Standing.SAFE
    if word.phrase is not None and word.phrase.any(_LOCATING) and word.case in {Case.CAPITAL, Case.INITIAL}:
        return Standing.NAME
    given = Trait.FIRST_NAME in word.entry
    named = given or word.entry.any(_OTHER_NAMES)
    if Trait.WORD in word.entry:
        known_as_name = given or (named and word.entry.frequency < _FIRST_IS_A_NAME)
        return Standing.WORD_AND_NAME if known_as_name else Standing.WORD
    if word.entry.any(_ORDINARY):
        return Standing.WORD
    if not named:
        return Standing.UNKNOWN
    return Standing.TOWN if not word.entry.any(_PEOPLE) and Trait.PLACE in word.entry else Standing.NAME


NAMELIKE: Final = frozenset({Standing.NAME, Standing.TOWN, Standing.UNKNOWN})
"""What may well be a name, for all that is known."""
_LETTERS = frozenset("aio")
_PEOPLE = frozenset({Trait.FIRST_NAME, Trait.LAST_NAME})
_LOCATING = frozenset({Trait.PLACE, Trait.COUNTRY, Trait.EMPLOYER})
_OTHER_NAMES = frozenset({Trait.LAST_NAME, Trait.PLACE, Trait.COUNTRY, Trait.EMPLOYER})
_ORDINARY = frozenset({Trait.KIN, Trait.TITLE, Trait.JOB, Trait.ORGANISATION_HEAD, Trait.PLACE_HEAD})


@dataclass(frozen=True)
class Judged:
    """A word and what it identifies; None where it identifies nothing."""

    word: Word
    kind: Kind | None
    certainty: float
    """The reader's probability that it identifies; 1 without a reader where a rule of form decided."""
