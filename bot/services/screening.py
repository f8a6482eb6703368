"""Reading what was typed for identifiers, before anyone else sees it: off the event loop, in memory alone."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from bot.identifiers import Finding, WordLists, find, find_with, ready_reader
from bot.identifiers.lexicon import seems_written_in
from bot.identifiers.together import Together, together
from bot.services.words import KINDS, WordService, is_listed, is_no_name

log = logging.getLogger(__name__)

Find = Callable[[str, str, WordLists | None], tuple[Finding, ...]]


def _reader_is_ready() -> bool:
    return ready_reader() is not None


@dataclass(frozen=True)
class Finder:
    """What finds, and whether it does all it can. Both may load the reader: they are for the worker alone."""

    find: Find = find
    reads_fully: Callable[[], bool] = _reader_is_ready


BY_RULES = Finder(partial(find_with, None), lambda: False)
"""Without the reader, also where there is one."""


@dataclass(frozen=True)
class Found:
    """A finding and the words that it is about."""

    finding: Finding
    words: str = field(repr=False)
    may_be_no_name: bool = False
    """Whether its author can say that it is no name; of what the group has listed nobody can."""
    place: int = 0
    """In which of the texts it was found, counted from 0."""

    @property
    def blocks(self) -> bool:
        """Whether the text can't go on with it."""
        return self.finding.severity == "block"


@dataclass(frozen=True)
class Screened:
    """What was found in some texts, in their order; without ``reads_fully`` names may have been missed.

    So may they where the texts seem to be in another language than they were read in: ``other_language``.
    """

    found: tuple[Found, ...]
    reads_fully: bool
    together: Together | None = None
    """What is ordinary by itself and points to one person together, where anything was found at all."""
    other_language: bool = False

    @property
    def blocks(self) -> bool:
        """Whether anything found must be changed."""
        return any(each.blocks for each in self.found)


class Screening:
    """One worker thread, which reads one text after the other."""

    def __init__(self, words: WordService, finder: Finder) -> None:
        self._words = words
        self._finder = finder
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="screening")

    async def findings(self, texts: Sequence[str], language: str, group: str | None, user: int) -> Screened:
        """What is found in ``texts`` by ``user``, with the lists of that group."""
        lists = await self._words.lists(group, user) if group is not None else None
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, self._read, tuple(texts), language, lists)

    def warm(self, languages: Sequence[str]) -> None:
        """Let the worker load what it needs, and don't wait for it."""
        self._worker.submit(self._load, tuple(languages))

    def close(self) -> None:
        """Take no more texts."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _read(self, texts: tuple[str, ...], language: str, lists: WordLists | None) -> Screened:
        known = lists or WordLists(b"")
        found: list[Found] = []
        for place, text in enumerate(texts):
            for finding in self._finder.find(text, language, lists):
                words = text[finding.start : finding.end]
                names = finding.kind in KINDS and not is_listed(words, language, known)
                # Looked up here too: a name is reported with its title, and as one with the name beside it.
                if not (names and is_no_name(words, language, known)):
                    found.append(Found(finding, words, may_be_no_name=names, place=place))
        told = together("\n".join(texts), (each.finding for each in found), language) if found else None
        other = not seems_written_in("\n".join(texts), language)
        return Screened(tuple(found), self._finder.reads_fully(), told, other)

    def _load(self, languages: tuple[str, ...]) -> None:
        for language in languages:
            self._finder.find("", language, None)
        if not self._finder.reads_fully():
            log.info("texts get the basic check alone; `sixfold doctor` says more")
