"""What arrives, and what can be done with it."""

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.rehearsal.stage import Actor, message_text
from bot.reminders.reminder import NOTE_SECONDS
from tests.case_flow.desk import controls
from tests.remind_flow.inbox import DAILY, DAY, SILENT, Inboxes, shown_strategy

ARRIVED = "A note you left for now."


async def first_note(inboxes: Inboxes, who: Actor) -> str:
    """A reminder of theirs, and its first note shown; gives its strategy."""
    await inboxes.keep(who)
    await inboxes.until(19)
    await inboxes.show(who)
    return strategy_of(inboxes, who)


def strategy_of(inboxes: Inboxes, who: Actor) -> str:
    found = shown_strategy(inboxes.stage, who.text)
    assert found is not None, who.text
    return found


async def test_it_gives_nothing_away(inboxes: Inboxes) -> None:
    """It arrives silently at its minute, with one sentence; what it brings shows after the tap alone."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    await inboxes.until(18, 59)
    assert bea.inbox == []
    await inboxes.until(19)
    (note,) = bea.inbox
    assert message_text(note) == ARRIVED
    (body,) = inboxes.sent(bea)
    assert body["flags"] & SILENT
    for each in inboxes.stage.library.strategies:
        assert each.name not in str(body)
    await inboxes.show(bea)
    strategy = inboxes.stage.library.strategy(strategy_of(inboxes, bea))
    for told in (strategy.when, strategy.caution, strategy.source, *strategy.wording):
        assert told in bea.text
    assert inboxes.say("strategy-say" if strategy.addressed == "client" else "strategy-self") in bea.text
    assert [message_text(each) for each in bea.inbox if not each.flags.ephemeral] == [ARRIVED]


@pytest.mark.parametrize("how", ["did", "adapted", "not-yet", "let-go"])
async def test_each_answer_is_kept(inboxes: Inboxes, how: str) -> None:
    """It is said back, and can be another one a moment later: the last one counts."""
    bea = inboxes["Bea"]
    strategy = await first_note(inboxes, bea)
    await bea.press("n-how", "1.adapted")
    await bea.press("n-how", f"1.{how}")
    await bea.press("n-how", f"1.{how}")
    assert inboxes.say("note-answered", how=how) in bea.text
    reminder = await inboxes.only(bea)
    assert reminder.notes[0].how == how
    assert reminder.let_go == ((strategy,) if how == "let-go" else ())
    await inboxes.until(19)
    await inboxes.show(bea, 1)
    assert (strategy_of(inboxes, bea) == strategy) is (how == "not-yet")


async def test_another_one_pressed_twice_is_one_other(inboxes: Inboxes) -> None:
    """From two devices that show the same."""
    bea = inboxes["Bea"]
    first = await first_note(inboxes, bea)
    (another,) = controls(bea, "n-another")
    await bea.press("n-another")
    second = strategy_of(inboxes, bea)
    assert second != first
    asked = await inboxes.again(bea, another, direct=True)
    assert shown_strategy(inboxes.stage, asked.text) == second
    await bea.press("n-another")
    assert strategy_of(inboxes, bea) not in (first, second)


async def test_put_off_until_tonight(inboxes: Inboxes) -> None:
    """At eight, the same once more, and the next evening's as usual."""
    bea = inboxes["Bea"]
    strategy = await first_note(inboxes, bea)
    (tonight,) = [each for each in controls(bea, "n-snooze") if each.endswith("tonight")]
    for _ in range(2):
        await inboxes.again(bea, tonight, direct=True)
    await inboxes.until(19, 59)
    assert len(bea.inbox) == 1
    await inboxes.until(20)
    assert len(bea.inbox) == 2
    await inboxes.show(bea, 1)
    assert strategy_of(inboxes, bea) == strategy
    assert not any(each.endswith("tonight") for each in controls(bea, "n-snooze"))
    assert (await inboxes.again(bea, tonight, direct=True)).text == inboxes.say("snooze-too-late")
    await inboxes.until(19)
    assert len(bea.inbox) == 3


@pytest.mark.parametrize(("how", "days"), [("tomorrow", 1), ("next-week", 7)])
async def test_put_off_for_days(inboxes: Inboxes, how: str, days: int) -> None:
    """At the hour at which it came, whatever the reminder does in between."""
    bea = inboxes["Bea"]
    await inboxes.keep(
        bea,
        "rrule",
        rrule="FREQ=YEARLY",
        time="19:00",
        quiet="none",
        span=f"{inboxes.here():%d.%m.%Y}" if inboxes.here().hour < 19 else "tomorrow",
    )
    await inboxes.until(19, days=0 if inboxes.here().hour < 19 else 1)
    if not bea.inbox:
        await inboxes.until(19)
    await inboxes.show(bea)
    strategy = strategy_of(inboxes, bea)
    await bea.press("n-snooze", f"1.{how}")
    await inboxes.until(18, 59, days=days - 1)
    assert len(bea.inbox) == 1
    await inboxes.until(19)
    assert len(bea.inbox) == 2
    await inboxes.show(bea, 1)
    assert strategy_of(inboxes, bea) == strategy


async def test_stop_these_and_start_them_again(inboxes: Inboxes) -> None:
    """Nothing comes any more, until they are asked for again; both in the inbox."""
    bea = inboxes["Bea"]
    await first_note(inboxes, bea)
    await bea.press("n-stop")
    assert "stopped" in bea.text
    await inboxes.until(19, days=2)
    assert len(bea.inbox) == 1
    await bea.press("r-resume")
    assert inboxes.say("remind-resumed") in bea.text
    await inboxes.until(19)
    assert len(bea.inbox) == 2
    await inboxes.show(bea, 0)
    await bea.press("n-stop")
    await inboxes.show(bea, 1)
    assert not bea.offers("n-snooze")
    token = (await inboxes.only(bea)).token
    asked = await inboxes.again(bea, f"6:{token}:n-snooze:2.tomorrow", direct=True)
    assert asked.text == inboxes.say("reminder-rests")


async def test_two_that_stayed_closed(inboxes: Inboxes) -> None:
    """The third says so, once; then nothing comes before they are started again."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    for _ in range(3):
        await inboxes.until(19)
    farewell = inboxes.say("note-farewell", place="inbox")
    assert [message_text(each) for each in bea.inbox] == [ARRIVED, ARRIVED, farewell]
    await inboxes.until(19, days=3)
    assert len(bea.inbox) == 3
    assert (await inboxes.only(bea)).state == "stopped"
    assert all(each["flags"] & SILENT for each in inboxes.sent(bea))
    await inboxes.show(bea)
    assert inboxes.say("note-ended", place="inbox") in bea.text
    await bea.press("r-resume")
    await inboxes.until(19)
    assert message_text(bea.inbox[-1]) == ARRIVED
    assert len(bea.inbox) == 4


async def test_one_that_is_opened_begins_the_count_again(inboxes: Inboxes) -> None:
    """Two in a row are two that follow each other."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    for _ in range(4):
        await inboxes.until(19)
        await inboxes.until(19)
        await inboxes.show(bea)
    assert (await inboxes.only(bea)).state == "running"
    assert {message_text(each) for each in bea.inbox} == {ARRIVED}


async def test_after_a_restart(inboxes: Inboxes) -> None:
    """A note that was sent is not sent again, and opens in the new process."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    await inboxes.stage.restart()
    await inboxes.until(19)
    assert len(bea.inbox) == 1
    await inboxes.stage.restart()
    await inboxes.stage.pass_time(60)
    assert len(bea.inbox) == 1
    await inboxes.show(bea)
    first = strategy_of(inboxes, bea)
    await inboxes.stage.restart()
    await bea.press("n-how", "1.did")
    assert strategy_of(inboxes, bea) == first


async def test_after_an_outage(inboxes: Inboxes) -> None:
    """What is hours late comes once and says so; what is older is counted in one sentence."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea, **{**DAILY, "quiet": "none"})
    bot = inboxes.stage.bot
    await bot.stop_loops()
    target = inboxes.here().replace(hour=20, minute=0, second=0, microsecond=0).timestamp() + 3 * DAY
    await inboxes.stage.env.advance_time(target - inboxes.now)
    await inboxes.stage.restart()
    await inboxes.stage.pass_time(5)
    (note,) = bea.inbox
    assert "late" in message_text(note)
    await inboxes.show(bea)
    skipped = (await inboxes.only(bea)).notes[0].skipped
    assert skipped in (2, 3)
    assert inboxes.say("note-skipped", count=skipped) in bea.text


async def test_a_strategy_that_was_removed(inboxes: Inboxes) -> None:
    """A sentence, and another one in its place, which stays."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea)
    await inboxes.until(19)
    gone = (await inboxes.only(bea)).notes[0].strategy
    ground = inboxes.stage.bot.desk.ground
    full = ground.libraries["en"]
    assert isinstance(full, Library)
    left = tuple(each for each in full.strategies if each.id != gone)
    ground.libraries = {"en": replace(full, strategies=left)}
    await inboxes.show(bea)
    assert inboxes.say("note-replaced") in bea.text
    now = strategy_of(inboxes, bea)
    assert now != gone
    await inboxes.show(bea)
    assert strategy_of(inboxes, bea) == now


async def test_a_note_is_gone_after_a_fortnight(inboxes: Inboxes) -> None:
    """It leaves the inbox, and a control that was copied from it says so."""
    bea = inboxes["Bea"]
    await inboxes.keep(bea, "rrule", rrule="FREQ=MONTHLY;BYMONTHDAY=-1", time="19:00", quiet="none")
    while not bea.inbox:
        await inboxes.until(19)
    token = (await inboxes.only(bea)).token
    assert len(bea.inbox) == 1
    await inboxes.stage.pass_time(NOTE_SECONDS + 60)
    assert bea.inbox == []
    asked = await inboxes.again(bea, f"6:{token}:n-show:1", direct=True)
    assert asked.text == inboxes.say("note-gone")


async def test_somebody_else_s_note(inboxes: Inboxes) -> None:
    """Whatever was copied from it does nothing for anyone else, there or in the channel."""
    bea, cem, mo = inboxes["Bea"], inboxes["Cem"], inboxes["Mo"]
    strategy = await first_note(inboxes, bea)
    token = (await inboxes.only(bea)).token
    for who in (cem, mo):
        for verb, argument in (
            ("n-show", "1"),
            ("n-how", "1.did"),
            ("n-another", f"1.{strategy}"),
            ("n-snooze", "1.tomorrow"),
            ("n-stop", "1"),
        ):
            for direct in (False, True):
                asked = await inboxes.again(who, f"6:{token}:{verb}:{argument}", direct=direct)
                assert asked.text == inboxes.say("only-recipient"), verb
    assert (await inboxes.only(bea)).notes[0].how is None


async def test_a_channel_s_note_is_for_reading(inboxes: Inboxes) -> None:
    """Everyone can open it, privately; nobody's answer is recorded, and nobody can stop it from there."""
    mo, bea, cem = inboxes["Mo"], inboxes["Bea"], inboxes["Cem"]
    await inboxes.keep_in_channel(mo)
    await inboxes.until(19)
    (post,) = inboxes.posts()
    assert message_text(post) == inboxes.say("note-arrived", place="channel")
    assert post.flags.value & SILENT
    for who in (bea, cem):
        await who.press("n-show", on=post)
        strategy = strategy_of(inboxes, who)
        assert not who.offers("n-how")
        assert not who.offers("n-stop")
    token = (await inboxes.only(None)).token
    for control in ("n-how:1.let-go", f"n-another:1.{strategy}", "n-snooze:1.tomorrow", "n-stop:1"):
        for who in (bea, mo):
            asked = await inboxes.again(who, f"6:{token}:{control}")
            assert asked.text == inboxes.say("note-not-yours")
    reminder = await inboxes.only(None)
    assert (reminder.state, reminder.unopened, reminder.notes[0].how) == ("running", 0, None)
    # Elsewhere it is nobody's.
    asked = await inboxes.again(bea, f"6:{token}:n-show:1", direct=True)
    assert asked.text == inboxes.say("reminder-gone")
    assert [message_text(each) for each in inboxes.posts()] == [message_text(post)]


async def test_a_channel_s_farewell(inboxes: Inboxes) -> None:
    """Nobody opened two: it says so once, and a steward can start them again."""
    mo, bea = inboxes["Mo"], inboxes["Bea"]
    await inboxes.keep_in_channel(mo)
    for _ in range(4):
        await inboxes.until(19)
    assert len(inboxes.posts()) == 3
    last = inboxes.posts()[-1]
    assert message_text(last) == inboxes.say("note-farewell", place="channel")
    for who in (bea, mo):
        await who.press("n-show", on=last)
        assert inboxes.say("note-ended", place="channel") in who.text
        await who.press("r-resume")
    assert bea.text == inboxes.say("only-steward")
    assert inboxes.say("remind-resumed") in mo.text


async def test_a_control_that_says_nothing(inboxes: Inboxes) -> None:
    """Made by hand: a sentence, and nothing changes."""
    bea = inboxes["Bea"]
    await first_note(inboxes, bea)
    before = await inboxes.only(bea)
    for control in ("n-show:x", "n-how:1.maybe", "n-how:.did", "n-snooze:1.never", "n-snooze:1."):
        asked = await inboxes.again(bea, f"6:{before.token}:{control}", direct=True)
        assert asked.text == inboxes.say("control-stale"), control
    asked = await inboxes.again(bea, f"6:{before.token}:n-show:99", direct=True)
    assert asked.text == inboxes.say("note-gone")
    asked = await inboxes.again(bea, f"6:{'0' * 16}:n-show:1", direct=True)
    assert asked.text == inboxes.say("reminder-gone")
    assert await inboxes.only(bea) == before
