"""The lists of words that the review knows: a group's own, and what each author said is no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from bot.aliases import mark_in_group, words_key
from bot.identifiers import WordLists, mark_of
from bot.identifiers.lexicon import Lexicon
from bot.identifiers.lists import LONGEST
from bot.identifiers.plain import Plain
from bot.identifiers.words import Manner, Word, words_of
from bot.refusal import Refusal
from bot.services.ground import Ground
from bot.storage.groups import Group
from bot.storage.words import NameKind

KINDS: tuple[NameKind, ...] = get_args(NameKind)
MOST_GROUP_WORDS = 500
MOST_OWN_WORDS = 200
MOST_ENTRIES = 20
"""Entries that are taken at once."""
MOST_CHARACTERS = 60
"""Characters of an entry."""


@dataclass(frozen=True)
class Added:
    """How many entries are new to a list, and how many it has now."""

    fresh: int
    total: int


class WordService:
    """Use cases of the lists. Words come in as they are typed and are kept as marks alone."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def lists(self, group: str, user: int) -> WordLists:
        """What the review of a text by ``user`` in this group must know."""
        key, owner = self._key(group), self._owner(group, user)
        async with self._ground.reading() as store:
            return WordLists(key, await store.words.of_group(group), await store.words.own(group, owner))

    async def count(self, group: Group) -> int:
        """How many words a group has."""
        async with self._ground.reading() as store:
            return await store.words.count_of_group(group.token)

    async def add(self, group: Group, kind: str, typed: str) -> Added:
        """Add what was typed, an entry a line. ``Refusal`` adds none of it."""
        chosen: NameKind | None = next((each for each in KINDS if each == kind), None)
        if chosen is None:
            raise Refusal("words-kind-missing")
        marks = {mark_of(entry, self._key(group.token)) for entry in self._entries(typed, group.language)}
        async with self._ground.writing() as store:
            known = await store.words.of_group(group.token)
            fresh = len(marks - known.keys())
            if len(known) + fresh > MOST_GROUP_WORDS:
                raise Refusal("words-full", most=MOST_GROUP_WORDS, count=len(known))
            await store.words.add_to_group(group.token, marks, chosen)
        return Added(fresh, len(known) + fresh)

    async def remove(self, group: Group, typed: str) -> bool:
        """Remove an entry, and say whether it was there."""
        (entry, *others) = self._entries(typed, group.language)
        if others:
            raise Refusal("words-one-only")
        async with self._ground.writing() as store:
            return await store.words.remove_from_group(group.token, mark_of(entry, self._key(group.token)))

    async def empty(self, group: Group) -> int:
        """Remove every word of a group, and say how many there were."""
        async with self._ground.writing() as store:
            return await store.words.empty_group(group.token)

    async def say_no_names(self, group: Group, user: int, words: Sequence[str]) -> None:
        """Remember that ``words`` are no names in texts of ``user``, and of nobody else."""
        key, owner = self._key(group.token), self._owner(group.token, user)
        entries = {entry for each in words if (entry := entry_of(each, group.language)) is not None}
        marks = {mark_of(entry, key) for entry in entries}
        async with self._ground.writing() as store:
            known = await store.words.own(group.token, owner)
            if len(known | marks) > MOST_OWN_WORDS:
                raise Refusal("own-words-full", most=MOST_OWN_WORDS)
            await store.words.add_own(group.token, owner, marks - known)

    async def count_no_names(self, group: Group, user: int) -> int:
        """How many words ``user`` said are no names, in this group."""
        async with self._ground.reading() as store:
            return len(await store.words.own(group.token, self._owner(group.token, user)))

    def _key(self, group: str) -> bytes:
        return words_key(group, self._ground.seal_keys)

    def _owner(self, group: str, user: int) -> bytes:
        return mark_in_group(user, group, self._ground.seal_keys)

    def _entries(self, typed: str, language: str) -> list[str]:
        """The entries typed, at least one; ``Refusal`` where one of them could never be found in a text."""
        lines = [(number, line.strip()) for number, line in enumerate(typed.splitlines(), start=1)]
        written = [(number, line) for number, line in lines if line]
        if not written:
            raise Refusal("nothing-written")
        if len(written) > MOST_ENTRIES:
            raise Refusal("words-too-many", most=MOST_ENTRIES)
        entries: list[str] = []
        for number, line in written:
            if len(line) > MOST_CHARACTERS:
                raise Refusal("words-too-long", line=number, most=MOST_CHARACTERS)
            entry = entry_of(line, language)
            if entry is None:
                raise Refusal("words-no-word", line=number)
            if len(_words(entry, language)) > LONGEST:
                raise Refusal("words-too-many-words", line=number, most=LONGEST)
            entries.append(entry)
        return entries


def entry_of(typed: str, language: str) -> str | None:
    """What the review looks up where it meets ``typed``; None where there is no word in it.

    From the first word to the last, without a full stop or a possessive s at the end: "St Mary", typed
    "St Mary's".
    """
    plain = Plain.of(typed).text
    words = _words(plain, language)
    return plain[words[0].start : words[-1].end] if words else None


def is_listed(words: str, language: str, lists: WordLists) -> bool:
    """Whether a word of the group's list stands in ``words``."""
    plain = Plain.of(words).text
    return any(True for _ in lists.spans(plain, _words(plain, language)))


def is_no_name(words: str, language: str, lists: WordLists) -> bool:
    """Whether the author has said of ``words``, all together, that they are no name."""
    entry = entry_of(words, language)
    return entry is not None and lists.is_no_name(entry)


def _words(plain: str, language: str) -> list[Word]:
    return words_of(plain, Lexicon.of(language), Manner.of(plain))
