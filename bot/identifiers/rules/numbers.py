"""Numbers and signs that stand for one person: case and policy numbers, plates, user names."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from stdnum import iban, luhn
from stdnum.au import tfn
from stdnum.ca import sin
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gb import nhs, upn
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.se import personnummer
from stdnum.us import ssn

from bot.identifiers.findings import Span
from bot.identifiers.lexicon import Lexicon, key_of


def _any_of(*tests: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda written: any(test(written) for test in tests)


def _is_card(written: str) -> bool:
    return luhn.is_valid(re.sub(r"\D", "", written))


# Numbers with a check digit, as each country writes them. Figures without a gap or a letter are found by
# their length alone; a check digit by itself would find every tenth row of scores.
_FORMS: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    (r"[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?", iban.is_valid),
    (r"\d{3}([ -])\d{2}\1\d{4}", ssn.is_valid),
    (r"\d{3}([ -])\d{3}\1\d{4}", nhs.is_valid),
    (
        r"(?!\d\d0 \d\d0 \d\d0)\d{3}([ -])\d{3}\1\d{3}(?!\s?m[gl])",
        _any_of(sin.is_valid, tfn.is_valid, bsn.is_valid),
    ),
    (r"\d{4}[ .]\d{2}[ .]\d{3}", bsn.is_valid),
    (r"\d{4}([ -])\d{4}\1\d{4}", aadhaar.is_valid),
    (r"\d{2} \d{3} \d{3} \d{3}", idnr.is_valid),
    (r"\d{6}-\d{4}", _any_of(cpr.is_valid, personnummer.is_valid)),
    (r"\d{8}-\d{4}", personnummer.is_valid),
    (r"\d{6} \d{5}", fodselsnummer.is_valid),
    (r"\d{7} ?[A-W][ABHWTX]?", pps.is_valid),
    (r"[A-Z]{5}\d{4}[A-Z]", pan.is_valid),
    (r"\d{8}[ -]?[A-Z]", dni.is_valid),
    (r"[XYZ][ -]?\d{7}[ -]?[A-Z]", nie.is_valid),
    (r"[A-Z]{6} ?\d{2}[A-Z]\d{2} ?[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
    (r"[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}", nir.is_valid),
    (r"[A-Z]\d{11}[A-Z\d]", upn.is_valid),
    # National Insurance numbers have no check digit, and a form like nothing else.
    (r"[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]", bool),
    (r"(?:\d{4}[ -]?){3}\d{1,7}", _is_card),
    (r"\d{4} \d{6} \d{5}", _is_card),
)
_CHECKED: Final = tuple(
    (re.compile(rf"(?<![\w.,/-]){form}(?![\w/-])", re.IGNORECASE), is_valid) for form, is_valid in _FORMS
)
_SIX_DIGITS = re.compile(r"\d(?:[ .-]?[A-Z]?\d){5}", re.IGNORECASE)
_THREE_DIGITS = re.compile(r"\d[\w/.-]{0,30}\d[\w/.-]{0,30}\d|\d\d[ -]?[A-Z]")
_CUE = re.compile(
    r"\b(?:case|claim|policy|file|ref(?:erence|eral)?|member(?:ship)?|account|acct|hospital|patient|client|"
    r"passport|"
    r"licen[cs]e|registration|reg|plates?|nhs|mrn|ssn|badge|invoice|docket|warrant|tenancy|voucher|booking|"
    r"visa|"
    r"chart|record|medicare|medicaid|insurance|ni|pps|iban|id|sub|crime|permit|register|cpoms|datix|quote|"
    r"order)\b"
    r"(?:[ ]+(?:number|numbers|no\.?|nr\.?|num|id|card|code|file|ending))?\s{0,2}(?:is|was|reads|"
    r"[:#№.=,])?\s{0,2}[\"“(]?"
    r"((?=[\w/.-]{0,30}\d[\w/.-]{0,30}\d[\w/.-]{0,30}\d)[A-Za-z\d][\w/.-]{2,40}[A-Za-z\d](?:[ -]\d{2,})*)",
    re.IGNORECASE,
)
# The same in parts: "ref ANF 20 884", "docket, CAS 118/12", "labour permit no LP 7730419".
_CUE_IN_PARTS = re.compile(
    r"\b(?:case|claim|policy|file|ref(?:erence)?|member(?:ship)?|hospital|passport|licen[cs]e|registration|"
    r"reg|plates?|"
    r"badge|docket|warrant|permit|register|crime|fir|number|no|nr|id)\b\.?(?:[ ]+(?:number|no\.?|nr\.?|id|"
    r"letter|ending))?"
    r"\s{0,2}(?:is|was|reads|[:#№=,])?\s{0,2}[\"“(]{0,2}"
    r"(?P<code>(?-i:[A-Z]{1,5})[ -]?\d[\w/-]{0,12}"
    r"(?:[ ](?:slash[ ])?[A-Z]?\d[\w/-]{0,8}(?:[ ][A-Z]\b)?){0,3}(?:[ ][A-Z]{1,3}\b)?)",
    re.IGNORECASE,
)
_LEAST_IN_CODE = 4
_MIXED = re.compile(
    r"(?<![\w./-])(?=[A-Z\d/.-]{0,40}\d{3})(?=[A-Z\d/.-]{0,40}[A-Z])"
    r"[A-Z\d]{1,8}(?:[-/.][A-Z\d]{1,10}){1,4}(?![\w])"
    r"|(?<![\w./-])[A-Z]{2,5}[- ]?\d{4,}[A-Z]?(?![\w])"
    r"|(?<![\w./-])(?=[A-Z]{0,4}\d{1,4}[A-Z])[A-Z\d]{7,14}(?<=\d{3})(?![\w])"
    r"|(?<![\w./-])(?=[a-z]{2}\d{2}[a-z])[a-z]{2}\d{2}[a-z]\d{5,}(?![\w])"
    r"|(?<![\w./-])\d{2,6}/\d{2,6}/\d{2,8}(?![\w/])|(?<![\w./-])(?!(?:19|20)\d\d/(?:\d\d|(?:19|"
    r"20)\d\d)\b)\d{4,}/\d{2,4}(?![\w/])"
    r"|(?<![\w.,/$£€₹-])(?!\d{1,6}0{4,}(?!\d))\d{6,}(?![\w%]|[.,]\d|\s(?:people|words|pounds|euros?|"
    r"dollars|steps|naira|rupees)\b)"
)
# Great Britain since 2001, Ireland, Germany with its dash.
_PLATE = re.compile(
    r"\b[A-Z]{2}\d{2}[ -]?[A-Z]{3}\b|\b\d{2,3}-[A-Z]{1,2}-\d{1,6}\b|\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{2,4}\b"
)
_PLATE_LOWER = re.compile(r"\b[a-z]{2}\d{2} ?[a-z]{3}\b")
_HANDLE = re.compile(
    r"(?<![\w/.@])(?=[\w.]{0,40}_)[A-Za-z\d][\w.]{2,40}\w\b"
    r"|(?<![\w.@/-])[a-z]{3,}(?:\.[a-z]+)?\d{2,}\b"
    r"|(?<![\w/])[ur]/[A-Za-z][\w-]{2,}"
    r"|\b[A-Za-z]{3,}\d+[A-Za-z]{3,}\w*\b"
)
_HANDLE_SIGN = re.compile(r"_|[A-Za-z]\d|\b[ur]/")
_NUMBERED_THINGS: Final = re.compile(
    r"(?:session|week|day|page|aged?|item|step|chapter|phase|wave|version|room|under|over|top|year|grade|"
    r"form|level|unit|"
    r"pp|vol|nov|jan|feb|mar|apr|jun|jul|aug|sept?|oct|dec|may|score|scale|covid|catch|world|word|windows|"
    r"wk|approx|about)s?\d+(?:s|st|nd|rd|th)?"
)
_DATE_LIKE = re.compile(r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}")
# "F33.1", "Z63": the numbers of the ICD and of the DSM are on every file.
_OF_A_MANUAL = re.compile(r"\??[A-TV-Z]\d\d(?:[.-]\d{1,4})?|(?:29|30|31)\d\.\d{1,2}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def find_numbers(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Numbers with a check digit or after a word that announces one, plates and user names in ``text``."""
    if _DIGIT.search(text):
        for start, end in (*_checked(text), *_numbers(text, lexicon)):
            yield Span(start, end, "id", "block", "id")
        for match in _PLATE_LOWER.finditer(text):
            if not _is_known(match.group().split()[0], lexicon) and not _NUMBERED_THINGS.match(match.group()):
                yield Span(*match.span(), "id", "warn", "id")
    if _HANDLE_SIGN.search(text) is None:
        return
    for match in _HANDLE.finditer(text):
        if not _is_known(match.group(), lexicon) and not _NUMBERED_THINGS.fullmatch(match.group()):
            yield Span(*match.span(), "handle", "block", "handle")


def _checked(text: str) -> Iterator[tuple[int, int]]:
    if _SIX_DIGITS.search(text) is None:
        return
    for form, is_valid in _CHECKED:
        for match in form.finditer(text):
            if is_valid(match.group()):
                yield match.span()


def _numbers(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    if _THREE_DIGITS.search(text) is None:
        return
    for pattern, group in ((_CUE, 1), (_MIXED, 0), (_PLATE, 0)):
        for match in pattern.finditer(text):
            written = match.group(group)
            if (
                not _is_known(written, lexicon)
                and not _DATE_LIKE.fullmatch(written)
                and not _OF_A_MANUAL.fullmatch(written)
            ):
                yield match.span(group)
    for match in _CUE_IN_PARTS.finditer(text):
        code = match["code"]
        if len(_DIGIT.findall(code)) >= _LEAST_IN_CODE and not _is_known(code, lexicon):
            yield match.span("code")


def _is_known(written: str, lexicon: Lexicon) -> bool:
    key = key_of(written)
    forms = [key, key.replace("-", ""), key.replace(" ", "-")]
    if len(_DIGIT.findall(written)) <= _LEAST_IN_CODE:
        forms.append(key.rpartition(" ")[0])
    return any(lexicon.entry(form).traits for form in forms)
