"""What people press again and again."""

from bot.rehearsal.stage import Actor, Stage, components_of
from tests.ui.raw import SELECT


async def press_post(actor: Actor, verb: str) -> None:
    """Press a button on the newest post in the thread that has it."""
    await actor.press(verb, on=actor.stage.newest_with(actor.stage.thread, verb))


async def write(actor: Actor, **values: object) -> None:
    """Fill in the form that is open; what the review only asks about stays as it is."""
    await actor.fill(**values)
    if actor.offers("keep"):
        await actor.press("keep")


async def mine(actor: Actor) -> None:
    """Open one's own part."""
    await press_post(actor, "mine")


async def panel(stage: Stage) -> Actor:
    """The facilitator with their panel open."""
    await press_post(stage["You"], "panel")
    return stage["You"]


async def go_on(stage: Stage) -> None:
    """The facilitator goes on to the next moment."""
    await (await panel(stage)).press("next")
    await stage.pass_time()


def options_of(actor: Actor) -> dict[str, str]:
    """What the selects before ``actor`` offer: each value by its label."""
    response = actor.shown.response if actor.shown is not None else None
    assert response is not None
    selects = [part for part in components_of(response) if part["type"] == SELECT]
    return {option["label"]: option["value"] for each in selects for option in each["options"]}


async def handout_of(stage: Stage, presenter: str = "Bea") -> dict[str, bytes]:
    """The files that the presenter is given after the close."""
    bea = stage[presenter]
    await press_post(bea, "handout")
    assert bea.shown is not None
    assert bea.shown.response is not None
    return {each.filename: await each.read() for each in bea.shown.response.attachments}
