"""The words of a text: how each is written, where it stands, what it may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.identifiers.lexicon import Entry, Lexicon, Trait, key_of

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’'ʼ][sS]?$")
# What may stand between the end of a sentence, a heading, a bullet or an opening quote and the word after it.
_BEGINS = re.compile(r"(?:^|[.!?…:\n]|[-–—*•>]\s|\d[.)]\s)[\s\"“”‘'’()\[\]*_#>–—-]*$")
_LOOK_BACK = 12
_MOST_WORDS = 6
_LEAST_SENTENCES = 2
_LEAST_LETTERS = 20
_CASELESS, _SHOUTED, _NOUNS = 0.4, 0.7, 0.28


class Case(Enum):
    """How a word is written."""

    LOWER = auto()
    CASELESS = auto()  # in a text without capitals, or with nothing else, where the case says nothing
    INITIAL = (
        auto()
    )  # a capital where every word has one: a sentence, a heading, a bullet, a quotation begins
    CAPITAL = auto()
    CAPITALS = auto()


LOW = frozenset({Case.LOWER, Case.CASELESS})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a number in a text; a possessive ending is no part of it."""

    start: int
    end: int
    text: str
    key: str
    case: Case
    entry: Entry
    phrase: Entry | None = None
    """The longest entry of the lexicon of which it is a part ("Hebden Bridge")."""

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.text[0].isdigit()

    @property
    def is_word(self) -> bool:
        """Whether it is a common word of the language."""
        return Trait.WORD in self.entry


@dataclass(frozen=True)
class Manner:
    """How a text was typed."""

    caseless: bool
    """Without capitals, or nearly."""
    shouted: bool
    """In capitals, or nearly."""
    capitalised: bool
    """With capitals on many words, as German nouns have them."""

    @classmethod
    def of(cls, text: str) -> "Manner":
        """Judged by its letters, and by the first letters of its sentences."""
        letters = [character for character in text if character.isalpha()]
        capitals = sum(letter.isupper() for letter in letters)
        shouted = len(letters) > _LEAST_LETTERS and capitals > _SHOUTED * len(letters)
        beginnings = re.findall(r"(?:^|[.!?]\s+)[\"“'‘(]*([^\W\d_])", text)
        begun = sum(letter.isupper() for letter in beginnings)
        caseless = len(letters) > _LEAST_LETTERS and (
            begun < _CASELESS * len(beginnings)
            if len(beginnings) >= _LEAST_SENTENCES
            else capitals < len(text.split()) / 25
        )
        inner = re.findall(r"(?<=[a-z,] )([^\W\d_])[^\W\d_]{2,}", text)
        capitalised = len(inner) > _LEAST_LETTERS and sum(c.isupper() for c in inner) > _NOUNS * len(inner)
        return cls(caseless and not shouted, shouted, capitalised and not shouted)


def words_of(text: str, lexicon: Lexicon, manner: Manner) -> list[Word]:
    """Every word and number of ``text``, in order."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        written = _POSSESSIVE.sub("", match.group()) or match.group()
        key = key_of(written)
        found.append(
            Word(
                match.start(),
                match.start() + len(written),
                written,
                key,
                _case(text, match.start(), written, manner),
                _entry(lexicon, key),
            )
        )
    return _with_phrases(text, found, lexicon)


def _entry(lexicon: Lexicon, key: str) -> Entry:
    entry = lexicon.entry(key)
    if entry.traits or ("'" not in key and "-" not in key):
        return entry
    # "don't", "hadn't've" and "self-care" are known by their parts.
    parts = [lexicon.entry(part) for part in re.split(r"['-]", key) if len(part) > 1 or part.isdigit()]
    if parts and all(Trait.WORD in part or part.safe for part in parts):
        return parts[0] if "'" in key else Entry({Trait.WORD: min(part.frequency for part in parts)})
    return entry


def _case(text: str, start: int, written: str, manner: Manner) -> Case:
    if manner.shouted:
        return Case.CASELESS
    if not any(c.isupper() for c in written):
        return Case.CASELESS if manner.caseless else Case.LOWER
    if len(written) > 1 and written.isupper():
        return Case.CAPITALS
    if not written[0].isupper() and "-" not in written:
        # "iPhone", "mcDonald": the capital inside says that it is a name of something.
        return Case.CAPITAL
    return Case.INITIAL if _BEGINS.search(text, max(0, start - _LOOK_BACK), start) else Case.CAPITAL


_BETWEEN = frozenset({" ", "'s ", "’s ", "' ", "’ "})


def _key_as_written(text: str, word: Word) -> str:
    """The key of a word with the possessive ending that it has in ``text`` ("alzheimer's")."""
    return f"{word.key}'s" if text[word.end : word.end + 2].lower() in {"'s", "’s"} else word.key


def _longest_phrase(text: str, run: Sequence[Word], lexicon: Lexicon) -> str | None:
    """The longest entry with which ``run`` begins, with the possessive endings in it or without them."""
    plain = [word.key for word in run]
    written = [_key_as_written(text, word) for word in run]
    for count in range(len(run), 1, -1):
        for keys in (plain,) if plain == written else (written, plain):
            phrase = " ".join(keys[:count])
            if phrase in lexicon:
                return phrase
    return None


def _with_phrases(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """The same, each with the longest phrase of which it is a part; only spaces stand inside a phrase."""
    marked = list(words)
    done = 0
    for number, word in enumerate(words):
        if number < done or not word.entry.begins:
            continue
        last = number
        while (
            last + 1 < len(words)
            and last - number < _MOST_WORDS
            and text[words[last].end : words[last + 1].start] in _BETWEEN
        ):
            last += 1
        if last == number:
            continue
        longest = _longest_phrase(text, words[number : last + 1], lexicon)
        if longest is None:
            continue
        done = number + longest.count(" ") + 1
        for other in range(number, done):
            marked[other] = replace(marked[other], phrase=lexicon.entry(longest))
    return marked
