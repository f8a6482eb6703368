"""What could stand there instead: less precise, and still what matters clinically."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.identifiers.findings import Kind, Span, Suggestion
from bot.identifiers.lexicon import KINDS_OF_ORGANISATION, Entry, Lexicon, Trait, key_of
from bot.identifiers.words import Word

_NEAR: Final = 80
"""Characters before and after a span in which a pronoun or a word of kin is about it."""


def suggestion_for(span: Span, text: str, words: Sequence[Word], lexicon: Lexicon) -> Suggestion:
    """A generalisation of what stands in ``span``: its sentence in ``prompts/`` and what that names."""
    return _MAKERS[span.kind](span, text, words, lexicon)


def _plain(span: Span, _text: str, _words: Sequence[Word], _lexicon: Lexicon) -> Suggestion:
    return Suggestion(f"suggest-{span.kind}")


# What a person is to the client or to the therapist, by the word of kin before the name.
_CLIENT = frozenset("client patient pt cl ct supervisee".split())
_COLLEAGUE = frozenset(
    "supervisor colleague psychiatrist gp doctor consultant manager teacher tutor nurse solicitor worker "
    "interpreter therapist counsellor counselor trainer boss coach".split()
)


def _person(span: Span, text: str, words: Sequence[Word], _lexicon: Lexicon) -> Suggestion:
    """The word of kin that stands there already is enough: "her brother" for "her brother Tomasz"."""
    before = [word for word in words if word.end <= span.start]
    for word in reversed(before[-2:]):
        if text[word.end : span.start].strip(" ,(") and word is not before[-1]:
            break
        if word.key in _CLIENT:
            return Suggestion("suggest-client")
        if word.key in _COLLEAGUE:
            return Suggestion("suggest-colleague")
        if Trait.KIN in word.entry:
            return Suggestion("suggest-kin", (("kin", word.text.lower()),))
    return Suggestion("suggest-person")


# Inhabitants from which on a place is called so.
_SIZES: Final = (
    (1_000_000, "metropolis"),
    (200_000, "city"),
    (20_000, "town"),
    (2_000, "small-town"),
    (1, "village"),
)


def _place(span: Span, text: str, words: Sequence[Word], lexicon: Lexicon) -> Suggestion:
    """By the number of people who live there, where it is known; of places of one name, the largest."""
    if span.why == "address":
        return Suggestion("suggest-address")
    within = [word for word in words if span.start <= word.start and word.end <= span.end]
    entries: list[Entry] = [lexicon.entry(key_of(text[span.start : span.end]))]
    entries += [entry for word in within for entry in (word.phrase, word.entry) if entry is not None]
    for entry in entries:
        if Trait.COUNTRY in entry:
            return Suggestion("suggest-country")
        people = entry.traits.get(Trait.PLACE, 0)
        for least, size in _SIZES:
            if people >= least:
                return Suggestion(f"suggest-{size}")
    return Suggestion("suggest-place")


_SHADES = re.compile(r"\b(primary|elementary|infants?|secondary|high|middle)\b", re.IGNORECASE)
_PRIMARY = frozenset({"primary", "elementary", "infant", "infants"})


def _organisation(span: Span, text: str, words: Sequence[Word], lexicon: Lexicon) -> Suggestion:
    """By the word that says what it is ("… Academy", "… Ltd"), or by what is known of a large employer."""
    written = text[span.start : span.end]
    shade = _SHADES.search(written)
    if shade is not None:
        return Suggestion(
            "suggest-primary-school" if shade.group().lower() in _PRIMARY else "suggest-secondary-school"
        )
    within = [word for word in words if span.start <= word.start and word.end <= span.end]
    entries = [lexicon.entry(key_of(written)), *(word.phrase or word.entry for word in within)]
    for trait in (Trait.ORGANISATION_HEAD, Trait.EMPLOYER):
        for entry in reversed(entries):
            if trait in entry:
                return Suggestion(
                    "suggest-organisation", (("kind", KINDS_OF_ORGANISATION[entry.traits[trait]]),)
                )
    return Suggestion("suggest-organisation", (("kind", KINDS_OF_ORGANISATION[0]),))


_SEASONS: Final = {
    "winter": "dec jan feb dez janv févr",
    "spring": "mar apr may mai mei mär avr",
    "summer": "jun jul aug juin juil",
    "autumn": "sep oct nov okt",
}
_MONTH = re.compile(r"[^\W\d_]{3,}")


def _date(span: Span, text: str, _words: Sequence[Word], _lexicon: Lexicon) -> Suggestion:
    """The season of a month, "some years ago" for a year, "around a holiday" for a feast."""
    written = text[span.start : span.end].lower()
    for word in _MONTH.findall(written):
        for season, beginnings in _SEASONS.items():
            if word.startswith(tuple(beginnings.split())):
                return Suggestion("suggest-season", (("season", season),))
    if re.search(r"(?:19|20)\d\d|['’]\d\d", written):
        return Suggestion("suggest-years")
    return Suggestion("suggest-date" if any(c.isdigit() for c in written) else "suggest-holiday")


_TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_UNITS = {
    word: number
    for number, word in enumerate(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen "
            "eighteen nineteen"
        ).split(),
        start=1,
    )
}
_STAGES: Final = ((2, "toddler"), (5, "small-child"), (11, "child"), (17, "teenager"), (19, "late-teens"))
_OLD: Final = 80
_SHE = re.compile(r"\b(?:she|her|hers|woman|mother|daughter|girl|wife|sister|mum|f)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|him|his|man|father|son|boy|husband|brother|dad|m)\b", re.IGNORECASE)


def years_in(written: str) -> int | None:
    """The age that ``written`` names, in years; None where it names none."""
    figures = re.search(r"\d{1,3}", written)
    if figures is not None:
        return int(figures.group())
    years = 0
    for word in re.findall(r"[a-z]+", written.lower()):
        cardinal = "one" if word == "first" else re.sub(r"ieth$", "y", word).removesuffix("th")
        years += _TENS.get(cardinal, 0) + _UNITS.get(cardinal, 0)
    return years or None


_NO_YEARS = re.compile(r"[- ]?(?:mo|mths?|months?|weeks?|wks?|days?)\b", re.IGNORECASE)
_SEX: Final = re.compile(r"\d\s?(?:yo|y/o|yrs?)?\s?([fm])$", re.IGNORECASE)


def _age(span: Span, text: str, _words: Sequence[Word], _lexicon: Lexicon) -> Suggestion:
    """A stage of childhood, or a decade with the pronoun that stands nearest."""
    written = text[span.start : span.end]
    years = years_in(written)
    if years is None:
        return Suggestion("suggest-age")
    if _NO_YEARS.match(text, span.end) or _NO_YEARS.search(written):
        return Suggestion("suggest-toddler")
    for oldest, stage in _STAGES:
        if years <= oldest:
            return Suggestion(f"suggest-{stage}")
    if years >= _OLD:
        return Suggestion("suggest-over-eighty")
    return Suggestion(f"suggest-decade-{years // 10 * 10}", (("whose", _whose(span, text)),))


def _whose(span: Span, text: str) -> str:
    sex = _SEX.search(text[span.start : span.end])
    if sex is not None:
        return "her" if sex[1] in "fF" else "his"
    first = max(0, span.start - _NEAR)
    around = text[first : span.end + _NEAR]
    middle = span.start - first

    def nearest(pattern: re.Pattern[str]) -> int:
        return min((abs(match.start() - middle) for match in pattern.finditer(around)), default=_NEAR * 2)

    she, he = nearest(_SHE), nearest(_HE)
    return "their" if she == he else "her" if she < he else "his"


_MAKERS: Final[Mapping[Kind, Callable[[Span, str, Sequence[Word], Lexicon], Suggestion]]] = {
    "person": _person,
    "place": _place,
    "organisation": _organisation,
    "date": _date,
    "age": _age,
    "contact": _plain,
    "id": _plain,
    "handle": _plain,
    "profession": _plain,
    "family": _plain,
}
