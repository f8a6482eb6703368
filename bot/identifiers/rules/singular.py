"""What makes someone singular: an office that one person holds, a family like no other."""

import re
from collections.abc import Iterator

from bot.identifiers.findings import Span
from bot.identifiers.plain import lowered

_LARGE = (
    r"(?:seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"twenty|"
    r"[7-9]|1\d|2\d)"
)
_MANY = rf"(?:five|six|[56]|{_LARGE})"
_SOME = rf"(?:two|three|four|[2-4]|{_MANY})"
_CHILD = r"(?:son|daughter|child|boy|girl|lad|lass|brother|sister)"
_CHILDREN = (
    r"(?:children|siblings|sisters|brothers|daughters|sons|girls|boys|kids|sibs|weans|bairns|lads|lassies|cousins|"
    r"grandchildren)"
)
_HALVES = r"(?:half|step|foster|adopted|adoptive)[- ]"
_FAMILY = tuple(
    re.compile(pattern)
    for pattern in (
        # Five children are many; five or six in a row by themselves are not.
        (
            r"\b(?:the\s+)?(?:eldest|oldest|youngest|middle|only\s+\w+|second|third|fourth|fifth|sixth|"
            r"seventh|eighth|ninth|tenth|"
            rf"eleventh|twelfth|thirteenth|fourteenth|last|baby)(?:\s+(?:{_CHILD}|one))?\s+(?:of|after|"
            rf"among|out\s+of|in\s+a\s+family\s+of)"
            rf"\s+(?:{_MANY}\s+(?:{_HALVES})?{_CHILDREN}|{_LARGE}\b)"
        ),
        (
            rf"\b(?:the\s+)?(?:only|sole)\s+(?:{_CHILD}|one)\s+(?:of|after|"
            rf"among)\s+(?:{_SOME})\s+(?:\w+\s+)?{_CHILDREN}\b"
        ),
        rf"\bseventh\s+{_CHILD}\s+of\s+a\s+seventh\s+{_CHILD}\b",
        (
            r"\b(?:one\s+of\s+)?(?:a\s+set\s+of\s+|the\s+)?(?:identical\s+|surviving\s+|"
            r"conjoined\s+)*(?:triplets?|quadruplets?|quads|quintuplets?)\b(?!\s+(?:stretch|exercises?))"
        ),
        r"\b(?:the\s+)?(?:conjoined|surviving)\s+twins?\b",
        r"\b(?:two|three|four|both)\s+sets?\s+of\s+(?:\w+\s+)?(?:twins|triplets)\b",
        rf"\bone\s+of\s+(?:{_MANY})\s+(?:{_HALVES})?{_CHILDREN}\b",
        (
            rf"\b(?:six|{_LARGE})\s+(?:(?!of\b)\w+\s+)?(?:{_HALVES})?{_CHILDREN}\b(?!\s+(?:in\s+(?:the|my|"
            rf"her|his|our)\s+(?:class|group|team|ward)))"
        ),
        (
            rf"\b{_SOME}\s+(?:children|kids|sons|daughters|babies)\s+(?:by|from|with)\s+(?:two|three|four|"
            rf"five|six|\d)\s+(?:different\s+)?"
            r"(?:mothers|fathers|women|men|wives|husbands|dads|mums|mams)\b"
        ),
        (
            r"\b(?:three|four|five|six|seven)\s+generations\s+(?:of\s+\w+|in\s+(?:one|the\s+same)\s+\w+|"
            r"all\s+\w+)"
        ),
        (
            r"\b(?:sperm|egg|embryo)\s+donor\b(?!\s+(?:conception|programme|program))|"
            r"\bdonor[- ](?:conceived|sibling)s?\b"
        ),
        (
            r"\b(?:\w+\s+)?(?:brothers|sisters|twins|cousins)\s+(?:who\s+)?(?:had\s+|have\s+|are\s+|"
            r"were\s+|all\s+|both\s+)*(?:married|wed)\s+(?:on\s+|to\s+)?"
            r"(?:two|three|four|the\s+other|another|her|his|each)\s+\w+"
        ),
        (
            r"\b(?:sister|brother|cousin|twin)\s+is\s+married\s+(?:to|on)\s+(?:his|her|their)\s+(?:sister|"
            r"brother|cousin|twin|uncle|aunt)\b"
        ),
        (
            r"\b(?:twice\s+)?(?:brother|sister)-in-law\s+twice\b|\bfirst\s+cousins\s+twice\s+over\b|"
            r"\bdouble\s+cousins?\b"
        ),
    )
)
# One of these stands in whatever the patterns find.
_TELLS = re.compile(
    r"triplet|quad|quintup|conjoined|surviving|sets?\s+of\s|seventh|donor|generations|cousins|married|"
    r"\bwed\b|in-law\s+twice|"
    rf"(?:only|sole)\s+{_CHILD}|(?:only|sole)\s+one\s+(?:of|after|among)|"
    rf"\b{_MANY}\s+(?:[^\W\d_]+[\s-]+){{0,2}}{_CHILDREN}|\bof\s+{_LARGE}\b"
    rf"|{_SOME}\s+(?:children|kids|sons|daughters|babies)\s+(?:by|from|with)"
)
_FOLLOWS = (
    r"(?:[\s,]+(?!(?:and|but|so|because|which|when|while|if|or)\b)[\w'’-]+){0,6}?"
    r"\s+(?:in|on|of|at|for|within|around|between|from|to|"
    r"this\s+side\s+of)\s+[\w'’-]+(?:\s+(?:the\s+)?[\w'’-]+){0,2}"
)
_BEFORE = re.compile(r"\b(?:(?:the|our|their|its|a)|\w+['’]s)\s+$")
_SINGULAR = re.compile(
    r"\b(?:only|sole|first(?:-ever|\s+ever)?|last(?:\s+remaining)?|youngest(?:\s+ever|-ever)?|"
    r"oldest(?:\s+serving)?|longest[- ]serving|lone|one\s+of\s+(?:only\s+)?(?:two|three|the\s+two|"
    r"the\s+three|a\s+handful\s+of))"
    rf"{_FOLLOWS}"
)
_LOOK_BACK = 32


def find_families(text: str) -> Iterator[Span]:
    """Family constellations that few have, in ``text``. Each warns."""
    lower = lowered(text)
    if _TELLS.search(lower) is None:
        return
    for pattern in _FAMILY:
        for match in pattern.finditer(lower):
            yield Span(*match.span(), "family", "warn", "family")


def singular_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` says "the only …", "the county's first …", "one of two …" of something somewhere.

    Most of these are ordinary ("the only time", "the first of the month"): whether one is about an occupation
    is the reader's to judge.
    """
    lower = lowered(text)
    for match in _SINGULAR.finditer(lower):
        start, end = match.span()
        article = _BEFORE.search(lower, max(0, start - _LOOK_BACK), start)
        yield article.start() if article else start, end
