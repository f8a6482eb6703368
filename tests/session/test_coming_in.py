"""Who comes in when: too late to rate, to listen, and when there is no more room."""

from bot.formulation.acts import Join, Rate
from bot.formulation.session import MOST_PEOPLE, USUAL_PEOPLE
from bot.rehearsal.stage import Actor, Stage
from tests.conftest import StageOpener
from tests.services.evening import QUESTION, StageEvening, evening_on
from tests.session.moves import go_on, mine, panel, press_post
from tests.session.sight import before, board, seen_by

CROWD = tuple(f"Person {number}" for number in range(3, MOST_PEOPLE + 2))


async def come_in(evening: StageEvening, actor: Actor) -> None:
    """Through the invitation, having accepted the charter before."""
    await evening.colleague(actor.id)
    await actor.press("join", on=actor.stage.newest_with(actor.stage.channel, "join"))
    assert QUESTION in before(actor)
    await actor.press("enter")
    await actor.stage.pass_time(1)


async def test_who_comes_after_the_reveal_talks_and_does_not_rate(stage: Stage) -> None:
    """One who joins during the ratings rates; one who joins after them sees all, and has no card."""
    evening = await evening_on(stage, members=("Cem", "Dag"), mode="voice")
    await evening.to("ratings")
    eli, fay = stage["Eli"], stage["Fay"]
    await come_in(evening, eli)
    await press_post(eli, "walk")
    await eli.press("skip")
    while mechanism := eli.rates():
        await eli.press("rate", f"{mechanism}.4")
    for user in (evening.facilitator, *evening.members):
        for number, mechanism in enumerate(stage.library.mechanisms):
            await evening.act(Rate(mechanism.id, number % 5), user)
    await go_on(stage)
    await come_in(evening, fay)
    assert "What we saw" in seen_by(fay)
    await mine(fay)
    assert not fay.offers("walk")
    walks = (await evening.session()).walks
    while await evening.kind() != "second-ratings":
        await go_on(stage)
    await mine(fay)
    assert not fay.offers("again")
    await press_post(fay, "again")
    assert fay.text == stage.library.texts("again-not-before")
    assert (await evening.session()).walks == walks
    for actor in (stage["You"], stage["Cem"], stage["Dag"], eli):
        await press_post(actor, "again")
        while mechanism := actor.rates("rate-again"):
            await actor.press("rate-again", f"{mechanism}.2")
    await stage.pass_time()
    assert "All are done." in board(stage), "who can't rate is waited for"
    assert stage.newest_with(stage.channel, "join") is not None
    await evening.to("handout")
    assert stage.newest_with(stage.channel, "join") is None


async def listening(evening: StageEvening, ninth: Actor) -> None:
    """The ninth sees what the group sees, is asked for nothing, and can leave a word at the end."""
    stage = evening.stage
    await come_in(evening, ninth)
    assert "8 take part already" in before(ninth)
    assert QUESTION in seen_by(ninth)
    await evening.to("facts")
    await mine(ninth)
    assert stage.library.texts("mine-observing") in before(ninth)
    assert not ninth.offers("ask")
    await press_post(ninth, "ask")
    assert "This is for everyone but the presenter" in before(ninth)
    you = await panel(stage)
    assert "8 take part, 1 listen." in before(you)


async def let_in(evening: StageEvening, ninth: Actor) -> None:
    """The facilitator lets those who listen take part, and all who come after them."""
    stage = evening.stage
    you = await panel(stage)
    await you.press("panel-more")
    await you.press("make-room")
    assert "9 take part." in before(you)
    await mine(ninth)
    assert ninth.offers("ask")


async def test_the_ninth_listens_and_the_twenty_sixth_is_told_kindly(opened: StageOpener) -> None:
    """Eight take part, the next come in to listen until there is room for them, and 25 are as many as fit."""
    async with opened(names=("You", "Bea", *CROWD)) as stage:
        evening = await evening_on(stage, members=CROWD[: USUAL_PEOPLE - 2], mode="voice")
        ninth, tenth, last = stage[CROWD[6]], stage[CROWD[7]], stage[CROWD[-1]]
        await listening(evening, ninth)
        await let_in(evening, ninth)
        await come_in(evening, tenth)
        await mine(tenth)
        assert tenth.offers("ask")
        for number, name in enumerate(CROWD[8:-1]):
            await evening.desk().formulating.act(evening.token, Join(f"{number:016x}"), stage[name].id)
        await stage.pass_time()
        assert len((await evening.session()).present) == MOST_PEOPLE
        await come_in(evening, last)
        assert "25 people are in this session" in before(last)
        assert "Perhaps next time." in before(last)
        assert stage.posts(viewer=last) == []
