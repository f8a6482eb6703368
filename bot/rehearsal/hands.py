"""What everyone does who acts by script: fill in forms, get past the charter, look for a button."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from bot.formulation.session import Session
from bot.rehearsal.scenario import Scenario, ScriptedPerson
from bot.rehearsal.stage import Actor, Stage, components_of
from bot.storage.groups import Group

Beat = Callable[[], Awaitable[None]]
_TEXT_INPUT = 4


@dataclass(frozen=True)
class Part:
    """Something that one person has still to do; ``key`` says what, so that it is known again."""

    key: str
    act: Callable[[], Awaitable[object]]


async def no_beat() -> None:
    """Go on at once."""
    return


@dataclass
class Hands:
    """The stage and the script. ``beat`` is awaited after every single press."""

    stage: Stage
    scenario: Scenario
    beat: Beat = no_beat

    def __post_init__(self) -> None:
        """Whoever has two devices has them from the beginning."""
        for person in self.scenario.people:
            if person.name in self.stage.actors:
                self.stage[person.name].twice = person.presses_twice

    def actor(self, name: str) -> Actor:
        """Whoever has this name."""
        return self.stage[name]

    def scripted(self, user: int) -> ScriptedPerson | None:
        """The script of whoever has this user id, or None where they have none."""
        return next((each for each in self.scenario.people if self.actor(each.name).id == user), None)

    async def session(self) -> Session | None:
        """The newest session, as stored."""
        async with self.stage.bot.desk.ground.reading() as store:
            kept = [stored.session for stored in await store.sessions.all()]
        return max(kept, key=lambda each: each.started_at, default=None)

    async def group(self) -> Group | None:
        """The group, once there is one."""
        async with self.stage.bot.desk.ground.reading() as store:
            return await store.groups.by_channel(self.stage.channel.id)

    @property
    def now(self) -> int:
        """What time it is, in seconds UTC."""
        return self.stage.clock.seconds()

    async def fill(self, actor: Actor, **values: object) -> None:
        """Fill in the form that ``actor`` has opened; opening and sending are two actions.

        What the review only asks about stays as it is: nobody in it exists.
        """
        await self.beat()
        await actor.fill(**values)
        await self.beat()
        if actor.offers("keep"):
            await actor.press("keep")
            await self.beat()

    async def past_charter(self, actor: Actor, verb: str, argument: str | None = None) -> None:
        """Accept the charter, where it came in between, and press ``verb`` again."""
        if actor.offers("accept"):
            await self.beat()
            await actor.press("accept")
            await self.beat()
            await actor.press(verb, argument)

    async def typed(self, actor: Actor, command: str, **options: str) -> None:
        """Type a command, and again after the charter where that came in between."""
        await actor.command(command, None, **options)
        if actor.offers("accept"):
            await self.beat()
            await actor.press("accept")
            await self.beat()
            await actor.command(command, None, **options)
        await self.beat()

    def board(self, verb: str) -> discord.Message | None:
        """The newest post of the session with a button for ``verb``."""
        return self.stage.newest_with(self.stage.thread, verb)

    async def goodbye(self, person: ScriptedPerson) -> None:
        """One word, and one private item."""
        actor = self.actor(person.name)
        await actor.press("goodbye", on=self.board("goodbye"))
        looked_after = {} if person.looked_after is None else {"looked_after": str(person.looked_after)}
        await self.fill(actor, word=person.word, **looked_after)


def arguments(actor: Actor, verb: str) -> list[str]:
    """With which arguments the private message before ``actor`` offers ``verb``."""
    response = actor.shown.response if actor.shown is not None else None
    found = (
        [str(each["custom_id"]) for each in components_of(response) if "custom_id" in each]
        if response
        else []
    )
    return [each.split(":", 3)[3] for each in found if each.split(":")[2] == verb]


def in_form(actor: Actor) -> dict[str, str]:
    """What stands in each text field of the form that ``actor`` has opened."""
    form = actor.shown.modal if actor.shown is not None else None
    fields = [part["component"] for part in (form or {}).get("components", ()) if "component" in part]
    return {each["custom_id"]: each.get("value") or "" for each in fields if each["type"] == _TEXT_INPUT}


def in_turn(answers: tuple[str, ...], number: int, usual: str) -> str:
    """The next of ``answers``, over and over; ``usual`` where there are none."""
    return answers[number % len(answers)] if answers else usual
