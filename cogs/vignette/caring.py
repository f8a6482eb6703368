"""What those who care for the group do about a vignette, without learning whose it is."""

from bot.desk import Desk
from bot.refusal import Refusal
from bot.ui import vignette_forms as forms
from bot.ui.answers import Answer, Fields, Request
from bot.ui.parts import Modal, date
from bot.ui.verbs import Verb
from bot.vignettes import acts
from cogs.vignette.clicks import VignetteClicks, may


class Caring(VignetteClicks):
    """Handlers for facilitators of the group."""

    async def hide(self, request: Request) -> Answer:
        await self._act(request, acts.Hide(request.text("text")))
        return self._thanks(request, "carer-hide-done")

    async def show(self, request: Request) -> Answer:
        return await self._more(request, await self._act(request, acts.Hide(None)))

    async def want_change(self, request: Request) -> Answer:
        await self._act(request, acts.WantChange(request.text("text")))
        return self._thanks(request, "carer-change-done")

    async def stop(self, request: Request) -> Answer:
        weeks = request.first_chosen()
        if not weeks.isdigit():
            raise Refusal("control-stale")
        ends_at = await self._desk.vignettes.stop_author(request.control.token, int(weeks))
        return self._thanks(request, "carer-stop-done", until=date(ends_at))

    async def lift(self, request: Request) -> Answer:
        await self._desk.vignettes.lift_stop(request.control.token)
        return self._thanks(request, "carer-lift-done")

    # Their forms

    def form_hide(self, request: Request, filled: Fields) -> Modal:
        texts = self._desk.library_for(request).texts
        return forms.one_text(texts, "carer-hide", filled, most=forms.MOST_WORDS)

    def form_want_change(self, request: Request, filled: Fields) -> Modal:
        texts = self._desk.library_for(request).texts
        return forms.one_text(texts, "carer-change", filled, most=forms.MOST_WORDS)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of those who care for the group."""
    clicks = Caring(desk)
    return [
        Verb("v-hide", may(acts.Hide), form=clicks.form_hide, submit=clicks.hide, checked=("text",)),
        Verb("v-show", may(acts.Hide), press=clicks.show),
        Verb(
            "v-want-change",
            may(acts.WantChange),
            form=clicks.form_want_change,
            submit=clicks.want_change,
            checked=("text",),
        ),
        Verb("v-stop", "carer", press=clicks.stop),
        Verb("v-lift", "carer", press=clicks.lift),
    ]
