"""Time zones as people type them. Names are those of the IANA database."""

from functools import cache
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.refusal import Refusal

MOST_CHOICES = 25
"""What Discord shows of an autocompletion."""
LIKENESS = 75
"""Of a typed place and a zone's, 0 to 100, from which on it is taken for a slip of the finger."""
MOST_LETTERS = 40
_AREAS = "Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific".split()
_OF_A_MACHINE = frozenset({"Factory", "localtime", "posixrules"})
"""What these mean depends on the machine that is asked."""


def is_zone(name: str) -> bool:
    """Whether ``name`` is a zone of the IANA database, spelt as there."""
    return name in _known()


def zone_named(text: str) -> str:
    """The zone that ``text`` means: its name in any case and with spaces, or only its place ("berlin").

    Raises ``Refusal`` ``reminder-zone`` where there is none or more than one; ``zones_like`` has what to
    offer then.
    """
    wanted = _plain(text)
    exact = [zone for zone in _known() if _plain(zone) == wanted]
    found = exact or [zone for zone in _offered() if _place(zone) == wanted]
    if len(found) != 1:
        raise Refusal("reminder-zone")
    return found[0]


def zones_like(text: str, limit: int = MOST_CHOICES) -> tuple[str, ...]:
    """UTC and zones of an area and a place that ``text`` may mean, likeliest first; any where it is empty.

    First those whose place begins with it, then those that hold it, then those that are spelt like it.
    """
    wanted = _plain(text)[:MOST_LETTERS]
    holding = sorted(
        (zone for zone in _offered() if wanted in _plain(zone)),
        key=lambda zone: (not _place(zone).startswith(wanted), zone),
    )
    if len(holding) >= limit:
        return tuple(holding[:limit])
    places = {zone: _place(zone) for zone in _offered() if zone not in holding}
    place = wanted.rpartition("/")[2]
    alike = process.extract(place, places, scorer=fuzz.ratio, limit=limit, score_cutoff=LIKENESS)
    return (*holding, *(zone for _, _, zone in alike))[:limit]


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones()) - _OF_A_MACHINE


@cache
def _offered() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in _known() if zone == "UTC" or zone.partition("/")[0] in _AREAS))


def _plain(text: str) -> str:
    return "_".join(text.split()).casefold()


def _place(zone: str) -> str:
    return _plain(zone.rpartition("/")[2])
