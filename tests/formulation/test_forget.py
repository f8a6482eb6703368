"""Forgetting: everything that came from a person goes, and what others gave stays."""

import json

import pytest

from bot.formulation import acts
from bot.formulation.reveal import revealed
from bot.formulation.session import Session
from tests.formulation.evening import (
    ACCOUNT,
    FACILITATOR,
    MEMBERS,
    OUTSIDER,
    PRESENTER,
    RATERS,
    TIETZE,
    evening_at,
    full_evening,
    key_of,
    library,
)


def forgotten(user: int) -> Session:
    return full_evening().act(user, acts.Forget())


@pytest.mark.parametrize("user", RATERS)
def test_nothing_of_a_rater_is_left(user: int) -> None:
    """Neither key nor user id nor any text of theirs stands anywhere in what is stored."""
    assert str(user) in full_evening().session.model_dump_json()
    stored = forgotten(user).model_dump_json()
    assert str(user) not in stored
    assert key_of(user) not in stored


@pytest.mark.parametrize("user", RATERS)
def test_nothing_of_others_goes_with_a_rater(user: int) -> None:
    """Everyone else's questions, ratings, observations and words stay as they were."""
    before, after = full_evening().session, forgotten(user)
    assert after.people == tuple(each for each in before.people if each.user != user)
    assert after.walks == {key: walk for key, walk in before.walks.items() if key != key_of(user)}
    assert after.closings == {key: each for key, each in before.closings.items() if key != key_of(user)}
    assert after.facts == tuple(fact for fact in before.facts if fact.asked_by != key_of(user))
    kept = before.model_dump(exclude={"people", "walks", "closings", "facts"})
    assert after.model_dump(exclude={"people", "walks", "closings", "facts"}) == kept


@pytest.mark.parametrize("user", RATERS)
def test_nothing_of_a_rater_is_shown(user: int) -> None:
    """The posts are drawn from what is left."""
    evening = full_evening()
    session = evening.act(user, acts.Forget())
    assert session.reveal is not None
    assert str(user) not in repr(revealed(session, library().mechanisms, session.reveal.seed))
    assert str(user) not in repr(evening.posts())


def test_nothing_of_the_presenter_is_left() -> None:
    """The case goes with them, and everything that anyone made of it."""
    session = forgotten(PRESENTER)
    stored = json.dumps(session.model_dump(mode="json"))
    for text in (str(PRESENTER), "careful guest", "not seeing", ACCOUNT, "answer for", "presenter", "repair"):
        assert text not in stored
    assert session.own_side_may_be_talked_about is None
    assert not any((session.facts, session.walks, session.closings, session.own_fits, session.reveal))
    assert {person.user for person in session.people} == set(RATERS)


def test_lines_go_with_their_author() -> None:
    """Whether the group has read them or not."""
    evening = evening_at("ideas", named=TIETZE)
    evening.act(MEMBERS[0], acts.Contribute("one", "wait"))
    evening.act(MEMBERS[1], acts.Contribute("two", "ask"))
    evening.act(MEMBERS[0], acts.Forget())
    assert [line.text for line in evening.session.lines] == ["ask"]


@pytest.mark.parametrize("user", RATERS)
def test_whoever_stepped_out_is_forgotten_as_well(user: int) -> None:
    """What the group had read goes now, and nothing tells that they were ever there."""
    evening = full_evening()
    evening.act(user, acts.StepOut())
    assert str(user) in evening.session.model_dump_json()
    evening.act(user, acts.Forget())
    assert str(user) not in evening.session.model_dump_json()
    assert evening.session.known(user) is None


def test_nobody_waits_for_one_who_is_forgotten() -> None:
    """Over days they may have been the last who was not done."""
    evening = evening_at("facts", mode="slow")
    for user in (PRESENTER, *RATERS[1:]):
        evening.act(user, acts.DoneHere(evening.here))
    assert evening.act(FACILITATOR, acts.Forget()).step == "ratings"


def test_when_too_few_are_left_the_figures_go() -> None:
    """Four raters less one are three, and a dot would have a face."""
    evening = full_evening()
    evening.act(FACILITATOR, acts.Forget())
    reveal = evening.session.reveal
    assert reveal is not None
    assert revealed(evening.session, library().mechanisms, reveal.seed).figures
    evening.act(MEMBERS[0], acts.Forget())
    assert not revealed(evening.session, library().mechanisms, reveal.seed).figures


def test_forgetting_twice_is_forgetting_once() -> None:
    """And whoever was never here leaves nothing behind."""
    evening = full_evening()
    once = evening.act(MEMBERS[0], acts.Forget())
    assert evening.act(MEMBERS[0], acts.Forget()) == once
    assert evening.act(OUTSIDER, acts.Forget()) == once


def test_whoever_comes_back_begins_anew() -> None:
    """With another key, and with nothing written."""
    evening = evening_at("ratings")
    evening.rate(MEMBERS[0], {"transference": 3})
    evening.act(MEMBERS[0], acts.Forget())
    evening.act(MEMBERS[0], acts.Join("fresh"))
    person = evening.session.person(MEMBERS[0])
    assert person is not None
    assert (person.key, person.role) == ("fresh", "member")
    assert evening.session.walk(person).fits == {}
