"""Strategies without repeats until the library is through."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.rotation import next_strategy

IDS = st.lists(st.text("abcdefghij", min_size=1, max_size=3), min_size=1, max_size=26, unique=True)
LIBRARY = [f"strategy-{number}" for number in range(26)]


def rounds(ids: list[str], seed: str, count: int, weights: dict[str, int] | None = None) -> list[str]:
    shown: tuple[str, ...] = ()
    found: list[str] = []
    for _ in range(count):
        chosen, shown = next_strategy(ids, shown, seed, weights or {})
        found.append(chosen)
    return found


@given(IDS, st.text(max_size=8), st.dictionaries(st.text("abc", max_size=2), st.integers(-3, 1_000)))
def test_each_comes_once_a_round_and_none_twice_in_a_row(
    ids: list[str], seed: str, weights: dict[str, int]
) -> None:
    """Weighted or not, over three rounds."""
    found = rounds(ids, seed, 3 * len(ids), weights)
    for begin in range(0, len(found), len(ids)):
        assert sorted(found[begin : begin + len(ids)]) == sorted(ids)
    assert len(ids) == 1 or all(one != other for one, other in pairwise(found))


@given(IDS, st.text(max_size=8))
def test_the_order_follows_from_what_is_stored(ids: list[str], seed: str) -> None:
    """Not from the order in which the library was read."""
    assert rounds(ids, seed, 30) == rounds(ids[::-1], seed, 30)


def test_seeds_and_rounds_have_orders_of_their_own() -> None:
    """Two people are not shown the same week by week, nor one person the same half-year twice."""
    assert len({tuple(rounds(LIBRARY, str(seed), 26)) for seed in range(20)}) == 20
    assert (
        sum(rounds(LIBRARY, str(seed), 52)[26:] != rounds(LIBRARY, str(seed), 26) for seed in range(20)) >= 19
    )


@given(IDS, st.text(max_size=8), st.data())
def test_what_joins_or_leaves_the_library_joins_or_leaves_the_round(
    ids: list[str], seed: str, data: st.DataObject
) -> None:
    """What was shown is not shown again where it comes back, and what is gone is not shown."""
    shown: tuple[str, ...] = ()
    for _ in range(data.draw(st.integers(0, len(ids) - 1))):
        _, shown = next_strategy(ids, shown, seed)
    before = shown
    gone = data.draw(st.sampled_from(ids))
    now = [*(each for each in ids if each != gone), "new-one"]
    rest: list[str] = []
    for _ in range(len(set(now) - set(before))):
        chosen, shown = next_strategy(now, shown, seed)
        rest.append(chosen)
    assert sorted(rest) == sorted(set(now) - set(before))
    back = set(ids) | {"new-one"}
    if back - set(shown):
        assert next_strategy(sorted(back), shown, seed)[0] == gone


def test_what_was_taken_away_from_sessions_tends_to_come_early() -> None:
    """Over many seeds, in the first half of the round on average, and not always first."""
    places = [rounds(LIBRARY, str(seed), 26, {"strategy-7": 4}).index("strategy-7") for seed in range(200)]
    plain = [rounds(LIBRARY, str(seed), 26).index("strategy-7") for seed in range(200)]
    assert sum(places) / 200 < 7
    assert 10 < sum(plain) / 200 < 16
    assert max(places) > 7


def test_a_weight_has_a_limit() -> None:
    """A strategy of a thousand sessions still leaves the others a place before it."""
    firsts = {rounds(LIBRARY, str(seed), 1, {"strategy-7": 10**9})[0] for seed in range(50)}
    assert len(firsts) > 5


def test_an_empty_library_is_a_mistake_of_the_caller() -> None:
    """There is nothing to show then."""
    with pytest.raises(ValueError, match="no strategy"):
        next_strategy([], (), "seed")
