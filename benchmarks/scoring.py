"""How well findings of identifying details agree with what people have marked.

A marked span is found when every word of it is covered by the findings, whatever their kind; titles and small
words are left out. Precision counts the findings, grown together where they touch, that touch a marked span;
those on spans marked as neutral count neither way. A text leaks when a name in it is not wholly covered.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Gold = Mapping[str, Any]
"""A marked text: ``id``, ``text``, ``spans``, and perhaps ``safe_spans``, ``neutral_spans`` and ``clean``."""
Found = Sequence[Mapping[str, Any]]
"""Findings in one text, each with its ``start`` and ``end``."""

_TITLES = "mr mrs ms miss dr prof professor mx sir father pastor hhj dom hajja don mme herr frau pani hanım"
_MORE_TITLES = "mevrouw meneer md phd jr sr judge officer mevr auntie uncle"
_SMALL = frozenset(f"{_TITLES} {_MORE_TITLES} the of and a an at on in st no nr about to s".split())
_WORD = re.compile(r"\w+")


@dataclass
class Score:
    """Counts over many texts, and what follows from them."""

    marked: Counter[str] = field(default_factory=Counter[str])
    whole: Counter[str] = field(default_factory=Counter[str])
    right: int = 0
    wrong: int = 0
    words: int = 0
    texts: int = 0
    texts_with_names: int = 0
    texts_that_leak: int = 0
    clean_texts: int = 0
    clean_texts_flagged: int = 0
    safe: int = 0
    safe_flagged: int = 0

    def recall(self, *kinds: str) -> float | None:
        """The share of the spans of ``kinds`` that were found whole; None where there are none."""
        marked = sum(self.marked[kind] for kind in kinds)
        return sum(self.whole[kind] for kind in kinds) / marked if marked else None

    @property
    def precision(self) -> float:
        """The share of findings that touch a marked span."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def wrong_a_hundred_words(self) -> float:
        """Findings that touch nothing marked, in a hundred words."""
        return 100 * self.wrong / max(1, self.words)

    def add(self, gold: Gold, found: Found) -> None:
        """Count what was ``found`` in the text of ``gold``."""
        text = gold["text"]
        covered = _mask(text, found)
        self.texts += 1
        self.words += len(text.split())
        self._add_spans(gold, covered)
        wrong = self._add_findings(gold, found)
        for span in gold.get("safe_spans", []):
            self.safe += 1
            self.safe_flagged += _touched(covered, _telling(text, span["start"], span["end"]))
        if gold.get("clean"):
            self.clean_texts += 1
            self.clean_texts_flagged += wrong > 0

    def _add_spans(self, gold: Gold, covered: bytes) -> None:
        leaks = names = False
        for span in gold["spans"]:
            whole = all(all(covered[a:b]) for a, b in _telling(gold["text"], span["start"], span["end"]))
            self.marked[span["type"]] += 1
            self.whole[span["type"]] += whole
            names |= span["type"] == "PERSON"
            leaks |= span["type"] == "PERSON" and not whole
        self.texts_with_names += names
        self.texts_that_leak += leaks

    def _add_findings(self, gold: Gold, found: Found) -> int:
        text = gold["text"]
        wanted, neutral = _mask(text, gold["spans"]), _mask(text, gold.get("neutral_spans", []))
        wrong = 0
        for start, end in _grown_together(found):
            words = _telling(text, start, end)
            if _touched(wanted, words):
                self.right += 1
            elif words and not _touched(neutral, words):
                wrong += 1
        self.wrong += wrong
        return wrong


def score(golds: Iterable[Gold], found: Mapping[str, Found]) -> Score:
    """The score of what was ``found``, by the id of each text."""
    done = Score()
    for gold in golds:
        done.add(gold, found.get(gold["id"], ()))
    return done


def lowered(text: str) -> str:
    """``text`` without capitals, each letter where it was: one whose small form is longer stays."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _telling(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words from ``start`` to ``end`` without the small ones, or all where there are only such."""
    words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
    return [(a, b) for a, b in words if text[a:b].lower() not in _SMALL] or words


def _mask(text: str, spans: Found) -> bytes:
    covered = bytearray(len(text) + 1)
    for span in spans:
        end = min(span["end"], len(text))
        covered[span["start"] : end] = b"\1" * max(0, end - span["start"])
    return bytes(covered)


def _touched(mask: bytes, words: Iterable[tuple[int, int]]) -> bool:
    return any(any(mask[a:b]) for a, b in words)


def _grown_together(found: Found) -> list[tuple[int, int]]:
    grown: list[tuple[int, int]] = []
    for start, end in sorted((each["start"], each["end"]) for each in found):
        if grown and start <= grown[-1][1]:
            grown[-1] = grown[-1][0], max(end, grown[-1][1])
        else:
            grown.append((start, end))
    return grown
