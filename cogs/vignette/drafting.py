"""Writing a vignette, from its form to the choice of a name."""

from dataclasses import replace

from bot.desk import Desk
from bot.refusal import Refusal
from bot.services.vignettes import Wanted
from bot.services.writing import keeping_all, of_kind, writing_in
from bot.ui import vignette_forms as forms
from bot.ui import writing as screens
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from bot.vignettes.writing import VignetteWriting
from cogs.writing import WritingClicks, owned

_WORRIES = {
    "client": {"perhaps": "worry-client", "yes": "worry-client"},
    "relative": {"perhaps": "worry-relative", "yes": "worry-relative"},
    "needed": {"not-all": "worry-needed"},
    "placement": {"unsure": "worry-placement"},
}


def _typed(request: Request) -> VignetteWriting:
    title = " ".join(request.text("title").split())
    return VignetteWriting(title, forms.text_of(request.fields), request.text("question"))


class DraftingClicks(WritingClicks):
    """Handlers for the author of one that is not out yet."""

    async def begin(self, request: Request) -> Answer:
        group, user = request.standing.own_group, request.caller.user
        await self._desk.vignettes.may_write(group, user)
        token = request.control.token
        return self.shown(request, await self._desk.writing.begin(token, _typed(request), group, user))

    async def edit(self, request: Request) -> Answer:
        """All of it written anew; what was looked at stays looked at."""
        group, user = request.standing.own_group, request.caller.user
        draft = self.draft(request)
        before = of_kind(writing_in(draft), VignetteWriting)
        after = replace(_typed(request), kept=before.kept, altered=before.altered)
        return self.shown(request, await self._desk.writing.begin(draft.token, after, group, user))

    async def go_on(self, request: Request) -> Answer:
        seen = request.control.argument
        reviewed = await self.reviewed(request)
        if reviewed.blocks and seen == reviewed.digest:
            return self.shown(request, reviewed)
        await self.changed(request, keeping_all(seen))
        texts = self._desk.library_for(request).texts
        return Private(screens.before_questions(reviewed.token, texts))

    async def questions(self, request: Request) -> Answer:
        texts = self._desk.library_for(request).texts
        worries = [
            texts(sentences[request.text(name)])
            for name, sentences in _WORRIES.items()
            if request.text(name) in sentences
        ]
        altered = bool(request.text("changed"))
        await self.changed(
            request,
            lambda reviewed: of_kind(reviewed.writing, VignetteWriting).with_altered(altered=altered),
        )
        if worries:
            return Private(screens.look_again(self.draft(request).token, worries, texts))
        return await self.who(request)

    async def who(self, request: Request) -> Answer:
        reviewed = await self.reviewed(request)
        if reviewed.blocks:
            return self.shown(request, reviewed)
        group = request.standing.own_group
        cover = await self._desk.vignettes.cover(group)
        alone = await self._desk.vignettes.goes_alone(group)
        texts = self._desk.library_for(request).texts
        return Private(screens.who(reviewed.token, reviewed.writing.digest, cover, alone=alone, say=texts))

    async def publish(self, request: Request) -> Answer:
        name, _, rest = request.control.argument.partition(".")
        when, _, digest = rest.partition(".")
        reviewed = await self.reviewed(request)
        if digest != reviewed.writing.digest:
            raise Refusal("writing-changed")
        if reviewed.open:
            return self.shown(request, reviewed)
        wanted = Wanted(by_name=name == "name", waits=when == "wait")
        group = request.standing.own_group
        vignette = await self._desk.vignettes.publish(reviewed, group, request.caller.user, wanted)
        return Private(screens.taken_in(vignette, self._desk.library_for(request).texts))

    # Their forms

    def form_write(self, request: Request, filled: Fields) -> Modal:
        return forms.write(self._desk.library_for(request).texts, filled)

    def form_edit(self, request: Request, filled: Fields) -> Modal:
        texts = self._desk.library_for(request).texts
        return forms.write(texts, filled, of_kind(writing_in(self.draft(request)), VignetteWriting))

    def form_questions(self, request: Request, filled: Fields) -> Modal:
        return forms.questions(self._desk.library_for(request).texts, filled)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of a vignette under way, besides those of its review."""
    clicks = DraftingClicks(desk)
    return [
        Verb(
            "vignette",
            "colleague",
            form=clicks.form_write,
            submit=clicks.begin,
            keeps=("title", "text", "more", "question"),
            about_session=False,
        ),
        owned(
            "w-edit",
            form=clicks.form_edit,
            submit=clicks.edit,
            keeps=("title", "text", "more", "question"),
        ),
        owned("w-next", press=clicks.go_on),
        owned("w-questions", form=clicks.form_questions, submit=clicks.questions),
        owned("w-who", press=clicks.who),
        owned("w-publish", press=clicks.publish),
    ]
