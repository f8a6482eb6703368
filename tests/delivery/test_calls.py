"""The one post that rouses somebody: the facilitator, when time is up or the presenter's own begins."""

from bot.formulation.acts import Facilitate, HandOver, MoreTime, Next, Pause, Skip, StepOut
from bot.rehearsal.stage import Stage, message_text
from tests.delivery.wire import Wire, nothing_twice, own_posts
from tests.services.evening import StageEvening, evening_on


def standing(stage: Stage) -> list[str]:
    """The calls that stand in the thread: those posts that begin with somebody's name."""
    return [text for each in own_posts(stage) if (text := message_text(each)).startswith("<@")]


def roused(wire: Wire) -> list[tuple[str, list[int]]]:
    """Everything that was posted in order to rouse somebody, anywhere, and whom."""
    sent = [(each.path, each.body["allowed_mentions"]) for each in wire.of("POST", r"/channels/\d+/messages")]
    assert all(mentions["parse"] == [] for _, mentions in sent)
    return [(path, mentions["users"]) for path, mentions in sent if mentions.get("users")]


async def minutes_over(evening: StageEvening) -> None:
    """Until a little after this moment's minutes."""
    stage = evening.stage
    session = await evening.session()
    until = stage.bot.desk.formulating.script_of(session).until(session)
    assert until is not None
    await stage.pass_time(until - stage.clock.seconds() + 3)


async def test_the_facilitator_alone_is_called_when_time_is_up(stage: Stage, wire: Wire) -> None:
    """Once a step; the call goes when the group goes on, gets more time, or somebody else facilitates."""
    evening = await evening_on(stage)
    you, cem = evening.facilitator, stage["Cem"].id
    thread = f"/channels/{stage.thread.id}/messages"
    calls: list[tuple[str, list[int]]] = []

    async def called(*expected: int) -> None:
        """Those who were roused since, and nobody else; there is one call for as long as there is any."""
        calls.extend((thread, [user]) for user in expected)
        assert roused(wire) == calls
        assert [text.split()[0] for text in standing(stage)] == [f"<@{user}>" for user in expected]
        await nothing_twice(stage, evening.token)

    await called()
    await minutes_over(evening)
    await called(you)
    assert stage.newest_with(stage.thread, "panel") == own_posts(stage)[-1]
    await evening.act(Next(await evening.here()), you)
    await stage.pass_time(5)
    await called()
    await minutes_over(evening)
    await called(you)
    await evening.to("talk")
    await called()
    await minutes_over(evening)
    await called(you)
    await evening.act(MoreTime(await evening.here()), you)
    await stage.pass_time(5)
    await called()
    await minutes_over(evening)
    await called(you)
    await evening.act(HandOver(cem), you)
    await stage.pass_time(5)
    await called(cem)


async def test_the_presenter_s_time_is_called_in_place_of_the_step_s(stage: Stage, wire: Wire) -> None:
    """The presenter is named there and not roused: their phone stays quiet."""
    evening = await evening_on(stage)
    await evening.to("talk")
    await minutes_over(evening)
    (before,) = standing(stage)
    known = len(roused(wire))
    session = await evening.session()
    reserve = stage.bot.desk.formulating.script_of(session).reserve_begins(session)
    assert reserve is not None
    await stage.pass_time(reserve - stage.clock.seconds() - 5)
    assert standing(stage) == [before]
    await stage.pass_time(10)
    (reserved,) = standing(stage)
    assert reserved != before
    assert f"<@{evening.presenter}>" in reserved
    await stage.pass_time(60)
    assert len(roused(wire)) == known + 1
    while await evening.kind() != "answer":
        await evening.act(Skip(await evening.here()), evening.facilitator)
    await stage.pass_time(5)
    assert standing(stage) == []
    assert {user for _, users in roused(wire) for user in users} == {evening.facilitator}


async def test_nobody_is_called_where_nobody_facilitates(stage: Stage, wire: Wire) -> None:
    """Whoever takes the role is called then; a pause and its end call nobody twice."""
    evening = await evening_on(stage)
    await evening.act(StepOut(), evening.facilitator)
    await minutes_over(evening)
    assert (await evening.session()).time_up
    assert roused(wire) == []
    cem = stage["Cem"].id
    await evening.act(Facilitate("00000000000000ff"), cem)
    await stage.pass_time(5)
    for on in (True, False):
        await evening.act(Pause(on=on), cem)
        await stage.pass_time(30)
    assert roused(wire) == [(f"/channels/{stage.thread.id}/messages", [cem])]


async def test_over_days_nobody_is_called(stage: Stage, wire: Wire) -> None:
    """There the dates go on by themselves."""
    evening = await evening_on(stage, mode="slow")
    await stage.pass_time(5 * 86_400)
    assert await evening.kind() not in ("arrive", "telling")
    assert roused(wire) == []
