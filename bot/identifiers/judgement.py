"""Which words identify: what the reader says of each, weighed by how it is written and what is known of it.

A capitalised word that is not known to be safe is found unless the reader is sure of the contrary (deny
by default); a common word in lower case only where the reader is nearly sure of it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from bot.identifiers.findings import NAMING, Kind, Severity, Span
from bot.identifiers.lexicon import Trait
from bot.identifiers.plausible import settled
from bot.identifiers.reader import LABELS
from bot.identifiers.standing import NAMELIKE, Judged, Standing, standing
from bot.identifiers.words import LOW, Case, Manner, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


# The least probability, by the reader, of being an identifier. Chosen on hands of ``training/texts`` that the
# reader of that time had not learnt from.
_LEAST: Final[dict[Standing, tuple[float, float, float, float, float]]] = {
    # Case:                  LOWER CASELESS INITIAL CAPITAL CAPITALS
    Standing.SAFE:          (0.80, 0.90, 0.95, 0.35, 0.90),
    Standing.FAMOUS:        (0.80, 0.93, 0.95, 0.25, 0.85),
    Standing.WORD:          (0.45, 0.60, 0.45, 0.05, 0.30),
    Standing.WORD_AND_NAME: (0.55, 0.35, 0.22, 0.04, 0.30),
    Standing.NAME:          (0.15, 0.12, 0.10, 0.03, 0.10),
    Standing.TOWN:          (0.10, 0.05, 0.10, 0.02, 0.10),
    Standing.UNKNOWN:       (0.60, 0.25, 0.30, 0.04, 0.10),
    Standing.NUMBER:        (0.50, 0.45, 0.30, 0.30, 0.05),
}  # fmt: skip
_CASES: Final = {case: place for place, case in enumerate(Case)}
_WHY: Final[dict[Kind, str]] = {
    "person": "name",
    "place": "place",
    "organisation": "organisation",
    "date": "date",
    "age": "age",
    "contact": "contact",
    "handle": "handle",
    "id": "id",
    "profession": "profession",
    "family": "family",
}


def judge(
    words: Sequence[Word], read: "NDArray[np.float32] | None", manner: Manner, told: Sequence[Span]
) -> list[Judged]:
    """What each of ``words`` identifies, by ``read`` (of the reader), or by form alone where that is None.

    ``told`` is what its form told already: without a reader, a month in it is no name as well.
    """
    introduced = [_is_introduced(words, number) for number in range(len(words))]
    if read is not None:
        return [
            _by_reading(word, row, manner, introduced=by)
            for word, row, by in zip(words, read, introduced, strict=True)
        ]
    ends = words[-1].end if words else 0
    covered = bytearray(max([ends, *(span.end for span in told)]))
    for span in told:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return [
        Judged(word, None, 0.0) if covered[word.start] else _by_form(word, manner, introduced=by)
        for word, by in zip(words, introduced, strict=True)
    ]


def _is_introduced(words: Sequence[Word], number: int) -> bool:
    """Whether a capitalised word stands right after one that introduces people ("my client Rogers")."""
    if number == 0 or words[number].case is not Case.CAPITAL:
        return False
    before = words[number - 1]
    return (
        words[number].start - before.end == 1
        and before.entry.any(_INTRODUCING)
        and not words[number].entry.any(_NO_NAMES)
    )


_INTRODUCING = frozenset({Trait.KIN, Trait.TITLE})
_NO_NAMES = frozenset({Trait.CLINICAL, Trait.PEOPLE, Trait.KIN, Trait.TITLE, Trait.DIAGNOSIS})
_INTRODUCED = 0.1


def _by_reading(word: Word, row: "NDArray[np.float32]", manner: Manner, *, introduced: bool) -> Judged:
    certainty = 1.0 - float(row[0])
    case = Case.LOWER if manner.capitalised and word.case is not Case.CAPITALS else word.case
    least = _LEAST[standing(word)][_CASES[case]]
    if certainty < (min(least, _INTRODUCED) if introduced else least):
        return Judged(word, None, certainty)
    return Judged(word, LABELS[1 + int(row[1:].argmax())], certainty)


def _by_form(word: Word, manner: Manner, *, introduced: bool) -> Judged:
    """Deny by default, without a reader: names, and capitals that nothing explains."""
    known = standing(word)
    if word.case is Case.CAPITAL and not manner.capitalised:
        named = known is Standing.WORD_AND_NAME and Trait.FIRST_NAME in word.entry
        found = known in NAMELIKE or named or introduced
    elif word.case is Case.CAPITALS:
        found = known in {Standing.NAME, Standing.TOWN}
    elif word.case is Case.INITIAL:
        found = known in NAMELIKE
    else:
        found = known in {Standing.NAME, Standing.TOWN} and len(word.key) > _SHORT
    if not found:
        return Judged(word, None, 0.0)
    entry = word.entry
    by_name = Trait.FIRST_NAME in entry or Trait.PLACE not in entry
    return Judged(word, "person" if by_name else "place", 0.5)


_WITHIN = re.compile(r"[\s.'’&/-]{1,3}")
_BREAK = re.compile(r"[.!?]\s|\n")
_JOINED: Final[frozenset[Kind]] = frozenset(
    {"profession", "family", "organisation", "contact", "date", "place"}
)
_LONGEST_GAP = 4
_SHORT = 3


def spans(text: str, judged: Sequence[Judged], read: "NDArray[np.float32] | None") -> Iterator[Span]:
    """The words that identify, grown together where they belong to one name or one phrase."""
    kinds: list[Kind | None] = [each.kind for each in judged]
    if read is not None:
        _fill_gaps(text, judged, kinds, read)
        _stretch(text, judged, kinds, read)
    _grow(text, judged, kinds, read)
    first = 0
    while first < len(judged):
        kind = kinds[first]
        if kind is None:
            first += 1
            continue
        last = first
        while last + 1 < len(judged) and _together(
            text, judged[last], judged[last + 1], kind, kinds[last + 1]
        ):
            last += 1
        group = judged[first : last + 1]
        chief = _kind_of(group, kinds[first : last + 1])
        told = chief if read is None else settled(chief, group, judged[max(0, first - _BEFORE) : first])
        if told is not None:
            yield Span(group[0].word.start, group[-1].word.end, told, _severity(group, told), _WHY[told])
        first = last + 1


def _together(text: str, one: Judged, other: Judged, kind: Kind, next_kind: Kind | None) -> bool:
    between = text[one.word.end : other.word.start]
    if _BREAK.search(between) and len(one.word.text) > 1:
        return False
    if kind == next_kind:
        return (kind not in {"person", "age"} and len(between) <= _SHORT) or _WITHIN.fullmatch(
            between
        ) is not None
    return kind in NAMING and next_kind in NAMING and between == " "


def _fill_gaps(
    text: str, judged: Sequence[Judged], kinds: list[Kind | None], read: "NDArray[np.float32]"
) -> None:
    """Small words between two parts of one phrase belong to it ("the only vet *on the* island")."""
    last: int | None = None
    for number, kind in enumerate(list(kinds)):
        if kind is None:
            continue
        if (
            last is not None
            and 1 < number - last <= _LONGEST_GAP + 1
            and kind == kinds[last]
            and kind in _JOINED
            and _BREAK.search(text, judged[last].word.end, judged[number].word.start) is None
        ):
            column = LABELS.index(kind)
            if all(read[between, column] > _IN_A_GAP for between in range(last + 1, number)):
                for between in range(last + 1, number):
                    kinds[between] = kind
        last = number


def _stretch(
    text: str, judged: Sequence[Judged], kinds: list[Kind | None], read: "NDArray[np.float32]"
) -> None:
    """A phrase goes on as long as the reader gives its kind some chance."""
    count = len(judged)
    for numbers, step in ((range(count), 1), (reversed(range(count)), -1)):
        for number in numbers:
            other = number - step
            kind = kinds[other] if 0 <= other < count else None
            if kinds[number] is not None or kind is None or kind not in _JOINED:
                continue
            one, two = sorted((number, other))
            if _BREAK.search(text, judged[one].word.end, judged[two].word.start):
                continue
            if read[number, LABELS.index(kind)] > _STRETCHED.get(kind, _IN_A_GAP):
                kinds[number] = kind


_IN_A_GAP = 0.12
_STRETCHED: Final[dict[Kind, float]] = {
    "profession": 0.015,
    "family": 0.015,
    "organisation": 0.04,
    "place": 0.05,
    "date": 0.05,
}
_BESIDE = 0.08


def _grow(
    text: str, judged: Sequence[Judged], kinds: list[Kind | None], read: "NDArray[np.float32] | None"
) -> None:
    """Capitalised words beside a name belong to it, and so does what says what it is ("… Primary School")."""
    count = len(judged)
    for number in [*range(count), *reversed(range(count))]:
        if kinds[number] is not None:
            continue
        for other in (number - 1, number + 1):
            if not 0 <= other < count or kinds[other] not in NAMING:
                continue
            one, two = sorted((number, other))
            if text[judged[one].word.end : judged[two].word.start].replace("'s", "").replace("’s", "") != " ":
                continue
            if _belongs(judged[number].word, judged[other].word, after=other < number) or (
                read is not None
                and judged[number].word.entry.any(_HEADS)
                and other < number
                and 1 - read[number, 0] > _BESIDE
            ):
                kinds[number] = kinds[other]
                break


_HEADS = frozenset({Trait.ORGANISATION_HEAD, Trait.PLACE_HEAD})


def _belongs(word: Word, name: Word, *, after: bool) -> bool:
    if name.case in LOW or word.is_number or word.entry.any(_NEVER_GROWN):
        return False
    if word.case is Case.CAPITAL:
        return standing(word) not in {Standing.SAFE, Standing.FAMOUS} or word.entry.any(_HEADS)
    return not after and word.case is Case.INITIAL and Trait.FIRST_NAME in word.entry and not word.is_word


_NEVER_GROWN = frozenset({Trait.PEOPLE, Trait.KIN, Trait.CLINICAL})
_SURE = 0.9
_BEFORE = 5


def _kind_of(group: Sequence[Judged], kinds: Sequence[Kind | None]) -> Kind:
    """The kind that most letters of ``group`` speak for."""
    letters: dict[Kind, int] = {}
    for each, kind in zip(group, kinds, strict=True):
        if kind is not None:
            letters[kind] = letters.get(kind, 0) + len(each.word.text)
    return max(letters, key=lambda kind: letters[kind])


def _severity(group: Sequence[Judged], kind: Kind) -> Severity:
    """Blocks only what several signs tell: a wrong warning costs a glance, a wrong block an argument."""
    if kind not in _DIRECT:
        return "warn"
    sure = [each for each in group if each.certainty > _SURE]
    if kind != "person":
        return "block" if any(standing(each.word) in _NOT_KNOWN for each in sure) else "warn"
    if len(sure) > 1 and all(each.word.case not in LOW for each in sure):
        return "block"
    return "block" if any(_is_plainly_a_name(each.word) for each in sure) else "warn"


_DIRECT: Final[frozenset[Kind]] = frozenset({"person", "contact", "handle", "id"})
_NOT_KNOWN = frozenset({Standing.NAME, Standing.TOWN, Standing.UNKNOWN, Standing.NUMBER})


def _is_plainly_a_name(word: Word) -> bool:
    known = standing(word)
    if word.case in {Case.CAPITAL, Case.INITIAL}:
        return known is Standing.NAME or (known is Standing.UNKNOWN and word.case is Case.CAPITAL)
    return known is Standing.NAME and Trait.FIRST_NAME in word.entry
