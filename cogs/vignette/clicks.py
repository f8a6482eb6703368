"""What all handlers of a vignette's controls stand on."""

from bot.desk import Desk
from bot.services.access import Who
from bot.storage.vignettes import StoredVignette
from bot.ui import notices, vignettes
from bot.ui.answers import Answer, Private, Request
from bot.vignettes.acts import RULES, Act
from bot.vignettes.vignette import Vignette


def may(act: type[Act]) -> Who:
    """Whoever the act's own rule names."""
    who = RULES[act].who
    return "reader" if who == "clock" else who


class VignetteClicks:
    """Handlers of one vignette's controls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _vignette(self, request: Request) -> Vignette:
        return request.standing.vignette.vignette

    async def _act(self, request: Request, act: Act) -> StoredVignette:
        return await self._desk.vignettes.act(request.control.token, act, request.caller.user)

    def _thanks(self, request: Request, key: str, **values: str | int) -> Private:
        return Private(notices.sentence(self._desk.library_for(request).texts(key, **values)))

    async def _more(self, request: Request, stored: StoredVignette) -> Answer:
        group, caller = request.standing.own_group, request.caller
        is_author = self._desk.vignettes.wrote(stored, caller.user)
        stopped = await self._desk.vignettes.stopped_until(group.token, caller.user) if is_author else None
        session = await self._desk.vignettes.session_about(stored.vignette) if is_author else None
        view = vignettes.more(
            stored,
            self._desk.ground.library(group),
            is_author=is_author,
            is_carer=caller.manages_server or caller.user in group.facilitators,
            stopped_until=stopped,
            session=session,
        )
        return Private(view)
