"""What readers do with a vignette: ask, offer a thought, let it pass, tell the facilitator, read it first."""

from bot.desk import Desk
from bot.refusal import Refusal
from bot.ui import vignette_forms as forms
from bot.ui import vignettes
from bot.ui.answers import Answer, Fields, Private, Request
from bot.ui.parts import Modal
from bot.ui.verbs import Verb
from bot.vignettes import acts
from cogs.vignette.clicks import VignetteClicks, may


class Reading(VignetteClicks):
    """Handlers for readers."""

    async def more(self, request: Request) -> Answer:
        return await self._more(request, request.standing.vignette)

    async def ask(self, request: Request) -> Answer:
        await self._act(request, acts.Ask(request.control.opening or "", request.text("text")))
        return self._thanks(request, "vignette-ask-done")

    async def offer(self, request: Request) -> Answer:
        slot = self._desk.vignettes.slot()
        await self._act(request, acts.Offer(request.control.opening or "", request.text("text"), slot))
        return self._thanks(request, "vignette-offer-done")

    async def know(self, request: Request) -> Answer:
        return self._thanks(request, "vignette-know-done")

    async def tell(self, request: Request) -> Answer:
        return Private(vignettes.tell(self._vignette(request), self._desk.library_for(request)))

    async def told(self, request: Request) -> Answer:
        match request.control.argument:
            case "identifies" | "risk" as kind:
                await self._act(request, acts.Tell(kind))
                return self._thanks(request, f"told-{kind}")
            case _:
                raise Refusal("control-stale")

    async def read(self, request: Request) -> Answer:
        stored = request.standing.vignette
        if self._desk.vignettes.wrote(stored, request.caller.user):
            raise Refusal("second-reader-is-author")
        if stored.vignette.status != "held" or stored.vignette.second_reader_says:
            raise Refusal("vignette-read-already")
        page = request.control.argument
        number = int(page) if page.isdigit() else 0
        return Private(vignettes.first_reading(stored.vignette, number, self._desk.library_for(request)))

    async def let_pass(self, request: Request) -> Answer:
        await self._act(request, acts.Pass(self._desk.vignettes.slot()))
        return self._thanks(request, "second-reader-passed")

    async def send_back(self, request: Request) -> Answer:
        await self._act(request, acts.SendBack(request.text("text")))
        return self._thanks(request, "second-reader-sent-back")

    # Their forms

    def form_ask(self, request: Request, filled: Fields) -> Modal:
        texts = self._desk.library_for(request).texts
        return forms.one_text(texts, "vignette-ask", filled, most=forms.MOST_ASKED)

    def form_offer(self, request: Request, filled: Fields) -> Modal:
        return forms.one_text(self._desk.library_for(request).texts, "vignette-offer", filled)

    def form_send_back(self, request: Request, filled: Fields) -> Modal:
        texts = self._desk.library_for(request).texts
        return forms.one_text(texts, "second-reader", filled, most=forms.MOST_WORDS)


def verbs(desk: Desk) -> list[Verb]:
    """The controls of readers."""
    clicks = Reading(desk)
    return [
        Verb("v-more", "reader", press=clicks.more),
        Verb("v-ask", may(acts.Ask), form=clicks.form_ask, submit=clicks.ask, checked=("text",)),
        Verb("v-offer", may(acts.Offer), form=clicks.form_offer, submit=clicks.offer, checked=("text",)),
        Verb("v-know", "reader", press=clicks.know),
        Verb("v-tell", may(acts.Tell), press=clicks.tell),
        Verb("v-told", may(acts.Tell), press=clicks.told),
        Verb("v-read", may(acts.Pass), press=clicks.read),
        Verb("v-pass", may(acts.Pass), press=clicks.let_pass),
        Verb(
            "v-send-back",
            may(acts.SendBack),
            form=clicks.form_send_back,
            submit=clicks.send_back,
            checked=("text",),
        ),
    ]
