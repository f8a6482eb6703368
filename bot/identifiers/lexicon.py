"""What a word may be: a common word, a name, a place, a thing that many people know."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, Protocol, Self, cast

import marisa_trie

LANGUAGES = ("en",)
"""The languages that have a lexicon; the first stands in for the others."""
_RECORD = "<BI"
_LETTERS = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
    }
)


class Trait(IntEnum):
    """What a word may be. The comment says what its number means, where it has one."""

    WORD = 0  # how common it is: the binary logarithm of its count in books, 0 where it was not counted
    FIRST_NAME = 1
    LAST_NAME = 2
    PLACE = 3  # how many people live there, 0 where that says nothing
    COUNTRY = 4
    FAMOUS = 5  # theorists, artists, gods: safe, unless someone in the case is meant
    CLINICAL = 6  # methods, drugs, abbreviations
    COMMON = 7  # food, brands, loan words, headings
    PEOPLE = 8  # nationalities, languages, religions
    BODY = 9  # organisations that everyone has to do with
    FESTIVAL = 10
    TITLE = 11
    KIN = 12
    JOB = 13
    ORGANISATION_HEAD = 14  # which kind of organisation: the index in KINDS_OF_ORGANISATION
    EMPLOYER = 15  # likewise
    PLACE_HEAD = 16
    DIAGNOSIS = 17
    MEASURE = 18
    BEGINS = 19  # not what it may be: it is the first word of a longer entry


KINDS_OF_ORGANISATION = (
    "organisation",
    "school",
    "university",
    "hospital",
    "clinic",
    "church",
    "mosque",
    "temple",
    "synagogue",
    "club",
    "charity",
    "company",
    "shop",
    "restaurant",
    "pub",
    "care-home",
    "prison",
    "court",
    "council",
    "team",
    "newspaper",
    "station",
    "army",
    "police",
    "nursery",
    "library",
    "museum",
    "theatre",
    "farm",
    "factory",
    "hotel",
    "gym",
    "office",
    "shelter",
)
NAMES = frozenset({Trait.FIRST_NAME, Trait.LAST_NAME, Trait.PLACE})
SAFE = frozenset(
    {Trait.FAMOUS, Trait.CLINICAL, Trait.DIAGNOSIS, Trait.MEASURE, Trait.COMMON, Trait.PEOPLE, Trait.BODY}
)


@lru_cache(maxsize=1 << 14)
def key_of(words: str) -> str:
    """How ``words`` stand in the lexicon: lower case, without accents, one space between two words."""
    lowered = words.casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(bare.split())


@dataclass(frozen=True)
class Entry:
    """All that a word may be, each with its number."""

    traits: dict[Trait, int]
    begins: bool = False
    """Whether longer entries begin with it."""

    def __contains__(self, trait: object) -> bool:
        return trait in self.traits

    def any(self, traits: frozenset[Trait]) -> bool:
        """Whether it may be one of ``traits``."""
        return not traits.isdisjoint(self.traits)

    @property
    def safe(self) -> bool:
        """Whether it points to nobody by itself."""
        return self.any(SAFE)

    @property
    def frequency(self) -> int:
        """The binary logarithm of how often it stands in books; -1 for no common word."""
        return self.traits.get(Trait.WORD, -1)


_NOTHING = Entry({})


class Trie(Protocol):
    """A record trie of marisa_trie, which has no types of its own."""

    def get(self, key: str, /) -> list[tuple[int, int]] | None:
        """The records of ``key``."""
        ...

    def __contains__(self, key: str, /) -> bool: ...


class Lexicon:
    """The words of one language, in a file made by ``training/words.py`` and mapped into memory."""

    def __init__(self, trie: "Trie") -> None:
        self._trie = trie
        self.entry = lru_cache(maxsize=1 << 14)(self._entry)

    @classmethod
    def of(cls, language: str) -> Self:
        """The lexicon of ``language``; the English one where there is none."""
        return cls._read(language if language in LANGUAGES else LANGUAGES[0])

    @classmethod
    @lru_cache(maxsize=len(LANGUAGES))
    def _read(cls, language: str) -> Self:
        with as_file(files("bot.identifiers").joinpath("data", f"{language}.words")) as path:
            trie = cast("Any", marisa_trie).RecordTrie(_RECORD)
            return cls(trie.mmap(str(path)))

    def _entry(self, key: str) -> Entry:
        records = self._trie.get(key)
        if not records:
            return _NOTHING
        traits: dict[Trait, int] = {}
        for trait, number in records:
            traits[Trait(trait)] = max(number, traits.get(Trait(trait), 0))
        return Entry(traits, begins=traits.pop(Trait.BEGINS, None) is not None)

    def __contains__(self, key: str) -> bool:
        return key in self._trie


_LETTERS_OF_A_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_COMMON = 8
_FEWEST_LETTERS = 60
_KNOWN_SHARE = 0.58
"""Of the letters of an English text, also one full of names, seven tenths and more stand in common words; of
a text in another language a half at most."""


def seems_written_in(text: str, language: str) -> bool:
    """Whether ``text`` seems to be in ``language``: whether most of its letters stand in common words of it.

    True too where that can't be told, for a language without a lexicon and for a few words.
    """
    if language not in LANGUAGES:
        return True
    lexicon = Lexicon.of(language)
    letters = known = 0
    for word in _LETTERS_OF_A_WORD.findall(text):
        letters += len(word)
        known += len(word) * (lexicon.entry(key_of(word)).frequency >= _COMMON)
    return letters < _FEWEST_LETTERS or known >= _KNOWN_SHARE * letters
