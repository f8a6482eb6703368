"""Changing what is there: how often, how old it may be, and what if somebody was faster."""

from itertools import pairwise

from bot.formulation.acts import Ask, Pause, Reply
from bot.rehearsal.stage import Stage, message_text, text_of
from bot.ui import posts
from bot.ui.control import Control
from tests.conftest import StageOpener
from tests.delivery.wire import LATE, Sent, Wire, http_error, nothing_twice, own_posts, row_of
from tests.services.evening import StageEvening, evening_on
from tests.ui.raw import Asked, press

CROWD = ("You", "Bea", *(f"Member{number}" for number in range(23)))


def edits(wire: Wire, message_id: int | None) -> list[Sent]:
    return wire.of("PATCH", rf"/channels/\d+/messages/{message_id}")


async def shown_board(evening: StageEvening) -> int:
    """The board's message, after a while in which nothing happened."""
    await evening.stage.pass_time(10)
    message_id = (await row_of(evening.stage, evening.token, "board")).message_id
    assert message_id is not None
    return message_id


async def shows_the_truth(evening: StageEvening) -> None:
    """The newest post is the board, and says what a board drawn now would."""
    stored = await evening.stored()
    view = posts.board(stored.session, evening.stage.library, stored.purge_at)
    assert message_text(own_posts(evening.stage)[-1]) == text_of(view.to_components())


async def flip(evening: StageEvening, times: int) -> None:
    for _ in range(times):
        paused = (await evening.session()).paused_at is not None
        await evening.act(Pause(on=not paused), evening.facilitator)


async def test_many_changes_within_two_seconds_are_one_edit(stage: Stage, wire: Wire) -> None:
    """The first shows at once, all the others together, and what shows then is the last."""
    evening = await evening_on(stage)
    board = await shown_board(evening)
    await flip(evening, 8)
    await stage.pass_time(1)
    assert len(edits(wire, board)) == 1
    await flip(evening, 1)
    await stage.pass_time(5)
    assert len(edits(wire, board)) == 2
    await shows_the_truth(evening)


async def test_a_change_while_an_edit_is_under_way_is_not_lost(stage: Stage, wire: Wire) -> None:
    """What changed after the post was drawn is shown by the next edit."""
    evening = await evening_on(stage)
    board = await shown_board(evening)
    wire.trouble("answer late", "PATCH", rf"/channels/\d+/messages/{board}")
    await flip(evening, 3)
    await stage.pass_time(LATE - 5)
    assert len(edits(wire, board)) == 1
    await stage.pass_time(10)
    assert len(edits(wire, board)) == 2
    await shows_the_truth(evening)


async def test_a_board_with_25_people_pressing(opened: StageOpener) -> None:
    """All rate at once, tap by tap: one edit every two seconds at most, and the last one is true."""
    async with opened(names=CROWD) as stage:
        evening = await evening_on(stage, members=CROWD[2:])
        await evening.to("ratings")
        board = await shown_board(evening)
        known, began = board_edits(stage, board), stage.env.now()
        rated = [mechanism.id for mechanism in stage.library.mechanisms[:2]]
        taps = [("rate", f"{mechanism}.4") for mechanism in rated] + [("finish", "")]
        pressed: list[Asked] = []
        for verb, argument in taps:
            pressed.append(press(stage, evening.presenter, Control(evening.token, "brake", "on")))
            pressed += [
                press(stage, rater, Control(evening.token, verb, argument), stage.thread.id)
                for rater in (evening.facilitator, *evening.members)
            ]
            pressed.append(press(stage, evening.presenter, Control(evening.token, "brake", "off")))
            await stage.env.settle()
            await stage.pass_time(1)
        seconds = (stage.env.now() - began).total_seconds()
        assert all(each.callbacks == 1 for each in pressed)
        assert 1 <= board_edits(stage, board) - known <= seconds / 2 + 1
        await stage.pass_time(5)
        await shows_the_truth(evening)
        walks = (await evening.session()).walks.values()
        assert [(len(walk.fits), walk.done) for walk in walks] == [(len(rated), True)] * 24


def board_edits(stage: Stage, board: int) -> int:
    path = f"/channels/{stage.thread.id}/messages/{board}"
    return sum((each.method, each.path) == ("PATCH", path) for each in stage.env.http_requests)


async def test_edits_of_one_post_keep_their_distance(stage: Stage, wire: Wire) -> None:
    """With a change every tenth of a second: one every two seconds, counted in whole ones."""
    evening = await evening_on(stage)
    board = await shown_board(evening)
    await stage.pass_time(0.9)
    began = stage.env.now().timestamp()
    for _ in range(45):
        await flip(evening, 1)
        await stage.pass_time(0.1)
    instants = [each.at for each in edits(wire, board)]
    assert all(int(later) - int(earlier) >= 2 for earlier, later in pairwise(instants))
    assert 3 <= len(instants) <= (stage.env.now().timestamp() - began) / 2 + 1


async def test_a_board_is_posted_afresh_before_it_is_too_old_to_edit(stage: Stage, wire: Wire) -> None:
    """Within 50 minutes it is edited; after them a new one comes at the end, and the old one goes."""
    evening = await evening_on(stage)
    board = await shown_board(evening)
    await stage.pass_time(49 * 60)
    await flip(evening, 1)
    await stage.pass_time(5)
    assert (await row_of(stage, evening.token, "board")).message_id == board
    await stage["Cem"].member.send(stage.thread, "Still here.")
    await stage.pass_time(120)
    await flip(evening, 1)
    await stage.pass_time(5)
    await shows_the_truth(evening)
    fresh = stage.posts()[-1].id
    assert fresh != board
    assert (await row_of(stage, evening.token, "board")).message_id == fresh
    assert edits(wire, fresh) == []
    await nothing_twice(stage, evening.token)


async def test_a_post_that_discord_won_t_have_edited_is_posted_afresh(stage: Stage, wire: Wire) -> None:
    """Error 30046, the quota nobody is told about: the new one replaces the old one at once."""
    evening = await evening_on(stage)
    board = await shown_board(evening)
    wire.trouble("request lost", "PATCH", rf"/channels/\d+/messages/{board}", lambda: http_error(429, 30046))
    await flip(evening, 1)
    await stage.pass_time(5)
    await shows_the_truth(evening)
    assert stage.posts()[-1].id != board
    await nothing_twice(stage, evening.token)
    assert len(edits(wire, board)) == 1


async def test_what_somebody_took_away_by_hand(stage: Stage, wire: Wire) -> None:
    """The board comes back, since without it nobody finds their way; any other post stays away."""
    evening = await evening_on(stage)
    await evening.to("facts")
    await evening.act(Ask("0a0a0a0a", "How long has she been coming?"), evening.members[0])
    board = await shown_board(evening)
    fact = await row_of(stage, evening.token, "fact")
    backend = stage.env.backend
    for message_id in (board, fact.message_id):
        assert message_id is not None
        backend.delete_message(stage.thread.id, message_id)
    await evening.act(Reply("0a0a0a0a", "About a year."), evening.presenter)
    await flip(evening, 1)
    await stage.pass_time(10)
    shown = "".join(message_text(each) for each in own_posts(stage))
    await shows_the_truth(evening)
    assert "About a year." not in shown
    await evening.act(Reply("0a0a0a0a", "A year and a bit."), evening.presenter)
    await stage.pass_time(10)
    assert "A year and a bit." not in "".join(message_text(each) for each in own_posts(stage))
    assert (await evening.session()).status == "open"
    assert len(edits(wire, fact.message_id)) == 2


async def test_a_thread_that_discord_put_away_is_opened_again(stage: Stage, wire: Wire) -> None:
    """Error 50083: it is opened, and the post shows what it should."""
    evening = await evening_on(stage)
    board = await shown_board(evening)
    wire.trouble("request lost", "PATCH", rf"/channels/\d+/messages/{board}", lambda: http_error(400, 50083))
    await flip(evening, 1)
    await stage.pass_time(10)
    opened = wire.of("PATCH", rf"/channels/{stage.thread.id}")
    assert [each.body for each in opened] == [{"archived": False}]
    await shows_the_truth(evening)


async def test_a_thread_that_stays_put_away_is_no_loop(stage: Stage, wire: Wire) -> None:
    """It is opened again and again, but less and less often."""
    evening = await evening_on(stage)
    board = await shown_board(evening)
    wire.trouble(
        "request lost",
        "PATCH",
        rf"/channels/\d+/messages/{board}",
        lambda: http_error(400, 50083),
        times=10_000,
    )
    await flip(evening, 1)
    known = len(wire.sent)
    await stage.pass_time(1200)
    assert len(wire.sent) - known <= 30
