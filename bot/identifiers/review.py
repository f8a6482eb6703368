"""The review of a text: every layer, one after the other, and one list of findings."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.identifiers.findings import NAMING, Finding, Kind, Span
from bot.identifiers.generalise import suggestion_for
from bot.identifiers.judgement import judge, spans
from bot.identifiers.lexicon import Lexicon, Trait
from bot.identifiers.lists import WordLists
from bot.identifiers.plain import Plain
from bot.identifiers.reader import LABELS, Reader, ready_reader
from bot.identifiers.rules.addresses import find_addresses
from bot.identifiers.rules.ages import find_ages
from bot.identifiers.rules.contacts import find_contacts
from bot.identifiers.rules.dates import find_dates
from bot.identifiers.rules.numbers import find_numbers
from bot.identifiers.rules.singular import find_families, singular_phrases
from bot.identifiers.standing import NAMELIKE, standing
from bot.identifiers.words import LOW, Case, Manner, Word, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Reading:
    """A text on its way through the layers."""

    text: str
    lexicon: Lexicon
    manner: Manner
    words: Sequence[Word]
    probabilities: "NDArray[np.float32] | None"
    """By word and label; None where there is no reader."""

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last of the words that stand from ``start`` to ``end``."""
        first = bisect_right(self.words, start, key=lambda word: word.end)
        last = bisect_left(self.words, end, key=lambda word: word.start) - 1
        return first, max(first, last)

    def over(self, start: int, end: int, kinds: Sequence[Kind] = ()) -> float:
        """The reader's greatest probability of ``kinds``, or of anything, from ``start`` to ``end``."""
        if self.probabilities is None:
            return 1.0
        first, last = self.between(start, end)
        rows = self.probabilities[first : last + 1]
        if not len(rows):
            return 0.0
        if not kinds:
            return 1.0 - float(rows[:, 0].min())
        return float(rows[:, [LABELS.index(kind) for kind in kinds]].sum(axis=1).max())


def find(text: str, language: str = "en", lists: WordLists | None = None) -> tuple[Finding, ...]:
    """What may identify somebody in ``text``, in order and apart from each other.

    Loads the reader at the first call and goes on without it where it can't be used. Some 40 ms a page:
    not for the event loop. Never raises, whatever ``text`` holds.
    """
    return find_with(ready_reader(), text, language, lists)


def find_with(
    reader: Reader | None, text: str, language: str = "en", lists: WordLists | None = None
) -> tuple[Finding, ...]:
    """The same with this ``reader``, or by rules and word lists alone."""
    plain = Plain.of(text)
    lexicon = Lexicon.of(language)
    manner = Manner.of(plain.text)
    words = words_of(plain.text, lexicon, manner)
    read = reader.read(plain.text, words) if reader is not None and words else None
    reading = Reading(plain.text, lexicon, manner, words, read)
    return apart(_finding(plain, span, reading) for span in review(reading, lists))


def apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """``findings`` without overlaps: one sign may be folded to several, and stand in two of them."""
    kept: list[Finding] = []
    for finding in findings:
        if kept and finding.start < kept[-1].end:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, finding.end))
        else:
            kept.append(finding)
    return tuple(kept)


def _finding(plain: Plain, span: Span, reading: Reading) -> Finding:
    start, end = plain.span(span.start, span.end)
    return Finding(
        start,
        end,
        span.kind,
        span.severity,
        f"finding-{span.why}",
        suggestion_for(span, reading.text, reading.words, reading.lexicon),
    )


def review(reading: Reading, lists: WordLists | None = None) -> list[Span]:
    """Every span that identifies, merged and in order."""
    found = list(by_form(reading))
    judged = judge(reading.words, reading.probabilities, reading.manner, found)
    found += spans(reading.text, judged, reading.probabilities)
    if lists is not None:
        found = [span for span in found if not _is_no_name(span, reading.text, lists)]
        found += [
            Span(start, end, kind, "block", "listed")
            for start, end, kind in lists.spans(reading.text, reading.words)
        ]
    found += repeated(reading, found)
    return merged([_with_titles(span, reading) for span in found], reading.text)


def _is_no_name(span: Span, text: str, lists: WordLists) -> bool:
    return span.kind in NAMING and lists.is_no_name(text[span.start : span.end])


def by_form(reading: Reading) -> Iterator[Span]:
    """What can be told by its form."""
    text = reading.text
    yield from find_contacts(text)
    yield from find_numbers(text, reading.lexicon)
    yield from find_dates(text, reading.lexicon)
    yield from find_ages(text)
    yield from find_addresses(text)
    yield from find_families(text)
    for start, end in singular_phrases(text):
        if reading.probabilities is not None and reading.over(start, end, ("profession",)) > _SINGULAR:
            yield Span(start, end, "profession", "warn", "profession")


_SINGULAR: Final = 0.35


def repeated(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """The names of ``found`` wherever else they stand: in lower case, in the plural, with a possessive s."""
    covered = bytearray(len(reading.text))
    names: dict[str, Span] = {}
    for span in found:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
        if span.kind not in NAMING:
            continue
        first, last = reading.between(span.start, span.end)
        for word in reading.words[first : last + 1]:
            if _is_telling(word, span):
                names[word.key] = span
    for word in reading.words:
        if covered[word.start]:
            continue
        span = (
            names.get(word.key)
            or names.get(word.key.removesuffix("s"))
            or names.get(word.key.removesuffix("es"))
        )
        if span is not None and _is_again(word, reading):
            yield Span(word.start, word.end, span.kind, span.severity, span.why)


def _is_again(word: Word, reading: Reading) -> bool:
    """Whether ``word``, a name elsewhere in the text, is one here: "Hope hopes" has one name."""
    known = standing(word)
    if known in NAMELIKE:
        return word.case not in LOW or len(word.key) >= _LEAST_TELLING
    if word.case in LOW or (word.case is Case.INITIAL and word.is_word):
        return reading.probabilities is not None and reading.over(word.start, word.end) > _REPEATED
    return True


_REPEATED = 0.1
_LEAST_TELLING = 3


def _is_telling(word: Word, span: Span) -> bool:
    if len(word.key) == 1:
        return word.case is Case.CAPITAL and span.kind == "person"
    if len(word.key) < _LEAST_TELLING or word.is_number or word.entry.any(_NO_NAME):
        return False
    if span.kind == "person":
        return not word.entry.safe or span.end - span.start == word.end - word.start
    return standing(word) in NAMELIKE


_NO_NAME = frozenset({Trait.TITLE, Trait.KIN, Trait.ORGANISATION_HEAD, Trait.PLACE_HEAD})


def _with_titles(span: Span, reading: Reading) -> Span:
    """A name with the title before it and the honorific after it ("Ms K", "coach Odom", "Hatçe abla")."""
    if span.kind != "person":
        return span
    first, last = reading.between(span.start, span.end)
    words, text = reading.words, reading.text
    while (
        first > 0
        and _is_title(words[first - 1])
        and _adjacent(text, words[first - 1].end, words[first].start)
    ):
        first -= 1
    while (
        last + 1 < len(words)
        and _is_title(words[last + 1])
        and not words[last + 1].is_word
        and _adjacent(text, words[last].end, words[last + 1].start)
    ):
        last += 1
    return replace(span, start=min(span.start, words[first].start), end=max(span.end, words[last].end))


def _adjacent(text: str, end: int, start: int) -> bool:
    return text[end:start] in {" ", ". ", "."}


def _is_title(word: Word) -> bool:
    if word.case in LOW and word.key in _RELATIVES:
        return False
    return Trait.TITLE in word.entry and word.key not in _SIZES


# "her brother Tomasz" is a word of kin and a name; "Brother Tomasz" is a title.
_RELATIVES = frozenset("brother sister mother father son daughter cousin husband wife partner friend".split())
_SIZES = frozenset("big old young little wee our poor dear the my".split())


# What was found by its form keeps its kind before what was judged by its words.
_BEFORE: Final[tuple[Kind, ...]] = (
    "contact",
    "handle",
    "id",
    "profession",
    "family",
    "place",
    "organisation",
    "person",
    "date",
    "age",
)


def _rank(span: Span) -> tuple[int, int, bool]:
    """The longest first, then by kind, then what says more than its kind ("email" before "contact")."""
    return -(span.end - span.start) // 4, _BEFORE.index(span.kind), span.why == span.kind


def merged(found: Sequence[Span], text: str) -> list[Span]:
    """``found`` in order, those that overlap as one, without the space and the signs at their ends."""
    kept: list[Span] = []
    for span in sorted(filter(None, (_trimmed(each, text) for each in found))):
        if kept and span.start < kept[-1].end:
            one = kept[-1]
            chief = min((one, span), key=_rank)
            severity = "block" if "block" in {one.severity, span.severity} else "warn"
            kept[-1] = replace(chief, start=one.start, end=max(one.end, span.end), severity=severity)
        else:
            kept.append(span)
    return kept


def _trimmed(span: Span, text: str) -> Span | None:
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ",;:" or _opens_nothing(text, start, end)):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return replace(span, start=start, end=end) if start < end else None


def _opens_nothing(text: str, start: int, end: int) -> bool:
    """Whether a bracket opens at ``start`` that does not close before ``end``."""
    return text[start] == "(" and ")" not in text[start:end]
