"""How often the board is edited while 25 people press, in virtual time on the simulated Discord.

.venv/bin/python -m benchmarks.board
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.formulation.session import MOST_PEOPLE, Session
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import Scenario, ScriptedPerson, load_scenario
from bot.rehearsal.stage import Actor, Stage, open_stage
from bot.rehearsal.troupe import Troupe
from bot.services.papers import script_of

MINUTE = 60.0
SLICE = 0.1
AFTERWARDS = 6.0
BAR = 0.5
PAUSES = 120

Press = Callable[[], Awaitable[object]]


@dataclass
class Board:
    """Counts the edits of the board's message, with the virtual second at which each was seen."""

    stage: Stage
    edits: list[float] = field(default_factory=list[float])
    _looked: int = 0

    def look(self) -> None:
        """Note what was sent since the last look."""
        sent = self.stage.env.http_requests
        message = self.stage.newest_with(self.stage.thread, "mine")
        path = f"/messages/{message.id}" if message is not None else "none"
        for request in sent[self._looked :]:
            if request.method == "PATCH" and request.path.endswith(path):
                self.edits.append(self.stage.env.now().timestamp())
        self._looked = len(sent)

    async def while_pressing(self, what: str, presses: Sequence[Press]) -> None:
        """Spread the presses evenly over a minute, and say how many edits came of them."""
        self.look()
        self.edits.clear()
        began = self.stage.env.now().timestamp()
        for number, press in enumerate(presses):
            await self._until(began + number * MINUTE / len(presses))
            await press()
            self.look()
        await self._until(began + MINUTE + AFTERWARDS)
        gaps = [after - before for before, after in zip(self.edits, self.edits[1:], strict=False)]
        least = f"{min(gaps):.1f} s" if gaps else "–"
        rate = len(self.edits) / (MINUTE + AFTERWARDS)
        print(f"{what:<50} {len(presses):>7} {len(self.edits):>7} {rate:>9.2f} {least:>9}")

    async def _until(self, when: float) -> None:
        while (left := when - self.stage.env.now().timestamp()) > SLICE / 2:
            await self.stage.pass_time(min(SLICE, left))
            self.look()


def crowded(scenario: Scenario) -> Scenario:
    """The first evening with as many people as a session takes."""
    more = tuple(
        ScriptedPerson(name=f"Member {number}", fits={"role-reversal": number % 5}, word="thanks")
        for number in range(MOST_PEOPLE - len(scenario.people))
    )
    return scenario.model_copy(update={"people": (*scenario.people, *more)})


async def main() -> None:
    scenario = crowded(load_scenario())
    names = [person.name for person in scenario.people]
    print(f"{'within one minute':<50} {'presses':>7} {'edits':>7} {'a second':>9} {'least gap':>9}")
    with throwaway_settings() as settings:
        async with open_stage(settings, names, server=scenario.server, channel=scenario.channel) as stage:
            troupe, board = Troupe(stage, scenario), Board(stage)
            await troupe.prepare()
            assert await troupe.bring_case()
            await stage.pass_time()
            others = [name for name in names if name != scenario.presenter]
            await board.while_pressing("everyone joins", [partial(troupe.come_in, name) for name in others])
            await let_all_take_part(stage[scenario.facilitator])
            await to(troupe, "ratings")
            raters = [stage[name] for name in others]
            await board.while_pressing("everyone rates", rating(raters))
            await board.while_pressing(
                "the facilitator pauses and goes on", await pausing(stage[scenario.facilitator])
            )
            await to(troupe, "close")
            words = [partial(goodbye, each) for each in stage.actors.values()]
            await board.while_pressing("everyone leaves a word", words)
    print(f"The bar: {BAR} a second.")


async def session_of(troupe: Troupe) -> Session:
    session = await troupe.session()
    assert session is not None
    return session


async def to(troupe: Troupe, kind: str) -> None:
    """Go on until a step of this kind begins; nobody but the facilitator does anything."""
    while True:
        session = await session_of(troupe)
        if script_of(session, troupe.stage.library).step(session).kind == kind:
            await troupe.stage.pass_time(AFTERWARDS)
            return
        await troupe.move_on()
        await troupe.stage.pass_time()


async def let_all_take_part(facilitator: Actor) -> None:
    """Those who came when the usual number was full, too."""
    await facilitator.press("panel", on=facilitator.stage.newest_with(facilitator.stage.thread, "panel"))
    await facilitator.press("panel-more")
    await facilitator.press("make-room")


def rating(raters: Sequence[Actor]) -> list[Press]:
    """Each opens the cards, skips the line, rates all six and is done: all first presses, then the next."""

    async def open_cards(actor: Actor) -> None:
        await actor.press("walk", on=actor.stage.newest_with(actor.stage.thread, "walk"))

    async def rate(actor: Actor) -> None:
        await actor.press("rate", f"{actor.rates()}.{actor.id % 5}")

    async def be_done(actor: Actor) -> None:
        # Who rated nothing above 0 is done with the last card.
        if actor.offers("finish"):
            await actor.press("finish")

    steps: list[Callable[[Actor], Awaitable[object]]] = [open_cards, lambda actor: actor.press("skip")]
    steps += [rate] * len(raters[0].stage.library.mechanisms)
    steps.append(be_done)
    return [partial(step, actor) for step in steps for actor in raters]


async def pausing(facilitator: Actor) -> list[Press]:
    """Pause, go on, pause, go on: each changes what the board says."""
    await facilitator.press("panel", on=facilitator.stage.newest_with(facilitator.stage.thread, "panel"))
    return [lambda: facilitator.press("pause")] * PAUSES


async def goodbye(actor: Actor) -> None:
    """One word."""
    await actor.press("goodbye", on=actor.stage.newest_with(actor.stage.thread, "goodbye"))
    await actor.fill(word="thanks")


if __name__ == "__main__":
    asyncio.run(main())
