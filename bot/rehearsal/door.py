"""The way from the browser to the simulator's page: one action at a time, whoever acts."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from aiohttp import web

from bot.rehearsal.desk_page import LATER, desk_page
from bot.rehearsal.window import INBOX, PLACES, Window

FILLING_IN_LASTS = 300.0
"""Seconds after which a form that was opened counts as left: closing one in the page sends no word."""
_MOST_BYTES = 16 * 1024 * 1024
_NOT_PASSED_ON = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-encoding",
    "content-length",
    "host",
    "origin",
}


@asynccontextmanager
async def open_door(window: Window, port: int, turn: asyncio.Lock) -> AsyncGenerator["Door"]:
    """Serve the page in ``window`` on this machine's ``port`` (0: any).

    The simulator refuses an action that meets another one. Whatever changes something takes
    ``turn`` first, as the people who act by script do, and so nobody's press is lost.
    Raises OSError where the port is taken.
    """
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        door = Door(window, session, turn)
        app = web.Application(client_max_size=_MOST_BYTES)
        inbox = f"{INBOX}[0-{len(window.people) - 1}]"
        app.router.add_get(f"/{door.key}", door.desk)
        app.router.add_get(f"/{door.key}/{{place:{'|'.join((*PLACES, inbox))}}}", door.go_to)
        app.router.add_post(f"/{door.key}/later/{{step:{'|'.join(LATER)}}}", door.go_on)
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
    """What has come by: the page's ``address``, and whether somebody is filling in a form.

    ``key`` is known only to whoever was told an address, as is the simulator's own.
    """

    def __init__(self, window: Window, session: aiohttp.ClientSession, turn: asyncio.Lock) -> None:
        self._window = window
        self.key = secrets.token_urlsafe(16)
        self._session = session
        self._turn = turn
        self.hosts: set[str] = set()
        self.address = ""
        self._form: str | None = None
        self._form_since = 0.0

    @property
    def filling_in(self) -> bool:
        """Whether a form is open in the page: whatever renews the page would take it away."""
        return self._form is not None and time.monotonic() - self._form_since < FILLING_IN_LASTS

    @property
    def people(self) -> list[str]:
        """Everyone whose direct messages can be seen, in the order of their numbers."""
        return self._window.people

    def address_of(self, place: str = "") -> str:
        """Where a place of the simulated server can be seen, or the page that leads to all of them."""
        return f"{self.address}{self.key}/{place}".rstrip("/")

    async def desk(self, request: web.Request) -> web.Response:
        """Where one can look, and how far the clock can go on."""
        self._check_site(request)
        say = self._window.texts
        places = [(place, say(f"serve-place-{place}")) for place in PLACES]
        inboxes = [(f"{INBOX}{number}", name) for number, name in enumerate(self.people)]
        page = desk_page(say, self.key, places, inboxes, self._said(self._window.local_time))
        return web.Response(text=page, content_type="text/html")

    def _said(self, at: datetime) -> str:
        say = self._window.texts
        names = {"weekday": say(f"weekday-{at.isoweekday()}"), "month": say(f"month-{at.month}")}
        return say("weekday-date", day=at.day, time=f"{at:%H:%M}", **names)

    async def go_on(self, request: web.Request) -> web.Response:
        """Let time go by."""
        self._check_site(request)
        async with self._turn:
            await self._window.later(LATER[request.match_info["step"]])
        raise web.HTTPSeeOther(f"/{self.key}")

    async def go_to(self, request: web.Request) -> web.Response:
        """Show another place, and lead there."""
        self._check_site(request)
        async with self._turn:
            capability = await self._window.show(request.match_info["place"])
            self._form = None
        raise web.HTTPFound(f"/#{capability}")

    async def pass_on(self, request: web.Request) -> web.Response:
        """Answer a request of the page's with what the simulator answers."""
        self._check_site(request)
        if request.method == "GET":
            answer = await self._fetch(request)
            if request.path == "/api/state" and answer.status == HTTPStatus.OK:
                self._look_for_form(answer)
            return answer
        body = await request.read()
        async with self._turn:
            self._form_since = 0.0
            answer = await self._fetch(request, body)
            renewed = _pressed_on_an_older_page(answer, body) if request.path == "/api/action" else None
            return answer if renewed is None else await self._fetch(request, renewed)

    def _check_site(self, request: web.Request) -> None:
        # The simulator checks both against its own address; here they must be this one's, so that
        # no other site that is open in the browser gets through.
        origin = request.headers.get("Origin")
        if request.host not in self.hosts or (
            origin is not None and origin.partition("//")[2] not in self.hosts
        ):
            raise web.HTTPForbidden

    def _look_for_form(self, answer: web.Response) -> None:
        modal: dict[str, Any] | None = _read(answer).get("modal")
        handle: str | None = modal.get("handle") if modal is not None else None
        if handle != self._form:
            self._form, self._form_since = handle, time.monotonic()

    async def _fetch(self, request: web.Request, body: bytes | None = None) -> web.Response:
        headers = {
            name: value for name, value in request.headers.items() if name.lower() not in _NOT_PASSED_ON
        }
        async with self._session.request(
            request.method, f"{self._window.inner.rstrip('/')}{request.path_qs}", headers=headers, data=body
        ) as answer:
            kept = {
                name: value for name, value in answer.headers.items() if name.lower() not in _NOT_PASSED_ON
            }
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


def _read(answer: web.Response) -> dict[str, Any]:
    """The object in an answer; empty where there is none."""
    if answer.content_type != "application/json" or not isinstance(answer.body, bytes):
        return {}
    found: object = json.loads(answer.body)
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


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
