"""A vignette in the rehearsal: written as one person, seen as another, and no quarter of an hour between."""

from bot.rehearsal.evening import Evening
from bot.rehearsal.stage import message_text
from bot.rehearsal.troupe import Troupe
from tests.vignette_flow.table import CLEAN, Table, publish


async def test_it_comes_out_while_you_wait(troupe: Troupe) -> None:
    """The clock goes on to its slot and says so; the session that runs beside it stays where it is."""
    stage, evening = troupe.stage, Evening(troupe)
    session, thread = await troupe.session(), stage.thread.id
    assert session is not None
    await stage.pass_time(20)
    assert await evening.slot_ahead() is None
    table, cem = Table(stage), stage["Cem"]
    await table.take_in(cem)
    assert await evening.slot_ahead() is not None
    before = stage.env.now()
    await evening.go_on_to_slot()
    assert 180 <= (stage.env.now() - before).total_seconds() <= 1100
    assert "quarter of an hour" in evening.notice
    seen = [message_text(post) for post in stage.posts(stage.channel, stage["Dag"])]
    assert any(CLEAN in text for text in seen)
    await stage["Dag"].press("v-more", on=table.card())
    assert not stage["Dag"].offers("v-withdraw")
    assert await evening.slot_ahead() is None
    # The others still find the session's board.
    assert stage.thread.id == thread
    later = await troupe.session()
    assert later is not None
    assert later.step == session.step


async def test_one_that_waits_for_company_does_not_drive_the_clock(troupe: Troupe) -> None:
    """It is left waiting until another one comes: then both go out."""
    table, evening = Table(troupe.stage), Evening(troupe)
    await table.to_the_name(troupe.stage["Cem"])
    await publish(troupe.stage["Cem"], "alias.wait")
    assert await evening.slot_ahead() is None
    await table.take_in(troupe.stage["Dag"], title="Another")
    await evening.go_on_to_slot()
    assert len(table.cards()) == 2


async def test_nothing_waits_in_an_ordinary_evening(troupe: Troupe) -> None:
    """Whatever a session has to send is no vignette's slot."""
    evening = Evening(troupe)
    await troupe.move_on()
    assert await evening.slot_ahead() is None
