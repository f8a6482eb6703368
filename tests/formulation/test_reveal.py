from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formulation import acts
from bot.formulation.reveal import PAGE_CHARACTERS, Observation, Revealed, Seen, pages, revealed, topics
from bot.formulation.session import Evidence, Mode, Session, Walk
from bot.formulation.spread import spread
from tests.formulation.evening import (
    ABANDONMENT,
    AVOIDING,
    CARE,
    FACILITATOR,
    MEMBERS,
    OWN_SIDE,
    PRESENTER,
    RATERS,
    REVERSAL,
    TRANSFERENCE,
    evening_at,
    full_evening,
    key_of,
    library,
    new_session,
)

MECHANISMS = library().mechanisms
IDS = tuple(mechanism.id for mechanism in MECHANISMS)


def session_with(walks: dict[int, Walk], users: tuple[int, ...] | None = None) -> Session:
    session = new_session(users=users or tuple(walks))
    return session.model_copy(update={"walks": {key_of(user): walk for user, walk in walks.items()}})


def observing(text: str) -> Walk:
    return Walk(
        idea=f"idea {text}", evidence={REVERSAL: Evidence(speaks_for=f"for {text}", speaks_against="")}
    )


def shown_of(fits: dict[str, list[int]]) -> Revealed:
    return Revealed(tuple(Seen(each, spread(fits.get(each, [])), 0, ()) for each in IDS), ())


def texts_of(lines: Iterable[Observation]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)


EIGHT = session_with({number: observing(f"{number}") for number in range(8)})


def test_everything_seen_is_shown_once() -> None:
    """Every rater's observations and ideas, mechanism by mechanism in the fixed order."""
    shown = revealed(full_evening().session, MECHANISMS, "seed")
    by_id = {seen.mechanism: seen for seen in shown.seen}

    assert tuple(by_id) == IDS
    assert set(by_id[REVERSAL].of("for")) == {f"for of {user}" for user in RATERS}
    assert set(by_id[REVERSAL].of("against")) == {f"against of {user}" for user in RATERS}
    assert set(texts_of(shown.ideas)) == {f"idea of {user}" for user in RATERS}
    assert shown.figures
    assert all(seen.spread is not None and len(seen.spread.fits) == len(RATERS) for seen in shown.seen)


def test_the_shuffle_is_stable() -> None:
    """Equal seeds shuffle equally, so that the post looks the same after a restart."""
    assert revealed(EIGHT, MECHANISMS, "seed") == revealed(EIGHT, MECHANISMS, "seed")


def test_seeds_shuffle_unlike() -> None:
    """Nothing but chance decides what comes first."""
    orders = {texts_of(revealed(EIGHT, MECHANISMS, f"{number}").ideas) for number in range(40)}
    assert len(orders) > 35
    assert len({order[0] for order in orders}) == 8


def test_two_lists_are_not_shuffled_alike() -> None:
    """Whose idea comes first does not tell whose observation comes first."""
    shown = revealed(EIGHT, MECHANISMS, "seed")
    by_id = {seen.mechanism: seen for seen in shown.seen}
    ideas = [idea.removeprefix("idea ") for idea in texts_of(shown.ideas)]
    assert ideas != [line.removeprefix("for ") for line in by_id[REVERSAL].of("for")]


@given(st.permutations(range(5)))
def test_the_order_of_joining_does_not_show(users: list[int]) -> None:
    """Whoever came first, and whoever rated first, the reveal is the same."""
    session = session_with({user: observing(f"{user}") for user in users}, tuple(users))
    expected = session_with({user: observing(f"{user}") for user in range(5)})
    assert revealed(session, MECHANISMS, "seed") == revealed(expected, MECHANISMS, "seed")


def test_what_was_left_empty_is_left_out() -> None:
    """A skipped idea and one empty side are no lines."""
    walk = Walk(idea="", evidence={CARE: Evidence(speaks_for="", speaks_against="against")})
    shown = revealed(session_with({1: walk}), MECHANISMS, "seed")
    by_id = {seen.mechanism: seen for seen in shown.seen}

    assert shown.ideas == ()
    assert by_id[CARE].of("for") == ()
    assert by_id[CARE].of("against") == ("against",)


def test_can_t_tell_is_no_fit() -> None:
    """It is counted apart, and three numbers beside it make no figure."""
    fits = [0, 3, None, 4]
    shown = revealed(
        session_with({user: Walk(fits={REVERSAL: fit}) for user, fit in enumerate(fits)}), MECHANISMS, "seed"
    )
    seen = shown.seen[IDS.index(REVERSAL)]

    assert (seen.spread, seen.cannot_tell) == (None, 1)
    assert not shown.figures


def test_whoever_stepped_out_after_it_is_still_among_the_figures() -> None:
    """The reveal is not drawn anew when somebody leaves: the difference would be theirs."""
    evening = full_evening()
    assert evening.session.reveal is not None
    before = revealed(evening.session, MECHANISMS, evening.session.reveal.seed)
    for user in MEMBERS:
        evening.act(user, acts.StepOut())
    assert revealed(evening.session, MECHANISMS, evening.session.reveal.seed) == before


def test_equal_words_have_equal_names_wherever_they_stand_alike() -> None:
    """The name of a line hangs on where it stands and what it says, and on nobody."""
    one, other = (
        revealed(session_with({user: observing("the same")}), MECHANISMS, "seed") for user in (1, 2)
    )
    names = [{line.id for line in shown.observations} for shown in (one, other)]
    assert names[0] == names[1]
    assert len(names[0]) == 2
    again = revealed(session_with({1: observing("the same")}), MECHANISMS, "another")
    assert not names[0] & {line.id for line in again.observations}


def line_of(text: str) -> Observation:
    return Observation("", "idea", text, text[:8])


@given(st.lists(st.text(max_size=4000), max_size=40))
def test_pages_lose_nothing(texts: list[str]) -> None:
    """All lines stand on the pages in their order; none is empty, or too long unless one line is."""
    paged = pages([line_of(text) for text in texts])
    assert [line.text for page in paged for line in page] == texts
    for page in paged:
        assert page
        assert len(page) == 1 or sum(len(f"- {line.text}\n") for line in page) <= PAGE_CHARACTERS


def test_the_reveal_is_paged_in_its_own_order() -> None:
    """Mechanism by mechanism, for before against, ideas at the end."""
    session = full_evening().session
    shown = revealed(session, MECHANISMS, "seed")
    order = [(line.about, line.side) for page in pages(shown.observations) for line in page]
    assert list(dict.fromkeys(order)) == [(REVERSAL, "for"), (REVERSAL, "against"), ("", "idea")]
    assert len(order) == 15


def test_many_short_lines_fit_too() -> None:
    """Bullets count: hundreds of single words would else be more than a message holds."""
    paged = pages([line_of("word")] * 1500)
    assert all(len("".join(f"- {line.text}\n" for line in page)) <= PAGE_CHARACTERS for page in paged)
    assert sum(map(len, paged)) == 1500


def test_pages_are_filled_before_the_next_begins() -> None:
    """Nothing needs more posts than it must."""
    paged = pages([line_of("x" * 997)] * 7)
    assert [len(page) for page in paged] == [3, 3, 1]


def test_nothing_seen_needs_no_page() -> None:
    """A reveal of ratings alone has no observations to post."""
    assert pages(shown_of({}).observations) == ()


WIDE, NARROW, HIGH, LOW = [0, 0, 4, 4], [1, 1, 2, 2], [3, 3, 4, 4], [0, 0, 1, 1]


def test_the_widest_split_comes_first() -> None:
    """Disagreement is the useful part."""
    shown = shown_of({CARE: NARROW, TRANSFERENCE: WIDE, REVERSAL: [1, 1, 3, 3]})
    assert topics(shown, MECHANISMS, 3, own_side=False) == (TRANSFERENCE, REVERSAL, CARE)


def test_of_equals_the_higher_median_comes_first() -> None:
    """Of two that the group sees equally alike, what seems to fit better is worth the minutes."""
    shown = shown_of({CARE: LOW, AVOIDING: HIGH, ABANDONMENT: NARROW})
    assert topics(shown, MECHANISMS, 6, own_side=False) == (AVOIDING, ABANDONMENT, CARE)


def test_there_are_no_more_topics_than_room() -> None:
    """The rest is left for another evening."""
    shown = shown_of(dict.fromkeys(IDS, WIDE))
    assert [len(topics(shown, MECHANISMS, room, own_side=True)) for room in range(1, 8)] == [
        1,
        2,
        3,
        4,
        5,
        6,
        6,
    ]


def test_without_figures_there_are_no_topics() -> None:
    """Three raters go round instead."""
    shown = shown_of({each: [0, 4, 4] for each in IDS})
    assert topics(shown, MECHANISMS, 3, own_side=True) == ()


def test_the_own_side_needs_leave() -> None:
    """Countertransference may split the group widest, and is no topic unless the presenter said yes."""
    shown = shown_of({CARE: NARROW, REVERSAL: HIGH, OWN_SIDE: WIDE})

    assert OWN_SIDE not in topics(shown, MECHANISMS, 3, own_side=False)
    assert topics(shown, MECHANISMS, 3, own_side=True) == (REVERSAL, CARE, OWN_SIDE)
    assert topics(shown, MECHANISMS, 2, own_side=True) == (REVERSAL, OWN_SIDE)


@pytest.mark.parametrize("room", [1, 2, 3])
def test_the_own_side_is_never_the_only_topic(room: int) -> None:
    """An amplifier needs something that it amplifies."""
    assert topics(shown_of({OWN_SIDE: WIDE}), MECHANISMS, room, own_side=True) == ()


@given(
    st.dictionaries(st.sampled_from(IDS), st.lists(st.integers(0, 4), max_size=7)),
    st.integers(1, 6),
    st.booleans(),
)
def test_what_holds_for_any_topics(fits: dict[str, list[int]], room: int, own_side: bool) -> None:
    """Only what has a figure, each once, widest first, the own side at the end and only with leave."""
    shown = shown_of(fits)
    chosen = topics(shown, MECHANISMS, room, own_side=own_side)
    widths = {seen.mechanism: seen.spread.width for seen in shown.seen if seen.spread is not None}
    rivals = [each for each in chosen if each != OWN_SIDE]

    assert len(chosen) == len(set(chosen)) <= room
    assert [widths[each] for each in rivals] == sorted((widths[each] for each in rivals), reverse=True)
    assert OWN_SIDE not in chosen[:1]
    assert OWN_SIDE not in chosen or (own_side and chosen[-1] == OWN_SIDE)


def test_equal_in_everything_keeps_the_fixed_order() -> None:
    """No chance is left in what a group talks about."""
    shown = shown_of(dict.fromkeys(IDS, WIDE))
    assert topics(shown, MECHANISMS, 6, own_side=False) == tuple(each for each in IDS if each != OWN_SIDE)


@pytest.mark.parametrize(("minutes", "room"), [(45, 2), (60, 2), (90, 3)])
def test_a_session_talks_about_as_many_as_it_has_time_for(minutes: int, room: int) -> None:
    """Two topics in 45 and 60 minutes, three in 90."""
    assert len(full_evening(minutes).session.topics) == room


SAID = [((), False), ((True,), True), ((False,), False), ((False, True), True), ((True, False), False)]


@pytest.mark.parametrize("mode", ["text", "slow"])
@pytest.mark.parametrize(("said", "talked"), SAID)
def test_leave_is_what_the_presenter_said_last(said: tuple[bool, ...], talked: bool, mode: Mode) -> None:
    """A no, and nothing said at all, keep the own side out of the talk; a yes never puts it first."""
    evening = evening_at("ratings", 90, mode=mode)
    for user in MEMBERS:
        evening.rate(user, {CARE: 1, REVERSAL: 2, OWN_SIDE: user % 5})
    evening.until("reveal")
    for allowed in said:
        evening.act(PRESENTER, acts.AllowOwnSide(allowed=allowed))
    evening.until("talk")
    assert (OWN_SIDE in evening.session.topics) is talked
    assert evening.session.topics[0] != OWN_SIDE


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True)])
def test_leave_can_be_taken_back_when_the_group_comes_back(first: bool, then: bool) -> None:
    """The talk that begins once more begins with what the presenter says now."""
    evening = evening_at("ratings", 90)
    for user in MEMBERS:
        evening.rate(user, {CARE: 1, REVERSAL: 2, OWN_SIDE: user % 5})
    evening.until("reveal").act(PRESENTER, acts.AllowOwnSide(allowed=first))
    assert (OWN_SIDE in evening.until("talk").session.topics) is first
    evening.act(FACILITATOR, acts.GoBack(evening.here))
    evening.act(PRESENTER, acts.AllowOwnSide(allowed=then))
    assert (OWN_SIDE in evening.until("talk").session.topics) is then


def test_figures_do_not_name_their_raters() -> None:
    """Any member may have given any of the fits: who gave which can't be read off the reveal."""
    fits = [0, 1, 3, 4]
    reveals = {
        revealed(
            session_with({user: Walk(fits={REVERSAL: fit}) for user, fit in enumerate(given)}),
            MECHANISMS,
            "s",
        )
        for given in permutations(fits)
    }
    assert len(reveals) == 1
