"""Which strategy comes next: each once, in an order of its own, before any comes again."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

MOST_LOTS = 20
"""A weight beyond this counts as this: one strategy of many sessions does not push all others to the end."""
_ALIKE: Mapping[str, int] = MappingProxyType({})


def next_strategy(
    ids: Sequence[str], shown: Sequence[str], seed: str, weights: Mapping[str, int] = _ALIKE
) -> tuple[str, tuple[str, ...]]:
    """The next of ``ids``, and what to store as ``shown`` and hand in the next time.

    ``shown`` is what this round has had, in order; ``seed`` is a random text, drawn once for each reminder.
    The same arguments always give the same. A round is over when every id has been shown; the next begins
    with another one than the last. What is added to the library joins the round, what is removed leaves it,
    and is not shown a second time where it comes back within it.

    A weight (0 where none is given, below 0 the same) says how often a person took a strategy away from
    sessions: at each draw an id with weight n is n + 1 times as likely as one without, so it tends to come
    early in a round, and still once. A channel hands in no weights: its order would tell what its sessions
    found.

    Raises ``ValueError`` without ids.
    """
    library = sorted(set(ids))
    if not library:
        raise ValueError("there is no strategy to choose from")
    left = [each for each in library if each not in set(shown)]
    before = tuple(shown)
    if not left:
        left = [each for each in library if each != shown[-1]] or library
        before = ()
    lots = [each for each in left for _ in range(1 + min(max(weights.get(each, 0), 0), MOST_LOTS))]
    # The draw of a new round hangs on the whole round before, so that rounds differ.
    drawn = int.from_bytes(sha256("\n".join((seed, *shown)).encode()).digest())
    chosen = lots[drawn % len(lots)]
    return chosen, (*before, chosen)
