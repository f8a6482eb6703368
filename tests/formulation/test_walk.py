from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation.session import Evidence, Walk
from bot.formulation.walk import evidence_wanted, following, is_complete, order, progress
from tests.formulation.evening import (
    ABANDONMENT,
    AVOIDING,
    CARE,
    MEMBERS,
    OWN_SIDE,
    PRESENTER,
    RATERS,
    REVERSAL,
    TRANSFERENCE,
    Evening,
    key_of,
    library,
    new_session,
    protocol,
)

CARDS = (CARE, REVERSAL, TRANSFERENCE, ABANDONMENT, AVOIDING, OWN_SIDE)
FITS = st.dictionaries(st.sampled_from(CARDS), st.none() | st.integers(0, 4))
KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@given(KEYS)
def test_care_comes_first_and_the_own_side_last(key: str) -> None:
    """The null hypothesis is what the others must beat; the amplifier is a question of its own."""
    cards = order(library().mechanisms, key)

    assert (cards[0], cards[-1]) == (CARE, OWN_SIDE)
    assert sorted(cards) == sorted(mechanism.id for mechanism in library().mechanisms)


@given(KEYS, st.permutations(library().mechanisms))
def test_a_member_keeps_their_order(key: str, shuffled: list) -> None:
    """It hangs on the member's key alone, so that it is the same after any restart."""
    assert order(shuffled, key) == order(library().mechanisms, key)


def test_members_have_orders_of_their_own() -> None:
    """Every order of the four in the middle occurs, and none of them much oftener than chance."""
    middles = [order(library().mechanisms, key_of(number))[1:-1] for number in range(1200)]
    counted = {middle: middles.count(middle) for middle in permutations(sorted(middles[0]))}

    assert min(counted.values()) > 25
    assert max(counted.values()) < 90


def test_the_next_open_card_follows() -> None:
    """After the last card, it begins again with those that were passed over."""
    walk = Walk(fits={REVERSAL: 3, ABANDONMENT: None})

    assert following(CARDS, CARE, walk) == TRANSFERENCE
    assert following(CARDS, TRANSFERENCE, walk) == AVOIDING
    assert following(CARDS, OWN_SIDE, walk) == CARE


def test_after_all_cards_none_follows() -> None:
    """Can't tell counts as an answer."""
    walk = Walk(fits=dict.fromkeys(CARDS))
    assert all(following(CARDS, card, walk) is None for card in CARDS)


@given(FITS, st.sampled_from(CARDS))
def test_going_on_reaches_every_open_card_once(fits: dict[str, int | None], card: str) -> None:
    """Whoever answers what follows is done after as many taps as cards were open."""
    walk, met = Walk(fits=fits), []
    while (card_now := following(CARDS, met[-1] if met else card, walk)) is not None:
        met.append(card_now)
        walk = Walk(fits={**walk.fits, card_now: 2})

    assert sorted(met) == sorted(set(CARDS) - set(fits))
    assert is_complete(walk, CARDS)


@given(FITS)
def test_a_walk_is_complete_when_no_card_is_open(fits: dict[str, int | None]) -> None:
    """Completeness and the next card agree."""
    assert is_complete(Walk(fits=fits), CARDS) is (following(CARDS, CARE, Walk(fits=fits)) is None)


EVIDENCE = [
    ("highest", {}, ()),
    ("highest", {CARE: 0, REVERSAL: 0}, ()),
    ("highest", {CARE: None, REVERSAL: None}, ()),
    ("highest", {CARE: 1, REVERSAL: 0}, (CARE,)),
    ("highest", {CARE: 2, REVERSAL: 4, OWN_SIDE: 3}, (REVERSAL,)),
    ("highest", {ABANDONMENT: 3, REVERSAL: 3, CARE: 1}, (REVERSAL,)),
    ("claimed", {}, ()),
    ("claimed", {CARE: 2, REVERSAL: 1}, ()),
    ("claimed", {OWN_SIDE: 4, CARE: 3, REVERSAL: 2, AVOIDING: None}, (CARE, OWN_SIDE)),
    ("all", {}, ()),
    ("all", {OWN_SIDE: 0, CARE: 4, REVERSAL: None}, (CARE, OWN_SIDE)),
]


@pytest.mark.parametrize(("rule", "fits", "wanted"), EVIDENCE)
def test_which_fits_ask_for_evidence(rule: str, fits: dict[str, int | None], wanted: tuple[str, ...]) -> None:
    """The highest, every claimed one, or all; a card without a number never; in the member's own order."""
    assert evidence_wanted(Walk(fits=fits), CARDS, rule) == wanted


@given(FITS)
def test_a_stricter_rule_asks_for_more(fits: dict[str, int | None]) -> None:
    """What is claimed is among all; so is the highest."""
    walk = Walk(fits=fits)
    everything = set(evidence_wanted(walk, CARDS, "all"))
    assert everything >= set(evidence_wanted(walk, CARDS, "claimed"))
    assert everything >= set(evidence_wanted(walk, CARDS, "highest"))


@given(FITS, st.dictionaries(st.sampled_from(CARDS), st.just(Evidence(speaks_for="a", speaks_against=""))))
def test_evidence_that_was_given_is_still_named(
    fits: dict[str, int | None], evidence: dict[str, Evidence]
) -> None:
    """The summary needs it to lead back to what was written."""
    with_evidence = evidence_wanted(Walk(fits=fits, evidence=evidence), CARDS, "highest")
    assert with_evidence == evidence_wanted(Walk(fits=fits), CARDS, "highest")


def test_the_shipped_protocol_names_rules_that_exist() -> None:
    """The highest in 45 and 60 minutes, the claimed ones in 90."""
    assert dict(protocol().step("ratings").evidence or {}) == {45: "highest", 60: "highest", 90: "claimed"}


@pytest.mark.parametrize(
    ("ready", "raters", "word"),
    [
        (0, 0, "none"),
        (0, 5, "none"),
        (1, 1, "all"),
        (1, 2, "some"),
        (1, 5, "some"),
        (2, 4, "some"),
        (3, 5, "most"),
        (4, 5, "most"),
        (5, 5, "all"),
    ],
)
def test_progress_is_a_word(ready: int, raters: int, word: str) -> None:
    """None, some, most or all: no number stands for a person."""
    users = RATERS[:raters]
    done = Walk(fits=dict.fromkeys(CARDS, 1))
    session = new_session(users=users).model_copy(
        update={"walks": {key_of(user): done for user in users[:ready]}}
    )
    assert progress(session, len(CARDS)) == word


def test_a_card_counts_from_its_tap_on() -> None:
    """Nobody needs to press the last button, and a walk with one card open is not ready."""
    evening = Evening(members=MEMBERS[:1]).until("ratings")
    evening.rate(MEMBERS[0], dict.fromkeys(CARDS[:-1], 2))
    assert progress(evening.session, len(CARDS)) == "none"

    evening.rate(MEMBERS[0], {CARDS[-1]: None})
    assert progress(evening.session, len(CARDS)) == "some"


def test_the_presenter_is_not_waited_for() -> None:
    """Progress is that of the raters, whatever stands under the presenter's key."""
    session = new_session(users=(MEMBERS[0],))
    own = {key_of(PRESENTER): Walk(fits=dict.fromkeys(CARDS, 1))}
    assert progress(session.model_copy(update={"walks": own}), len(CARDS)) == "none"
