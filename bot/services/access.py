"""Who may do what: one place, asked on every command, click and form."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.aliases import mark_in_group, opens
from bot.commitments.commitment import Commitment
from bot.formulation.acts import Who as WhoInSession
from bot.formulation.acts import admits
from bot.formulation.session import NOBODY
from bot.refusal import Refusal
from bot.reminders.reminder import Reminder
from bot.services.ground import Ground
from bot.storage.cases import StoredCase
from bot.storage.drafts import Draft
from bot.storage.groups import Group
from bot.storage.sessions import Stored
from bot.storage.store import Store, StoredCommitment, StoredReminder
from bot.storage.vignettes import StoredVignette

WhoOfVignette = Literal["reader", "author", "carer"]
WhoOfCase = Literal["peer", "case-presenter"]
WhoOfNote = Literal["recipient", "reminder-holder", "committed"]
Who = Literal[WhoInSession, WhoOfVignette, WhoOfCase, WhoOfNote, "everyone", "colleague", "owner", "steward"]
"""``everyone`` in the server; a ``colleague`` has accepted the charter of the group whose channel
it is; the ``owner`` of a draft typed it; a ``steward`` may manage the server or is a facilitator of
the group. A ``reader`` of a vignette is a colleague of its group, its ``author`` opens its seal, and a
``carer`` is a steward of its group. A ``peer`` of a case is a colleague of its group, its
``case-presenter`` posted it. The ``recipient`` of a note is whose inbox it came to, or everyone in the
server where it came to a channel; the ``reminder-holder`` is whose reminder it is, or a steward where it is
a channel's; who is ``committed`` made the plan. These three are asked for in direct messages too. The others
are roles in a session. All but ``anyone``, ``everyone``, ``owner``, ``steward``, ``carer`` and the three of
notes are colleagues too."""
_OF_VIGNETTE = ("reader", "author", "carer")
_OF_CASE = ("peer", "case-presenter")
_OF_NOTE = ("recipient", "reminder-holder", "committed")
DIRECT = 0
"""The server of whoever is in their direct messages with the bot."""


class CharterFirst(Refusal):
    """This person has not accepted the charter of ``group`` yet."""

    def __init__(self, group: Group) -> None:
        super().__init__("charter-first")
        self.group = group


@dataclass(frozen=True)
class Caller:
    """Who pressed or typed, and where. ``channel`` is the text channel, also inside a thread of it.

    In direct messages ``guild`` is ``DIRECT``, and ``channel`` is their own.
    """

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
    found: StoredVignette | None = None
    stored_case: StoredCase | None = None
    stored_reminder: StoredReminder | None = None
    stored_commitment: StoredCommitment | None = None
    acting: int | None = None
    """Whose acts these are in a session, where that is not the caller: a presenter under an alias."""

    @property
    def actor(self) -> int:
        """The user id under which this acts in a session."""
        return self.acting if self.acting is not None else self.caller.user

    @property
    def vignette(self) -> StoredVignette:
        """The vignette it is about; ``Refusal`` where there is none."""
        if self.found is None:
            raise Refusal("vignette-gone")
        return self.found

    @property
    def case(self) -> StoredCase:
        """The case it is about; ``Refusal`` where there is none."""
        if self.stored_case is None:
            raise Refusal("case-gone")
        return self.stored_case

    @property
    def reminder(self) -> Reminder:
        """The reminder it is about; ``Refusal`` where there is none."""
        if self.stored_reminder is None:
            raise Refusal("reminder-gone")
        return self.stored_reminder.document

    @property
    def commitment(self) -> Commitment:
        """The commitment it is about; ``Refusal`` where there is none."""
        if self.stored_commitment is None:
            raise Refusal("commitment-gone")
        return self.stored_commitment.document

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
    if caller.guild == DIRECT and who not in ("everyone", "owner", *_OF_NOTE):
        raise Refusal("server-only")
    async with ground.reading() as store:
        standing = _as_presenter(ground, who, await _load(store, who, caller, token))
        _check(ground, who, standing)
        if who not in ("everyone", "steward", "owner", "carer", *_OF_NOTE):
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
    if who in _OF_VIGNETTE:
        found = await store.vignettes.load(token)
        group = await store.groups.by_token(found.vignette.group) if found is not None else None
        if group is None or group.guild_id != caller.guild:
            raise Refusal("vignette-gone")
        return Standing(caller, group=group, found=found)
    if who in _OF_CASE:
        case = await store.cases.load(token)
        group = await store.groups.by_token(case.case.group) if case is not None else None
        if group is None or group.guild_id != caller.guild:
            raise Refusal("case-gone")
        return Standing(caller, group=group, stored_case=case)
    if who in _OF_NOTE:
        return await _load_note(store, who, caller, token)
    return await _load_session(store, caller, token)


async def _load_session(store: Store, caller: Caller, token: str) -> Standing:
    stored = await store.sessions.load(token)
    if stored is None:
        raise Refusal("session-gone")
    group = await store.groups.by_token(stored.session.group)
    # A control copied into another server must not work there.
    if group is None or group.guild_id != caller.guild:
        raise Refusal("session-gone")
    about = stored.session.vignette
    found = await store.vignettes.load(about) if about is not None else None
    return Standing(caller, group=group, stored=stored, found=found)


async def _load_note(store: Store, who: Who, caller: Caller, token: str) -> Standing:
    kept = store.commitments if who == "committed" else store.reminders
    found = await kept.load(token)
    group = await store.groups.by_token(found.document.group) if found is not None else None
    if found is None or group is None or caller.guild not in (group.guild_id, DIRECT):
        if who == "committed":
            raise Refusal("commitment-gone")
        raise Refusal("reminder-gone")
    if isinstance(found.document, Commitment):
        return Standing(
            caller, group=group, stored_commitment=StoredCommitment(found.document, found.version)
        )
    return Standing(caller, group=group, stored_reminder=StoredReminder(found.document, found.version))


def _as_presenter(ground: Ground, who: Who, standing: Standing) -> Standing:
    """The same, acting as the presenter where the caller wrote the vignette and is not admitted otherwise."""
    if standing.stored is None or standing.found is None or who in ("anyone", "clock"):
        return standing
    session = standing.stored.session
    if who not in ("member", "rater", "presenter", "facilitator", "leading"):
        return standing
    if admits(who, session.person(standing.caller.user)) or not admits(who, session.person(NOBODY)):
        return standing
    return (
        replace(standing, acting=NOBODY) if wrote(ground, standing.found, standing.caller.user) else standing
    )


def _check(ground: Ground, who: Who, standing: Standing) -> None:
    caller = standing.caller
    if who == "owner":
        draft = standing.draft
        if draft is None or not opens(caller.user, draft.token, draft.owner, ground.seal_keys):
            raise Refusal("draft-gone")
    elif who in ("steward", "carer"):
        if not _is_steward(standing):
            raise Refusal("only-steward")
    elif who == "colleague":
        _ = standing.own_group
    elif who in _OF_NOTE:
        _check_note(who, standing)
    elif who in ("reader", "author", "peer", "case-presenter"):
        _check_posted(ground, who, standing)
    elif who != "everyone" and not admits(who, standing.session.session.person(standing.actor)):
        raise Refusal(f"only-{who}")


def _check_posted(ground: Ground, who: Who, standing: Standing) -> None:
    user = standing.caller.user
    if who in _OF_CASE:
        if standing.case.case.presenter != user and who == "case-presenter":
            raise Refusal("only-case-presenter")
    elif not wrote(ground, standing.vignette, user) and who == "author":
        raise Refusal("only-author")


def _check_note(who: Who, standing: Standing) -> None:
    caller = standing.caller
    owner = standing.commitment.user if who == "committed" else standing.reminder.user
    if owner is not None:
        if owner != caller.user:
            raise Refusal(f"only-{who}")
    elif caller.guild == DIRECT:
        raise Refusal("reminder-gone")
    elif who == "reminder-holder" and not _is_steward(standing):
        raise Refusal("only-steward")


def _is_steward(standing: Standing) -> bool:
    caller, group = standing.caller, standing.group
    return caller.manages_server or (group is not None and caller.user in group.facilitators)


def wrote(ground: Ground, stored: StoredVignette, user: int) -> bool:
    """Whether ``user`` is the author of a vignette that has not closed."""
    return stored.author is not None and opens(user, stored.vignette.token, stored.author, ground.seal_keys)


async def _check_charter(ground: Ground, store: Store, standing: Standing) -> None:
    group = standing.own_group
    mark = mark_in_group(standing.caller.user, group.token, ground.seal_keys)
    accepted = await store.groups.accepted(group.token, mark)
    if accepted is None or accepted < group.charter_version:
        raise CharterFirst(group)
