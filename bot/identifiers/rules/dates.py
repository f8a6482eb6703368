"""Dates: by their form, by the words around them, and by the feasts that everyone can look up."""

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Span
from bot.identifiers.lexicon import Lexicon, Trait, key_of
from bot.identifiers.plain import lowered

# Months that are told by their word alone.
_MONTHS: Final = frozenset(
    (
        "january february april june july august september october november december jan feb febr apr jul "
        "aug sept oct "
        "januari februari maart juli augustus oktober januar jänner februar märz dezember janvier février "
        "avril juin "
        "juillet août septembre octobre novembre décembre enero febrero abril junio julio septiembre "
        "octubre noviembre "
        "diciembre gennaio febbraio aprile giugno settembre ottobre dicembre janeiro fevereiro março junho "
        "julho "
        "setembro outubro novembro dezembro şubat mayıs haziran temmuz ağustos eylül kasım aralık stycznia "
        "lutego "
        "kwietnia czerwca lipca sierpnia września października listopada grudnia"
    ).split()
)
# These need a number beside them, or before "may" and "march" a word that goes before a time.
_ALSO_WORDS: Final = frozenset("may march".split())
_ALSO_OTHER: Final = frozenset(
    (
        "mar jun sep nov dec mei mai mayo maio marzo maggio luglio agosto ocak nisan ekim mars maja marca "
        "juni rajab "
        "shaban safar shawwal kislev tishrei elul adar tevet iyar sivan tammuz cheshvan shvat"
    ).split()
)
_ANY_MONTH: Final = _MONTHS | _ALSO_WORDS | _ALSO_OTHER
_WORD = re.compile(r"[^\W\d_]+")

_UNIT = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
_ORDINAL = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:twenty|thirty)[- ]?{_UNIT}|{_UNIT}|tenth|eleventh|twelfth|thirteenth|"
    rf"fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|fri|sat|sun)"
_PART = (
    r"(?:(?:the\s+)?(?:night|morning|evening|afternoon|day|week|weekend|spring|summer|autumn|fall|winter|"
    r"end|start|"
    rf"beginning|middle|(?:{_ORDINAL}|last)\s+(?:{_WEEKDAY}|day|week|weekend))\s+(?:of|in)\s+(?:the\s+)?"
    r"|(?:early|mid|late)[\s-]+)"
)
_YEAR = r"(?:19|20)\d\d"
_SHORT_YEAR = r"['’]\d\d(?!\w)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_SPOKEN_YEAR = (
    rf"(?:nineteen[- ](?:(?:oh|o)[- ]{_ONES}|{_TENS}(?:[- ]{_ONES})?|{_TEENS})"
    rf"|twenty[- ](?:(?:oh|o)[- ]{_ONES}|twenty[- ]{_ONES}|{_TEENS})|two thousand and {_ONES})"
)
_TAIL = rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}(?![\w/-])|{_SHORT_YEAR}|{_SPOKEN_YEAR}\b))?"
_DAY_BEFORE = re.compile(
    rf"(?:{_PART})?(?:\b{_WEEKDAY},?\s+)?(?:the\s+)?(?<![\w./:-])(?:(?:{_ORDINAL}|{_DAY}\.?)\s*(?:[-–/&]|"
    rf"to|and|or)\s*)?"
    rf"(?:{_ORDINAL}|{_DAY}\.?)[\s-]*(?:de\s+|del\s+|of\s+)?$"
)
_ENDS_A_DAY: Final = frozenset({"of", "de", "del"})
_ORDINALLY: Final = ("st", "nd", "rd", "th", "-")
_PART_BEFORE = re.compile(rf"(?:{_PART}|\b(?:last|next|this|every)\s+)$")
_DAY_AFTER = re.compile(
    rf"\.?,?[\s-]+(?:the\s+)?(?:{_ORDINAL}|{_DAY}(?![\d:%]|\.\d|\s?(?:am|pm)\b))\b"
    rf"(?!\s+(?:sessions?|people|years?|clients?|weeks?|months?|minutes?|times?|hours?|days?|of\s+us|"
    rf"more)\b){_TAIL}"
)
_YEAR_AFTER = re.compile(
    rf"\.?(?:(?:\s+de|\s+of|,)?[\s/-]*(?:{_YEAR}(?!\d)|{_SHORT_YEAR})|(?:,?\s+)(?:{_SPOKEN_YEAR}|"
    rf"\d\d(?=[,.;)]|$))\b)"
)
_TIME_BEFORE = re.compile(
    r"\b(?:in|since|last|next|by|until|till|til|from|during|before|after|early|late|mid|every|around|for|"
    r"of|through)\s+$"
)
_A_VERB = re.compile(
    r" +(?:be|have|has|not|i|we|he|she|they|you|it|the|well|also|seem|feel|need|want|help|into|up|out|off|"
    r"over|forward|"
    r"or|send|go|do|get|take|come|say)\b"
)
_ENDS = re.compile(r"\s*(?:[.,;:!?)]|$)")
_LOOK_BACK = 48

_NUMERIC = re.compile(
    rf"(?<![\w./-])(?:{_DAY}|1[0-2])([./-])(?:{_DAY}|1[0-2])\1(?:(?:19|20)\d\d|\d\d)(?![\w/-])"
    rf"|(?<![\w./-])(?:19|20)\d\d([./-])(?:1[0-2]|0?[1-9])\2{_DAY}(?![\w/-])"
)
# A day and a month without a year look like a score, and are told by what stands before them.
_NO_YEAR = re.compile(
    r"\b(?:(?:on|since|until|till|til|dated|before|as\s+of|following|seen|came|born|due|dob|d\.o\.b\.?|adm|"
    r"admitted|"
    r"appt|appointment|recvd|rec'd|received|discharged|self-refd|dna)(?:\s+the)?|am|vom|bis|seit|zum)[:,]?\s+"
    r"(?P<days>(?:\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\b\.?)(?:,\s*(?:dna\s+)?\d{1,2}[/.]\d{1,2}\b)*)"
    r"(?![\w%/:-]|\.\d|\s+(?:of|items|mg|am|pm|hours)\b)"
)
_FEW_DAYS: Final = frozenset({"24/7", "9/11", "7/7"})
_ON_THE = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY}\s+the\s+\d{{1,2}}(?:st|nd|rd|th)\b)"
    r"|\b(?:(?:on|by|until|till|til|since|for|from|before|due|was)\s+(?P<day>the\s+\d{1,2}(?:st|nd|rd|th))"
    r"|(?:on|by|until|till|since|due)\s+(?P<worded>the\s+(?:(?:twenty|thirty)[- ]?(?:first|second|third)|"
    r"(?:twenty[- ])?"
    r"(?:fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth)))"
    r"(?=\s*(?:[.,;:!?)\n]|$)|\s{2}|\s+(?:and|but|or|she|he|they|i|we|at|when|so|to|with|because|in|is|was|"
    r"of\s+(?:this|next|last))\b)"
)
_SEASON = r"(?:(?:the|last|this|next)\s+)?(?:spring|summer|autumn|fall|winter)"
_YEARS = re.compile(
    rf"(?:{_SEASON}(?:\s+of)?\s+)?(?<![\w./$£€₹-])(?:{_YEAR})(?:\s?[-–/]\s?(?:{_YEAR}|\d\d))?(?![\w]|"
    rf"[-–/]\w|[.,]\d)"
    rf"|{_SEASON}(?:(?:\s+of)?\s+{_SHORT_YEAR}|\s+of\s+\d\d\b(?!\s?[%:/]|\s+\w+s\b))"
    rf"|\b(?:class|in|since|from|until|of|back\s+in)\s+(?P<short>{_SHORT_YEAR}|{_SPOKEN_YEAR}\b)"
)
_COUNTED = re.compile(
    r"\s?(?:mg|ml|kcal|calories|steps|words|people|euros?|pounds|dollars|quid|rupees|naira|rand|lira|"
    r"patients|clients|"
    r"students|miles|metres|meters|km|hours|hrs|%|times|characters|kr)\b"
)
_COUNTING = re.compile(
    r"(?:\b(?:pay|pays|paid|paying|fees?|cost|costs|owed?|owes|charged?|charges|earns?|lent|spent|rs|inr|"
    r"usd|gbp|eur|"
    r"about|roughly|over|than|least|most|nearly|almost)\s+|\bet\s+al\.?,?\s+\(?)$"
)
_LAST_WORD = re.compile(r"([^\W\d_]+)(?:['’]s)?,?\s+\(?$")

_BEFORE_A_FEAST = re.compile(
    r"\b(?:on|at|by|of|since|before|after|until|till|til|from|last|next|this|every|over|around|for|during|"
    r"in|come|past|"
    r"following|afore|eve\s+of|feast\s+of|week\s+of|day\s+of|night\s+of)\s+(?:the\s+)?(?:last\s+|next\s+|"
    r"this\s+)?"
    r"(?!(?:the|a|an|her|his|my|their|our|it|this|that|him|them|me|us|you|she|he|they|i|we|and|to|what|"
    r"which)\b)(?=[^\W\d_])"
)
_FEAST_WORDS = re.compile(r"[\w'’-]+\.?(?: [\w'’-]+){0,3}")
_FEAST_DAY = re.compile(r"\b(?:day|eve|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|holiday)\b")
_WORDS_BEFORE = re.compile(r"(?:[\w'’-]+\.? ){1,3}$")
_SAINT = re.compile(
    r"\b(?:the\s+)?(?:(?:feast|eve|name[- ]day)\s+of\s+)?(?:st|saint|san|sankt|santa|"
    r"sant)\b\.?\s+[^\W\d_]+(?:['’]?s)?['’]?\s+(?:day|eve)\b"
    r"|\b(?:the\s+)?(?:feast|eve|name[- ]day)\s+of\s+(?:the\s+\w+|(?:st|saint|san|"
    r"sankt)\b\.?\s+[^\W\d_]+(?:['’]s\s+day)?)"
)
_AFTER_A_FEAST = re.compile(rf"(?:\s+(?:week|weekend|eve|day|morning|night|term)\b)?{_TAIL}")
# Feasts whose words mean something else as often: they count with a capital.
_OFTEN_NO_FEAST: Final = frozenset(
    (
        "pride carnival noel advent epiphany homecoming omer solstice freshers durbar valentines ascension "
        "assumption"
    ).split()
) | {"name day"}


def find_dates(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Months, days, years, feasts and dates in figures in ``text``. Each warns."""
    lower = lowered(text)
    for start, end in (
        *_months(text, lower),
        *_figures(lower),
        *_years(text, lower, lexicon),
        *_feasts(text, lower, lexicon),
    ):
        yield Span(start, end, "date", "warn", "date")


def _months(text: str, lower: str) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(lower):
        month = word.group()
        if month not in _ANY_MONTH:
            continue
        start, end = word.span()
        before = lower[max(0, start - _LOOK_BACK) : start]
        last = (before.split() or [""])[-1]
        numbered = last.rstrip(".-")[-1:].isdigit() or last in _ENDS_A_DAY or last.endswith(_ORDINALLY)
        day = _DAY_BEFORE.search(before) if numbered else None
        after = _DAY_AFTER.match(lower, end) if day is None else None
        after = after or _YEAR_AFTER.match(lower, end)
        if day is None and after is None and not _is_month(text, lower, start, end):
            continue
        first = day or _PART_BEFORE.search(before)
        yield start - (len(before) - first.start() if first else 0), after.end() if after else end


def _is_month(text: str, lower: str, start: int, end: int) -> bool:
    """Whether the word from ``start`` to ``end`` is a month although no number stands beside it."""
    month = lower[start:end]
    if month in _MONTHS:
        august = month == "august" and text[start].islower() and lower.endswith("an ", 0, start)
        return not august and not lower.startswith(" showers", end)
    if month in _ALSO_OTHER or _A_VERB.match(lower, end):
        return False
    before = lower[max(0, start - _LOOK_BACK) : start]
    if _TIME_BEFORE.search(before) or (before.endswith("this ") and _ENDS.match(lower, end)):
        return True
    # A capital inside a sentence that is no title.
    return (
        text[start].isupper()
        and text[start + 1].islower()
        and text[start - 2 : start - 1].islower()
        and (_WORD.findall(text[max(0, start - _LOOK_BACK) : start]) or [""])[-1].islower()
    )


def _figures(lower: str) -> Iterator[tuple[int, int]]:
    for match in _NUMERIC.finditer(lower):
        yield match.span()
    for match in _NO_YEAR.finditer(lower):
        days = re.findall(r"\d+[/.]\d+", match["days"])
        if all(_is_day(day) for day in days):
            yield match.span("days")
    for match in _ON_THE.finditer(lower):
        yield match.span(match.lastgroup or 0)


def _is_day(written: str) -> bool:
    one, other = map(int, re.split(r"[/.]", written))
    return written not in _FEW_DAYS and min(one, other) in range(1, 13) and max(one, other) in range(1, 32)


def _years(text: str, lower: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    for match in _YEARS.finditer(lower):
        if match["short"]:
            yield match.span("short")
            continue
        start, end = match.span()
        before = text[max(0, start - _LOOK_BACK) : start]
        if _COUNTED.match(lower, end) or _COUNTING.search(lowered(before)):
            continue
        word = _LAST_WORD.search(before)
        entry = lexicon.entry(key_of(word[1])) if word else None
        if word is not None and entry is not None:
            if Trait.FAMOUS in entry and word[1][0].isupper():
                # An author: "Bowlby (1969)".
                continue
            if Trait.FESTIVAL in entry:
                start -= len(before) - word.start()
        yield start, end


def _feasts(text: str, lower: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    for match in _SAINT.finditer(lower):
        yield match.span()
    for cue in _BEFORE_A_FEAST.finditer(lower):
        words = _FEAST_WORDS.match(lower, cue.end())
        if words is None:
            continue
        end = words.end()
        while end > cue.end():
            if _is_feast(text, cue.end(), end, lexicon):
                before = lower[max(0, cue.end() - _LOOK_BACK) : cue.end()]
                part = _PART_BEFORE.search(before)
                end -= lower[end - 1] == "."
                after = _AFTER_A_FEAST.match(lower, end)
                yield cue.end() - (len(before) - part.start() if part else 0), after.end() if after else end
                break
            end = lower.rfind(" ", cue.end(), end)
    for day in _FEAST_DAY.finditer(lower):
        before = _WORDS_BEFORE.search(lower, max(0, day.start() - _LOOK_BACK), day.start())
        start = before.start() if before else day.start()
        while start < day.start():
            if _is_feast(text, start, day.end(), lexicon):
                after = _AFTER_A_FEAST.match(lower, day.end())
                yield start, after.end() if after else day.end()
                break
            start = lower.find(" ", start, day.start()) + 1


def _is_feast(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    key = key_of(text[start:end].removesuffix("."))
    if Trait.FESTIVAL not in lexicon.entry(key):
        # "St Patrick's" is short for his day.
        return key.startswith("st ") and key.endswith("s") and Trait.FESTIVAL in lexicon.entry(f"{key} day")
    return key not in _OFTEN_NO_FEAST or text[start].isupper()
