from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation.spread import FEWEST_RATERS, SPLIT_POINTS, Spread, spread

FITS = st.lists(st.integers(0, 4), min_size=FEWEST_RATERS, max_size=25)


def measured(fits: list[int]) -> Spread:
    found = spread(fits)
    assert found is not None
    return found


@pytest.mark.parametrize("fits", [[], [4], [0, 4], [0, 4, 4]])
def test_fewer_than_four_raters_have_no_figure(fits: list[int]) -> None:
    """In so small a group a dot would have a face."""
    assert spread(fits) is None


def test_four_raters_have_one() -> None:
    """From four on the group sees dots."""
    assert spread([1, 1, 2, 2]) is not None


# By hand: an odd one in the middle belongs to neither half.
BY_HAND = [
    ([2, 2, 2, 2], 2, 2, 2),
    ([0, 1, 2, 3], 1.5, 0.5, 2.5),
    ([0, 0, 4, 4], 2, 0, 4),
    ([0, 0, 0, 4], 0, 0, 2),
    ([0, 1, 2, 3, 4], 2, 0.5, 3.5),
    ([1, 1, 2, 4, 4], 2, 1, 4),
    ([0, 1, 1, 2, 3, 4], 1.5, 1, 3),
    ([0, 1, 2, 2, 3, 3, 4], 2, 1, 3),
    ([0, 0, 1, 1, 3, 3, 4, 4], 2, 0.5, 3.5),
]


@pytest.mark.parametrize(("fits", "median", "low", "high"), BY_HAND)
def test_the_quartiles_are_the_medians_of_the_halves(
    fits: list[int], median: float, low: float, high: float
) -> None:
    """Worked out on paper, for even and odd numbers of raters."""
    assert spread(fits) == Spread(tuple(fits), median, low, high)


def middle(counts: Counter[int], ranks: range) -> float:
    """The value midway in these ranks (from 1), read off the counts of each fit."""

    def at(rank: int) -> int:
        passed = 0
        for fit in range(5):
            passed += counts[fit]
            if rank <= passed:
                return fit
        raise AssertionError

    first, last = ranks[(len(ranks) - 1) // 2], ranks[len(ranks) // 2]
    return (at(first) + at(last)) / 2


@given(FITS)
def test_another_way_to_count_gives_the_same(fits: list[int]) -> None:
    """Median and quartiles agree with ranks read off a table of counts, never sorting a list."""
    counts, size = Counter(fits), len(fits)
    found = measured(fits)

    assert found.median == middle(counts, range(1, size + 1))
    assert found.low == middle(counts, range(1, size // 2 + 1))
    assert found.high == middle(counts, range(size - size // 2 + 1, size + 1))


@given(FITS.flatmap(lambda fits: st.tuples(st.just(fits), st.permutations(fits))))
def test_who_rated_first_makes_no_difference(both: tuple[list[int], list[int]]) -> None:
    """Any order of the same fits has the same spread."""
    fits, others = both
    assert spread(fits) == spread(others)


@given(FITS)
def test_the_middle_half_lies_around_the_median(fits: list[int]) -> None:
    """Everything is within the scale, in order, and a fit or midway between two."""
    found = measured(fits)

    assert min(fits) <= found.low <= found.median <= found.high <= max(fits)
    assert 0 <= found.width <= 4
    assert all((2 * end).is_integer() for end in map(float, (found.low, found.median, found.high)))
    assert list(found.fits) == sorted(fits)


@given(FITS)
def test_a_mirrored_group_is_as_far_apart(fits: list[int]) -> None:
    """Turning the scale around turns the spread around with it."""
    found, mirrored = measured(fits), measured([4 - fit for fit in fits])

    assert mirrored.width == found.width
    assert mirrored.median == 4 - found.median
    assert mirrored.split is found.split


@pytest.mark.parametrize(
    ("fits", "width", "split"),
    [
        ([2, 2, 2, 2], 0, False),
        ([0, 1, 1, 2, 2, 3], 1, False),
        ([1, 1, 2, 2, 3], 1.5, False),
        ([1, 1, 3, 3], 2, True),
        ([0, 0, 0, 4], 2, True),
        ([0, 0, 4, 4], 4, True),
    ],
)
def test_two_points_apart_is_a_split(fits: list[int], width: float, split: bool) -> None:
    """A middle half of two points or more, and nothing narrower."""
    found = measured(fits)
    assert (found.width, found.split) == (width, split)
    assert (found.width >= SPLIT_POINTS) is split


@pytest.mark.parametrize("fit", [-1, 5, 2.5, 40])
@pytest.mark.parametrize("others", [[], [1, 2, 3, 4]])
def test_what_is_no_fit_is_refused(fit: int, others: list[int]) -> None:
    """Only whole numbers from 0 to 4, in a small group too."""
    with pytest.raises(ValueError, match="0 to 4"):
        spread([*others, fit])
