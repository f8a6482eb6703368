"""Release slots: quarter hours, the finest time that is ever kept about a vignette. Seconds UTC."""

SLOT_SECONDS = 15 * 60
AT_LEAST_AHEAD = 3 * 60
"""Seconds between what an author does and the slot in which it shows, at least."""
WAITS_FOR_COMPANY = 2 * 86_400
"""Seconds that a vignette waits for another one, where its author wants that, before it goes out alone."""


def next_slot(now: int) -> int:
    """The next slot in which something written at ``now`` may show."""
    return ((now + AT_LEAST_AHEAD) // SLOT_SECONDS + 1) * SLOT_SECONDS


def day_of(slot: int) -> int:
    """The first second of the day (UTC) of ``slot``."""
    return slot // 86_400 * 86_400
