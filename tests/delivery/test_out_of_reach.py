"""A channel that is gone or closed to the bot: the session stops with a word to its facilitator."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.formulation.acts import Join, Pause
from bot.refusal import Refusal
from bot.rehearsal.stage import Stage, message_text
from bot.ui.parts import date
from tests.delivery.wire import Wire, http_error, own_posts, rows_of
from tests.services.evening import StageEvening, evening_on


def notices(stage: Stage, facilitator: int | None) -> list[str]:
    """The words in the channel about a session that can't go on."""
    say = stage.library.texts
    notice = (
        say("stranded-nobody") if facilitator is None else say("stranded", facilitator=f"<@{facilitator}>")
    )
    return [text for each in own_posts(stage, stage.channel) if (text := message_text(each)) == notice]


async def something_changes(evening: StageEvening) -> None:
    """Enough for several posts to be due: somebody comes in, and the clock is held."""
    await evening.act(Join("00000000000000ff"), evening.stage["Fay"].id)
    with suppress(Refusal):
        await evening.act(Pause(on=True), evening.facilitator)
    await evening.stage.pass_time(5)


async def stopped_with_one_notice(evening: StageEvening, wire: Wire) -> None:
    """Stranded, told once to the facilitator alone, and quiet from then on."""
    stage = evening.stage
    assert (await evening.session()).status == "stranded"
    assert len(notices(stage, evening.facilitator)) == 1
    roused = [
        each.body["allowed_mentions"].get("users", [])
        for each in wire.of("POST", rf"/channels/{stage.channel.id}/messages")
    ]
    assert [each for each in roused if each] == [[evening.facilitator]]
    known = len(wire.sent)
    await stage.pass_time(3600)
    assert len(wire.sent) == known
    over = stage.library.texts("mine-over", purge=date((await evening.stored()).purge_at))
    for name in ("Cem", "Bea"):
        await stage[name].command("formulate mine")
        assert over in stage[name].text


async def test_a_thread_that_somebody_deleted(stage: Stage, wire: Wire) -> None:
    """The first post that can't be made any more stops the session; the rest of them say nothing more."""
    evening = await evening_on(stage)
    await stage.pass_time()
    stage.env.backend.delete_channel(stage.thread.id)
    known = len(wire.sent)
    await something_changes(evening)
    await stopped_with_one_notice(evening, wire)
    assert len(wire.sent) - known <= 8


@pytest.mark.parametrize("code", [50001, 50013])
async def test_a_thread_that_is_closed_to_the_bot(stage: Stage, wire: Wire, code: int) -> None:
    """No access, or no leave to write there."""
    evening = await evening_on(stage)
    await stage.pass_time()
    wire.trouble(
        "request lost", "*", rf"/channels/{stage.thread.id}(/.*)?", lambda: http_error(403, code), times=1000
    )
    known = len(wire.sent)
    await something_changes(evening)
    await stopped_with_one_notice(evening, wire)
    assert len(wire.sent) - known <= 8


@pytest.mark.parametrize(
    "error",
    [lambda: http_error(403, 50013), lambda: http_error(400, 160006)],
    ids=["no leave to make threads", "too many threads already"],
)
async def test_a_thread_that_can_t_be_made(stage: Stage, wire: Wire, error: Callable[[], Exception]) -> None:
    """A session without a thread would wait for ever: it stops before it began."""
    wire.trouble("request lost", "POST", r"/channels/\d+/threads", error, times=1000)
    evening = await evening_on(stage)
    await stage.pass_time(5)
    await stopped_with_one_notice(evening, wire)
    assert len(wire.of("POST", r"/channels/\d+/threads")) == 1


async def test_the_whole_channel_gone(stage: Stage, wire: Wire) -> None:
    """There is no place left for a word to anybody: no crash, no loop, and the session has stopped."""
    evening = await evening_on(stage)
    await stage.pass_time()
    for path in (stage.thread.id, stage.channel.id):
        wire.trouble(
            "request lost", "*", rf"/channels/{path}(/.*)?", lambda: http_error(404, 10003), times=1000
        )
    known = len(wire.sent)
    await something_changes(evening)
    assert (await evening.session()).status == "stranded"
    await stage.pass_time(7200)
    assert len(wire.sent) - known <= 10
    assert {row.state for row in await rows_of(stage, evening.token) if row.due_at is not None} == set()


async def test_the_whole_server_closed(stage: Stage, wire: Wire) -> None:
    """Every request is forbidden from the first on: no crash, no loop."""
    wire.trouble("request lost", "*", ".*", lambda: http_error(403, 50001), times=1000)
    evening = await evening_on(stage)
    await stage.pass_time(7200)
    assert (await evening.session()).status == "stranded"
    assert len(wire.sent) <= 5


async def test_a_thread_deleted_after_the_close(stage: Stage, wire: Wire) -> None:
    """A session that has ended stays so, and nobody is told that it can't go on."""
    evening = await evening_on(stage)
    await evening.to("handout")
    stage.env.backend.delete_channel(stage.thread.id)
    await stage.bot.desk.privacy.forget(evening.members[0], stage.guild.id)
    await stage.pass_time(60)
    assert (await evening.session()).status == "closed"
    assert len(own_posts(stage, stage.channel)) == 1


async def test_an_invitation_that_can_t_be_posted_stops_nothing(stage: Stage, wire: Wire) -> None:
    """Closed to the bot for posts, though not for threads: those who are in it already go on."""
    wire.trouble(
        "request lost",
        "POST",
        rf"/channels/{stage.channel.id}/messages",
        lambda: http_error(403, 50013),
        times=1000,
    )
    evening = await evening_on(stage)
    await evening.to("telling")
    assert (await evening.session()).status == "open"
    assert own_posts(stage)


async def test_a_session_without_a_facilitator_tells_everyone_of_the_group(stage: Stage, wire: Wire) -> None:
    """The notice names nobody then, and rouses nobody."""
    evening = await evening_on(stage)
    await stage.pass_time()
    await stage.bot.desk.privacy.forget(evening.facilitator, stage.guild.id)
    await stage.pass_time(5)
    stage.env.backend.delete_channel(stage.thread.id)
    await evening.act(Join("00000000000000ff"), stage["Fay"].id)
    await stage.pass_time(10)
    assert len(notices(stage, None)) == 1
