"""Ways of reading a text that a test can choose."""

from dataclasses import replace

from bot.identifiers import Finding, WordLists
from bot.services.screening import BY_RULES, Finder
from bot.services.words import KINDS


def _strictly(text: str, language: str, lists: WordLists | None) -> tuple[Finding, ...]:
    found = BY_RULES.find(text, language, lists)
    return tuple(replace(each, severity="block") if each.kind in KINDS else each for each in found)


STRICT = Finder(_strictly, lambda: True)
"""By rules, and every name blocks, as it does where the reader is sure of it."""
