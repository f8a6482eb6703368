"""The two pictures of a session: what was seen, and what the talk moved."""

from bot.formulation.acts import RateAgain
from bot.rehearsal.stage import Stage, components_of, message_text
from bot.ui.posts import CHANGE_NAME, CHART_NAME
from tests.delivery.wire import Wire, nothing_twice, own_posts, row_of, rows_of
from tests.services.evening import StageEvening, evening_on


def pictures(stage: Stage) -> dict[str, int]:
    """The files in the thread, each with its size."""
    return {each.filename: each.size for message in own_posts(stage) for each in message.attachments}


def alternative(stage: Stage, name: str) -> str:
    """What stands for a picture where it can't be seen."""
    (message,) = [each for each in own_posts(stage) if name in [file.filename for file in each.attachments]]
    (said,) = [item["description"] for part in components_of(message) for item in part.get("items", ())]
    return said


async def rated_again(evening: StageEvening, *fits: int) -> str:
    """Everyone rated the six with 2, talked, and rates the first topic once more. Gives the topic's name."""
    session = await evening.to("second-ratings")
    topic = session.talked_about[0]
    for rater, fit in zip((evening.facilitator, *evening.members), fits, strict=True):
        await evening.act(RateAgain(topic, fit), rater)
    return evening.stage.library.mechanism(topic).name


async def test_what_the_talk_moved_is_drawn_once_all_is_in(stage: Stage, wire: Wire) -> None:
    """Not before; the first chart stays as it was; and neither stays when there are too few for a figure."""
    evening = await evening_on(stage)
    say = stage.library.texts
    name = await rated_again(evening, 2, 4, 3, 2)
    await stage.pass_time(10)
    assert list(pictures(stage)) == [CHART_NAME]
    assert await rows_of(stage, evening.token, "change") == []
    reveal = (await row_of(stage, evening.token, "reveal")).message_id
    path = rf"/channels/{stage.thread.id}/messages"
    wire.trouble("answer lost", "POST", path, times=2)
    await evening.to("answer")
    await stage.pass_time(30)
    assert pictures(stage)[CHANGE_NAME] > 1000
    assert "before 2 2 2 2" in alternative(stage, CHANGE_NAME)
    assert "after 2 2 3 4" in alternative(stage, CHANGE_NAME)
    assert alternative(stage, CHANGE_NAME).startswith(name)
    assert "after" not in alternative(stage, CHART_NAME)
    assert wire.of("PATCH", rf"{path}/{reveal}") == []
    await nothing_twice(stage, evening.token)
    # One of the four is forgotten: three have faces.
    await stage.bot.desk.privacy.forget(evening.members[0], stage.guild.id)
    await stage.pass_time(10)
    assert pictures(stage) == {}
    shown = "\n".join(message_text(each) for each in own_posts(stage))
    assert say("change-none") in shown
    assert say("reveal-few") in shown
    await nothing_twice(stage, evening.token)
