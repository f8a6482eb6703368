"""The one way in: every click and every form, alive or from before a restart, is answered here.

Parse, load, authorise, review, let the handler commit, answer once. Whatever fails, the person gets a
sentence, and what they typed comes back to them.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, cast

import discord

from bot.refusal import Refusal
from bot.services.access import DIRECT, Caller, CharterFirst, Standing, Who, admit
from bot.services.drafts import DraftService, Typed, is_under_way, typed_in
from bot.services.ground import Ground
from bot.services.screening import Screened, Screening
from bot.services.words import WordService
from bot.storage.drafts import Draft
from bot.storage.groups import Group
from bot.ui import notices, review
from bot.ui.answers import Answer, Fields, Form, Private, Request
from bot.ui.control import Control, parse
from bot.ui.incoming import caller_of, sent
from bot.ui.sending import attempt, defer, send
from bot.ui.verbs import Verb
from bot.ui.visits import Visits

log = logging.getLogger(__name__)

DEFER_AFTER = 1.5
TOO_LATE = ("step-moved-on", "session-over", "session-gone")


class TextHeld(Refusal):
    """The review found something in a text: what blocks, or what its author is asked about first."""

    def __init__(self, screened: Screened) -> None:
        super().__init__("text-refused" if screened.blocks else "text-asked-about")
        self.screened = screened


class Router:
    """Finds the verb of a control, and answers."""

    def __init__(
        self, ground: Ground, drafts: DraftService, words: WordService, screening: Screening, visits: Visits
    ) -> None:
        self._ground = ground
        self._visits = visits
        self._drafts = drafts
        self._words = words
        self._screening = screening
        self._chance = ground.chance
        self._verbs: dict[str, Verb] = {}
        self._resumed_by: dict[str, str] = {}
        self.add(
            [
                Verb("edit", "owner", press=self._edit, about_session=False),
                Verb("keep", "owner", press=self._keep, about_session=False),
                Verb("no-names", "owner", press=self._no_names, about_session=False),
            ]
        )

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

    def resume(self, purpose: str, verb: str) -> None:
        """Let ``verb`` open a text under way again that is kept for this ``purpose``."""
        self._resumed_by[purpose] = verb

    async def handle(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a click or a form."""
        data = cast("dict[str, Any]", interaction.data or {})
        is_form = interaction.type is discord.InteractionType.modal_submit
        fields: Fields = {"chosen": data.get("values", [])}
        if is_form:
            fields = sent(data)
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
            await attempt(defer(interaction))
        answer = await task
        await attempt(send(interaction, answer, self._say("form-too-slow")))

    async def command(
        self,
        interaction: discord.Interaction[Any],
        work: Callable[[Caller], Awaitable[Answer]],
        *,
        greets: bool = True,
    ) -> None:
        """Answer a command with what ``work`` gives for whoever typed it.

        ``greets``: with what waits for them beneath it.
        """

        async def answer() -> Answer:
            caller = caller_of(interaction)
            if caller.guild == DIRECT:
                raise Refusal("server-only")
            answered = await work(caller)
            return await self._visits.greet(answered, caller) if greets else answered

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

    async def opened(self, caller: Caller, control: Control) -> Answer:
        """What pressing ``control`` gives."""
        return await self._press(caller, control, {})

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
        control, caller = parse(custom_id), caller_of(interaction)
        if is_form:
            return await self._take(caller, control, fields)
        return await self._press(caller, control, fields)

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
        verb = self._verb(control.verb)
        try:
            request = Request(control, await self.admit(verb, caller, control), fields)
            if verb.form is not None:
                return await self.form(verb, request, {})
            if verb.press is None:
                raise Refusal("control-stale")
            return await self._greeted(verb, request, await verb.press(request))
        except CharterBeforeControl as first:
            library = self._ground.library(first.group)
            return Private(notices.charter(library, first.group.token, first.control))

    async def form(self, verb: Verb, request: Request, filled: Fields) -> Form:
        """The form of a verb, opened for this request."""
        if verb.form is None:
            raise Refusal("control-stale")
        built = verb.form(request, filled)
        if not isinstance(built, discord.ui.Modal):
            built = await built
        control = request.control if verb.opened_as is None else verb.opened_as(request)
        built.custom_id = str(control.opened(self._chance.token()[:8]))
        return Form(built)

    async def _take(self, caller: Caller, control: Control, fields: Fields, *, asked: bool = False) -> Answer:
        """What a form comes to: what its verb answers, or what was typed, given back.

        ``asked``: its author has seen what may stay, and wants it to.
        """
        try:
            answer = await self._submit(caller, control, fields, asked=asked)
        except Exception as error:  # noqa: BLE001 - first of all, what was typed is kept
            return await self._give_back(caller, control, fields, error)
        if control.draft is not None:
            await self._drafts.drop(control.draft, caller.user)
        return answer

    async def _submit(self, caller: Caller, control: Control, fields: Fields, *, asked: bool) -> Answer:
        verb = self._verb(control.verb)
        if verb.submit is None:
            raise Refusal("control-stale")
        request = Request(control, await self.admit(verb, caller, control), fields)
        await self._review(verb, request, asked=asked)
        return await self._greeted(verb, request, await verb.submit(request))

    async def _greeted(self, verb: Verb, request: Request, answer: Answer) -> Answer:
        """With what waits for whoever comes into a session by it."""
        if not verb.begins_session:
            return answer
        return await self._visits.greet(answer, request.caller, request.control.token)

    async def _review(self, verb: Verb, request: Request, *, asked: bool) -> None:
        """``TextHeld`` where something in the text must be changed, or was not asked about yet."""
        names = request.fields if verb.checks_all else verb.checked
        texts = [text for name in names if (text := request.text(name))]
        if not texts:
            return
        group = request.standing.group
        screened = await self._screening.findings(
            texts,
            self._ground.library(group).language,
            group.token if group is not None else None,
            request.caller.user,
        )
        if screened.blocks or (screened.found and not asked):
            raise TextHeld(screened)

    async def _give_back(self, caller: Caller, control: Control, fields: Fields, error: Exception) -> Answer:
        """Keep what was typed, and say why it was not taken."""
        group = await self._group_of(caller)
        texts = self._ground.library(group).texts
        screened = error.screened if isinstance(error, TextHeld) else None
        no_names = review.called_no_names(screened) if screened is not None else ()
        typed = Typed(control.verb, control.token, control.argument, fields, control.opening, no_names)
        token = group.token if group is not None else None
        draft = await self._drafts.keep(typed, caller.user, token, control.draft)
        verb = self._verbs.get(control.verb)
        written = _written(verb, fields)
        if screened is not None:
            held = review.refused if screened.blocks else review.asked_about
            return Private(held(texts, screened, draft, written))
        if isinstance(error, Refusal):
            why = texts(error.key, **error.values)
        else:
            why = texts("error", code=self._report(error))
        late = isinstance(error, Refusal) and error.key in TOO_LATE
        return Private(notices.given_back(texts, why, draft, written, late=late))

    async def _edit(self, request: Request) -> Answer:
        """Open the form of a draft again, filled."""
        if request.standing.draft is not None and is_under_way(request.standing.draft.purpose):
            resumed_by = self._resumed_by.get(request.standing.draft.purpose)
            if resumed_by is None:
                raise Refusal("control-stale")
            return await self._press(request.caller, Control(request.control.token, resumed_by), {})
        draft, typed = _kept(request)
        verb = self._verb(typed.verb)
        again = Control(typed.token, typed.verb, typed.argument, draft=draft.token)
        standing = await self.admit(verb, request.caller, again)
        return await self.form(verb, Request(again, standing, typed.fields), typed.fields)

    async def _keep(self, request: Request) -> Answer:
        """Send a draft as it is."""
        draft, typed = _kept(request)
        return await self._take(request.caller, _sent_from(draft, typed), typed.fields, asked=True)

    async def _no_names(self, request: Request) -> Answer:
        """Remember that words of a draft are no names in this author's texts, and send it."""
        draft, typed = _kept(request)
        control = _sent_from(draft, typed)
        standing = await self.admit(self._verb(typed.verb), request.caller, control)
        await self._words.say_no_names(standing.own_group, request.caller.user, typed.no_names)
        return await self._take(request.caller, control, typed.fields)

    async def _group_of(self, caller: Caller) -> Group | None:
        async with self._ground.reading() as store:
            return await store.groups.by_channel(caller.channel)


class CharterBeforeControl(CharterFirst):
    """The charter comes first, and then this control again."""

    def __init__(self, group: Group, control: Control) -> None:
        super().__init__(group)
        self.control = control


def _written(verb: Verb | None, fields: Fields) -> list[str]:
    """What somebody wrote into the fields of a form, without what they chose there."""
    if verb is None:
        return []
    if verb.checks_all or verb.keeps_all:
        # What is chosen in a form of many kinds of fields is the number of an option.
        return [text for text in fields.values() if isinstance(text, str) and text and not text.isdigit()]
    return [str(fields[name]) for name in (*verb.checked, *verb.keeps) if fields.get(name)]


def _kept(request: Request) -> tuple[Draft, Typed]:
    draft = request.standing.draft
    if draft is None:
        raise Refusal("draft-gone")
    return draft, typed_in(draft)


def _sent_from(draft: Draft, typed: Typed) -> Control:
    """The form of a draft under its first opening: however often it is sent so, it has one effect."""
    opening = typed.opening or draft.token[:8]
    return Control(typed.token, typed.verb, typed.argument, draft=draft.token, opening=opening)
