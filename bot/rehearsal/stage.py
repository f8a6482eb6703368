"""A simulated server with a supervision group in it, and the real bot."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.app import Sixfold, build
from bot.chance import Chance
from bot.clock import Clock, system_now
from bot.content.library import Library, load_library
from bot.rehearsal.two_devices import on_both
from bot.services.screening import Finder
from bot.settings import Settings
from bot.storage.keys import open_keys

EVENING = time(19, 30)
TUESDAY = 2
DAYS_A_WEEK = 7
_IDLE_SECONDS = 0.001
_active_callbacks: Any = getattr(simcord.env, "_active_callbacks")  # noqa: B009 - as below
_SETTLE_SECONDS = 20.0
_LONGER_THAN_PATIENCE = 86_400.0
_MOST_DUE_DATES = 1000
Message = discord.Message | ResponseMessage


class StageClock(Clock):
    """Virtual time. Its sleeps outlast the simulator's patience, so that only ``pass_time`` ends them."""

    def __init__(self) -> None:
        super().__init__(self._virtual_now)
        self.env: Env | None = None

    def _virtual_now(self) -> datetime:
        return self.env.now() if self.env is not None else system_now()

    async def sleep(self, seconds: float) -> None:
        """Wait to be woken."""
        await asyncio.sleep(max(seconds, _LONGER_THAN_PATIENCE))


def _hurry() -> None:
    # The simulator waits 50 ms after each action to see that nothing follows; the bot's loops are
    # built so that one is enough, and a session has hundreds of actions.
    settle: Any = getattr(Env, "_settle_internal")  # noqa: B009 - the simulator has no public name for it
    settle.__kwdefaults__["idle"] = _IDLE_SECONDS
    setattr(simcord.env, "_active_callbacks", _without_stand_ins)  # noqa: B010 - as above


def _without_stand_ins(state: Any) -> Any:  # noqa: ANN401 - the simulator's own, which has no public type
    """As the simulator's own, but a timer that was cancelled takes its stand-in on the real clock along.

    Each nap leaves one behind otherwise, for a day, and all of them are looked through at every step.
    """
    for record in state.work.callbacks:
        if record.handle is not None and record.handle.cancelled() and record.real_handle is not None:
            record.real_handle.cancel()
    return _active_callbacks(state)


@dataclass
class Actor:
    """One person at their phone: what they pressed last is at hand, and so is what they were shown.

    ``twice``: they have another device, and press every button and send every form on both at once.
    """

    stage: "Stage"
    member: MemberActor
    shown: InteractionResult | None = None
    twice: bool = False

    @property
    def id(self) -> int:
        """The user id."""
        return self.member.id

    @property
    def name(self) -> str:
        """The user name."""
        return self.member.name

    async def command(
        self, name: str, /, where: ChannelHandle | None = None, **options: object
    ) -> InteractionResult:
        """Type a command in the group's channel, or elsewhere."""
        self.shown = await self.member.slash(where or self.stage.channel, name, **options)
        return self.shown

    async def press(
        self, verb: str, argument: str | None = None, *, on: Message | None = None
    ) -> InteractionResult:
        """Press the button of ``verb`` in the message ``on``, else in the one nearest at hand."""
        message = on or self.stage.control_in_sight(self, verb, argument)
        hand = self._hand(_channel_id(message))
        with on_both(self.stage.env, twice=self.twice):
            result: InteractionResult = await hand.click(
                message, custom_id=control_id(message, verb, argument)
            )
        self.shown = result
        return result

    async def choose(self, verb: str, value: str, *, on: Message | None = None) -> InteractionResult:
        """Choose ``value`` in the select of ``verb``."""
        message = on or self.stage.control_in_sight(self, verb, None)
        hand = self._hand(_channel_id(message))
        control = control_id(message, verb, None)
        result: InteractionResult = await hand.select(message, values=[value], custom_id=control)
        self.shown = result
        return result

    async def fill(self, **values: object) -> InteractionResult:
        """Fill in the form that is open, and send it. Field names are written with ``_`` for ``-``."""
        if self.shown is None:
            message = "no form is open"
            raise LookupError(message)
        fields = {name.replace("_", "-").rstrip("-"): value for name, value in values.items()}
        # The simulator tells nobody else in which conversation a form was opened.
        opened_in = self.shown._interaction.channel_id  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        with on_both(self.stage.env, twice=self.twice):
            result: InteractionResult = await self._hand(opened_in).submit_modal(self.shown, fields)
        self.shown = result
        return result

    @property
    def inbox(self) -> list[discord.Message]:
        """What the bot has written to them alone, oldest first, and what of it is still there."""
        return self.stage.posts(self.member.user.dm_channel) if self._inbox_id is not None else []

    @property
    def _inbox_id(self) -> int | None:
        return self.stage.env.backend.dm_channels.get(self.id)

    def _hand(self, channel_id: int) -> MemberActor | UserHandle:
        """Whoever acts: in their direct messages they are no member of a server."""
        return self.member.user if channel_id == self._inbox_id else self.member

    def offers(self, verb: str, argument: str | None = None) -> bool:
        """Whether the private message before them has this button."""
        response = self.shown.response if self.shown is not None else None
        return response is not None and bool(_controls(response, verb, argument))

    def rates(self, verb: str = "rate") -> str | None:
        """The mechanism on the card before them, or None where there is no card."""
        response = self.shown.response if self.shown is not None else None
        found = _controls(response, verb, None) if response is not None else []
        return found[0].split(":", 3)[3].rpartition(".")[0] if found else None

    @property
    def text(self) -> str:
        """What the private message before them says."""
        response = self.shown.response if self.shown is not None else None
        return text_of(response.components) if response is not None else ""


@dataclass
class Stage:
    """The simulated server. ``bot`` is the one running now; ``restart`` puts another in its place."""

    env: Env
    settings: Settings
    guild: GuildHandle
    channel: ChannelHandle
    actors: Mapping[str, Actor]
    clock: Clock
    chance: Chance | None
    library: Library
    finder: Finder | None = None

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    @property
    def bot(self) -> Sixfold:
        """The bot that runs now."""
        bot = self.env.bot
        if not isinstance(bot, Sixfold):
            message = "another bot is on this stage"
            raise TypeError(message)
        return bot

    @property
    def thread(self) -> ChannelHandle:
        """The newest session's thread; those below vignettes are open ones."""
        thread = self.newest_thread(discord.ChannelType.private_thread)
        if thread is None:
            message = "no session has a thread"
            raise LookupError(message)
        return thread

    def newest_thread(self, kind: discord.ChannelType) -> ChannelHandle | None:
        """The newest thread of a kind in the group's channel."""
        return next(
            (
                thread
                for thread in reversed(self.channel.threads)
                if self.env.backend.get_channel(thread.id).type == kind.value
            ),
            None,
        )

    def newest_with(
        self, where: ChannelHandle, verb: str, argument: str | None = None
    ) -> discord.Message | None:
        """The newest post in a channel that has this control. What is before one person alone is no post."""
        posts = (each for each in reversed(self.posts(where)) if not each.flags.ephemeral)
        return next((each for each in posts if _controls(each, verb, argument)), None)

    async def restart(self) -> None:
        """End the bot's process, as far as a simulator can, and start another on the same data."""
        old = self.bot
        await old.stop_loops()
        await old.desk.close()
        new = await build(
            open_keys(self.settings.data_dir),
            self.settings,
            clock=self.clock,
            chance=self.chance,
            library=self.library,
            finder=self.finder,
        )
        await self.env.restart_bot(new)
        await self.env.settle()

    async def pass_time(self, seconds: float = 2.1) -> None:
        """Let time go by; two seconds are enough for every post that is due.

        Each due date in between is met at its own instant.
        """
        end = self.env.now() + timedelta(seconds=seconds)
        # What is still under way has not said yet when it wants to be woken.
        await self.env.settle()
        for _ in range(_MOST_DUE_DATES):
            waited_for = [nap.until for nap in self.bot.naps if nap.until is not None]
            due = min((datetime.fromtimestamp(until, UTC) for until in waited_for), default=end)
            if due >= end:
                break
            await self.env.advance_time(max((due - self.env.now()).total_seconds(), 0.0))
            for nap in self.bot.naps:
                nap.wake()
            await self.env.settle()
        await self.env.advance_time(max((end - self.env.now()).total_seconds(), 0.0))

    async def to_evening(self, zone: ZoneInfo) -> None:
        """Let time go by until the evening of a Tuesday: a group does not meet at one in the morning."""
        local = self.env.now().astimezone(zone)
        evening = local.replace(hour=EVENING.hour, minute=EVENING.minute, second=0, microsecond=0)
        evening += timedelta(days=(TUESDAY - local.isoweekday()) % DAYS_A_WEEK)
        if evening <= local:
            evening += timedelta(days=DAYS_A_WEEK)
        await self.env.advance_time((evening - local).total_seconds())

    def posts(self, where: ChannelHandle | None = None, viewer: Actor | None = None) -> list[discord.Message]:
        """What stands in a channel, oldest first, as ``viewer`` sees it; nothing where they may not look."""
        try:
            return (where or self.thread).history(viewer=viewer.member if viewer is not None else None)
        except simcord.SetupError:
            return []

    def control_in_sight(self, actor: Actor, verb: str, argument: str | None) -> Message:
        """The message that offers ``verb`` to ``actor``: their private one, else the newest post of all."""
        response = actor.shown.response if actor.shown is not None else None
        candidates: list[Message] = [response] if response is not None else []
        places = [*reversed(self.channel.threads), self.channel]
        candidates += [message for place in places for message in reversed(self.posts(place, actor))]
        candidates += reversed(actor.inbox)
        for message in candidates:
            if _controls(message, verb, argument):
                return message
        message = f"{actor.name} has no button {verb} {argument or ''} in sight"
        raise LookupError(message)


def _channel_id(message: Message) -> int:
    return message.channel_id if isinstance(message, ResponseMessage) else message.channel.id


def _walk(components: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for component in components:
        found.append(component)
        found += _walk(component.get("components", ()))
        for inner in ("accessory", "component"):
            if inner in component:
                found += _walk([component[inner]])
    return found


def components_of(message: Message) -> list[Mapping[str, Any]]:
    """Every component of a message, outer ones first."""
    if isinstance(message, ResponseMessage):
        return _walk(message.components)
    return _walk([component.to_dict() for component in message.components])  # pyright: ignore[reportArgumentType]


def text_of(components: Sequence[Mapping[str, Any]]) -> str:
    """The text of components, in order."""
    return "\n".join(str(each["content"]) for each in _walk(components) if "content" in each)


def message_text(message: Message) -> str:
    """The text of a message."""
    return "\n".join(str(each["content"]) for each in components_of(message) if "content" in each)


def _controls(message: Message, verb: str, argument: str | None) -> list[str]:
    ids = [
        str(each["custom_id"])
        for each in components_of(message)
        if "custom_id" in each and not each.get("disabled")
    ]
    return [
        each
        for each in ids
        if each.split(":")[2] == verb and (argument is None or each.split(":", 3)[3] == argument)
    ]


def control_id(message: Message, verb: str, argument: str | None) -> str:
    """The custom_id of a verb's control in a message; LookupError where there is none."""
    found = _controls(message, verb, argument)
    if not found:
        message_ = f"no control {verb} {argument or ''} in that message"
        raise LookupError(message_)
    return found[0]


@asynccontextmanager
async def open_stage(
    settings: Settings,
    names: Sequence[str],
    *,
    server: str,
    channel: str,
    chance: Chance | None = None,
    finder: Finder | None = None,
    library: Library | None = None,
) -> AsyncGenerator[Stage]:
    """A server with one channel and these people, of whom the first manages it, and the bot signed in.

    ``library``: the texts, where they have been read already.
    """
    _hurry()
    clock, library = StageClock(), library or load_library()
    bot = await build(
        open_keys(settings.data_dir), settings, clock=clock, chance=chance, library=library, finder=finder
    )
    # Started and ended by hand: leaving ``simcord.run`` in another task than it was entered in fails,
    # and fixtures and servers do just that.
    env = Env(bot, settle_timeout=_SETTLE_SECONDS)
    clock.env = env
    env.backend.bot_user.name = "Sixfold"
    await env.start()
    try:
        guild = env.create_guild(server)
        handle = guild.create_text_channel(channel)
        stage = Stage(env, settings, guild, handle, {}, clock, chance, library, finder)
        # Not the owner, whom Discord lets into every private thread.
        steward = guild.create_role("steward", permissions=discord.Permissions(manage_guild=True))
        members = {
            name: guild.add_member(env.create_user(name), roles=[steward] if name == names[0] else [])
            for name in names
        }
        stage.actors = {name: Actor(stage, member) for name, member in members.items()}
        yield stage
        env.raise_errors()
    finally:
        if isinstance(env.bot, Sixfold):
            await env.bot.stop_loops()
            await env.bot.desk.close()
        await env.shutdown()
