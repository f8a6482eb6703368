"""Wall clocks: from a local time to an instant (whole seconds since 1970, UTC) and back, and quiet hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60
_MOST_MOVES = 4


def wall_at(instant: int, zone: ZoneInfo) -> datetime:
    """What a clock in ``zone`` shows at ``instant``: naive local time."""
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None, fold=0)


def instant_at(wall: datetime, zone: ZoneInfo) -> int:
    """The instant at which a clock in ``zone`` first shows ``wall``, which is naive.

    A time that comes twice is its first. One that does not exist is the next minute that does, be the jump an
    hour or, at the date line, a day.
    """
    instant = int(wall.replace(tzinfo=zone, fold=0).timestamp())
    if wall_at(instant, zone) == wall:
        return instant
    # Read with the offset of before the jump it lies after the jump, read with that of after it lies before.
    early, late = int(wall.replace(tzinfo=zone, fold=1).timestamp()), instant
    before = _offset(early, zone)
    while late - early > 1:
        middle = (early + late) // 2
        if _offset(middle, zone) == before:
            early = middle
        else:
            late = middle
    return late


def _offset(instant: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(instant, UTC).astimezone(zone).utcoffset()


def is_quiet(instant: int, zone: ZoneInfo, quiet_from: int | None, quiet_to: int | None) -> bool:
    """Whether the local minute of ``instant`` lies in quiet hours. Without both ends there are none."""
    if quiet_from is None or quiet_to is None:
        return False
    wall = wall_at(instant, zone)
    minute = wall.hour * 60 + wall.minute
    if quiet_from <= quiet_to:
        return quiet_from <= minute < quiet_to
    return minute >= quiet_from or minute < quiet_to


def after_quiet(instant: int, zone: ZoneInfo, quiet_from: int | None, quiet_to: int | None) -> int:
    """``instant``, or the end of the quiet hours that it lies in."""
    # More than one move only where clocks jump from the end of quiet hours into the next ones.
    for _ in range(_MOST_MOVES):
        if quiet_to is None or not is_quiet(instant, zone, quiet_from, quiet_to):
            break
        wall = wall_at(instant, zone)
        end = datetime(wall.year, wall.month, wall.day, quiet_to // 60, quiet_to % 60)  # noqa: DTZ001
        instant = instant_at(end if end > wall else end + timedelta(days=1), zone)
    return instant


def before_quiet(instant: int, zone: ZoneInfo, quiet_from: int | None, quiet_to: int | None) -> int:
    """``instant``, or the last minute before the quiet hours that it lies in."""
    # A walk over real minutes, so that no jump of the clocks can put it into quiet hours again.
    while is_quiet(instant, zone, quiet_from, quiet_to):
        instant -= instant % MINUTE or MINUTE
    return instant
