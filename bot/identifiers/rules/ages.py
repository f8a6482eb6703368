"""Ages that are told as ages. A figure without such words is the reader's to judge."""

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Span
from bot.identifiers.plain import lowered

_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_NUMBER = re.compile(
    rf"(?<![\w.,/£$€-])(?:(?:{_TENS}(?:[- ]{_ONES})?|{_TEENS}|{_ONES})(?![^\W_])(?:\s+and\s+a\s+half\b)?"
    r"|(?:1[01]\d|[1-9]\d?)(?!\d|[.,:/]\d|[%£$€]))"
)
_ABROAD = r"ans|años|anos|anni|jahre|jaar|lat|yaşında"
# What stands after an age, whatever stands before it.
_OLD = re.compile(
    r"mo\b|[- ]?(?:(?:years?|yrs?|y)[-\s/]?(?:olds?|o)\b|y/o\b|yro\b|yo\b"
    r"|(?:months?|mths?|mos?|weeks?|wks?|days?)[- ]old\b"
    rf"|(?:years?|{_ABROAD})\b[\s,.)]*(?:of age|alt|oud)\b)"
    rf"|\s(?:{_ABROAD})\b"
)
_SHORT = re.compile(r"\s?(?:yo|y/o|yro|mo)\b")
_SEX = re.compile(r"(?:\s?(?:yo|y/o|yrs?))?\s?[fm](?=[\s,.;:)/]|$)")
_NOT_AN_AGE = re.compile(
    r"\s*(?:[%°x×+]|percent|per\b|(?:one|two|three|four)\b|out\b|of\b|to\b|or\b|and (?:a half|"
    r"[a-z]+ (?:minutes|hours|weeks|months|years))"
    r"|sessions?|weeks?|months?|days?|nights?|hours?|hrs?|h\b|minutes?|mins?|seconds?|years?|yrs?|people|"
    r"clients?|times?|miles|kms?\b|"
    r"k\b|m\b|stone|kg|lbs?\b|pounds|quid|euros?|dollars|cents|pence|more|less|fewer|children|kids|"
    r"brothers|sisters|siblings|"
    r"cigarettes|drinks|units|pints|beers|pills|tablets|cats|dogs|things?|person|woman|women|man|men|half|"
    r"points?|side|steps?|words?|"
    r"way|minds|in the morning|o.clock|am\b|pm\b|another|big|good|long|last|hundred|thousand|million|mg|ml|"
    r"different|such|or two|else)"
)
# "two pages", but "she's six lives with her nan" where no comma stands.
_COUNTED = re.compile(
    r"\s+(?!(?:is|was|has|as|his|its|this|thus|always|lives|works|says|does|goes|comes|loves|likes|needs|"
    r"wants|sits)\b)[a-z]+s\b"
)
_FEW = 6
_KIN = (
    r"(?:(?:grand|step)?(?:son|daughter|mother|father)|mum|mam|mom|dad|brother|sister|boys?|girls?|lad|"
    r"lass|nan|gran|granny|"
    r"baby|child|kids?|children|husband|wife|partner|niece|nephew|cousin|auntie|aunt|uncle|youngest|eldest|"
    r"oldest|twins|"
    r"client|patient)"
)
_BEFORE = re.compile(
    r"(?:\b(?:aged?|age of|age:|age is|aetat|turn(?:ed|ing|s)?|pushing|nearing|ripe old age of)\s+(?:of\s+|"
    r"about\s+|around\s+|just\s+|only\s+)?"
    r"|\bage[d:]?\s?"
    r"|\b(?:s?he|they|who|client|pt|patient)(?:['’]?s|\s+is|\s+was|\s+were|['’]re|\s+are)\s+(?:now\s+|"
    r"just\s+|only\s+|about\s+|nearly\s+|almost\s+|barely\s+)?"
    r"|\bwhen\s+(?:s?he|they|i)\s+(?:was|were)\s+(?:just\s+|only\s+|about\s+)?"
    rf"|\b{_KIN}(?:\s+(?:is|was|are|were)|['’]?s)\s+(?:now\s+|just\s+|only\s+|about\s+|nearly\s+)?"
    r"|\b(?:died|dead|married|widowed|orphaned|left home|pregnant|sober|adopted|sectioned|bereaved|"
    r"a mother|a father)\s+at\s+(?:just\s+|only\s+)?)$"
)
# The last word of what those find, other than a verb that is cut short ("he's", "hes").
_LAST_BEFORE: Final = frozenset(
    (
        "age aged age: aged: aetat turn turned turning pushing nearing of about around just only now nearly "
        "almost barely is was were are at"
    ).split()
)
_PERSON_OF = re.compile(
    r"\b(?:(?:wo)?man|boy|girl|chap|lad|lass|lassie|bloke|fella|fellow|lady|gentleman|widow(?:er)?|"
    r"teenager|child|kid|"
    r"youth|youngster|spinster|bachelor)\s+of\s+(?:about\s+|around\s+|only\s+|just\s+)?$"
)
_CLOSES = re.compile(
    r"\s*(?:[,.;:!?)\n]|$)|\s+(?:who|with|and|from|whose|in|when|at|now|but|living|she|he|they)\b"
)
_NAME_BEFORE = re.compile(
    r"(?<!\bin )(?<!\bon )(?<!\bat )(?<!\bto )(?<!\bnear )\b(?P<name>[A-ZÀ-Þ][a-zß-ÿ][\w’'-]{0,30})"
    r"(?P<joint>,\s|\s\(|\s(?:is|was|has turned|turned)\s(?:now\s|just\s|only\s)?)$"
)
_KIN_BEFORE = re.compile(rf"\b{_KIN}\s+[^\W\d_][\w'’-]+(?:,\s|\s\()$")
_NO_PERSON: Final = frozenset(
    (
        "session sessions week weeks day days step steps stage chapter item items page pages group room "
        "flat unit ward bed bay scale score "
        "scores total phase part level band grade year years form class number figure table question "
        "rating section "
        "appendix version module lesson exercise task fee price weight height pulse temperature severity "
        "depression "
        "anxiety mood sleep risk distress it this that there which what here today yesterday tomorrow "
        "monday tuesday "
        "wednesday thursday friday saturday sunday january february march april may june july august "
        "september october "
        "november december core hamilton beck bdi about around only just maybe the one route bus channel "
        "article psalm "
        "line size genesis john volume vol issue season episode"
    ).split()
)
_AFTER_A_NAME = re.compile(r"\s?(?:[,.;)!?\n]|$)|\s(?:and|&)\s")
_BIRTHDAY = re.compile(
    r"\b(?:his|her|their|my|['’]s|s['’])\s+(?P<age>\d{1,3}(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty)[- ]?first|"
    r"eighteenth|twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth)"
    r"(?:\s+(?:birthday|bday|b-day)\b|(?=\s*(?:[.;!?)\n]|$)))"
    r"|\b(?P<sole>\d{1,3}(?:st|nd|rd|th)|\w+(?:th|first))\s+(?:birthday|bday|b-day)\b"
)
_LOOK_BACK = 40
_TWO_FIGURES = 2


def find_ages(text: str) -> Iterator[Span]:
    """Ages in ``text``, in figures and words. Each warns."""
    lower = lowered(text)
    for number in _NUMBER.finditer(lower):
        start, end = number.span()
        sex = _SEX.match(lower, end) if end - start == _TWO_FIGURES else None
        if _is_age(text, lower, start, end):
            short = _SHORT.match(lower, end)
            yield Span(start, short.end() if short else end, "age", "warn", "age")
        elif sex is not None and ("y" in sex.group() or sex.group() == "f" or text[sex.end() - 1] in "FM"):
            # "34F", "34 yo m"; "20m" is a distance.
            yield Span(start, sex.end(), "age", "warn", "age")
    for match in _BIRTHDAY.finditer(lower):
        yield Span(*match.span("age" if match["age"] else "sole"), "age", "warn", "age")


def _is_age(text: str, lower: str, start: int, end: int) -> bool:
    before = lower[max(0, start - _LOOK_BACK) : start]
    if _OLD.match(lower, end):
        return not before.endswith(("hundred and ", "hundred "))
    if _NOT_AN_AGE.match(lower, end) or (end - start < _FEW and _COUNTED.match(lower, end)):
        return False
    if lower[start:end] == "one":
        return before.endswith(("aged ", "age of ", "turned "))
    last = before.split()[-1:]
    if not last or last[0][-1].isdigit():
        # One of a row of figures.
        return False
    return _is_told(before, last[0], lower, end) or _is_of_a_name(text, lower, start, end)


def _is_told(before: str, last: str, lower: str, end: int) -> bool:
    """Whether the words ``before`` say that a number which ends at ``end`` is an age."""
    if last in _LAST_BEFORE or last.endswith(("s", "re")):
        found = _BEFORE.search(before) or (_PERSON_OF.search(before) and _CLOSES.match(lower, end))
        return found is not None
    by_kin = (last.endswith(",") or before.endswith("(")) and _KIN_BEFORE.search(before)
    return bool(by_kin) and _AFTER_A_NAME.match(lower, end) is not None


def _is_of_a_name(text: str, lower: str, start: int, end: int) -> bool:
    """Whether a name with a capital stands before: "Dervla, 44," or "Dervla (44)" or "Dervla is 44"."""
    name = _NAME_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    if name is None or lowered(name["name"]) in _NO_PERSON:
        return False
    if name["joint"] == " (":
        return lower.startswith((")", ",", ";"), end)
    return name["joint"] != ", " or _AFTER_A_NAME.match(lower, end) is not None
