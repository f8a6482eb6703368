"""Finding what may identify a person in a text. Pure: text in, findings out."""

from bot.identifiers.findings import Finding, Kind, Severity, Suggestion
from bot.identifiers.lists import WordLists, mark_of
from bot.identifiers.reader import ready_reader
from bot.identifiers.review import find, find_with

__all__ = [
    "Finding",
    "Kind",
    "Severity",
    "Suggestion",
    "WordLists",
    "find",
    "find_with",
    "mark_of",
    "ready_reader",
]
