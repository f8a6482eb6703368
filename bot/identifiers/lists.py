"""Words that a group or an author has told the review about, kept as keyed hashes.

Nobody who has the list without the key can read the words, and with it only try words one by one.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.identifiers.findings import Kind
from bot.identifiers.lexicon import key_of
from bot.identifiers.words import Word

LONGEST = 5
"""Words of the longest entry that is looked for."""


def mark_of(words: str, key: bytes) -> bytes:
    """The keyed hash of ``words``, the same for every spelling by capitals, accents and spaces: 32 bytes."""
    return hmac.new(key, key_of(words).encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class WordLists:
    """What a group always wants found, and what an author has said is no name."""

    key: bytes = field(repr=False)
    group: Mapping[bytes, Kind] = field(default_factory=dict[bytes, Kind])
    """Marks of a group's words (local clinics, colleagues), each with its kind. They block."""
    no_names: frozenset[bytes] = frozenset()
    """Marks of words that are no name in this author's texts, whatever they look like."""

    def spans(self, text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, Kind]]:
        """Where the group's words stand in ``text``, and of which kind each is."""
        if not self.group:
            return
        for first in range(len(words)):
            for last in range(first, min(len(words), first + LONGEST)):
                if "\n" in text[words[first].start : words[last].end]:
                    break
                kind = self.group.get(mark_of(text[words[first].start : words[last].end], self.key))
                if kind is not None:
                    yield words[first].start, words[last].end, kind

    def is_no_name(self, words: str) -> bool:
        """Whether the author has said that ``words`` are no name."""
        return bool(self.no_names) and mark_of(words, self.key) in self.no_names
