"""The rules of the figure: how far a group's fits lie apart, and how they moved.

Rules and sources: the median and the middle half are how Delphi studies feed a group's own answers
back to it, and a second round after the talk is theirs too; fewer than ``FEWEST_RATERS`` answers show
no figure, since in so small a group a dot has a face. A split is a middle half that spans two points or
more of the five-point scale. Before and after are shown where ``FEWEST_MOVED`` or more moved: one alone
would be known by it. The thresholds are design decisions of this project, not validated cut-offs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

FEWEST_RATERS = 4
SPLIT_POINTS = 2.0
FEWEST_MOVED = 2


@dataclass(frozen=True)
class Spread:
    """Fits of one mechanism: each 0 to 4, ascending; ``low`` to ``high`` is the middle half."""

    fits: tuple[int, ...]
    median: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Points between the two ends of the middle half, 0 to 4."""
        return self.high - self.low

    @property
    def split(self) -> bool:
        """Whether the group sees this mechanism in two ways."""
        return self.width >= SPLIT_POINTS


def spread(fits: Iterable[int]) -> Spread | None:
    """The spread of ``fits`` (0 to 4 each), or None below ``FEWEST_RATERS`` of them.

    The quartiles are the medians of the lower and the upper half, the middle value belonging to
    neither (Moore & McCabe), so that a quartile is always a fit or midway between two.
    """
    ordered = tuple(sorted(fits))
    if any(fit not in range(5) for fit in ordered):
        message = "a fit is a whole number from 0 to 4"
        raise ValueError(message)
    if len(ordered) < FEWEST_RATERS:
        return None
    half = len(ordered) // 2
    return Spread(ordered, median(ordered), median(ordered[:half]), median(ordered[-half:]))


@dataclass(frozen=True)
class Change:
    """Fits of one mechanism by the same raters, before and after the talk, each ascending."""

    before: Spread
    after: Spread


def change(pairs: Iterable[tuple[int, int]]) -> Change | None:
    """What moved between the first fit and the second of each rater.

    None below ``FEWEST_RATERS`` who gave both, and where fewer than ``FEWEST_MOVED`` of them moved.
    """
    both = list(pairs)
    before, after = spread(first for first, _ in both), spread(second for _, second in both)
    if before is None or after is None or sum(first != second for first, second in both) < FEWEST_MOVED:
        return None
    return Change(before, after)
