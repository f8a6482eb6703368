"""A case taken back: nothing of it is left in Discord or in the database, and nobody is told why."""

from bot.desk import Desk
from bot.formulation.acts import (
    Ask,
    Decide,
    Observe,
    RateAgain,
    RateForMyself,
    Reply,
    Respond,
    SayGoodbye,
    Suppose,
    TakeCaseBack,
    TakeNote,
)
from bot.rehearsal.stage import Stage, components_of, message_text, text_of
from bot.services.ground import SECONDS_A_DAY
from bot.ui import posts
from tests.delivery.wire import nothing_twice, own_posts, rows_of
from tests.services.conftest import Hands
from tests.services.evening import (
    ACCOUNT,
    QUESTION,
    TITLE,
    Evening,
    StageEvening,
    evening_of,
    evening_on,
    group_of,
)
from tests.services.left import rows_left

GUILD, CHANNEL = 1, 2
PRESENTER, FACILITATOR, CEM, DAG = 11, 12, 13, 14
CANARY = "Her sister has a boat called Marigold."

OF_THE_RUN = {
    *("token", "group", "protocol", "language", "mode", "minutes", "zone", "seed", "room", "retention_days"),
    *("people", "status", "step", "told", "opened", "started_at", "step_began_at", "facilitator_seen_at"),
    *("ended_early", "taken_back", "closed_at"),
}
"""What a session may still hold when the case is gone: how it ran, and nothing that anyone gave to it."""


async def everything_of(evening: Evening) -> None:
    """Something of every kind that a session can hold, each with the canary in it."""
    cem = evening.members[0]
    await evening.to("facts")
    await evening.act(Ask("0a0a0a0a", f"{CANARY} asked"), cem)
    await evening.act(Reply("0a0a0a0a", f"{CANARY} answered"), evening.presenter)
    await evening.act(TakeNote(f"{CANARY} noted"), evening.presenter)
    await evening.to("ratings")
    await evening.act(Suppose(f"{CANARY} supposed"), cem)
    await evening.act(Observe("role-reversal", f"{CANARY} for", f"{CANARY} against"), cem)
    await evening.act(RateForMyself("role-reversal", 4), evening.presenter)
    session = await evening.to("second-ratings")
    for fit, rater in enumerate((evening.facilitator, *evening.members)):
        await evening.act(RateAgain(session.talked_about[0], fit % 5), rater)
    await evening.to("answer")
    await evening.act(Respond(("role-reversal",), something_else=False, text=CANARY), evening.presenter)
    await evening.to("step")
    await evening.act(Decide("plan", cue=CANARY, action=CANARY), evening.presenter)
    await evening.to("close")
    await evening.act(SayGoodbye(CANARY, 2), cem)


def shown(stage: Stage) -> str:
    """Everything that the bot shows to anyone in channel and thread, files and all."""
    messages = [each for place in (stage.channel, stage.thread) for each in own_posts(stage, place)]
    assert not any(each.attachments for each in messages)
    return "\n".join(f"{message_text(each)}\n{components_of(each)}" for each in messages)


async def is_calm(evening: StageEvening) -> None:
    """Two posts are left, the board and the invitation, and neither says what the case was."""
    stage = evening.stage
    stored = await evening.stored()
    (board,), (invitation,) = own_posts(stage), own_posts(stage, stage.channel)
    drawn = posts.board(stored.session, stage.library, stored.purge_at)
    assert message_text(board) == text_of(drawn.to_components()) == stage.library.texts("board-taken-back")
    assert message_text(invitation) == stage.library.texts("invitation-taken-back")
    for trace in (CANARY, TITLE, QUESTION, ACCOUNT, str(evening.presenter), "custom_id"):
        assert trace not in shown(stage)
    assert {row.kind for row in await rows_of(stage, evening.token)} == {
        "thread",
        "member",
        "invitation",
        "board",
    }
    await nothing_twice(stage, evening.token)


async def test_taken_back_in_the_middle_it_is_gone_at_once(stage: Stage) -> None:
    """Through the presenter's own button, which asks first; the thread itself goes a day later."""
    evening = await evening_on(stage)
    await everything_of(evening)
    bea = stage["Bea"]
    before = len(own_posts(stage))
    assert CANARY in "".join(message_text(each) for each in own_posts(stage))
    await bea.press("mine", on=stage.newest_with(stage.thread, "mine"))
    await bea.press("stop")
    assert len(own_posts(stage)) == before
    await bea.press("stop-now")
    assert bea.text == stage.library.texts("stop-done")
    await stage.pass_time(10)
    await is_calm(evening)
    left = (await evening.session()).model_dump()
    assert {name for name, value in left.items() if value} <= OF_THE_RUN
    # A restart, a press on an old button and a look at one's own part bring nothing back.
    await stage.restart()
    for name in ("Bea", "Cem", "You"):
        await stage[name].command("formulate mine")
        assert CANARY not in stage[name].text
        assert TITLE not in stage[name].text
    assert not bea.offers("handout")
    await stage.pass_time(60)
    await is_calm(evening)
    assert (await evening.stored()).purge_at <= stage.clock.seconds() + SECONDS_A_DAY
    await stage.pass_time(SECONDS_A_DAY)
    assert stage.channel.threads == []
    assert own_posts(stage, stage.channel) == []
    assert set(await rows_left(stage.bot.desk)) == {"groups", "members"}


async def test_taken_back_after_the_close_it_is_gone_as_well(stage: Stage) -> None:
    """Five days later: the posts go at once, and a calm board stands there until the next day."""
    evening = await evening_on(stage)
    await evening.to("ratings")
    await evening.act(Observe("role-reversal", CANARY, ""), evening.members[0])
    await evening.to("handout")
    await stage.pass_time(5 * SECONDS_A_DAY)
    assert CANARY in "".join(message_text(each) for each in own_posts(stage))
    await evening.act(TakeCaseBack(), evening.presenter)
    await stage.pass_time(10)
    await is_calm(evening)
    await stage.pass_time(SECONDS_A_DAY)
    assert stage.channel.threads == []


async def evening_at(desk: Desk, days: int = 14) -> Evening:
    everyone = (PRESENTER, FACILITATOR, CEM, DAG)
    group = await group_of(desk, GUILD, CHANNEL, FACILITATOR, everyone, days=days)
    return await evening_of(lambda: desk, group, PRESENTER, FACILITATOR, (CEM, DAG))


async def test_it_is_erased_a_day_later_to_the_second(desk: Desk, hands: Hands) -> None:
    """Whatever happens meanwhile: taken back twice, or somebody forgotten."""
    evening = await evening_at(desk)
    hands.pass_time(600)
    await evening.act(TakeCaseBack(), PRESENTER)
    purge_at = hands.seconds() + SECONDS_A_DAY
    assert (await evening.stored()).purge_at == purge_at
    hands.pass_time(SECONDS_A_DAY - 1)
    await evening.act(TakeCaseBack(), PRESENTER)
    await desk.privacy.forget(CEM, GUILD)
    assert (await evening.stored()).purge_at == purge_at
    await desk.privacy.erase_due()
    assert (await rows_left(desk))["sessions"] == 1
    hands.pass_time(1)
    await desk.privacy.erase_due()
    assert "sessions" not in await rows_left(desk)


async def test_it_is_never_kept_for_longer_than_was_said(desk: Desk, hands: Hands) -> None:
    """An hour before its date: the date stays."""
    evening = await evening_at(desk, days=1)
    await evening.to("handout")
    said = (await evening.stored()).purge_at
    hands.pass_time(SECONDS_A_DAY - 3600)
    await evening.act(TakeCaseBack(), PRESENTER)
    assert (await evening.stored()).purge_at == said
