"""The way from the browser to the rehearsal: one action at a time, whoever acts."""

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final, cast

import aiohttp
from aiohttp import web

from bot.content.texts import Texts
from bot.rehearsal.desk_page import LATER, desk_page, state_of, static_file
from bot.rehearsal.evening import PACES, Evening
from bot.rehearsal.keepsakes import TRANSCRIPT, attachments, transcript
from bot.rehearsal.scenario import scenario_names
from bot.rehearsal.window import Window

_MOST_BYTES = 16 * 1024 * 1024
_NOT_PASSED_ON = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-encoding",
    "content-length",
    "host",
    "origin",
    # The simulator lets no page stand in a frame; this one may stand in the rehearsal's own.
    "x-frame-options",
    "content-security-policy",
}
_INNER_POLICY: Final = (
    "default-src 'self'; connect-src 'self' blob:; img-src 'self' blob:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
)
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Act = Callable[[Evening, Window], Awaitable[None]]


@asynccontextmanager
async def open_door(say: Texts, port: int) -> AsyncGenerator["Door"]:
    """Serve the page on this machine's ``port`` (0: any); ``Door.let_in`` says what is behind it.

    Raises OSError where the port is taken.
    """
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        door = Door(say, session)
        app = web.Application(client_max_size=_MOST_BYTES)
        at, post = f"/{door.key}", app.router.add_post
        app.router.add_get(at, door.page)
        app.router.add_get(f"{at}/state", door.state)
        app.router.add_get(f"{at}/{{file:page\\.(?:css|js)}}", door.static)
        app.router.add_get(f"{at}/take/{{file}}", door.take)
        post(f"{at}/go/{{place:[a-z0-9-]+}}", door.go_to)
        post(f"{at}/later/{{step:{'|'.join(LATER)}}}", door.later)
        post(f"{at}/pace/{{pace:{'|'.join(PACES)}}}", door.set_pace)
        post(f"{at}/you/{{number:[0-9]+|nobody}}", door.set_you)
        post(f"{at}/{{act:next|restart|cut-off|bring-back}}", door.act)
        post(f"{at}/begin/{{name:[a-z-]+}}", door.begin)
        app.router.add_route("*", "/{path:.*}", door.pass_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            opened = int(runner.addresses[0][1])
            door.hosts = {f"127.0.0.1:{opened}", f"localhost:{opened}"}
            door.address = f"http://127.0.0.1:{opened}/"
            yield door
        finally:
            await runner.cleanup()


class Door:
    """What has come by, and what is behind it.

    ``key`` is known only to whoever was told the page's address, as is the simulator's own. ``wanted`` is
    the scenario that somebody chose to begin; ``ends`` is set as they do.
    """

    def __init__(self, say: Texts, session: aiohttp.ClientSession) -> None:
        self.key = secrets.token_urlsafe(16)
        self.hosts: set[str] = set()
        self.address = ""
        self.wanted: str | None = None
        self.ends = asyncio.Event()
        self._say = say
        self._session = session
        self._inside: tuple[Evening, Window] | None = None
        self._run = 0

    def let_in(self, evening: Evening, window: Window) -> None:
        """From now on, what comes by is for this evening."""
        self.wanted = None
        self.ends.clear()
        self._inside = evening, window
        self._run += 1

    async def shut(self) -> None:
        """Let nothing more through to this evening; what was under way is finished."""
        if self._inside is not None:
            async with self._inside[0].turn:
                self._inside = None

    def _is_inside(self, evening: Evening) -> bool:
        return self._inside is not None and self._inside[0] is evening

    @property
    def page_address(self) -> str:
        """Where the page is."""
        return f"{self.address}{self.key}"

    async def page(self, request: web.Request) -> web.Response:
        """The page itself; what changes in it comes by ``state``."""
        self._check_site(request)
        policy = {"Content-Security-Policy": _POLICY}
        html = desk_page(self._say, self.key)
        return web.Response(text=html, content_type="text/html", headers=_HEADERS | policy)

    async def static(self, request: web.Request) -> web.Response:
        """What the page looks like and what it does."""
        self._check_site(request)
        name = request.match_info["file"]
        kind = "text/css" if name.endswith("css") else "text/javascript"
        return web.Response(text=static_file(name), content_type=kind, headers=_HEADERS)

    async def state(self, request: web.Request) -> web.Response:
        """How things stand, as ``as`` (a person's number) sees them."""
        self._check_site(request)
        return await self._stands(request)

    async def _stands(self, request: web.Request) -> web.Response:
        asked = request.query.get("as", "")
        eyes = int(asked) if asked.isdecimal() else None
        if self._inside is None:
            return web.json_response({"preparing": self._say("page-preparing")}, headers=_HEADERS)
        evening, window = self._inside
        told = {"run": self._run, **await state_of(evening, window, eyes)}
        return web.json_response(told, headers=_HEADERS)

    async def take(self, request: web.Request) -> web.Response:
        """A file to take home."""
        self._check_site(request)
        name = request.match_info["file"]
        if self._inside is None:
            raise web.HTTPNotFound
        evening, window = self._inside
        async with evening.turn:
            if name == TRANSCRIPT:
                content = transcript(window).encode()
            else:
                found = attachments(window).get(name)
                if found is None:
                    raise web.HTTPNotFound
                content = await found.read()
        saved = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=content, content_type="application/octet-stream", headers=_HEADERS | saved)

    async def go_to(self, request: web.Request) -> web.Response:
        """Show another place, or the same through other eyes."""
        asked = request.query.get("as", "")
        eyes = int(asked) if asked.isdecimal() else None

        async def show(_: Evening, window: Window) -> None:
            try:
                await window.show(request.match_info["place"], eyes)
            except LookupError:
                raise web.HTTPNotFound from None

        return await self._do(request, show)

    async def later(self, request: web.Request) -> web.Response:
        """Let time go by."""
        seconds = LATER[request.match_info["step"]]
        return await self._do(request, lambda evening, _: evening.later(seconds))

    async def set_pace(self, request: web.Request) -> web.Response:
        """Let the others and the clock go faster or slower."""

        async def change(evening: Evening, _: Window) -> None:
            evening.pace = request.match_info["pace"]

        return await self._do(request, change)

    async def set_you(self, request: web.Request) -> web.Response:
        """Take somebody's part out of the script's hands, and give the other one back."""
        chosen = request.match_info["number"]

        async def change(evening: Evening, window: Window) -> None:
            number = None if chosen == "nobody" else int(chosen)
            if number is not None and number >= len(window.people):
                raise web.HTTPNotFound
            evening.you = None if number is None else window.people[number]

        return await self._do(request, change)

    async def act(self, request: web.Request) -> web.Response:
        """One of the others acts, or the bot goes, or comes back."""

        async def do(evening: Evening, _: Window) -> None:
            match request.match_info["act"], evening.off:
                case "next", False:
                    await evening.next_action()
                case "restart", False:
                    await evening.restart()
                case "cut-off", False:
                    await evening.cut_off()
                case "bring-back" | "restart", True:
                    await evening.bring_back()
                case _:
                    # Another tab was quicker.
                    return

        return await self._do(request, do)

    async def begin(self, request: web.Request) -> web.Response:
        """Put another scenario, or the same one anew, in the place of this evening."""
        self._check_site(request)
        if request.match_info["name"] not in scenario_names():
            raise web.HTTPNotFound
        self.wanted = request.match_info["name"]
        self.ends.set()
        await self.shut()
        return await self._stands(request)

    async def _do(self, request: web.Request, act: Act) -> web.Response:
        """Do something when it is its turn, and tell how things stand then."""
        self._check_site(request)
        if self._inside is None:
            return await self._stands(request)
        evening, window = self._inside
        async with evening.turn:
            # It may have been shut while this waited.
            if self._is_inside(evening):
                await act(evening, window)
                await evening.show_new(window)
        return await self._stands(request)

    async def pass_on(self, request: web.Request) -> web.Response:
        """Answer a request of the simulator's page with what the simulator answers."""
        self._check_site(request)
        if self._inside is None:
            raise web.HTTPServiceUnavailable
        evening, window = self._inside
        page = request.headers.get("X-Simcord-Context", "")
        if request.method == "GET":
            answer = await self._fetch(window, request)
            if request.path == "/api/state" and answer.status == HTTPStatus.OK:
                window.note_form(page, _form_in(answer))
            elif request.path == "/preview.css" and isinstance(answer.body, bytes):
                answer.body += static_file("inside.css").encode()
            return answer
        body = await request.read()
        async with evening.turn:
            if not self._is_inside(evening):
                raise web.HTTPServiceUnavailable
            window.note_form(page, None)
            answer = await self._fetch(window, request, body)
            renewed = _pressed_on_an_older_page(answer, body) if request.path == "/api/action" else None
            if renewed is not None:
                answer = await self._fetch(window, request, renewed)
            if _read(answer).get("acknowledgement") == "unacknowledged":
                evening.say("page-no-answer")
            return answer

    def _check_site(self, request: web.Request) -> None:
        # The simulator checks both against its own address; here they must be this one's, so that
        # no other site that is open in the browser gets through.
        origin = request.headers.get("Origin")
        if request.host not in self.hosts or (
            origin is not None and origin.partition("//")[2] not in self.hosts
        ):
            raise web.HTTPForbidden

    async def _fetch(self, window: Window, request: web.Request, body: bytes | None = None) -> web.Response:
        headers = {
            name: value for name, value in request.headers.items() if name.lower() not in _NOT_PASSED_ON
        }
        async with self._session.request(
            request.method, f"{window.inner.rstrip('/')}{request.path_qs}", headers=headers, data=body
        ) as answer:
            kept = {
                name: value for name, value in answer.headers.items() if name.lower() not in _NOT_PASSED_ON
            }
            kept["Content-Security-Policy"] = _INNER_POLICY
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


def _read(answer: web.Response) -> dict[str, Any]:
    """The object in an answer; empty where there is none."""
    if answer.content_type != "application/json" or not isinstance(answer.body, bytes):
        return {}
    found: object = json.loads(answer.body)
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _form_in(answer: web.Response) -> str | None:
    """The handle of the form that is open in a page, or None."""
    modal: dict[str, Any] | None = _read(answer).get("modal")
    return modal.get("handle") if modal is not None else None


def _pressed_on_an_older_page(answer: web.Response, body: bytes) -> bytes | None:
    """The same action for the page as it is now, where it was refused for naming an older one.

    The others change the page every few seconds. What was pressed is named in the action by its own
    id: if it is gone, the second try is refused too, and rightly.
    """
    told = _read(answer)
    codes = [diagnostic.get("code") for diagnostic in told.get("diagnostics") or ()]
    if "stale-revision" not in codes:
        return None
    return json.dumps({**json.loads(body), "published_revision": told["revision"]}).encode()
