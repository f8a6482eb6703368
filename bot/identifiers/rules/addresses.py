"""Streets, house numbers and post codes."""

import re
from collections.abc import Iterator

from bot.identifiers.findings import Span

_HEADS = (
    r"(?:street|road|lane|avenue|drive|close|crescent|terrace|boulevard|square|gardens|grove|court|mews|"
    r"walk|row|way|"
    r"place|parade|highway|circuit|estate|rd|ln|ave|blvd|cres|tce|gdns)"
)
_ONLY_WITH_A_NUMBER = (
    r"(?:st|dr|ct|pl|sq|hill|gate|rise|brae|wynd|quay|loop|trail|circle|parkway|pkwy|alley|towers|nagar|marg)"
)
# "3 of us on the road" and "ten minutes up the lane" are no addresses.
_NO_NAME = (
    r"(?!(?:a|an|the|of|on|in|at|by|to|up|down|from|and|or|us|i|we|she|he|they|his|her|their|my|our|it|is|"
    r"was|who|that|"
    r"which|with|for|per|each|more|other|different|minutes?|mins?|hours?|days?|weeks?|months?|years?|"
    r"miles?|km|metres|"
    r"yards|blocks?|people|sessions?|times?|houses|doors|out|am|pm|mg|ml)\b)"
)
_NUMBERED = re.compile(
    r"(?<![\w.,:/£$€-])\d{1,5}[a-z]?(?:[/-]\d{1,4}[a-z]?)?,?[ ]+"
    rf"(?:{_NO_NAME}[^\W\d_][\w'’.-]*[ ]+){{1,3}}"
    rf"(?:{_HEADS}|{_ONLY_WITH_A_NUMBER})\b(?!['’]s)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![\w-])(?!(?:The|My|No|This|That|One|First|Second|Third|Last|Any|Other|Another|Each|Every|Some|Same|"
    r"Only|Right|Wrong|Safe|Best|Long|Supreme|High Court|Crown|County|Family|Youth|Federal|District|"
    r"Magistrates['’]?|Tennis|Death|Their|Our|His|Her|Your|Its|All|Half|Either|By|In|On|At|Of|Such|What|Which)\b"
    r"(?! Street| Road| Lane))(?:[A-ZÀ-Þ][\w'’-]{0,30}[ ]{1,2}){1,3}"
    rf"{_HEADS.title()}\b"
)
# In lower case only after a word of place, and never with an article: "off county road".
_LOWER = re.compile(
    r"\b(?:on|off|in|near|from|along|round|behind|of|past)[ ](?!(?:the|a|an|my|his|her|our|their|your|this|"
    r"that|main|high|"
    r"same|long|busy|dark|back|side|next|other|every|each|one|no|memory|fast|wrong|right|country|dirt|open|"
    r"rocky|own|any|"
    r"quiet|another|some|it|them|which|what|cross|across|down|"
    r"middle)\b)(?P<street>(?:[^\W\d_][\w'’]*[ ]){1,2}"
    r"(?:road|rd|street|avenue|lane|terrace|crescent|boulevard|gdns|high st))\b"
)
_CAPITAL = r"[A-ZÀ-ÞČŁŚŞĞİŽŻ]"
_ABROAD = re.compile(
    r"\b(?:[Rr]ue|[Cc]alle|C/|[Uu]lica|[Uu]l\.|[Aa]l\.|[Oo]s\.|[Aa]venida|[Aa]v\.|[Rr]ua|[Pp]laza|"
    r"[Pp]iazza|[Jj]alan|[Jj]ln|[Ll]orong|[Bb]oulevard|"
    r"[Aa]venue|[Cc]hemin|[Pp]aseo|[Cc]orso|[Vv]iale|(?<=[a-z,] )Via|Place (?=d)|[Aa]llée)\s*"
    rf"(?:(?:de la|de los|de las|des|del|della|dos|das|de|du|da|di|la|le|les|l['’]|"
    rf"d['’])\s*)*{_CAPITAL}[\w'’-]+(?:[ ]{_CAPITAL}[\w'’-]+)?(?:,?[ ]+\d{{1,4}}[a-z]?\b)?"
    rf"|\b[Vv]ia\s+{_CAPITAL}[\w'’-]+(?:[ ]{_CAPITAL}[\w'’-]+)?,?[ ]\d{{1,4}}\b"
    r"|\b\d{1,4}(?:[ ]bis)?,?[ ](?:rue|avenue|boulevard|place|chemin|allée|impasse|"
    r"quai)[ ](?:[a-zé'’]{1,3}[ ]?){0,2}"
    rf"[^\W\d_][\w'’-]+(?:[ ]{_CAPITAL}[\w'’-]+)?"
    rf"|(?<![\w-]){_CAPITAL}[\w-]{{0,30}}(?:strasse|straße|str\.|straat|gatan|gade|utca|gracht|kade|"
    rf"laan)(?:[ ]+\d{{1,4}}[a-z]?\b)?(?!\w)"
    rf"|(?<![\w-]){_CAPITAL}[\w-]{{1,30}}[ -](?:Straße|Strasse|Str\.|Allee|Platz|Weg|Gasse|Damm|Ring|"
    rf"Ufer)(?:[ ]+\d{{1,4}}[a-z]?\b)?(?!\w)"
    rf"|(?<![\w-]){_CAPITAL}[\w-]{{1,30}}(?:gasse|allee|platz|weg|damm|ring|ufer|plein|vej|vägen|veien|"
    rf"gata)[ ]+\d{{1,4}}[a-z]?\b"
    rf"|\b(?:{_CAPITAL}\w+[ ]){{1,2}}(?:[Cc]addesi|[Cc]ad\.|[Ss]oka[kğ]ı?|[Ss]ok\.|[Mm]ahallesi|[Mm]ah\.|"
    rf"[Bb]ulvarı)(?:,?[ ]+(?:[Nn]o[:.]?[ ]?)?\d{{1,4}}\b)?"
)
_STATES = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|"
    r"V[AT]|W[AIVY])"
)
_CODES = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b"  # Great Britain
    r"|\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b"  # Canada
    r"|\b(?:[AC-FHKNPRTV-Y]\d\d|D6W) ?(?=\w{0,3}[A-Z])[AC-FHKNPRTV-Y\d]{4}\b"  # Ireland
    rf"|\b{_STATES},?[ ]\d{{5}}(?:-\d{{4}})?\b"
    r"|\b(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT),?[ ]\d{4}\b"
    r"|(?<![\w.,/£$€-])[1-9]\d{3} ?(?!AD|BC|IU|UK|US|EU|GP)[A-Z]{2}\b(?=,?[ ]+[A-Z][a-z])"  # the Netherlands
    r"|(?<![\w.,/£$€-])(?:[A-Z]{1,2}-)?\d{5},?[ ](?!Euros?\b|Dollars?\b|Pounds?\b|People\b|"
    r"Lira\b)[A-ZÀ-ÞŁŚ][a-zà-ÿ]{2,}"
    r"|(?<![\w.,/£$€-])\d{2}-\d{3}[ ][A-ZŁŚŻ][a-ząęółśżź]{2,}"  # Poland
    r"|\b[A-Z][a-z]+[ ]?[-–][ ]?[1-9]\d{2}[ ]?\d{3}\b"  # India
    r"|\b(?i:zip(?:\s?code)?|post\s?code|plz|pin\s?code|eircode)(?:\s+is)?[:,]?\s+(?=\w{0,4}\d)"
    r"[A-Za-z\d]{3,6}(?:[ -][A-Z\d]{3,4}\b)?"
)
_CODES_LOWER = re.compile(r"\b[a-z]{1,2}\d{1,2}[a-z]?\s\d(?!th|st|nd|rd|hr|yr)[abd-hjlnp-uw-z]{2}\b")
_CODE_SIGN = re.compile(r"[A-Za-z]\d|\d[A-Za-z]|\d{3}|(?i:code)")
_ROOM = re.compile(
    r"\b(?:(?:flat|apt|apartment)\.?[ ](?:no\.?[ ])?\d{1,4}(?:[/-]\d{1,3})?[a-z]?"
    r"|(?:room|rm|suite|ste)\.?[ ](?:no\.?[ ]|number[ ])?(?:\d{1,4}-?[a-z]|\d{3,4}|"
    r"\d{1,2}-\d{1,3}))\b(?![:%])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def find_addresses(text: str) -> Iterator[Span]:
    """Streets with a number or a name, and post codes, in ``text``. Each warns."""
    for pattern in (_NAMED, _ABROAD):
        for match in pattern.finditer(text):
            yield Span(*match.span(), "place", "warn", "address")
    for match in _LOWER.finditer(text):
        yield Span(*match.span("street"), "place", "warn", "address")
    if _DIGIT.search(text):
        codes = (_CODES, _CODES_LOWER) if _CODE_SIGN.search(text) else ()
        for pattern in (_NUMBERED, _ROOM, *codes):
            for match in pattern.finditer(text):
                yield Span(*match.span(), "place", "warn", "address")
