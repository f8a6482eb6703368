"""Posts that go again, and the removals that outlive what they were about."""

import pytest

from bot.delivery import sender
from bot.formulation.acts import Ask, Observe, Reply, SayGoodbye, TakeCaseBack
from bot.rehearsal.stage import Stage, message_text
from bot.storage import tables
from tests.delivery.wire import Wire, http_error, nothing_twice, own_posts, rows_of
from tests.services.evening import StageEvening, evening_on

SEEN = "The tea came when the therapist was unwell."
SEEN_BY_ANOTHER = "She comes early and stays to the end."
ASKED = "How long has she been coming?"
ASKED_BY_ANOTHER = "Who else is there for her?"


def shown(stage: Stage) -> str:
    return "\n".join(message_text(each) for each in own_posts(stage))


async def revealed(stage: Stage) -> StageEvening:
    """Two people's questions and observations, in a session that has shown them."""
    evening = await evening_on(stage)
    cem, dag, *_ = evening.members
    await evening.to("facts")
    await evening.act(Ask("0a0a0a0a", ASKED), cem)
    await evening.act(Ask("0b0b0b0b", ASKED_BY_ANOTHER), dag)
    await evening.act(Reply("0a0a0a0a", "A year, she says."), evening.presenter)
    await evening.to("ratings")
    await evening.act(Observe("role-reversal", SEEN, ""), cem)
    await evening.act(Observe("role-reversal", "", SEEN_BY_ANOTHER), dag)
    await evening.to("reveal")
    await stage.pass_time(10)
    return evening


async def test_a_question_and_an_observation_go_with_their_author(stage: Stage, wire: Wire) -> None:
    """The question's post goes with its answer, the observations are drawn again; all else stays.

    When the second author goes too, no empty page is left.
    """
    evening = await revealed(stage)
    for text in (SEEN, ASKED, "A year, she says.", SEEN_BY_ANOTHER, ASKED_BY_ANOTHER):
        assert text in shown(stage)
    posts_before = len(own_posts(stage))
    await stage.bot.desk.privacy.forget(evening.members[0], stage.guild.id)
    await stage.pass_time(10)
    for text in (SEEN, ASKED, "A year, she says."):
        assert text not in shown(stage)
    for text in (SEEN_BY_ANOTHER, ASKED_BY_ANOTHER):
        assert text in shown(stage)
    assert len(own_posts(stage)) == posts_before - 1
    assert [row.ref for row in await rows_of(stage, evening.token, "fact")] == ["0b0b0b0b"]
    assert stage.library.texts("observations-head") in shown(stage)
    await stage.bot.desk.privacy.forget(evening.members[1], stage.guild.id)
    await stage.pass_time(10)
    assert stage.library.texts("observations-head") not in shown(stage)
    assert await rows_of(stage, evening.token, "observations") == []


async def test_a_word_at_the_close_goes_with_who_left_it(stage: Stage, wire: Wire) -> None:
    """The closing is drawn again without it."""
    evening = await evening_on(stage)
    await evening.to("close")
    cem, dag, *_ = evening.members
    await evening.act(SayGoodbye("hedgehog", None), cem)
    await evening.act(SayGoodbye("lantern", None), dag)
    await evening.to("handout")
    await stage.pass_time(10)
    assert "hedgehog" in shown(stage)
    await stage.bot.desk.privacy.forget(cem, stage.guild.id)
    await stage.pass_time(10)
    assert "hedgehog" not in shown(stage)
    assert "lantern" in shown(stage)


async def test_a_post_already_gone_is_no_trouble(stage: Stage, wire: Wire) -> None:
    """Taken away by hand before it should go: its row goes, once."""
    evening = await revealed(stage)
    (first, _) = await rows_of(stage, evening.token, "fact")
    assert first.message_id is not None
    stage.env.backend.delete_message(stage.thread.id, first.message_id)
    await stage.bot.desk.privacy.forget(evening.members[0], stage.guild.id)
    await stage.pass_time(30)
    assert len(wire.of("DELETE", rf"/channels/\d+/messages/{first.message_id}")) == 1
    assert [row.ref for row in await rows_of(stage, evening.token, "fact")] == ["0b0b0b0b"]
    assert (await evening.session()).status == "open"


async def test_a_post_goes_although_nobody_knows_that_it_is_there(stage: Stage, wire: Wire) -> None:
    """Its answer was lost, and before the next attempt the case was taken back."""
    evening = await evening_on(stage)
    await evening.to("facts")
    wire.trouble("answer lost", "POST", rf"/channels/{stage.thread.id}/messages")
    await evening.act(Ask("0a0a0a0a", ASKED), evening.members[0])
    assert ASKED in shown(stage)
    (row,) = await rows_of(stage, evening.token, "fact")
    assert row.message_id is None
    await evening.act(TakeCaseBack(), evening.presenter)
    await stage.pass_time(30)
    assert ASKED not in shown(stage)
    assert await rows_of(stage, evening.token, "fact") == []
    await nothing_twice(stage, evening.token)


async def removals(stage: Stage) -> int:
    async with stage.bot.desk.ground.database.read() as connection:
        kinds = await connection.scalars(
            tables.deliveries.select().with_only_columns(tables.deliveries.c.kind)
        )
        return list(kinds).count("removal")


async def test_a_thread_is_removed_however_long_discord_is_away(
    stage: Stage, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was erased here must not stay there: after attempts with which any post is given up, it goes."""
    monkeypatch.setattr(sender, "MOST_ATTEMPTS", 4)
    evening = await revealed(stage)
    wire.trouble("request lost", "DELETE", ".*", times=10_000)
    await stage.bot.desk.privacy.forget(evening.presenter, stage.guild.id)
    await stage.env.settle()
    await stage.pass_time(600)
    assert len(wire.of("DELETE")) > 2 * sender.MOST_ATTEMPTS
    assert len(stage.channel.threads) == 1
    assert await removals(stage) == 2
    wire.clear()
    await stage.pass_time(400)
    assert stage.channel.threads == []
    assert own_posts(stage, stage.channel) == []
    assert await removals(stage) == 0


async def test_a_removal_that_discord_refuses_leaves_no_row(stage: Stage, wire: Wire) -> None:
    """Gone already, closed to the bot, or refused: there is nothing more to be done, and nothing is kept."""
    evening = await revealed(stage)
    channel, thread, known = stage.channel.id, stage.thread.id, len(wire.of("DELETE"))
    wire.trouble("request lost", "DELETE", rf"/channels/{thread}", lambda: http_error(403, 50013))
    wire.trouble("request lost", "DELETE", rf"/channels/{channel}/.*", lambda: http_error(400, 50021))
    await stage.bot.desk.privacy.forget(evening.presenter, stage.guild.id)
    await stage.pass_time(60)
    assert await removals(stage) == 0
    assert len(wire.of("DELETE")) == known + 2
