"""A group and a session brought to any step quickly: by use cases, where the clicks are not the subject."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TypedDict, Unpack

from bot.desk import Desk
from bot.formulation.acts import Act, Join, MakeRoom, Next, Rate, Respond
from bot.formulation.script import moment
from bot.formulation.session import USUAL_PEOPLE, Mode, Session
from bot.rehearsal.stage import Stage
from bot.services.access import Caller
from bot.services.formulating import PROTOCOL, Opening
from bot.storage.groups import Group
from bot.storage.sessions import Stored

ZONE = "Europe/Berlin"
TOKEN = "e0e0e0e0e0e0e0e0"
TITLE = "The careful guest"
QUESTION = "What am I not seeing?"
ACCOUNT = "She asks how I slept before she sits down."

Pause = Callable[[], Awaitable[None]]


class How(TypedDict, total=False):
    """What a session may be otherwise than usual; see ``evening_of``."""

    mode: Mode
    minutes: int
    protocol: str
    account: str
    token: str


async def no_pause() -> None:
    return


@dataclass
class Evening:
    """One session, in which everyone has accepted the charter.

    ``desk`` gives the one of the process that runs now. ``settle`` is awaited after each act, ``posted``
    when a step has been reached.
    """

    desk: Callable[[], Desk]
    group: Group
    token: str
    presenter: int
    facilitator: int
    members: tuple[int, ...]
    settle: Pause = no_pause
    posted: Pause = no_pause

    async def stored(self) -> Stored:
        found = await self.desk().formulating.load(self.token)
        assert found is not None
        return found[0]

    async def session(self) -> Session:
        return (await self.stored()).session

    async def act(self, act: Act, by: int | None) -> Session:
        session = (await self.desk().formulating.act(self.token, act, by)).session
        await self.settle()
        return session

    async def colleague(self, user: int) -> None:
        """Somebody else accepts the group's charter."""
        caller = Caller(user, self.group.guild_id, self.group.channel_id)
        await self.desk().groups.accept_charter(self.group.token, caller)

    async def kind(self) -> str:
        """The kind of the present step."""
        session = await self.session()
        return self.desk().formulating.script_of(session).step(session).kind

    async def here(self) -> str:
        """The present moment, as a button of now carries it."""
        return str(moment(await self.session()))

    async def to(self, kind: str) -> Session:
        """Go on until a step of this kind begins."""
        for _ in range(15):
            here = await self.kind()
            if here == kind:
                await self.posted()
                return await self.session()
            if here == "ratings":
                await self.rate_all()
            if here == "answer":
                await self.act(Respond((), something_else=False, text=""), self.presenter)
            # In slow mode the last who is done may have moved the group on already.
            if await self.kind() == here:
                await self.act(Next(await self.here()), self.facilitator)
        message = f"no step of kind {kind}"
        raise LookupError(message)

    async def rate_all(self) -> None:
        formulating = self.desk().formulating
        for rater in (self.facilitator, *self.members):
            for mechanism in self.desk().ground.library(self.group).mechanisms:
                await formulating.act(self.token, Rate(mechanism.id, 2), rater)
        await self.settle()


@dataclass(kw_only=True)
class StageEvening(Evening):
    """The same in the simulated server."""

    stage: Stage


async def group_of(
    desk: Desk, guild: int, channel: int, facilitator: int, people: Iterable[int], *, days: int = 14
) -> Group:
    """A channel as a group whose charter ``people`` have accepted."""
    caller = Caller(facilitator, guild, channel)
    group = await desk.groups.set_up(caller, ZONE, "en", str(days), (facilitator,))
    for user in people:
        await desk.groups.accept_charter(group.token, Caller(user, guild, channel))
    return group


async def evening_of(
    desk: Callable[[], Desk],
    group: Group,
    presenter: int,
    facilitator: int,
    members: Iterable[int],
    *,
    mode: Mode = "text",
    minutes: int = 60,
    protocol: str = PROTOCOL,
    account: str = ACCOUNT,
    token: str = TOKEN,
) -> Evening:
    """A session of this group in its first step, with everyone in it."""
    minutes = 0 if mode == "slow" else minutes
    opening = Opening(token, TITLE, QUESTION, account, protocol, mode, minutes, facilitator)
    await desk().formulating.start(opening, group, presenter)
    evening = Evening(desk, group, token, presenter, facilitator, tuple(members))
    if len(evening.members) + 2 > USUAL_PEOPLE:
        await desk().formulating.act(token, MakeRoom(), facilitator)
    for number, member in enumerate(evening.members):
        await desk().formulating.act(token, Join(f"{number:016x}"), member)
    return evening


async def session_in(
    stage: Stage,
    group: Group,
    presenter: int,
    facilitator: int,
    members: Iterable[int],
    **how: Unpack[How],
) -> StageEvening:
    """A session on a stage."""
    made = await evening_of(lambda: stage.bot.desk, group, presenter, facilitator, members, **how)
    await stage.env.settle()
    return StageEvening(
        made.desk,
        group,
        made.token,
        presenter,
        facilitator,
        made.members,
        settle=stage.env.settle,
        posted=stage.pass_time,
        stage=stage,
    )


async def evening_on(
    stage: Stage,
    presenter: str = "Bea",
    facilitator: str = "You",
    members: Iterable[str] = ("Cem", "Dag", "Eli"),
    **how: Unpack[How],
) -> StageEvening:
    """A group in the stage's channel, and a session of it."""
    ids = {name: stage[name].id for name in (presenter, facilitator, *members)}
    group = await group_of(stage.bot.desk, stage.guild.id, stage.channel.id, ids[facilitator], ids.values())
    people = (ids[presenter], ids[facilitator], [ids[name] for name in members])
    return await session_in(stage, group, *people, **how)
