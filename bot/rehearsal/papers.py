"""What people do by script with cases and vignettes: those who wrote them, and those who read them."""

from collections.abc import Iterable, Sequence
from functools import partial

import discord

from bot.cases.case import Case
from bot.cases.pages import pages_of
from bot.content.models import TemplateField
from bot.rehearsal.hands import Hands, Part, arguments, in_form, in_turn
from bot.rehearsal.scenario import Asked, PreparedCase, ScriptedPerson, ScriptedVignette
from bot.rehearsal.stage import Actor
from bot.storage.groups import Group
from bot.vignettes.vignette import Vignette

LOOKS_AT_LEAST = 120
"""Seconds that a case stands in the channel before its presenter takes it into a session."""
WAITS_FOR_READERS = 600
"""Seconds after which they wait for no more questions."""
_HARMLESS = {"client": "no", "relative": "no", "needed": "yes", "placement": "no-trainee"}


class Papers(Hands):
    """The parts of authors and readers."""

    # Cases

    async def post_prepared(self) -> None:
        """Somebody has prepared a case in writing, where the scenario has one, and posts it."""
        prepared = self.scenario.prepared
        if prepared is None:
            return
        actor, template = self.actor(prepared.presenter), self.stage.library.template(prepared.template)
        await self.typed(actor, "case present", template=template.id)
        for number, fields in enumerate(pages_of(template)):
            if number:
                await actor.press("c-page", str(number))
            await self.fill_page(actor, prepared, fields)
        for verb in ("c-look", "c-next", "c-post"):
            await actor.press(verb)
            await self.beat()

    async def fill_page(self, actor: Actor, prepared: PreparedCase, fields: Sequence[TemplateField]) -> None:
        """Fill in the page of a case's form that ``actor`` has opened."""
        await self.beat()
        await actor.fill(**{each.id: _typed(each, prepared.answers.get(each.id, "")) for each in fields})
        await self.beat()

    async def cases(self, group: Group) -> list[Case]:
        """Every case there is, the newest first."""
        return [stored.case for stored, _ in await self.stage.bot.desk.cases.of_group(group)]

    async def case_parts(self, group: Group, person: ScriptedPerson) -> list[Part]:
        """What this person has still to do about a case in writing."""
        prepared, me = self.scenario.prepared, self.actor(person.name).id
        if prepared is None:
            return []
        kept = await self.cases(group)
        session = await self.session()
        own = [case for case in kept if case.presenter == me]
        if prepared.presenter == person.name and not own and session is None:
            return [Part("post", self.post_prepared)]
        open_ones = [case for case in kept if case.status == "open"]
        parts = [
            Part(f"case-ask {case.token} {asked.text}", lambda asked=asked: self._ask_below(person, asked))
            for case in open_ones[:1]
            if case.presenter != me
            for asked in unasked(prepared.questions, (each.text for each in case.questions))
            if asked.by == person.name
        ]
        parts += [
            Part(
                f"case-reply {each.key}", lambda case=case, key=each.key: self._reply_below(person, case, key)
            )
            for case in own
            for each in case.open_questions
        ]
        if prepared.presenter == person.name and not parts:
            takes = [case for case in own if self.takes_in_at(case) is not None]
            parts += [
                Part(f"formulate {case.token}", self._take_in) for case in takes if self._its_time(case)
            ]
        return parts

    def takes_in_at(self, case: Case) -> int | None:
        """When a case is taken into a session at the latest, in seconds UTC; None where it isn't."""
        prepared = self.scenario.prepared
        if prepared is None or prepared.session is None or case.formulated or case.status != "open":
            return None
        missing = unasked(prepared.questions, (each.text for each in case.questions))
        return case.posted_at + (WAITS_FOR_READERS if missing or case.open_questions else LOOKS_AT_LEAST)

    def _its_time(self, case: Case) -> bool:
        at = self.takes_in_at(case)
        return at is not None and at <= self.now

    async def _ask_below(self, person: ScriptedPerson, asked: Asked) -> None:
        actor = self.actor(person.name)
        await actor.press("k-ask", on=self._card("k-ask"))
        await self.past_charter(actor, "k-ask")
        await self.fill(actor, text=asked.text)

    async def _reply_below(self, person: ScriptedPerson, case: Case, key: str) -> None:
        prepared, actor = self.scenario.prepared, self.actor(person.name)
        if prepared is None:
            return
        number, question = next((n, each) for n, each in enumerate(case.questions) if each.key == key)
        await actor.press("k-more", on=self._card("k-more"))
        await self.beat()
        await actor.press("k-reply", key)
        usual = in_turn(prepared.otherwise, number, self.stage.library.texts("play-otherwise"))
        await self.fill(actor, text=_answer_to(question.text, prepared.questions) or usual)

    async def _take_in(self) -> None:
        """Its presenter takes the case into a session; what they wrote stands in the form."""
        prepared = self.scenario.prepared
        if prepared is None:
            return
        actor = self.actor(prepared.presenter)
        await actor.press("k-formulate", on=self._card("k-formulate"))
        leader = self.actor(self.scenario.facilitator).member.user
        stands = in_form(actor)
        await self.fill(
            actor, **{**stands, "time": f"{prepared.session}.{prepared.minutes}", "facilitator": [leader]}
        )

    def _card(self, verb: str) -> discord.Message | None:
        return self.stage.newest_with(self.stage.channel, verb)

    # Vignettes

    async def vignettes(self, group: Group) -> list[Vignette]:
        """Every vignette there is."""
        async with self.stage.bot.desk.ground.reading() as store:
            return [stored.vignette for stored in await store.vignettes.of_group(group.token)]

    async def vignette_parts(self, group: Group, person: ScriptedPerson) -> list[Part]:
        """What this person has still to do about a vignette; that it is theirs, its seal tells them alone."""
        script = self.scenario.vignette
        if script is None:
            return []
        me = self.actor(person.name).id
        kept = await self.vignettes(group)
        own = [stored.vignette for stored in await self.stage.bot.desk.vignettes.mine(group, me)]
        if script.author == person.name and all(each.title != script.title for each in kept):
            return [Part("write", lambda: self._write(script))]
        mine = {each.token for each in own}
        parts: list[Part] = []
        for each in own:
            parts += self._authors(each, script, person)
        out = [each for each in kept if each.status == "published" and each.token not in mine]
        for each in out[-1:]:
            parts += self._readers(each, script, person)
        return parts

    def _readers(self, vignette: Vignette, script: ScriptedVignette, person: ScriptedPerson) -> list[Part]:
        asked = unasked(script.questions, (each.text for each in vignette.questions))
        offered = {each.text for each in vignette.remarks}
        says = [("v-ask", each.text) for each in asked if each.by == person.name]
        says += [
            ("v-offer", each.text)
            for each in script.thoughts
            if each.by == person.name and each.text not in offered
        ]
        return [
            Part(f"{verb} {vignette.token} {text}", partial(self._say_below, person, verb, text))
            for verb, text in says
        ]

    def _authors(self, vignette: Vignette, script: ScriptedVignette, person: ScriptedPerson) -> list[Part]:
        token = vignette.token
        if vignette.status != "published":
            return []
        parts = [
            Part(
                f"v-answer {each.key}",
                partial(self._answer, person, script, number, each.key, each.text),
            )
            for number, each in enumerate(vignette.open_questions)
        ]
        if parts or vignette.title != script.title or vignette.next_slot is not None:
            return parts
        adds, closes = self._then(vignette, script)
        if adds is not None and adds <= self.now:
            return [Part(f"v-continue {token}", lambda: self._add(person, script))]
        if closes is not None and closes <= self.now:
            return [Part(f"v-close {token}", lambda: self._close(person))]
        return []

    def _then(self, vignette: Vignette, script: ScriptedVignette) -> tuple[int | None, int | None]:
        """When its author adds something, and when they close it, if nothing new comes; seconds UTC."""
        slots = [vignette.slot, *(item.slot for item in vignette.shown_items if item.slot is not None)]
        added = not script.addition or any(each.by_author for each in vignette.remarks)
        return (None, max(slots) + script.closes_after) if added else (max(slots) + script.adds_after, None)

    def vignette_dates(self, vignette: Vignette) -> list[int]:
        """When something next happens to a vignette that is neither closed nor waiting for company."""
        script = self.scenario.vignette
        dates = [vignette.next_slot] if vignette.waits_until is None else []
        if script is not None and vignette.status == "published" and vignette.title == script.title:
            dates += self._then(vignette, script)
        return [each for each in dates if each is not None]

    async def _write(self, script: ScriptedVignette) -> None:
        """From the form to the last screen, with every suggestion taken."""
        actor = self.actor(script.author)
        await self.typed(actor, "vignette write")
        await actor.fill(title=script.title, text=script.text.strip(), question=script.question)
        await self.beat()
        for verb in ("w-all", "w-next", "w-questions"):
            if actor.offers(verb):
                await actor.press(verb)
                await self.beat()
        await self.fill(actor, changed=script.changed, **_HARMLESS)
        choice = next(each for each in arguments(actor, "w-publish") if each.startswith("alias.now"))
        await actor.press("w-publish", choice)
        await self.beat()

    async def _say_below(self, person: ScriptedPerson, verb: str, text: str) -> None:
        actor = self.actor(person.name)
        await actor.press(verb, on=self._card(verb))
        await self.past_charter(actor, verb)
        await self.fill(actor, text=text)

    async def _own(self, person: ScriptedPerson) -> Actor:
        """The author looks at their vignette, where nobody sees them do so."""
        actor = self.actor(person.name)
        await self.typed(actor, "vignette mine")
        await actor.press("v-more")
        await self.beat()
        return actor

    async def _answer(
        self, person: ScriptedPerson, script: ScriptedVignette, number: int, key: str, question: str
    ) -> None:
        actor = await self._own(person)
        await actor.press("v-answer", key)
        usual = in_turn(script.otherwise, number, self.stage.library.texts("play-otherwise"))
        await self.fill(actor, text=_answer_to(question, script.questions) or usual)

    async def _add(self, person: ScriptedPerson, script: ScriptedVignette) -> None:
        actor = await self._own(person)
        await actor.press("v-continue")
        await self.fill(actor, text=script.addition)

    async def _close(self, person: ScriptedPerson) -> None:
        actor = await self._own(person)
        await actor.press("v-close")
        await self.beat()
        await actor.press("v-close-now")
        await self.beat()


def unasked(script: Iterable[Asked], there: Iterable[str]) -> list[Asked]:
    """Which scripted questions are not there yet."""
    known = set(there)
    return [each for each in script if each.text not in known]


def _answer_to(question: str, script: Iterable[Asked]) -> str:
    return next((each.answer for each in script if each.text == question), "")


def _typed(field: TemplateField, answer: str) -> str:
    """What a field's component sends: the number of an option, or the text itself."""
    return str(field.options.index(answer)) if answer and field.options else answer
