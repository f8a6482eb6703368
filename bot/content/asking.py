"""Telling a question about a case from one about who somebody is."""

import re
from typing import Final

_AN = r"(?:the|an?|it|one|two|three|any|each|them|th(?:is|at|ese|ose)|what|how|some|your|first|with|in)\b"
"""What follows a verb: “name one thing”, “to address it in the session”."""
_OF_A_NAME = r"(?:(?:sur|fore|nick|user|first|last|full|family|given|maiden)[ -]?)?"
_NOT_BY = r"(?<!on the )(?<!by )(?<!over the )"

# Each with what to ask instead. Nouns only: “on the phone” and “name it” ask for nothing of the kind.
_ASKS_FOR: Final = tuple(
    (re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE), instead)
    for instead, patterns in {
        "Ask for the part that somebody plays instead, such as “a relative” or “a colleague”.": (
            rf"(?<!in the ){_OF_A_NAME}name(?!\s+{_AN})",
            rf"{_OF_A_NAME}names",
            r"initials",
        ),
        "Ask for the time of life instead, such as “a young adult” or “newly retired”.": (
            r"(?:date|day|year|place) of birth",
            r"birth[ -]?(?:dates?|years?|days?|place)",
            r"dob",
            r"when\b[^.?!;]*\bborn",
            r"(?:exact|precise) ages?",
            r"how old exactly|exactly how old|age in years",
        ),
        "Ask how long ago it was instead, such as “in the first weeks”.": (
            r"(?:exact|precise|calendar) (?:dates?|days?)",
            r"which dates?",
            r"dates? of (?:the )?\w+",
        ),
        "Ask for the kind of place instead, such as “a small town”.": (
            rf"(?<!to )(?<!you )(?<!we )address(?!\s+{_AN})",
            r"(?:home|postal|e-?mail|street|full) address(?:es)?",
            r"(?:home ?)?town|village|city|place of residence",
            r"post ?code|postal code|zip code|street",
        ),
        "Ask for the kind of work or training instead, such as “a job with shifts”.": (
            r"employers?|place of work|work ?place",
            r"(?:company|firm|school|university|college)(?! of (?:thought|therapy))",
        ),
        "Ask how the two of you are in touch instead, such as “by message between sessions”.": (
            rf"{_NOT_BY}(?:tele|mobile |cell )?phone(?! ?(?:calls?|sessions?|contacts?)\b)(?: ?numbers?)?",
            rf"{_NOT_BY}e-?mail(?! (?:contacts?|exchanges?)\b)",
            r"(?:instagram|whatsapp|facebook) (?:name|account|handle)",
        ),
        "Leave it out; nobody needs a number to think about a case.": (
            r"(?:insurance|social security|nhs|case|file|patient|client|passport|id|tax) ?(?:numbers?|no\.?)",
            r"passport",
        ),
    }.items()
)
_LEFT_OUT_BEFORE: Final = re.compile(
    r"\b(?:no|without|never|do not|don['’]t|leave out|leaving out|omit|avoid|instead of|rather than"
    r"|invented|made[- ]up|changed|fictional)\b",
    re.IGNORECASE,
)
_LEFT_OUT_AFTER: Final = re.compile(r"\b(?:stays?|left|kept|keep|leave)\s+out\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[^.?!;\n]+")


def asked_for(text: str) -> tuple[str, str] | None:
    """The words in ``text`` that ask for what tells who somebody is, and what to ask for instead.

    What a sentence asks to leave out it does not ask for. English only.
    """
    for sentence in _SENTENCE.findall(text):
        for pattern, instead in _ASKS_FOR:
            for found in pattern.finditer(sentence):
                before, after = sentence[: found.start()], sentence[found.end() :]
                if not _LEFT_OUT_BEFORE.search(before) and not _LEFT_OUT_AFTER.search(after):
                    return found.group(), instead
    return None
