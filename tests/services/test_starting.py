"""Bringing a case: what a session begins with, and what it does not begin without."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.desk import Desk
from bot.formulation.session import MOST_PEOPLE, USUAL_PEOPLE
from bot.refusal import Refusal
from bot.rehearsal.stage import Stage
from bot.services.formulating import PROTOCOL, Opening
from bot.storage.groups import Group
from tests.services.evening import ACCOUNT, QUESTION, TITLE, TOKEN, ZONE, group_of
from tests.services.left import rows_left

PRESENTER, FACILITATOR = 11, 12

LIVE = Opening(TOKEN, TITLE, QUESTION, "", PROTOCOL, "voice", 60, FACILITATOR)
SLOW = replace(LIVE, mode="slow", minutes=0, account=ACCOUNT)


async def group_at(desk: Desk) -> Group:
    return await group_of(desk, 1, 2, FACILITATOR, ())


def not_slow(desk: Desk) -> str:
    """A way of working that needs people together."""
    return next(each.id for each in desk.ground.library().protocols if not each.can_be_slow)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"protocol": "seven-mechanisms"}, "protocol-unknown"),
        ({"protocol": ""}, "protocol-unknown"),
        ({"minutes": 50}, "start-empty"),
        ({"minutes": 0}, "start-empty"),
        ({"mode": "text", "minutes": -45}, "start-empty"),
        ({"mode": "slow"}, "account-for-slow"),
        ({"mode": "slow", "account": ACCOUNT, "protocol": "not slow"}, "protocol-not-slow"),
        ({"mode": "slow", "protocol": "not slow"}, "protocol-not-slow"),
    ],
)
async def test_what_can_t_begin(desk: Desk, changes: dict[str, object], why: str) -> None:
    """A sentence that says what would do; nothing is stored, and the same form can be sent mended."""
    group = await group_at(desk)
    if changes.get("protocol") == "not slow":
        changes = {**changes, "protocol": not_slow(desk)}
    before = await rows_left(desk)
    with pytest.raises(Refusal) as refused:
        await desk.formulating.start(replace(LIVE, **changes), group, PRESENTER)
    assert refused.value.key == why
    assert desk.ground.library().texts(why, **refused.value.values)
    assert await rows_left(desk) == before
    assert (await desk.formulating.start(LIVE, group, PRESENTER)).token == TOKEN


async def test_a_way_of_working_that_nobody_knows_is_refused_before_the_form(stage: Stage) -> None:
    """Typed past the list: a sentence in private, no form, and nothing to lose."""
    cem = stage["Cem"]
    await group_of(stage.bot.desk, stage.guild.id, stage.channel.id, stage["You"].id, (cem.id,))
    shown = await cem.command("formulate start", protocol="seven-mechanisms")
    assert shown.modal is None
    assert cem.text == stage.library.texts("protocol-unknown")
    shown = await cem.command("formulate start", protocol=not_slow(stage.bot.desk))
    assert shown.modal is not None


async def test_every_protocol_begins_in_every_mode_it_knows(desk: Desk) -> None:
    """At each of its lengths, with and without an account, in its own first step."""
    library = desk.ground.library()
    group = await group_at(desk)
    for number, protocol in enumerate(library.protocols):
        ways = list(product(("voice", "text"), protocol.lengths, ("", ACCOUNT)))
        ways += [("slow", 0, ACCOUNT)] if protocol.can_be_slow else []
        for place, (mode, minutes, account) in enumerate(ways):
            how = {"mode": mode, "minutes": minutes, "account": account}
            opening = replace(LIVE, token=f"{number}{place:015x}", protocol=protocol.id, **how)
            session = await desk.formulating.start(opening, group, PRESENTER)
            assert (session.protocol, session.mode, session.minutes) == (protocol.id, mode, minutes)
            assert session.account == (account or None)
            assert desk.formulating.script_of(session).step(session).kind == "arrive"
            assert (session.due_at is not None) == (mode == "slow")
            # As many as may be open at once, and no more.
            await desk.privacy.forget(PRESENTER, 1)


async def test_a_form_sent_twice_begins_one_session(desk: Desk) -> None:
    """The second one changes nothing, whatever stands in it by then."""
    group = await group_at(desk)
    first = await desk.formulating.start(LIVE, group, PRESENTER)
    again = await desk.formulating.start(replace(LIVE, title="Another"), group, PRESENTER)
    assert again == first
    assert (await rows_left(desk))["sessions"] == 1


async def test_days_begin_in_the_group_s_own_evening(desk: Desk) -> None:
    """On a weekday at seven, where the group is; there is room for all, since nobody waits to speak."""
    group = await group_at(desk)
    slow = await desk.formulating.start(SLOW, group, PRESENTER)
    assert slow.due_at is not None
    due = datetime.fromtimestamp(slow.due_at, UTC).astimezone(ZoneInfo(ZONE))
    assert (due.hour, due.minute, due.weekday() < 5) == (19, 0, True)
    assert (slow.zone, slow.room) == (ZONE, MOST_PEOPLE)
    live = await desk.formulating.start(replace(LIVE, token="f" * 16), group, PRESENTER)
    assert (live.due_at, live.room) == (None, USUAL_PEOPLE)
    assert slow.seed != live.seed


async def test_who_presents_can_t_facilitate(desk: Desk) -> None:
    """Named as both in the form, they present, and the role is free."""
    group = await group_at(desk)
    session = await desk.formulating.start(replace(LIVE, facilitator=PRESENTER), group, PRESENTER)
    assert [(person.user, person.role) for person in session.people] == [(PRESENTER, "presenter")]
