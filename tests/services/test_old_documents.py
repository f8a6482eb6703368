"""Sessions as they were stored before voice, slow mode and second ratings: they are read, and they go on."""

import json
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.desk import Desk
from bot.formulation.acts import Decide, Rate, RateAgain, SayGoodbye, StepOut
from bot.rehearsal.stage import Stage, message_text, text_of
from bot.services.access import Caller, admit
from bot.services.papers import handout_of
from bot.storage import tables
from bot.ui import posts, private
from tests.delivery.wire import nothing_twice, own_posts
from tests.services.conftest import Hands
from tests.services.evening import ACCOUNT, QUESTION, TITLE, Evening, evening_on, group_of

GUILD, CHANNEL = 1, 2
PRESENTER, FACILITATOR, CEM, DAG, ELI = 11, 12, 13, 14, 15
EVERYONE = (PRESENTER, FACILITATOR, CEM, DAG, ELI)
TOKEN = "a" * 16

# Written by hand and left as it is: what the version before wrote of an hour in its private ratings.
STORED = """
{"token": "aaaaaaaaaaaaaaaa", "group": "", "protocol": "six-mechanisms", "language": "en", "minutes": 60,
 "retention_days": 14, "title": "The careful guest", "question": "What am I not seeing?",
 "account": "She asks how I slept before she sits down.", "told": true,
 "people": [{"key": "0000000000000001", "user": 11, "role": "presenter"},
            {"key": "0000000000000002", "user": 12, "role": "facilitator"},
            {"key": "0000000000000003", "user": 13, "role": "member"},
            {"key": "0000000000000004", "user": 14, "role": "member"},
            {"key": "0000000000000005", "user": 15, "role": "member"}],
 "step": "ratings", "topic": 0, "status": "open", "started_at": 0, "step_began_at": 0, "paused_at": null,
 "paused_seconds": 0, "time_up": false,
 "facts": [{"key": "0a0a0a0a", "asked_by": "0000000000000003", "question": "How long?", "answer": "A year."},
           {"key": "0b0b0b0b", "asked_by": "0000000000000004", "question": "Who else?", "answer": null}],
 "walks": {"0000000000000002": {"idea": null, "fits": {"transference": 1, "role-reversal": 4}, "evidence": {},
                                "done": false},
           "0000000000000003": {"idea": "Both are tired.", "fits": {"transference": 3, "role-reversal": null},
                                "evidence": {"transference": {"speaks_for": "She asks first.",
                                                              "speaks_against": ""}}, "done": true},
           "0000000000000004": {"idea": "", "fits": {"transference": 3, "role-reversal": 2}, "evidence": {},
                                "done": false},
           "0000000000000005": {"idea": "", "fits": {"transference": 0, "role-reversal": 2}, "evidence": {},
                                "done": false}},
 "reveal": null, "own_side_may_be_talked_about": null, "answer": null, "outcome": null, "closings": {},
 "ended_early": false, "closed_at": null}
"""

REVEALED = {
    "reveal": {"seed": "0123456789abcdef", "topics": ["transference", "role-reversal"]},
    "own_side_may_be_talked_about": False,
}
ANSWERED = {
    **REVEALED,
    "answer": {"fits": ["transference"], "something_else": True, "text": "The first, I think."},
    "outcome": {"kind": "ask", "strategy": "", "cue": "", "action": ""},
    "closings": {"0000000000000003": {"word": "curious", "looked_after": 1}},
}
FURTHER: dict[str, dict[str, Any]] = {
    "arrive": {"step": "arrive", "told": False, "facts": [], "walks": {}},
    "ratings": {},
    "talk": {"step": "talk", "topic": 1, "time_up": True, **REVEALED},
    "close": {"step": "close", **ANSWERED},
    "handout": {"step": "handout", **ANSWERED},
}


async def stored_at(desk: Desk, hands: Hands, step: str, **changes: Any) -> Evening:
    """A group with this session in it, as an update of the bot finds them."""
    group = await group_of(desk, GUILD, CHANNEL, FACILITATOR, EVERYONE)
    now = hands.seconds()
    known = {"group": group.token, "started_at": now, "step_began_at": now}
    document = json.dumps({**json.loads(STORED), **FURTHER[step], **known, **changes})
    status = json.loads(document)["status"]
    async with desk.ground.database.write() as connection:
        sealed = desk.ground.database.vault.seal("sessions.document", TOKEN, document)
        row = {"token": TOKEN, "group_token": group.token, "status": status, "version": 7}
        dates = {"wake_at": now + 60, "purge_at": now + 14 * 86_400}
        await connection.execute(insert(tables.sessions).values(document=sealed, **row, **dates))
    return Evening(lambda: desk, group, TOKEN, PRESENTER, FACILITATOR, (CEM, DAG, ELI))


@pytest.mark.parametrize("step", [step for step in FURTHER if step != "handout"])
async def test_it_is_read_in_writing_as_it_was_and_goes_on_to_its_end(
    desk: Desk, hands: Hands, step: str
) -> None:
    """In the step and with all that was given; everybody in it, nobody's rights lost; then a handout."""
    evening = await stored_at(desk, hands, step)
    before = await evening.stored()
    session = before.session
    assert (session.mode, session.step, before.version) == ("text", step, 7)
    assert [person.user for person in session.present] == list(EVERYONE)
    for user in EVERYONE:
        standing = await admit(desk.ground, "member", Caller(user, GUILD, CHANNEL), TOKEN)
        person = standing.session.session.person(user)
        assert person is not None
        assert private.mine(session, person, desk.ground.library(), before.purge_at, ())
    hands.pass_time(3600)
    await desk.formulating.call_time()
    closed = await evening.to("handout")
    assert (closed.title, closed.question, closed.account) == (TITLE, QUESTION, ACCOUNT)
    assert closed.facts == session.facts
    assert [session.walks[key].idea for key in session.walks] == [
        closed.walks[key].idea for key in session.walks
    ]
    assert handout_of(closed, desk.ground.library(), hands.at.date()).title == TITLE
    if step == "close":
        assert closed.outcome is not None
        assert (closed.outcome.kind, closed.closings["0000000000000003"].word) == ("ask", "curious")


async def test_what_is_new_can_be_done_in_it(desk: Desk, hands: Hands) -> None:
    """Rating a second time, stepping out, another step to leave with, being forgotten."""
    evening = await stored_at(desk, hands, "talk")
    assert (await evening.session()).topic_now == "role-reversal"
    session = await evening.to("second-ratings")
    assert session.talked_about == ("transference", "role-reversal")
    for rater in (FACILITATOR, CEM, DAG, ELI):
        await evening.act(RateAgain("transference", 3), rater)
    await evening.act(StepOut(), DAG)
    await evening.to("step")
    await evening.act(Decide("receive"), PRESENTER)
    await evening.to("close")
    await evening.act(SayGoodbye("calm", 0), ELI)
    await evening.to("handout")
    assert (await desk.privacy.forget(DAG, GUILD)).left_sessions == 1
    left = await evening.session()
    assert "0000000000000004" not in left.model_dump_json()
    assert (await desk.privacy.forget(PRESENTER, GUILD)).erased_sessions == 1


@pytest.mark.parametrize(("status", "step"), [("closed", "handout"), ("stranded", "talk")])
async def test_one_that_is_over_stays_over(desk: Desk, hands: Hands, status: str, step: str) -> None:
    """Its handout is still there to be asked for, and it goes on the day that was said."""
    evening = await stored_at(desk, hands, step, status=status, closed_at=hands.seconds())
    stored = await evening.stored()
    library = desk.ground.library()
    view = posts.board(stored.session, library, stored.purge_at)
    assert library.texts("button-handout") in str(view.to_components())
    hands.pass_time(14 * 86_400 - 1)
    await desk.privacy.erase_due()
    assert (await evening.session()).status == status
    hands.pass_time(1)
    await desk.privacy.erase_due()
    assert await desk.formulating.load(TOKEN) is None


async def test_an_update_in_the_middle_of_an_evening(stage: Stage) -> None:
    """The bot comes back as this version: the board that stands there works, and nothing is posted twice."""
    evening = await evening_on(stage)
    session = await evening.to("ratings")
    await stage.pass_time(5)
    document = session.model_dump(mode="json")
    old = {key: document[key] for key in json.loads(STORED)}
    old["people"] = [{key: each[key] for key in ("key", "user", "role")} for each in document["people"]]
    vault = stage.bot.desk.ground.database.vault
    async with stage.bot.desk.ground.database.write() as connection:
        sealed = vault.seal("sessions.document", evening.token, json.dumps(old))
        await connection.execute(update(tables.sessions).values(document=sealed))
    before = [each.id for each in own_posts(stage)]
    await stage.restart()
    await stage.pass_time(60)
    assert [each.id for each in own_posts(stage)] == before
    cem = stage["Cem"]
    await cem.press("walk", on=own_posts(stage)[-1])
    await cem.press("skip")
    first = cem.rates()
    assert first is not None
    await cem.press("rate", f"{first}.3")
    for rater in (evening.facilitator, *evening.members[1:]):
        await evening.act(Rate(first, 1), rater)
    you = stage["You"]
    await you.press("panel", on=own_posts(stage)[-1])
    await you.press("next")
    await stage.pass_time(5)
    stored = await evening.stored()
    assert stored.session.step == "reveal"
    assert {walk.fits[first] for walk in stored.session.walks.values()} == {1, 3}
    drawn = posts.board(stored.session, stage.library, stored.purge_at)
    assert message_text(own_posts(stage)[-1]) == text_of(drawn.to_components())
    assert sum(bool(each.attachments) for each in own_posts(stage)) == 1
    await nothing_twice(stage, evening.token)
