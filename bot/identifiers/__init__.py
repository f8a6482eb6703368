"""Finding what may identify a person in a text. Pure: text in, findings out."""

from bot.identifiers.direct import find_direct
from bot.identifiers.findings import Finding, Kind, Severity

__all__ = ["Finding", "Kind", "Severity", "find_direct"]
