"""Erasing by a person's wish, and when a server lets the bot go."""

import pytest

from bot.desk import Desk
from bot.formulation.acts import Ask, Observe, Rate, Reply, SayGoodbye, StepOut, Suppose
from bot.formulation.session import Session
from bot.refusal import Refusal
from bot.rehearsal.stage import Stage, message_text
from bot.services.access import Caller, CharterFirst, admit
from bot.services.drafts import Typed
from bot.services.privacy import Forgotten
from tests.services.conftest import Hands
from tests.services.evening import Evening, evening_of, evening_on, group_of, session_in
from tests.services.left import rows_left

GUILD, CHANNEL = 1, 2
PRESENTER, FACILITATOR, CEM, DAG = 11, 12, 13, 14
EVERYONE = (PRESENTER, FACILITATOR, CEM, DAG)
CANARY = "Her sister has a boat called Marigold."


async def evening_at(
    desk: Desk, guild: int = GUILD, channel: int = CHANNEL, token: str = "a" * 16
) -> Evening:
    group = await group_of(desk, guild, channel, FACILITATOR, EVERYONE)
    return await evening_of(lambda: desk, group, PRESENTER, FACILITATOR, (CEM, DAG), token=token)


async def keep_draft(desk: Desk, user: int, group: str | None) -> str:
    return await desk.drafts.keep(Typed("ask", "a" * 16, "", {"question": CANARY}), user, group, None)


async def with_everything_of(evening: Evening, user: int) -> Session:
    """A member leaves something of theirs in every place that there is for it."""
    await evening.to("facts")
    await evening.act(Ask("0a0a0a0a", CANARY), user)
    await evening.act(Reply("0a0a0a0a", "A year."), evening.presenter)
    await evening.to("ratings")
    await evening.act(Suppose(CANARY), user)
    await evening.act(Rate("role-reversal", 3), user)
    await evening.act(Observe("role-reversal", CANARY, CANARY), user)
    await evening.to("close")
    return await evening.act(SayGoodbye(CANARY, 2), user)


async def test_a_member_is_gone_from_a_session_that_goes_on(desk: Desk) -> None:
    """Question, idea, fits, observations, word, membership and drafts: nothing of theirs is left."""
    evening = await evening_at(desk)
    before = await with_everything_of(evening, CEM)
    me = before.person(CEM)
    assert me is not None
    await keep_draft(desk, CEM, evening.group.token)
    others = await keep_draft(desk, DAG, evening.group.token)
    assert await desk.privacy.forget(CEM, GUILD) == Forgotten(0, 1, 1, 1)
    after = (await evening.session()).model_dump_json()
    for trace in (CANARY, str(CEM), me.key):
        assert trace not in after
    assert len((await evening.session()).people) == 3
    assert await desk.drafts.of(CEM, evening.group.token) == []
    assert await desk.drafts.of(DAG, evening.group.token) == [others]
    with pytest.raises(CharterFirst):
        await admit(desk.ground, "colleague", Caller(CEM, GUILD, CHANNEL))


async def test_one_who_stepped_out_is_forgotten_like_anyone(desk: Desk) -> None:
    """What all had read stayed when they left; it goes now, and so does what else still knew of them."""
    evening = await evening_at(desk)
    before = await with_everything_of(evening, CEM)
    me = before.person(CEM)
    assert me is not None
    left = await evening.act(StepOut(), CEM)
    assert left.person(CEM) is None
    assert left.walks[me.key].evidence["role-reversal"].speaks_for == CANARY
    assert me.key not in left.closings
    assert await desk.privacy.forget(CEM, GUILD) == Forgotten(0, 1, 0, 1)
    after = (await evening.session()).model_dump_json()
    for trace in (CANARY, str(CEM), me.key):
        assert trace not in after
    assert await desk.privacy.forget(CEM, GUILD) == Forgotten(0, 0, 0, 0)


async def test_a_facilitator_leaves_the_role_free(desk: Desk) -> None:
    """Somebody else can take it, the group forgets that they may facilitate, and the session goes on."""
    evening = await evening_at(desk)
    await desk.privacy.forget(FACILITATOR, GUILD)
    session = await evening.session()
    assert session.holder("facilitator") is None
    async with desk.ground.reading() as store:
        (group,) = await store.groups.all()
    assert group.facilitators == ()
    with pytest.raises(Refusal, match="only-steward"):
        await admit(desk.ground, "steward", Caller(FACILITATOR, GUILD, CHANNEL))


async def test_a_presenter_takes_the_whole_case_along(desk: Desk, hands: Hands) -> None:
    """Open, closed or stranded: each session they brought is erased, and nobody else's."""
    group = await group_of(desk, GUILD, CHANNEL, FACILITATOR, EVERYONE)
    people = (PRESENTER, FACILITATOR, (CEM, DAG))
    closed = await evening_of(lambda: desk, group, *people, token="b" * 16)
    await closed.to("handout")
    stranded = await evening_of(lambda: desk, group, *people, token="c" * 16)
    await desk.formulating.strand(stranded.token)
    await evening_of(lambda: desk, group, *people, token="d" * 16)
    other = await evening_of(lambda: desk, group, DAG, FACILITATOR, (PRESENTER, CEM), token="e" * 16)
    forgotten = await desk.privacy.forget(PRESENTER, GUILD)
    assert forgotten == Forgotten(erased_sessions=3, left_sessions=1, drafts=0, memberships=1)
    async with desk.ground.reading() as store:
        kept = [stored.session for stored in await store.sessions.all()]
    assert [session.token for session in kept] == [other.token]
    assert kept[0].person(PRESENTER) is None


async def test_another_server_is_left_alone(desk: Desk) -> None:
    """What the same person gave to another server's group stays: sessions, membership, drafts."""
    here, there = await evening_at(desk), await evening_at(desk, guild=9, channel=8, token="f" * 16)
    for evening in (here, there):
        await keep_draft(desk, CEM, evening.group.token)
    await keep_draft(desk, CEM, None)
    forgotten = await desk.privacy.forget(CEM, GUILD)
    assert (forgotten.left_sessions, forgotten.memberships, forgotten.drafts) == (1, 1, 2)
    assert (await there.session()).person(CEM) is not None
    assert len(await desk.drafts.of(CEM, there.group.token)) == 1
    assert await admit(desk.ground, "colleague", Caller(CEM, 9, 8))


async def test_forgetting_somebody_unknown_changes_nothing(desk: Desk) -> None:
    """Nor does it say anything about anyone else."""
    await evening_at(desk)
    before = await rows_left(desk)
    assert await desk.privacy.forget(99, GUILD) == Forgotten(0, 0, 0, 0)
    assert await desk.privacy.forget(CEM, 77) == Forgotten(0, 0, 0, 0)
    assert await rows_left(desk) == before


async def test_forgetting_twice_is_forgetting_once(desk: Desk) -> None:
    """The second time there is nothing."""
    await evening_at(desk)
    assert (await desk.privacy.forget(CEM, GUILD)).left_sessions == 1
    assert await desk.privacy.forget(CEM, GUILD) == Forgotten(0, 0, 0, 0)


async def test_a_server_that_lets_the_bot_go_leaves_no_row(desk: Desk) -> None:
    """Groups, members, sessions, posts to be made and drafts of that server; another one's stay."""
    evening = await evening_at(desk)
    await keep_draft(desk, CEM, evening.group.token)
    await desk.privacy.erase_server(GUILD)
    assert await rows_left(desk) == {}
    other = await evening_at(desk, guild=9, channel=8, token="f" * 16)
    before = await rows_left(desk)
    await evening_at(desk, token="d" * 16)
    await desk.privacy.erase_server(GUILD)
    assert await rows_left(desk) == before
    assert (await other.session()).status == "open"


async def test_what_discord_shows_of_a_presenter_goes_too(stage: Stage) -> None:
    """The thread and the invitation; then there is no row left about the session."""
    evening = await evening_on(stage)
    await evening.to("reveal")
    other = await session_in(
        stage, evening.group, stage["Cem"].id, evening.facilitator, (evening.presenter,), token="f" * 16
    )
    await stage.pass_time(5)
    thread = (await evening.stored()).thread_id
    await stage.bot.desk.privacy.forget(evening.presenter, stage.guild.id)
    await stage.pass_time(10)
    assert thread not in {each.id for each in stage.channel.threads}
    assert (await other.stored()).thread_id in {each.id for each in stage.channel.threads}
    invitations = [each for each in stage.posts(stage.channel) if message_text(each)]
    assert len(invitations) == 1
    async with stage.bot.desk.ground.reading() as store:
        assert await store.deliveries.of_subject(evening.token) == []
        assert await store.sessions.load(evening.token) is None


async def test_forgetting_through_the_button_shows_in_the_thread(stage: Stage) -> None:
    """From the command to the posts: the member's question is gone, and they are told so privately.

    The call to the facilitator goes with them too, and no row that is left names either.
    """
    evening = await evening_on(stage)
    await evening.to("facts")
    session = await evening.act(Ask("0a0a0a0a", CANARY), evening.members[0])
    await stage.pass_time(900)
    assert CANARY in "".join(message_text(each) for each in stage.posts())
    assert message_text(stage.posts()[-1]).startswith(f"<@{evening.facilitator}>")
    cem, you = stage["Cem"], stage["You"]
    for actor in (cem, you):
        await actor.command("privacy forget-me")
        await actor.press("forget")
        await stage.pass_time(10)
        assert actor.text == stage.library.texts("forget-done", sessions=0, vignettes=0, cases=0, notes=0)
        assert (await evening.session()).known(actor.id) is None
    shown = "".join(message_text(each) for each in stage.posts())
    assert CANARY not in shown
    assert f"<@{you.id}>" not in shown
    async with stage.bot.desk.ground.reading() as store:
        refs = [row.ref for row in await store.deliveries.of_subject(evening.token)]
    for actor in (cem, you):
        person = session.known(actor.id)
        assert person is not None
        assert not any(person.key in ref for ref in refs)


async def test_being_removed_from_a_server_erases_it_and_an_outage_does_not(stage: Stage) -> None:
    """Discord says of a server that is merely out of reach that it is unavailable."""
    evening = await evening_on(stage)
    await evening.to("facts")
    await keep_draft(stage.bot.desk, stage["Cem"].id, evening.group.token)
    before = await rows_left(stage.bot.desk)
    stage.env.backend.emit("GUILD_DELETE", {"id": str(stage.guild.id), "unavailable": True})
    await stage.env.settle()
    assert await rows_left(stage.bot.desk) == before
    stage.env.backend.emit("GUILD_DELETE", {"id": str(stage.guild.id)})
    await stage.env.settle()
    await stage.pass_time(30)
    assert await rows_left(stage.bot.desk) == {}


DAY = 86_400


async def test_a_server_gone_meanwhile_is_erased_after_three_days(desk: Desk, hands: Hands) -> None:
    """Let go while the bot was off, nobody tells it: it waits three days, from the first start without it."""
    await evening_at(desk)
    await desk.privacy.reconcile(set())
    hands.pass_time(DAY)
    await desk.privacy.reconcile(set())
    hands.pass_time(2 * DAY - 1)
    await desk.privacy.erase_due()
    assert await rows_left(desk)
    hands.pass_time(2)
    await desk.privacy.erase_due()
    assert await rows_left(desk) == {}


async def test_a_server_that_comes_back_in_time_stays(desk: Desk, hands: Hands) -> None:
    """The three days begin anew if it is gone again."""
    evening = await evening_at(desk)
    await desk.privacy.reconcile(set())
    hands.pass_time(2 * DAY)
    await desk.privacy.reconcile({GUILD, 5})
    hands.pass_time(2 * DAY)
    await desk.privacy.erase_due()
    await desk.privacy.reconcile({5})
    hands.pass_time(3 * DAY)
    await desk.privacy.erase_due()
    assert (await evening.session()).status == "open"


async def test_a_server_that_calls_the_bot_back_stays(stage: Stage) -> None:
    """Let go while it was off, and added again while it runs: nothing of it is erased."""
    evening = await evening_on(stage)
    async with stage.bot.desk.ground.writing() as store:
        await store.groups.note_absence(stage.guild.id, stage.clock.seconds())
    guild = stage.bot.get_guild(stage.guild.id)
    assert guild is not None
    stage.bot.dispatch("guild_join", guild)
    await stage.pass_time(5 * DAY)
    assert (await evening.stored()).session.status == "open"


async def test_a_server_that_is_there_at_every_start_is_never_erased(stage: Stage) -> None:
    """Through restarts, and ten days later."""
    evening = await evening_on(stage)
    await stage.restart()
    await stage.env.advance_time(10 * DAY)
    await stage.bot.keeper.keep()
    assert (await evening.session()).status == "open"


async def test_the_keeper_wakes_for_a_server_s_last_day(desk: Desk, hands: Hands) -> None:
    """The date is among those that are waited for, and once it is past there is nothing left to wait for."""
    keeper = desk.keeper
    await group_of(desk, GUILD, CHANNEL, FACILITATOR, ())
    assert await keeper.next_due() is None
    await desk.privacy.reconcile(set())
    due = await keeper.next_due()
    assert due is not None
    hands.pass_time(due - hands.seconds())
    await desk.privacy.erase_due()
    assert await rows_left(desk) == {}
    assert await keeper.next_due() is None
