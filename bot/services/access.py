"""Who may do what: one place, asked on every command, click and form."""

from dataclasses import dataclass
from typing import Literal

from bot.aliases import mark_in_group, opens
from bot.formulation.acts import Who as WhoInSession
from bot.formulation.acts import admits
from bot.refusal import Refusal
from bot.services.ground import Ground
from bot.storage.drafts import Draft
from bot.storage.groups import Group
from bot.storage.sessions import Stored
from bot.storage.store import Store

Who = Literal[WhoInSession, "everyone", "colleague", "owner", "steward"]
"""``everyone`` in the server; a ``colleague`` has accepted the charter of the group whose channel
it is; the ``owner`` of a draft typed it; a ``steward`` may manage the server or is a facilitator of
the group. The others are roles in a session, and all of them but ``anyone`` are colleagues too."""


class CharterFirst(Refusal):
    """This person has not accepted the charter of ``group`` yet."""

    def __init__(self, group: Group) -> None:
        super().__init__("charter-first")
        self.group = group


@dataclass(frozen=True)
class Caller:
    """Who pressed or typed, and where. ``channel`` is the text channel, also inside a thread of it."""

    user: int
    guild: int
    channel: int
    thread: int | None = None
    manages_server: bool = False


@dataclass(frozen=True)
class Standing:
    """What a request is about, as loaded while its right was checked."""

    caller: Caller
    group: Group | None = None
    stored: Stored | None = None
    draft: Draft | None = None

    @property
    def session(self) -> Stored:
        """The session it is about; ``Refusal`` where there is none."""
        if self.stored is None:
            raise Refusal("session-gone")
        return self.stored

    @property
    def own_group(self) -> Group:
        """The group it is about; ``Refusal`` where the channel has none."""
        if self.group is None:
            raise Refusal("no-group-here")
        return self.group


async def admit(ground: Ground, who: Who, caller: Caller, token: str | None = None) -> Standing:
    """What the request is about, if ``caller`` may make it; otherwise ``Refusal``.

    ``token`` is that of a session or a draft. Without one, the group is that of the channel.
    """
    async with ground.reading() as store:
        standing = await _load(store, who, caller, token)
        _check(ground, who, standing)
        if who not in ("everyone", "steward", "owner"):
            await _check_charter(ground, store, standing)
    return standing


async def _load(store: Store, who: Who, caller: Caller, token: str | None) -> Standing:
    if who == "owner":
        draft = await store.drafts.load(token or "")
        if draft is None:
            raise Refusal("draft-gone")
        return Standing(caller, draft=draft, group=await store.groups.by_channel(caller.channel))
    if token is None or who in ("everyone", "colleague", "steward"):
        return Standing(caller, group=await store.groups.by_channel(caller.channel))
    stored = await store.sessions.load(token)
    if stored is None:
        raise Refusal("session-gone")
    group = await store.groups.by_token(stored.session.group)
    # A control copied into another server must not work there.
    if group is None or group.guild_id != caller.guild:
        raise Refusal("session-gone")
    return Standing(caller, group=group, stored=stored)


def _check(ground: Ground, who: Who, standing: Standing) -> None:
    caller = standing.caller
    if who == "owner":
        draft = standing.draft
        if draft is None or not opens(caller.user, draft.token, draft.owner, ground.seal_keys):
            raise Refusal("draft-gone")
    elif who == "steward":
        if not caller.manages_server and (
            standing.group is None or caller.user not in standing.group.facilitators
        ):
            raise Refusal("only-steward")
    elif who == "colleague":
        _ = standing.own_group
    elif who != "everyone" and not admits(who, standing.session.session.person(caller.user)):
        raise Refusal(f"only-{who}")


async def _check_charter(ground: Ground, store: Store, standing: Standing) -> None:
    group = standing.own_group
    mark = mark_in_group(standing.caller.user, group.token, ground.seal_keys)
    accepted = await store.groups.accepted(group.token, mark)
    if accepted is None or accepted < group.charter_version:
        raise CharterFirst(group)
