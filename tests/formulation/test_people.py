"""Who is in a session: coming in, listening, stepping out, coming back, and the facilitator's role."""

from dataclasses import fields

import pytest

from bot.formulation import acts
from bot.formulation.people import GONE_AFTER, GONE_AFTER_SLOW, is_gone
from bot.formulation.posts import PostKey, Version
from bot.formulation.session import MOST_PEOPLE, USUAL_PEOPLE, Mode, Person
from tests.formulation.evening import (
    AMA,
    BEN,
    CARE,
    CLEO,
    DAY,
    FACILITATOR,
    INCIDENT,
    KINDS,
    MEMBERS,
    OUTSIDER,
    PRESENTER,
    PROTOCOLS,
    TIETZE,
    Evening,
    evening_at,
    full_evening,
    key_of,
    new_session,
    says,
    talking,
)


def without_facilitator(*users: int, mode: Mode = "text") -> Evening:
    evening = Evening(mode=mode)
    evening.session = new_session(users=users, mode=mode)
    return evening


def role_of(evening: Evening, user: int) -> str | None:
    person = evening.session.person(user)
    return person.role if person is not None else None


# Coming in


def test_who_joins_is_a_member() -> None:
    """They get the key that was drawn for them, and everybody else stays who they were."""
    evening = Evening()
    before = evening.session.people
    after = evening.act(OUTSIDER, acts.Join("fresh")).people
    assert after == (*before, Person(key="fresh", user=OUTSIDER, role="member"))


def test_nobody_comes_in_twice() -> None:
    """A second press on the invitation changes neither role nor key."""
    evening = Evening()
    for user in (PRESENTER, FACILITATOR, AMA):
        before = evening.session
        assert evening.act(user, acts.Join("another")) == before


def test_a_full_session_takes_nobody_in() -> None:
    """Twenty-five are as many as fit; those who are in may press again."""
    evening = Evening(members=range(100, 100 + MOST_PEOPLE - 2))
    assert len(evening.session.people) == MOST_PEOPLE

    assert evening.refusal(OUTSIDER, acts.Join("fresh")) == "session-full"
    assert evening.act(100, acts.Join("fresh")) == evening.session


def test_from_the_ninth_on_people_listen() -> None:
    """Eight take part, the presenter and the facilitator among them; whoever listens writes nothing."""
    users = range(100, 110)
    evening = Evening(members=users, room=USUAL_PEOPLE)
    roles = [person.role for person in evening.session.people]
    assert roles == ["presenter", "facilitator", *["member"] * 6, *["observer"] * 4]
    evening.until("ratings")
    for act in (
        acts.Rate(CARE, 3),
        acts.Suppose("an idea"),
        acts.Observe(CARE, "for", ""),
        acts.FinishWalk(),
    ):
        assert evening.refusal(106, act) == "only-rater"
    assert {person.user for person in evening.session.raters} == {FACILITATOR, *users[:6]}


def test_a_place_that_is_free_again_is_taken() -> None:
    """Someone steps out: the next who comes takes part, and those who listen go on listening."""
    evening = Evening(members=range(100, 107), room=USUAL_PEOPLE)
    evening.act(100, acts.StepOut())
    evening.act(OUTSIDER, acts.Join("fresh"))
    assert (role_of(evening, 106), role_of(evening, OUTSIDER)) == ("observer", "member")


def test_the_facilitator_can_make_room() -> None:
    """Then all take part, and all who come after them, up to twenty-five."""
    evening = Evening(members=range(100, 108), room=USUAL_PEOPLE)
    evening.act(FACILITATOR, acts.MakeRoom())
    for user in range(108, 100 + MOST_PEOPLE - 2):
        evening.act(user, acts.Join(key_of(user)))
    assert {person.role for person in evening.session.people} == {"presenter", "facilitator", "member"}
    assert len(evening.session.people) == MOST_PEOPLE
    assert evening.refusal(OUTSIDER, acts.Join("fresh")) == "session-full"
    evening.until("ratings").rate(122, {CARE: 2})
    assert evening.session.walks[key_of(122)].fits == {CARE: 2}


def test_whoever_comes_late_rates_only_before_the_reveal() -> None:
    """They may join in the ratings, and may talk later on."""
    evening = evening_at("ratings")
    evening.act(OUTSIDER, acts.Join(key_of(OUTSIDER)))
    evening.rate(OUTSIDER, {CARE: 2})
    assert evening.session.walk(evening.session.people[-1]).fits == {CARE: 2}

    evening.until("talk").act(4, acts.Join("later"))
    assert evening.refusal(4, acts.Rate(CARE, 2)) == "step-moved-on"


# Stepping out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("user", [FACILITATOR, AMA])
def test_anyone_but_the_presenter_can_step_out_at_any_time(kind: str, user: int) -> None:
    """Without a reason, and twice is as good as once; held or not, and after the close as well."""
    assert not fields(acts.StepOut)
    evening = evening_at(kind)
    if evening.session.status == "open":
        evening.act(PRESENTER, acts.Pause(on=True))
    out = evening.act(user, acts.StepOut())
    assert (out.person(user), out.known(user) is not None) == (None, True)
    assert user not in {person.user for person in (*out.present, *out.raters)}
    assert evening.act(user, acts.StepOut()) == out


def test_the_presenter_has_another_way_out() -> None:
    """They take their case back, or the group would sit there without one."""
    assert evening_at("talk").refusal(PRESENTER, acts.StepOut()) == "presenter-steps-out"


def test_who_was_never_in_leaves_nothing_behind() -> None:
    """Pressing it from outside changes nothing."""
    evening = evening_at("facts")
    before = evening.session
    assert evening.act(OUTSIDER, acts.StepOut()) == before


def test_stepping_out_shows_as_one_person_less() -> None:
    """They are let out of the thread, and nothing else of what the group sees is different."""
    evening = evening_at("facts")
    before = evening.posts()
    evening.act(AMA, acts.StepOut())
    after = evening.posts()
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert differing == {PostKey("member", key_of(AMA))}
    assert after[PostKey("member", key_of(AMA))] == Version((True,))


def test_with_the_private_ratings_their_author_takes_them_along() -> None:
    """Before the reveal nobody has seen them; what was asked aloud stays."""
    evening = evening_at("facts")
    evening.act(AMA, acts.Ask("one", "How long?"))
    evening.until("ratings")
    for user in (AMA, BEN):
        evening.rate(user, {CARE: 4})
        evening.act(user, acts.Suppose(f"idea of {user}"))
        evening.act(user, acts.Observe(CARE, f"for of {user}", ""))
    out = evening.act(AMA, acts.StepOut())
    assert set(out.walks) == {key_of(BEN)}
    assert f"of {AMA}" not in out.model_dump_json()
    assert [fact.key for fact in out.facts] == ["one"]


def test_what_the_group_has_read_stays_when_its_author_leaves() -> None:
    """Dots and lines have no name on them; taking one away would put one there."""
    evening = talking()
    before = {
        key: version for key, version in evening.posts().items() if key.kind in ("reveal", "observations")
    }
    evening.act(AMA, acts.StepOut())
    assert before.items() <= evening.posts().items()


def test_lines_out_of_sight_go_with_their_author() -> None:
    """Until all of them are shown; those of a step whose lines are open stay."""
    for named, step, stays in ((INCIDENT, "positions", False), (TIETZE, "ideas", True)):
        evening = evening_at(step, named=named)
        evening.act(AMA, acts.Contribute("one", "wait"))
        assert bool(evening.act(AMA, acts.StepOut()).lines) is stays

    evening = evening_at("positions", named=INCIDENT)
    evening.act(AMA, acts.Contribute("one", "wait"))
    assert evening.until("group-alone").act(AMA, acts.StepOut()).lines


def test_a_second_rating_that_is_still_private_goes_too() -> None:
    """The first one is on the table already and stays."""
    evening = talking().until("second-ratings")
    evening.act(AMA, acts.RateAgain(CARE, 4))
    walk = evening.act(AMA, acts.StepOut()).walks[key_of(AMA)]
    assert (walk.again, bool(walk.fits)) == ({}, True)

    evening = talking().until("second-ratings")
    evening.act(AMA, acts.RateAgain(CARE, 4))
    assert evening.until("answer").act(AMA, acts.StepOut()).walks[key_of(AMA)].again == {CARE: 4}


def test_a_word_that_was_not_shown_yet_goes_too() -> None:
    """Words come all at once at the close; after it, everyone's word stays."""
    evening = evening_at("close")
    evening.act(AMA, acts.SayGoodbye("relieved", 1))
    assert evening.act(AMA, acts.StepOut()).closings == {}

    evening = full_evening()
    assert set(evening.act(AMA, acts.StepOut()).closings) == {
        key_of(user) for user in (PRESENTER, FACILITATOR, *MEMBERS)
    }


def test_who_stepped_out_is_asked_for_nothing_more() -> None:
    """They do nothing in it, and nobody waits for them."""
    evening = evening_at("ratings")
    evening.act(AMA, acts.StepOut())
    for act in (acts.Rate(CARE, 2), acts.FinishWalk()):
        assert evening.refusal(AMA, act) == "only-rater"
    for act in (acts.SlowDown(evening.here), acts.WantNudge(on=True), acts.TakeBack("idea")):
        assert evening.refusal(AMA, act) == "only-member"


def test_whoever_stepped_out_may_come_back() -> None:
    """Under the key they had, as a member, with an empty sheet."""
    evening = evening_at("ratings")
    evening.rate(AMA, {CARE: 4})
    evening.act(AMA, acts.StepOut())
    evening.act(AMA, acts.Join("fresh"))
    person = evening.session.person(AMA)
    assert person == Person(key=key_of(AMA), user=AMA, role="member")
    assert key_of(AMA) not in evening.session.walks


def test_who_comes_back_to_a_full_table_listens() -> None:
    """Their place was taken; also where no more names fit, those who were in come in again."""
    evening = Evening(members=range(100, 106), room=USUAL_PEOPLE)
    evening.act(100, acts.StepOut())
    evening.act(OUTSIDER, acts.Join("fresh"))
    evening.act(100, acts.Join("another"))
    assert role_of(evening, 100) == "observer"

    evening = Evening(members=range(100, 100 + MOST_PEOPLE - 2))
    evening.act(100, acts.StepOut())
    assert evening.refusal(OUTSIDER, acts.Join("fresh")) == "session-full"
    evening.act(100, acts.Join("another"))
    assert role_of(evening, 100) == "member"


@pytest.mark.parametrize("named", PROTOCOLS)
def test_a_group_that_has_shrunk_goes_on(named: str) -> None:
    """Only the beginning asks how many there are."""
    evening = evening_at("talk" if named != TIETZE else "ideas", named=named)
    for user in MEMBERS:
        evening.act(user, acts.StepOut())
    assert evening.until("handout").session.status == "closed"


# The facilitator's role


def test_a_member_takes_the_role_that_nobody_has() -> None:
    """They keep their place and their key."""
    evening = without_facilitator(AMA, BEN)
    evening.act(AMA, acts.Facilitate("fresh"))
    assert evening.session.people[1] == Person(key=key_of(AMA), user=AMA, role="facilitator")


def test_an_outsider_comes_in_as_facilitator() -> None:
    """One press is enough, also where everybody else would come in to listen."""
    evening = without_facilitator(AMA)
    evening.session = evening.session.model_copy(update={"room": 2})
    evening.act(OUTSIDER, acts.Facilitate("fresh"))
    assert evening.session.holder("facilitator") == Person(key="fresh", user=OUTSIDER, role="facilitator")


def test_of_two_who_take_the_role_at_once_the_second_is_told() -> None:
    """The first may press again."""
    evening = without_facilitator(AMA, BEN)
    evening.act(AMA, acts.Facilitate("one"))
    for user in (BEN, OUTSIDER, PRESENTER):
        assert evening.refusal(user, acts.Facilitate("two")) == "facilitator-taken"
    assert evening.act(AMA, acts.Facilitate("three")) == evening.session


def test_the_presenter_can_t_facilitate() -> None:
    """Whoever brings the case has enough to do: not by taking the role, nor by being given it."""
    evening = without_facilitator(AMA)
    assert evening.refusal(PRESENTER, acts.Facilitate("fresh")) == "presenter-cannot-facilitate"
    assert Evening().refusal(FACILITATOR, acts.HandOver(PRESENTER)) == "presenter-cannot-facilitate"


def test_nobody_slips_into_a_full_session_to_facilitate() -> None:
    """Members of it still may."""
    evening = without_facilitator(*range(100, 100 + MOST_PEOPLE - 1))
    assert evening.refusal(OUTSIDER, acts.Facilitate("fresh")) == "session-full"
    assert evening.act(100, acts.Facilitate("fresh")).holder("facilitator") is not None


def test_the_role_passes_on_by_a_button() -> None:
    """Who had it is a member from then on; the first of two presses counts."""
    evening = evening_at("facts")
    evening.act(FACILITATOR, acts.HandOver(BEN))
    assert (role_of(evening, BEN), role_of(evening, FACILITATOR)) == ("facilitator", "member")
    assert evening.refusal(FACILITATOR, acts.HandOver(CLEO)) == "only-facilitator"
    before = evening.session
    assert evening.act(BEN, acts.HandOver(BEN)) == before


def test_the_role_goes_only_to_who_is_here() -> None:
    """Not to an outsider, and not to one who stepped out."""
    evening = evening_at("facts")
    evening.act(AMA, acts.StepOut())
    for user in (OUTSIDER, AMA):
        assert evening.refusal(FACILITATOR, acts.HandOver(user)) == "not-in-session"


def test_whoever_listens_can_be_given_the_role() -> None:
    """They take part from then on."""
    evening = Evening(members=range(100, 107), room=USUAL_PEOPLE)
    evening.act(FACILITATOR, acts.HandOver(106))
    assert role_of(evening, 106) == "facilitator"
    assert 106 in {person.user for person in evening.session.raters}


@pytest.mark.parametrize("goes", [acts.StepOut(), acts.Forget()])
def test_when_the_facilitator_leaves_another_may_take_over_at_once(goes: acts.Act) -> None:
    """No session is stuck with nobody."""
    evening = talking(45)
    evening.act(FACILITATOR, goes)
    assert evening.session.holder("facilitator") is None
    evening.act(BEN, acts.Facilitate("fresh"))
    evening.act(BEN, acts.Skip(evening.here))
    assert evening.here == "talk.1"


def test_a_facilitator_who_comes_back_is_a_member() -> None:
    """Who took over keeps the role; nobody took it: it is free to be taken again."""
    evening = evening_at("talk")
    evening.act(FACILITATOR, acts.StepOut())
    evening.act(FACILITATOR, acts.Join("fresh"))
    assert role_of(evening, FACILITATOR) == "member"
    evening.act(FACILITATOR, acts.Facilitate("fresh"))
    assert role_of(evening, FACILITATOR) == "facilitator"


@pytest.mark.parametrize("held", [False, True])
def test_after_ten_minutes_another_may_take_over(held: bool) -> None:
    """Not a second before; they count from when there was something to press."""
    evening = talking()
    if held:
        evening.act(PRESENTER, acts.Pause(on=True), 400)
    else:
        evening.wake()
    since = evening.now
    assert evening.refusal(BEN, acts.Facilitate("fresh"), GONE_AFTER - 1) == "facilitator-taken"
    assert not is_gone(evening.session, evening.now)
    evening.act(BEN, acts.Facilitate("fresh"), 1)
    assert evening.now - since == 600
    assert (role_of(evening, BEN), role_of(evening, FACILITATOR)) == ("facilitator", "member")
    assert evening.refusal(FACILITATOR, acts.Next(evening.here)) == "only-facilitator"


def test_while_minutes_run_nobody_is_gone() -> None:
    """A facilitator who lets the group talk for twenty minutes has nothing to press."""
    evening = evening_at("talk", 90)
    assert evening.refusal(BEN, acts.Facilitate("fresh"), 20 * 60) == "facilitator-taken"


@pytest.mark.parametrize(
    "sign",
    [
        acts.SignOfLife(),
        acts.MakeRoom(),
        acts.TakeBack("idea"),
        acts.SlowDown("talk.0"),
        acts.WantNudge(on=True),
    ],
)
def test_whatever_the_facilitator_does_says_that_they_are_here(sign: acts.Act) -> None:
    """Also what has nothing to do with facilitating."""
    evening = Evening(members=range(100, 107), room=USUAL_PEOPLE).until("ratings")
    evening.act(FACILITATOR, acts.Suppose("an idea"))
    evening.until("talk").wake()
    evening.act(FACILITATOR, sign, 500)
    assert evening.refusal(100, acts.Facilitate("fresh"), 599) == "facilitator-taken"
    evening.act(100, acts.Facilitate("fresh"), 1)


def test_what_others_do_is_no_sign_of_the_facilitator() -> None:
    """Nor is a press of theirs that is refused or comes too late."""
    evening = talking()
    evening.wake()
    evening.act(AMA, acts.SlowDown(evening.here), 300)
    evening.refusal(FACILITATOR, acts.HandOver(OUTSIDER))
    evening.act(FACILITATOR, acts.Next("facts.0"))
    evening.act(BEN, acts.Facilitate("fresh"), 300)
    assert role_of(evening, BEN) == "facilitator"


def test_looking_at_the_panel_is_noted_once_a_minute() -> None:
    """Often enough for the ten minutes, and seldom enough for the disk."""
    evening = evening_at("talk")
    before = evening.session
    assert evening.act(FACILITATOR, acts.SignOfLife(), 59) == before
    assert evening.act(FACILITATOR, acts.SignOfLife(), 1).facilitator_seen_at == evening.now


def test_over_days_a_facilitator_is_gone_after_two() -> None:
    """Whatever the time of day."""
    evening = evening_at("facts", mode="slow")
    assert evening.refusal(BEN, acts.Facilitate("fresh"), GONE_AFTER_SLOW - 1) == "facilitator-taken"
    evening.act(BEN, acts.Facilitate("fresh"), 1)
    assert GONE_AFTER_SLOW == 2 * DAY
    assert role_of(evening, BEN) == "facilitator"


def test_taking_over_brings_in_whoever_does() -> None:
    """An outsider or one who had stepped out; of two at once the second finds it taken."""
    evening = talking()
    evening.act(AMA, acts.StepOut())
    evening.wake()
    evening.act(AMA, acts.Facilitate("fresh"), 600)
    assert role_of(evening, AMA) == "facilitator"
    assert evening.refusal(OUTSIDER, acts.Facilitate("other")) == "facilitator-taken"


def test_the_presenter_does_not_take_over() -> None:
    """Not even from one who is gone for long."""
    evening = talking()
    evening.wake()
    assert evening.refusal(PRESENTER, acts.Facilitate("fresh"), 3_000) == "presenter-cannot-facilitate"


def test_an_observer_is_in_without_taking_part() -> None:
    """An observer slows down and says goodbye, like anyone, and asks and rates nothing."""
    evening = Evening(members=range(100, 107), room=USUAL_PEOPLE)
    evening.until("facts")
    assert evening.refusal(106, acts.Ask("one", "Why?")) == "only-rater"
    assert evening.act(106, acts.SlowDown(evening.here)).slower
    evening.until("close").act(106, acts.SayGoodbye("quiet", 2))
    assert not says(evening, "quiet")
    evening.until("handout")
    assert says(evening, "quiet")
    assert key_of(106) not in evening.session.walks
