"""Rating once more what was talked about, and what of it is shown; and the presenter's own ratings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation import acts
from bot.formulation.posts import PostKey
from bot.formulation.reveal import changes, revealed
from bot.formulation.session import Reveal, Session, Walk
from bot.formulation.spread import Change, Spread, change, spread
from bot.formulation.walk import progress
from tests.formulation.evening import (
    AMA,
    BEN,
    CARE,
    FACILITATOR,
    MEMBERS,
    OUTSIDER,
    OWN_SIDE,
    PRESENTER,
    RATERS,
    REVERSAL,
    Evening,
    evening_at,
    key_of,
    library,
    new_session,
    talking,
)

CHANGE = PostKey("change")
FIT = st.integers(0, 4)
PAIRS = st.lists(st.tuples(FIT, FIT), max_size=8)


def rating_again(*pairs: tuple[int | None, int | None], minutes: int = 60) -> Evening:
    """The second rating of a group whose talk was about role reversal, each rater's first and second fit."""
    evening = Evening(minutes).until("ratings").rated(*({REVERSAL: first} for first, _ in pairs))
    evening.until("second-ratings")
    for user, (_, second) in zip(RATERS, pairs, strict=False):
        evening.act(user, acts.RateAgain(REVERSAL, second))
    return evening


# What is shown


@given(PAIRS)
def test_a_change_is_of_the_same_four_or_more_of_whom_two_or_more_moved(pairs: list[tuple[int, int]]) -> None:
    """One alone who moved would be known by it; so would three dots."""
    moved = [pair for pair in pairs if pair[0] != pair[1]]
    found = change(pairs)
    if len(pairs) < 4 or len(moved) < 2:
        assert found is None
    else:
        firsts, seconds = zip(*pairs, strict=True)
        assert found is not None
        assert found.before == spread(firsts)
        assert found.after == spread(seconds)


@given(PAIRS.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_a_change_tells_nobody_from_another(
    both: tuple[list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    """Whoever moved, and in whatever order they rated."""
    assert change(both[0]) == change(both[1])


PAIR = st.tuples(st.none() | FIT, st.none() | FIT)


@given(
    st.lists(st.dictionaries(st.sampled_from([CARE, REVERSAL, OWN_SIDE]), PAIR), max_size=7), st.booleans()
)
def test_only_whoever_rated_twice_is_counted(raters: list[dict[str, tuple]], all_topics: bool) -> None:
    """Not who can't tell, who came late or who left the second card open; each topic by itself."""
    topics = (REVERSAL, CARE) if all_topics else (REVERSAL,)
    walks = {
        key_of(user): Walk(
            fits={each: pair[0] for each, pair in rated.items()},
            again={each: pair[1] for each, pair in rated.items() if each in topics},
        )
        for user, rated in enumerate(raters)
    }
    session = new_session().model_copy(update={"walks": walks, "reveal": Reveal(seed="seed", topics=topics)})
    found = changes(session)
    for topic in (CARE, REVERSAL, OWN_SIDE):
        both = [rated[topic] for rated in raters if topic in rated and None not in rated[topic]]
        assert found.get(topic) == (change(both) if topic in topics else None)


def test_the_group_sees_what_the_talk_moved() -> None:
    """When the step is over, and not a moment before; whoever wrote nothing again is not in it."""
    evening = rating_again((0, 2), (0, 2), (4, 4), (4, 3))
    assert CHANGE not in evening.posts()
    evening.next()
    moved = Change(before=found([0, 0, 4, 4]), after=found([2, 2, 3, 4]))
    assert changes(evening.session) == {REVERSAL: moved}
    assert evening.posts()[CHANGE].content == ((REVERSAL, moved),)


def found(fits: list[int]) -> Spread:
    shown = spread(fits)
    assert shown is not None
    return shown


@pytest.mark.parametrize(
    "pairs",
    [
        [(0, 0), (0, 0), (4, 4), (4, 4)],
        [(0, 2), (0, 0), (4, 4), (4, 4), (3, 3)],
        [(0, 2), (0, 1), (4, 3), (2, None), (None, 2)],
    ],
)
def test_too_little_is_not_shown(pairs: list[tuple[int | None, int | None]]) -> None:
    """The post says so and holds no figure: nobody moved, one alone, or fewer than four rated twice."""
    evening = rating_again(*pairs)
    evening.next()
    assert changes(evening.session) == {}
    assert evening.posts()[CHANGE].content == ()


def test_a_group_without_topics_has_no_change_to_show() -> None:
    """Three went round: nothing was rated again, and no post says that nothing moved."""
    evening = Evening(members=(AMA, BEN)).until("answer")
    assert "second-ratings" in evening.session.opened
    assert CHANGE not in evening.posts()


def test_a_second_fit_can_be_changed_until_the_step_is_over() -> None:
    """The last tap counts; the reveal still shows the first."""
    evening = rating_again((0, 4), (0, 2), (4, 4), (4, 3))
    before = evening.posts()[PostKey("reveal")]
    evening.act(FACILITATOR, acts.RateAgain(REVERSAL, 1))
    evening.next()
    assert changes(evening.session)[REVERSAL].after.fits == (1, 2, 3, 4)
    assert evening.posts()[PostKey("reveal")] == before
    assert evening.refusal(AMA, acts.RateAgain(REVERSAL, 0)) == "step-moved-on"


def test_what_is_shown_is_not_rated_once_more() -> None:
    """Back would let the group watch a single dot move."""
    evening = rating_again((0, 2), (0, 2), (4, 4), (4, 3))
    evening.next()
    assert evening.refusal(FACILITATOR, acts.GoBack(evening.here)) == "nothing-before"


def test_only_what_was_talked_about_is_rated_again() -> None:
    """A card of another mechanism, or none at all, is from elsewhere."""
    evening = rating_again((0, 2), (0, 2), (4, 4), (4, 3))
    for act in (acts.RateAgain(CARE, 1), acts.RateAgain("sympathy", 1), acts.RateAgain(REVERSAL, 5)):
        assert evening.refusal(AMA, act) == "control-stale"
    small = Evening(members=(AMA, BEN)).until("second-ratings")
    assert small.session.topics == ()
    assert small.refusal(AMA, acts.RateAgain(REVERSAL, 1)) == "control-stale"


def test_progress_counts_whoever_rated_all_of_it_again() -> None:
    """Can't tell is an answer; one topic of two is not enough."""
    evening = talking(60).until("second-ratings")
    step = evening.script.step(evening.session)
    first, second = evening.session.topics
    evening.act(AMA, acts.RateAgain(first, 2))
    assert progress(evening.session, step) == "none"
    evening.act(AMA, acts.RateAgain(second, None))
    assert progress(evening.session, step) == "some"


def test_forgetting_takes_second_fits_along() -> None:
    """With the fourth rater the figure goes."""
    evening = rating_again((0, 2), (0, 2), (4, 4), (4, 3))
    evening.next()
    evening.act(AMA, acts.Forget())
    assert changes(evening.session) == {}


def test_who_came_after_the_reveal_is_no_dot() -> None:
    """They have no first fit to compare a second one with: they are not asked for one, nor waited for."""
    evening = rating_again((0, 2), (0, 2), (4, 4), (4, 3))
    evening.act(OUTSIDER, acts.Join(key_of(OUTSIDER)))
    assert evening.refusal(OUTSIDER, acts.RateAgain(REVERSAL, 0)) == "again-not-before"
    assert progress(evening.session, evening.script.step(evening.session)) == "all"
    evening.next()
    assert changes(evening.session)[REVERSAL].after.fits == (2, 2, 3, 4)


def test_over_days_a_second_look_is_over_where_nobody_had_a_first() -> None:
    """All who rated have left: whoever came after them goes on to the answer."""
    evening = talking(mode="slow")
    for user in (1, 2, 3):
        evening.act(user, acts.Join(key_of(user)))
    evening.act(FACILITATOR, acts.HandOver(1))
    for user in RATERS:
        evening.act(user, acts.StepOut())
    evening.act(1, acts.Next(evening.here))
    assert evening.kind == "answer"


# The presenter's own


def shown_by(session: Session) -> str:
    assert session.reveal is not None
    return repr((revealed(session, library().mechanisms, session.reveal.seed), changes(session)))


def test_the_presenters_own_fits_are_in_no_figure() -> None:
    """Whether they rate for themselves or not, the group's reveal, topics and posts are the same."""
    sessions = []
    for own in (None, 0, 4):
        evening = evening_at("ratings").rated({REVERSAL: 1}, {REVERSAL: 1}, {REVERSAL: 2}, {REVERSAL: 2})
        if own is not None:
            for mechanism in library().mechanisms:
                evening.act(PRESENTER, acts.RateForMyself(mechanism.id, own))
        evening.until("talk")
        sessions.append((shown_by(evening.session), evening.session.topics, evening.posts()))
        assert evening.session.own_fits == (
            {} if own is None else dict.fromkeys(evening.session.own_fits, own)
        )
    assert sessions[0] == sessions[1] == sessions[2]


def test_the_presenters_own_fit_makes_no_fourth_rater() -> None:
    """Three are three."""
    evening = evening_at("ratings").rated({REVERSAL: 0}, {REVERSAL: 4}, {REVERSAL: 4})
    evening.act(PRESENTER, acts.RateForMyself(REVERSAL, 4))
    evening.until("talk")
    assert evening.session.topics == ()


def test_the_presenters_ratings_are_their_own() -> None:
    """A member has none of these, the presenter none of theirs, and no button fits nothing."""
    evening = evening_at("ratings")
    assert evening.refusal(AMA, acts.RateForMyself(CARE, 2)) == "only-presenter"
    assert evening.refusal(PRESENTER, acts.Rate(CARE, 2)) == "only-rater"
    assert evening.refusal(PRESENTER, acts.RateForMyself(CARE, 7)) == "control-stale"
    evening.act(PRESENTER, acts.RateForMyself(CARE, 2))
    evening.act(PRESENTER, acts.RateForMyself(CARE, None))
    assert evening.session.own_fits == {CARE: None}
    evening.rate(FACILITATOR, {CARE: 2})
    evening.next()
    assert evening.refusal(PRESENTER, acts.RateForMyself(CARE, 2)) == "step-moved-on"


def test_nobody_waits_for_the_presenters_own_ratings() -> None:
    """Neither the word on the board nor, over days, the step."""
    evening = evening_at("ratings", mode="slow")
    for user in (FACILITATOR, *MEMBERS):
        evening.act(user, acts.FinishWalk())
    assert evening.kind == "reveal"
