"""A text while its author writes it: what was found in it, and what they do about that. Pure."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self, TypeVar

from bot.identifiers import Finding

_QUOTED = re.compile(r"“([^”]+)”")
_NO_STAND_IN = ("suggest-profession", "suggest-age")
"""Suggestions that need their author: what they quote is an example, or nothing."""
_ONLY_KIN = "suggest-kin"
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_ENDS = tuple(".!?;:")
_OPENS = tuple("(“‘\"'[–—")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…]\s+|\n\s*)$")

WritingT = TypeVar("WritingT", bound="Writing")


@dataclass(frozen=True)
class Writing(ABC):
    """Texts that others will read, each a part with a name, before anyone does.

    ``kept`` holds what its author has looked at and wants to stay, in small letters. Drafts of one kind of
    text have one ``purpose``.
    """

    purpose: ClassVar[str]
    kept: frozenset[str] = field(default=frozenset(), repr=False, kw_only=True)

    @property
    @abstractmethod
    def parts(self) -> Mapping[str, str]:
        """All of its texts by name, in the order in which they are read."""

    @abstractmethod
    def with_part(self, part: str, text: str) -> Self:
        """The same, with one text anew."""

    @classmethod
    @abstractmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """The writing of which ``content`` was made."""

    @abstractmethod
    def content(self) -> dict[str, Any]:
        """All of it, to be kept as JSON."""

    @abstractmethod
    def check(self) -> None:
        """``Refusal`` where it can't go out as it is, whatever the review finds in it."""

    @abstractmethod
    def check_beside(self, marked: "Sequence[Marked]") -> None:
        """``Refusal`` where too little is left beside what was found."""

    @property
    def digest(self) -> str:
        """Six characters that change with its texts: by them a press meant for another wording is known."""
        joined = "\0".join(self.parts.values())
        return hashlib.sha256(joined.encode()).hexdigest()[:6]


@dataclass(frozen=True)
class Marked:
    """A finding in one part of a writing. ``stand_in`` may replace it; None where its author must say."""

    part: str
    finding: Finding
    words: str = field(repr=False)
    stand_in: str | None = field(repr=False)
    may_be_no_name: bool = False

    @property
    def name(self) -> str:
        """By what a press knows it again: six characters, others for another finding or other words there."""
        said = f"{self.part}\0{self.finding.start}\0{self.finding.end}\0{self.words}"
        return hashlib.sha256(said.encode()).hexdigest()[:6]

    @property
    def blocks(self) -> bool:
        """Whether it can't stay."""
        return self.finding.severity == "block"


def stand_in(key: str, sentence: str, left_out: str) -> str | None:
    """What a suggestion offers to put there: its first quoted words, nothing for a name beside its kin.

    ``left_out`` stands where only leaving out helps. None where there is nothing to put there unasked.
    """
    if key in _NO_STAND_IN:
        return None
    if key == _ONLY_KIN:
        return ""
    quoted = _QUOTED.search(sentence)
    return quoted[1] if quoted is not None else left_out


def unsettled(marked: Iterable[Marked], writing: Writing) -> tuple[Marked, ...]:
    """What is still to be looked at: all that blocks, and what may stay and was not looked at yet."""
    return tuple(each for each in marked if each.blocks or each.words.casefold() not in writing.kept)


def replaced(writing: WritingT, marked: Marked, by: str) -> WritingT:
    """The writing with ``by`` in the place of one finding, its first letter large where a sentence begins."""
    text = writing.parts[marked.part]
    start, end = marked.finding.start, marked.finding.end
    before, after = text[:start], text[end:]
    by = by.strip()
    if by and by == marked.stand_in and _said_already(by, before):
        by = ""
    if by and _SENTENCE_BEGINS.search(before):
        by = by[0].upper() + by[1:]
    if not by:
        before, after = _closed_up(before, after)
    return writing.with_part(marked.part, before + by + after)


def _said_already(by: str, before: str) -> bool:
    """Whether a suggestion says again what stands before it: "my client Anna" needs no second client."""
    return bool(re.search(rf"\b{re.escape(by.rsplit(maxsplit=1)[-1])},?[ \t]*\Z", before, re.IGNORECASE))


def _closed_up(before: str, after: str) -> tuple[str, str]:
    """Both sides of a gap, without the space that was meant for what stood in it."""
    if not before.strip() or before.endswith("\n"):
        return before, after.lstrip(" ")
    comma = before.rstrip(" ").endswith(",")
    if comma and after.startswith(","):
        return before.rstrip(" ")[:-1], after[1:]
    if comma and after[:1] in _ENDS:
        return before.rstrip(" ")[:-1], after
    goes_on = after[:1].isalnum() or (after[:1] in _OPENS and not _POSSESSIVE.match(after))
    if before.endswith(" ") and not goes_on:
        before = before.rstrip(" ")
    return before, after


def all_replaced(writing: WritingT, marked: Sequence[Marked]) -> WritingT:
    """The writing with every stand-in that there is in its place."""
    # From the end, so that what comes before stays where it was found.
    for each in sorted(marked, key=lambda each: each.finding.start, reverse=True):
        if each.stand_in is not None:
            writing = replaced(writing, each, each.stand_in)
    return writing


def keeps(writing: WritingT, words: str) -> WritingT:
    """The writing whose author wants ``words`` to stay."""
    return replace(writing, kept=writing.kept | {words.casefold()})
