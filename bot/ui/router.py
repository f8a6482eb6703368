"""The one way in: every click and every form, alive or from before a restart, is answered here.

Parse, load, authorise, let the handler commit, answer once. Whatever fails, the person gets a
sentence, and what they typed comes back to them.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import aiohttp
import discord

from bot.chance import Chance
from bot.delivery.discord_out import files
from bot.identifiers import find_direct
from bot.refusal import Refusal
from bot.services.access import Caller, CharterFirst, Standing, Who, admit
from bot.services.drafts import DraftService, Typed, typed_in
from bot.services.ground import Ground
from bot.storage.groups import Group
from bot.ui import notices
from bot.ui.answers import Answer, Fields, Form, Private, Request
from bot.ui.control import Control, parse
from bot.ui.parts import shortened
from bot.ui.verbs import Verb

log = logging.getLogger(__name__)

DEFER_AFTER = 1.5
MOST_NAMED = 6
TOO_LATE = ("step-moved-on", "session-over", "session-gone")
_THREADS = (
    discord.ChannelType.private_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.news_thread,
)


class TextRefused(Refusal):
    """A text holds what may not be posted; ``found`` says of which kind each is, and which words."""

    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        super().__init__("text-refused")
        self.found = tuple(found)


def caller_of(interaction: discord.Interaction[Any]) -> Caller:
    """Who pressed or typed, and where; ``Refusal`` outside a server."""
    channel = interaction.channel
    if interaction.guild_id is None or channel is None:
        raise Refusal("server-only")
    thread = channel.id if channel.type in _THREADS else None
    parent = getattr(channel, "parent_id", None) if thread is not None else None
    return Caller(
        user=interaction.user.id,
        guild=interaction.guild_id,
        channel=parent if isinstance(parent, int) else channel.id,
        thread=thread,
        manages_server=interaction.permissions.manage_guild,
    )


def fields_of(components: Iterable[Mapping[str, Any]]) -> dict[str, str | list[str]]:
    """What stands in each field of a form that was sent, by the name of the field."""
    found: dict[str, str | list[str]] = {}
    for component in components:
        inner = component.get("component")
        children: Any = component.get("components", ()) if inner is None else [inner]
        found.update(fields_of(children))
        if "custom_id" in component:
            values = cast("list[object] | None", component.get("values"))
            alone = component.get("value")
            found[component["custom_id"]] = (
                str(alone or "") if values is None else [str(each) for each in values]
            )
    return found


def without_bots(fields: dict[str, str | list[str]], resolved: Mapping[str, Any]) -> Fields:
    """The same without the bots among the people chosen: Discord offers them, and none can facilitate."""
    bots = {user for user, told in resolved.get("users", {}).items() if told.get("bot")}
    return {
        name: [each for each in value if each not in bots] if isinstance(value, list) else value
        for name, value in fields.items()
    }


class Router:
    """Finds the verb of a control, and answers."""

    def __init__(self, ground: Ground, drafts: DraftService, chance: Chance) -> None:
        self._ground = ground
        self._drafts = drafts
        self._chance = chance
        self._verbs: dict[str, Verb] = {}

    @property
    def verbs(self) -> Mapping[str, Verb]:
        """Every verb there is."""
        return self._verbs

    def add(self, verbs: Iterable[Verb]) -> None:
        """Make verbs known; each name once."""
        for verb in verbs:
            if verb.name in self._verbs:
                message = f"two verbs are called {verb.name}"
                raise ValueError(message)
            self._verbs[verb.name] = verb

    async def handle(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a click or a form."""
        data = cast("dict[str, Any]", interaction.data or {})
        is_form = interaction.type is discord.InteractionType.modal_submit
        fields: Fields = {"chosen": data.get("values", [])}
        if is_form:
            fields = without_bots(fields_of(data.get("components", ())), data.get("resolved", {}))
        await self.respond(
            interaction,
            lambda: self._route(interaction, str(data.get("custom_id", "")), fields, is_form=is_form),
        )

    async def respond(
        self, interaction: discord.Interaction[Any], work: Callable[[], Awaitable[Answer]]
    ) -> None:
        """Answer ``interaction`` once with what ``work`` gives, and in time, whatever happens to it."""
        task = asyncio.ensure_future(self._never_fails(work))
        done, _ = await asyncio.wait({task}, timeout=DEFER_AFTER)
        if not done:
            await _try(_defer(interaction))
        answer = await task
        await _try(_send(interaction, answer, self._say("form-too-slow")))

    async def command(
        self, interaction: discord.Interaction[Any], work: Callable[[Caller], Awaitable[Answer]]
    ) -> None:
        """Answer a command with what ``work`` gives for whoever typed it."""

        async def answer() -> Answer:
            return await work(caller_of(interaction))

        await self.respond(interaction, answer)

    async def refuse(self, interaction: discord.Interaction[Any], refusal: Refusal) -> None:
        """Answer a command with the sentence of ``refusal``."""

        async def answer() -> Answer:
            raise refusal

        await self.respond(interaction, answer)

    async def press(self, interaction: discord.Interaction[Any], control: Control) -> None:
        """Answer a command as if ``control`` had been pressed."""

        async def answer(caller: Caller) -> Answer:
            return await self._press(caller, control, {})

        await self.command(interaction, answer)

    async def admit_here(self, who: Who, caller: Caller) -> Standing:
        """Whether ``caller`` may use a command about the group of this channel."""
        return await admit(self._ground, who, caller)

    def _say(self, key: str, **values: str | int) -> discord.ui.LayoutView:
        return notices.sentence(self._ground.library().texts(key, **values))

    async def _never_fails(self, work: Callable[[], Awaitable[Answer]]) -> Answer:
        texts = self._ground.library().texts
        try:
            return await work()
        except CharterFirst as first:
            return Private(notices.charter(self._ground.library(first.group), first.group.token, None))
        except Refusal as refusal:
            return Private(notices.sentence(texts(refusal.key, **refusal.values)), in_place=False)
        except Exception as error:  # noqa: BLE001 - the last place where an error can become a sentence
            return Private(notices.sentence(texts("error", code=self._report(error))), in_place=False)

    def _report(self, error: Exception) -> str:
        """Log where it happened under a short code: no message of the error, which may quote a text."""
        code = self._chance.token()[:6].upper()
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames)
        )
        log.error("error %s: %s at %s", code, type(error).__name__, where)
        return code

    async def _route(
        self, interaction: discord.Interaction[Any], custom_id: str, fields: Fields, *, is_form: bool
    ) -> Answer:
        control = parse(custom_id)
        if not is_form:
            return await self._press(caller_of(interaction), control, fields)
        try:
            answer = await self._submit(caller_of(interaction), control, fields)
        except Exception as error:  # noqa: BLE001 - first of all, what was typed is kept
            return await self._give_back(caller_of(interaction), control, fields, error)
        if control.draft is not None:
            await self._drafts.drop(control.draft, interaction.user.id)
        return answer

    def _verb(self, name: str) -> Verb:
        verb = self._verbs.get(name)
        if verb is None:
            raise Refusal("control-stale")
        return verb

    async def admit(self, verb: Verb, caller: Caller, control: Control) -> Standing:
        """Whether ``caller`` may use this control; a charter still to be accepted remembers the control."""
        token = control.token if verb.about_session or verb.who == "owner" else None
        try:
            return await admit(self._ground, verb.who, caller, token)
        except CharterFirst as first:
            raise CharterBeforeControl(first.group, control) from None

    async def _press(self, caller: Caller, control: Control, fields: Fields) -> Answer:
        if control.verb == "edit":
            return await self._reopen(caller, control)
        verb = self._verb(control.verb)
        try:
            standing = await self.admit(verb, caller, control)
        except CharterBeforeControl as first:
            return Private(notices.charter(self._ground.library(first.group), first.group.token, control))
        request = Request(control, standing, fields)
        if verb.form is not None:
            return self.form(verb, request, {})
        if verb.press is None:
            raise Refusal("control-stale")
        return await verb.press(request)

    def form(self, verb: Verb, request: Request, filled: Fields) -> Form:
        """The form of a verb, opened for this request."""
        if verb.form is None:
            raise Refusal("control-stale")
        built = verb.form(request, filled)
        built.custom_id = str(request.control.opened(self._chance.token()[:8]))
        return Form(built)

    async def _reopen(self, caller: Caller, control: Control) -> Answer:
        owned = await admit(self._ground, "owner", caller, control.token)
        if owned.draft is None:
            raise Refusal("draft-gone")
        typed = typed_in(owned.draft)
        verb = self._verb(typed.verb)
        again = Control(typed.token, typed.verb, typed.argument, draft=owned.draft.token)
        standing = await self.admit(verb, caller, again)
        return self.form(verb, Request(again, standing, typed.fields), typed.fields)

    async def _submit(self, caller: Caller, control: Control, fields: Fields) -> Answer:
        verb = self._verb(control.verb)
        if verb.submit is None:
            raise Refusal("control-stale")
        standing = await self.admit(verb, caller, control)
        request = Request(control, standing, fields)
        texts = [request.text(name) for name in verb.checked]
        found = [
            (finding.kind, text[finding.start : finding.end])
            for text in texts
            for finding in find_direct(text)
        ]
        if found:
            raise TextRefused(found)
        return await verb.submit(request)

    async def _give_back(self, caller: Caller, control: Control, fields: Fields, error: Exception) -> Answer:
        texts = self._ground.library().texts
        if isinstance(error, TextRefused):
            named = [
                f"- {texts(f'finding-{kind}', words=shortened(words, 60))}" for kind, words in error.found
            ]
            why = "\n".join([texts("text-refused"), *dict.fromkeys(named[:MOST_NAMED])])
        elif isinstance(error, Refusal):
            why = texts(error.key, **error.values)
        else:
            why = texts("error", code=self._report(error))
        group = await self._group_of(caller)
        typed = Typed(control.verb, control.token, control.argument, fields)
        draft = await self._drafts.keep(typed, caller.user, group, control.draft)
        verb = self._verbs.get(control.verb)
        written = [
            str(fields[name]) for name in (verb.checked if verb is not None else ()) if fields.get(name)
        ]
        late = isinstance(error, Refusal) and error.key in TOO_LATE
        return Private(notices.given_back(texts, why, draft, written, late=late))

    async def _group_of(self, caller: Caller) -> str | None:
        async with self._ground.reading() as store:
            group = await store.groups.by_channel(caller.channel)
        return group.token if group is not None else None


class CharterBeforeControl(CharterFirst):
    """The charter comes first, and then this control again."""

    def __init__(self, group: Group, control: Control) -> None:
        super().__init__(group)
        self.control = control


async def _try(sending: Awaitable[None]) -> None:
    # What was decided is committed: where the answer does not arrive, the person presses again and sees it.
    try:
        await sending
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("an answer could not be sent: %s", type(error).__name__)


async def _defer(interaction: discord.Interaction[Any]) -> None:
    """Say that it takes a moment; the answer then takes the place of that."""
    in_place = interaction.message is not None and interaction.message.flags.ephemeral
    if in_place:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def _send(
    interaction: discord.Interaction[Any], answer: Answer, too_slow: discord.ui.LayoutView
) -> None:
    late = interaction.response.is_done()
    if isinstance(answer, Form):
        if not late:
            await interaction.response.send_modal(answer.modal)
            return
        # A form can't follow on a wait. What it was opened from stays, to be pressed once more.
        answer = Private(too_slow, in_place=False)
    answer.view.stop()
    private_before = interaction.message is not None and interaction.message.flags.ephemeral
    replaces = answer.in_place and private_before
    if late and (replaces or not private_before):
        await interaction.edit_original_response(view=answer.view, attachments=files(answer.pictures))
    elif late:
        await interaction.followup.send(view=answer.view, files=files(answer.pictures), ephemeral=True)
    elif replaces:
        await interaction.response.edit_message(view=answer.view, attachments=files(answer.pictures))
    else:
        await interaction.response.send_message(
            view=answer.view, files=files(answer.pictures), ephemeral=True
        )
