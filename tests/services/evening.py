"""A group and a session brought to any step quickly: by use cases, where the clicks are not the subject."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.formulation.acts import Act, Join, Next, Rate, Respond, Tell
from bot.formulation.script import moment
from bot.formulation.session import Session
from bot.rehearsal.stage import Stage
from bot.services.access import Caller
from bot.services.formulating import Opening
from bot.storage.groups import Group
from bot.storage.sessions import Stored
from bot.ui.posts import script_of

ZONE = "Europe/Berlin"
SEED = "0123456789abcdef"
TITLE = "The careful guest"
QUESTION = "What am I not seeing?"
ACCOUNT = "She asks how I slept before she sits down."


@dataclass
class Evening:
    """One session. Everyone in it has accepted the charter."""

    stage: Stage
    group: Group
    token: str
    presenter: int
    facilitator: int
    members: tuple[int, ...]

    async def stored(self) -> Stored:
        found = await self.stage.bot.desk.formulating.load(self.token)
        assert found is not None
        return found[0]

    async def session(self) -> Session:
        return (await self.stored()).session

    async def act(self, act: Act, by: int | None) -> Session:
        session = (await self.stage.bot.desk.formulating.act(self.token, act, by)).session
        await self.stage.env.settle()
        return session

    async def to(self, kind: str) -> Session:
        """Go on until a step of this kind begins, and let its posts come."""
        library = self.stage.library
        for _ in range(15):
            session = await self.session()
            here = script_of(session, library).step(session).kind
            if here == kind:
                await self.stage.pass_time()
                return session
            if here == "ratings":
                for rater in (self.facilitator, *self.members):
                    for mechanism in library.mechanisms:
                        await self.act(Rate(mechanism.id, 2), rater)
            if here == "answer":
                await self.act(Respond((), something_else=False, text=""), self.presenter)
            await self.act(Next(str(moment(session)), SEED), self.facilitator)
        message = f"no step of kind {kind}"
        raise LookupError(message)


async def group_in(stage: Stage, facilitator: int, people: Iterable[int], *, days: int = 14) -> Group:
    """The stage's channel as a group whose charter ``people`` have accepted."""
    caller = Caller(facilitator, stage.guild.id, stage.channel.id)
    group = await stage.bot.desk.groups.set_up(caller, ZONE, "en", str(days), (facilitator,))
    for user in people:
        await accept(stage, group, user)
    return group


async def accept(stage: Stage, group: Group, user: int) -> None:
    caller = Caller(user, group.guild_id, group.channel_id)
    await stage.bot.desk.groups.accept_charter(group.token, caller)


async def evening_on(
    stage: Stage,
    presenter: str = "Bea",
    facilitator: str = "You",
    members: Iterable[str] = ("Cem", "Dag", "Eli"),
    *,
    minutes: int = 60,
    account: str = ACCOUNT,
    token: str = "e0e0e0e0e0e0e0e0",
) -> Evening:
    """A group, and a session in its first step with everyone in it; nothing is posted yet."""
    ids = {name: stage[name].id for name in (presenter, facilitator, *members)}
    group = await group_in(stage, ids[facilitator], ids.values())
    return await session_in(stage, group, ids[presenter], ids[facilitator], [ids[name] for name in members],
                            minutes=minutes, account=account, token=token)


async def session_in(
    stage: Stage,
    group: Group,
    presenter: int,
    facilitator: int,
    members: Iterable[int],
    *,
    minutes: int = 60,
    account: str = ACCOUNT,
    token: str = "e0e0e0e0e0e0e0e0",
) -> Evening:
    opening = Opening(token, TITLE, QUESTION, account, minutes, facilitator)
    await stage.bot.desk.formulating.start(opening, group, presenter)
    evening = Evening(stage, group, token, presenter, facilitator, tuple(members))
    for number, member in enumerate(evening.members):
        await stage.bot.desk.formulating.act(token, Join(f"{number:016x}"), member)
    return evening


async def told(evening: Evening, account: str) -> Session:
    return await evening.act(Tell(account), evening.presenter)
