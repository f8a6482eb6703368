"""How many taps and minutes the private rating takes at a phone, on the real screens, in virtual time.

.venv/bin/python -m benchmarks.rating

Nothing is timed: the screens' words are counted, and a reader of a set pace goes through them.
"""

import asyncio
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.formulation.session import Mode
from bot.rehearsal.play import throwaway_settings
from bot.rehearsal.scenario import Scenario, ScriptedPerson, load_scenario
from bot.rehearsal.stage import Actor, Stage, components_of, open_stage
from bot.rehearsal.transcript import form_text
from bot.rehearsal.troupe import Troupe
from bot.services.papers import script_of
from bot.services.screening import BY_RULES

READS = 200
TYPES = 30
"""Words a minute."""
TAP = 2
"""Seconds from the wish to press something to its being pressed."""
MOST_TAPS = 16
MOST_MINUTES = 8
LENGTHS: Sequence[tuple[Mode, int]] = (("voice", 45), ("voice", 60), ("voice", 90), ("slow", 0))
RATER = "Cem"

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_STANDS_OUT = re.compile(r"#+ |\*\*")


class Repeated:
    """Randomness that is the same in every run."""

    def __init__(self) -> None:
        self._thrown = 0

    def salt(self, size: int) -> bytes:
        """The next ``size`` bytes."""
        self._thrown += 1
        return hashlib.shake_128(str(self._thrown).encode()).digest(size)

    def token(self) -> str:
        """The next token."""
        return self.salt(8).hex()


def words(text: str) -> int:
    """How many words there are to read; markup is none."""
    return len(_WORD.findall(text))


@dataclass
class Reader:
    """Somebody at a phone: presses, reads what that brings, types.

    ``taps`` are presses of buttons and into the fields of a form. ``read`` counts every word on every
    screen, however often it comes; ``glanced`` those in headings, bold and on buttons, for one who has
    rated before.
    """

    actor: Actor
    taps: int = 0
    typed: int = 0
    read: int = 0
    glanced: int = 0

    def minutes(self, read: int) -> float:
        """How long it takes who reads so many words of it."""
        return read / READS + self.typed / TYPES + self.taps * TAP / 60

    async def press(self, verb: str, argument: str | None = None) -> None:
        """Press a button, and read what comes."""
        board = self.actor.stage.newest_with(self.actor.stage.thread, verb) if verb == "walk" else None
        await self.actor.press(verb, argument, on=board)
        self.taps += 1
        self._look()

    async def write(self, **fields: str) -> None:
        """Tap into each field of the form that is open, write, and send."""
        await self.actor.fill(**fields)
        self.taps += len(fields) + 1
        self.typed += sum(words(text) for text in fields.values())
        self._look()

    def _look(self) -> None:
        shown = self.actor.shown
        if shown is None:
            return
        if shown.modal is not None:
            lines = form_text(shown.modal).splitlines()
            self.read += words("\n".join(lines))
            self.glanced += words("\n".join(line.partition(" (")[0] for line in lines))
        elif shown.response is not None:
            texts = [str(each["content"]) for each in components_of(shown.response) if "content" in each]
            labels = sum(words(str(each.get("label", ""))) for each in components_of(shown.response))
            self.read += sum(map(words, texts)) + labels
            self.glanced += sum(words(line) for line in standing_out(texts)) + labels


def standing_out(texts: Iterable[str]) -> list[str]:
    """The lines that one sees without reading: headings, and what is bold."""
    return [line for text in texts for line in text.splitlines() if _STANDS_OUT.match(line)]


async def rate(reader: Reader, person: ScriptedPerson) -> None:
    """The whole rating: the open line, the cards, what speaks for and against wherever that is asked for."""
    actor = reader.actor
    await reader.press("walk")
    if person.idea:
        await reader.press("suppose")
        await reader.write(idea=person.idea)
    else:
        await reader.press("skip")
    while mechanism := actor.rates():
        fit = person.fits.get(mechanism)
        await reader.press("rate", f"{mechanism}.{'x' if fit is None else fit}")
    for mechanism in wanted(actor):
        await reader.press("observe", mechanism)
        await reader.write(for_=person.speaks_for, against=person.speaks_against)
    if actor.offers("finish"):
        await reader.press("finish")


def wanted(actor: Actor) -> list[str]:
    """The mechanisms for which the summary asks what speaks for and against them."""
    mechanisms = [mechanism.id for mechanism in actor.stage.library.mechanisms]
    return [mechanism for mechanism in mechanisms if actor.offers("observe", mechanism)]


async def at_the_ratings(stage: Stage, scenario: Scenario) -> Actor:
    """A session of this scenario at the beginning of its ratings, and one of its raters."""
    troupe = Troupe(stage, scenario)
    await troupe.prepare()
    if not await troupe.bring_case():
        message = "the start form came back"
        raise RuntimeError(message)
    await troupe.gather()
    await stage.pass_time()
    while (session := await troupe.session()) is not None:
        if script_of(session, stage.library).step(session).kind == "ratings":
            break
        await troupe.move_on()
        await stage.pass_time()
    return stage[RATER]


def of_length(scenario: Scenario, mode: Mode, minutes: int) -> Scenario:
    """The scenario in another mode, with as few people as can begin."""
    fewest = {RATER, scenario.facilitator, scenario.presenter}
    people = tuple(person for person in scenario.people if person.name in fewest)
    return scenario.model_copy(update={"people": people, "mode": mode, "minutes": minutes})


async def measured(scenario: Scenario) -> Reader:
    """A rater who has gone through the walk of this scenario, on a stage of their own."""
    names = [person.name for person in scenario.people]
    with throwaway_settings() as settings:
        async with open_stage(
            settings,
            names,
            server=scenario.server,
            channel=scenario.channel,
            chance=Repeated(),
            finder=BY_RULES,
        ) as stage:
            reader = Reader(await at_the_ratings(stage, scenario))
            await rate(reader, scenario.person(RATER))
    return reader


async def main() -> None:
    """Print taps, words and minutes for each length."""
    first_evening = load_scenario()
    print(f"{'':<10} {'':>6} {'words':>6} {'words':>6} {'minutes,':>9} {'minutes,':>9}")
    print(f"{'rating in':<10} {'taps':>6} {'typed':>6} {'shown':>6} {'all read':>9} {'glanced':>9}")
    for mode, length in LENGTHS:
        reader = await measured(of_length(first_evening, mode, length))
        named = "slow" if mode == "slow" else f"{length} min"
        shares = f"{reader.minutes(reader.read):>9.1f} {reader.minutes(reader.glanced):>9.1f}"
        print(f"{named:<10} {reader.taps:>6} {reader.typed:>6} {reader.read:>6} {shares}")
    print(f"The bars: {MOST_TAPS} taps at 45 and 60 minutes, {MOST_MINUTES} minutes at 60.")


if __name__ == "__main__":
    asyncio.run(main())
