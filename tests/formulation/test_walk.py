from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.models import Mechanism
from bot.content.protocols import Evidence as EvidenceRule
from bot.content.protocols import StepKind
from bot.formulation import acts
from bot.formulation.session import Evidence, Walk
from bot.formulation.walk import asked_in, evidence_wanted, following, is_complete, order, progress
from tests.formulation.evening import (
    ABANDONMENT,
    AVOIDING,
    CARE,
    FACILITATOR,
    MEMBERS,
    OWN_SIDE,
    PRESENTER,
    PROTOCOLS,
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
RATING = protocol().step("ratings")
KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@given(KEYS)
def test_care_comes_first_and_the_own_side_last(key: str) -> None:
    """The null hypothesis is what the others must beat; the amplifier is a question of its own."""
    cards = order(library().mechanisms, key)

    assert (cards[0], cards[-1]) == (CARE, OWN_SIDE)
    assert sorted(cards) == sorted(mechanism.id for mechanism in library().mechanisms)


@given(KEYS, st.permutations(library().mechanisms))
def test_a_member_keeps_their_order(key: str, shuffled: list[Mechanism]) -> None:
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
    rated = (REVERSAL, ABANDONMENT)

    assert following(CARDS, CARE, rated) == TRANSFERENCE
    assert following(CARDS, TRANSFERENCE, rated) == AVOIDING
    assert following(CARDS, OWN_SIDE, rated) == CARE


def test_after_all_cards_none_follows() -> None:
    """Can't tell counts as an answer."""
    assert all(following(CARDS, card, CARDS) is None for card in CARDS)


@given(FITS, st.sampled_from(CARDS))
def test_going_on_reaches_every_open_card_once(fits: dict[str, int | None], card: str) -> None:
    """Whoever answers what follows is done after as many taps as cards were open."""
    met: list[str] = []
    while (card_now := following(CARDS, met[-1] if met else card, (*fits, *met))) is not None:
        met.append(card_now)

    assert sorted(met) == sorted(set(CARDS) - set(fits))
    assert is_complete(Walk(fits={**fits, **dict.fromkeys(met, 2)}), CARDS)


@given(FITS)
def test_a_walk_is_complete_when_no_card_is_open(fits: dict[str, int | None]) -> None:
    """Completeness and the next card agree."""
    assert is_complete(Walk(fits=fits), CARDS) is (following(CARDS, CARE, list(fits)) is None)


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
def test_which_fits_ask_for_evidence(
    rule: EvidenceRule, fits: dict[str, int | None], wanted: tuple[str, ...]
) -> None:
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
    """The highest in 45 and 60 minutes, the claimed ones in 90, all of them over days."""
    assert dict(RATING.evidence or {}) == {45: "highest", 60: "highest", 90: "claimed"}
    assert RATING.slow_evidence == "all"


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
    walks = {key_of(user): Walk(done=True) for user in users[:ready]}
    session = new_session(users=users).model_copy(update={"walks": walks})
    assert progress(session, RATING) == word


def test_a_card_counts_from_its_tap_on() -> None:
    """Nobody needs to press the last button, and a walk with one card open is not ready."""
    evening = Evening(members=MEMBERS[:1]).until("ratings")
    evening.rate(MEMBERS[0], dict.fromkeys(CARDS[:-1], 0))
    assert progress(evening.session, RATING) == "none"

    evening.rate(MEMBERS[0], {CARDS[-1]: None})
    assert progress(evening.session, RATING) == "some"


def test_the_presenter_is_not_waited_for() -> None:
    """Nor is whoever left or listens; progress is that of the raters, whatever else is stored."""
    session = new_session(users=MEMBERS[:3])
    one, two, three, four = session.people
    people = (one, two, three.model_copy(update={"away": True}), four.model_copy(update={"role": "observer"}))
    done = Walk(fits=dict.fromkeys(CARDS, 1), done=True)
    others = {person.key: done for person in people if person != two}
    session = session.model_copy(update={"people": people, "walks": others})
    assert progress(session, RATING) == "none"
    assert progress(session.model_copy(update={"walks": {two.key: done}}), RATING) == "all"


ASKED = {
    "arrive": (),
    "telling": (PRESENTER,),
    "facts": (PRESENTER, FACILITATOR, MEMBERS[0]),
    "restate": (PRESENTER,),
    "choose": (PRESENTER,),
    "gather": (FACILITATOR, MEMBERS[0]),
    "ratings": (FACILITATOR, MEMBERS[0]),
    "reveal": (PRESENTER, FACILITATOR, MEMBERS[0]),
    "talk": (PRESENTER, FACILITATOR, MEMBERS[0]),
    "second-ratings": (),
    "answer": (PRESENTER,),
    "step": (PRESENTER,),
    "close": (PRESENTER, FACILITATOR, MEMBERS[0]),
    "handout": (),
}


@pytest.mark.parametrize("kind", get_args(StepKind))
def test_whom_a_step_asks(kind: str) -> None:
    """The presenter for what is theirs, the others for what is the group's; never one who listens or left.

    For a second rating nobody is asked who gave no first.
    """
    evening = Evening(members=MEMBERS[:2], room=4)
    evening.act(MEMBERS[2], acts.Join(key_of(MEMBERS[2])))
    evening.act(MEMBERS[1], acts.StepOut())
    steps = [step for named in PROTOCOLS for step in protocol(named).steps if step.kind == kind]
    for step in steps:
        assert tuple(person.user for person in asked_in(evening.session, step)) == ASKED[kind]
