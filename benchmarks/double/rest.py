"""The requests of Discord's interface that the bot makes."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from benchmarks.double.faults import Fault, Limit
from benchmarks.double.state import (
    ANSWER_WITHIN,
    ANSWERED_BEFORE,
    BOT,
    EPHEMERAL,
    EXPIRED_TOKEN,
    MODAL,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    THREADS,
    TOKEN_LASTS,
    UNKNOWN_INTERACTION,
    UNKNOWN_WEBHOOK,
    Interaction,
    Payload,
    Refused,
    World,
)

BASE = "/api/v10"
MESSAGE, LATER, LATER_IN_PLACE, LIST, IN_PLACE, FORM = 4, 5, 6, 8, 7, 9
Files = dict[str, tuple[str, bytes]]


class Rest:
    """The routes on a world, and the faults that are planned for them."""

    def __init__(self, world: World, gateway_address: str, token: str) -> None:
        self._world = world
        self._gateway = gateway_address
        self._token = token
        self.faults: list[Fault] = []
        self.limits: list[Limit] = []
        self.requests: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        """Every route there is."""
        message, later = "/channels/{channel}/messages", "/webhooks/{app}/{token}"
        table: dict[str, Callable[[web.Request], Awaitable[Any]]] = {
            "GET /gateway/bot": self._gateway_bot,
            "GET /users/@me": self._me,
            "GET /oauth2/applications/@me": self._application,
            "PUT /applications/{app}/commands": self._commands,
            "POST /users/@me/channels": self._open_inbox,
            "GET /channels/{channel}": self._channel,
            "PATCH /channels/{channel}": self._edit_channel,
            "DELETE /channels/{channel}": self._delete_channel,
            f"GET {message}": self._history,
            f"POST {message}": self._post,
            f"GET {message}/{{message}}": self._get,
            f"PATCH {message}/{{message}}": self._edit,
            f"DELETE {message}/{{message}}": self._delete,
            "POST /channels/{channel}/threads": self._start_thread,
            f"POST {message}/{{message}}/threads": self._start_thread,
            "PUT /channels/{channel}/thread-members/{user}": self._add_guest,
            "DELETE /channels/{channel}/thread-members/{user}": self._remove_guest,
            "GET /guilds/{guild}/threads/active": self._active_threads,
            "POST /interactions/{id}/{token}/callback": self._callback,
            f"POST {later}": self._follow_up,
            f"GET {later}/messages/@original": self._get_original,
            f"PATCH {later}/messages/@original": self._edit_original,
            f"DELETE {later}/messages/@original": self._delete_original,
        }
        return [
            web.route(line.split(" ")[0], BASE + line.split(" ")[1], self._guarded(handler))
            for line, handler in table.items()
        ]

    def _guarded(self, handler: Callable[[web.Request], Awaitable[Any]]) -> Any:  # noqa: ANN401 - a handler
        async def guarded(request: web.Request) -> web.StreamResponse:
            named = f"{request.method} {request.path.removeprefix(BASE)}"
            self.requests.append(named)
            if not self._may(request):
                return _told(401, {"code": 0, "message": "401: Unauthorized"})
            headers: dict[str, str] = {}
            for limit in self.limits:
                taken = limit.take(named, self._world.now())
                if taken is not None:
                    let_in, headers = taken
                    if not let_in:
                        wait = float(headers["X-RateLimit-Reset-After"])
                        return _too_many("429 user", wait, headers)
            fault = next((each for each in self.faults if each.fits(named)), None)
            if fault is not None:
                return await self._met(fault, handler, request)
            return await _answer(handler, request, headers)

        return guarded

    def _may(self, request: web.Request) -> bool:
        by_token = request.path.startswith((f"{BASE}/interactions/", f"{BASE}/webhooks/"))
        return by_token or request.headers.get("Authorization") == f"Bot {self._token}"

    async def _met(
        self, fault: Fault, handler: Callable[[web.Request], Awaitable[Any]], request: web.Request
    ) -> web.StreamResponse:
        answer = await _answer(handler, request, {}) if fault.has_effect else None
        if fault.then is not None:
            await fault.then()
        if fault.kind.startswith("hang"):
            await asyncio.sleep(fault.seconds)
            return answer or _told(504, {"code": 0, "message": "504: Gateway Timeout"})
        if fault.kind.startswith("drop"):
            if request.transport is not None:
                request.transport.abort()
            return answer or web.Response(status=500)
        if fault.status == 429:
            return _too_many(fault.kind, fault.seconds, {})
        return _told(fault.status or 500, {"code": 0, "message": f"{fault.status}"})

    # The bot itself

    async def _gateway_bot(self, _request: web.Request) -> Payload:
        rest = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway, "shards": 1, "session_start_limit": rest}

    async def _me(self, _request: web.Request) -> Payload:
        return self._world.users[BOT]

    async def _application(self, _request: web.Request) -> Payload:
        told = {"id": str(BOT), "name": "Sixfold", "icon": None, "description": "", "rpc_origins": []}
        told |= {"bot_public": True, "bot_require_code_grant": False, "verify_key": "", "flags": 0}
        return told | {"owner": self._world.users[BOT], "summary": "", "team": None}

    async def _commands(self, request: web.Request) -> list[Payload]:
        told = {"application_id": str(BOT), "version": "1", "default_member_permissions": None}
        self._world.commands = [
            told | {"type": 1, "nsfw": False} | each | {"id": str(self._world.snowflake())}
            for each in await request.json()
        ]
        return self._world.commands

    async def _open_inbox(self, request: web.Request) -> Payload:
        asked = await request.json()
        return self._world.channel_payload(self._world.inbox(int(asked["recipient_id"])))

    # Channels and threads

    async def _channel(self, request: web.Request) -> Payload:
        return self._world.channel_payload(self._world.channel(_id(request, "channel")))

    async def _edit_channel(self, request: web.Request) -> Payload:
        channel, asked = self._world.channel(_id(request, "channel")), await request.json()
        channel.archived = bool(asked.get("archived", channel.archived))
        channel.name = asked.get("name", channel.name)
        return self._world.channel_payload(channel)

    async def _delete_channel(self, request: web.Request) -> Payload:
        return self._world.delete_channel(_id(request, "channel"))

    async def _start_thread(self, request: web.Request) -> Payload:
        asked, parent = await request.json(), self._world.channel(_id(request, "channel"))
        on = _id(request, "message") if "message" in request.match_info else None
        kind = int(asked.get("type", PRIVATE_THREAD)) if on is None else PUBLIC_THREAD
        return self._world.channel_payload(self._world.start_thread(parent, asked["name"], kind, on))

    async def _add_guest(self, request: web.Request) -> None:
        self._open_thread(request).members.add(_id(request, "user"))

    async def _remove_guest(self, request: web.Request) -> None:
        self._open_thread(request).members.discard(_id(request, "user"))

    def _open_thread(self, request: web.Request) -> Any:  # noqa: ANN401 - a channel
        thread = self._world.channel(_id(request, "channel"))
        if thread.archived:
            raise Refused(400, 50083, "Thread is archived")
        return thread

    async def _active_threads(self, _request: web.Request) -> Payload:
        threads = [
            each for each in self._world.channels.values() if each.type in THREADS and not each.archived
        ]
        return {"threads": [self._world.channel_payload(each) for each in threads], "members": []}

    # Messages

    async def _history(self, request: web.Request) -> list[Payload]:
        messages = self._world.channel(_id(request, "channel")).messages
        before = int(request.query.get("before", 1 << 63))
        limit = int(request.query.get("limit", 50))
        return [messages[number] for number in sorted(messages, reverse=True) if number < before][:limit]

    async def _post(self, request: web.Request) -> Payload:
        channel = self._open_thread(request)
        body, files = await _sent(request)
        return self._world.post(channel, body, files)

    async def _get(self, request: web.Request) -> Payload:
        return self._world.message(_id(request, "channel"), _id(request, "message"))

    async def _edit(self, request: web.Request) -> Payload:
        self._open_thread(request)
        message = self._world.message(_id(request, "channel"), _id(request, "message"))
        self._world.change(message, *await _sent(request))
        return message

    async def _delete(self, request: web.Request) -> None:
        self._world.message(_id(request, "channel"), _id(request, "message"))
        del self._world.channel(_id(request, "channel")).messages[_id(request, "message")]

    # Answers

    async def _callback(self, request: web.Request) -> Payload:
        world, asked = self._world, self._world.interactions.get(_id(request, "id"))
        body, files = await _sent(request)
        if asked is None or asked.token != request.match_info["token"]:
            raise Refused(*UNKNOWN_INTERACTION)
        if asked.acknowledged is not None:
            raise Refused(*ANSWERED_BEFORE)
        if world.now() - asked.made_at > ANSWER_WITHIN:
            raise Refused(*UNKNOWN_INTERACTION)
        kind, data = int(body["type"]), body.get("data") or {}
        self._check_kind(asked, kind)
        asked.answered_after = world.now() - asked.made_at
        if kind in (MESSAGE, LATER):
            asked.ephemeral = bool(int(data.get("flags") or 0) & EPHEMERAL)
        if kind == MESSAGE:
            self._first(asked, data, files)
        elif kind == IN_PLACE:
            assert asked.source is not None
            world.change(asked.source, data, files)
            asked.original = asked.source
        elif kind == LATER_IN_PLACE:
            asked.original = asked.source
        asked.acknowledged = kind
        asked.heard.set()
        shown = {FORM: {**data, "form": True}, LIST: data}.get(kind, asked.original)
        if kind not in (LATER, LATER_IN_PLACE):
            _give(asked, shown)
        told: Payload = {"id": str(asked.id), "type": asked.kind, "response_message_loading": kind == LATER}
        resource: Payload = {"type": kind}
        if asked.original is not None and kind in (MESSAGE, IN_PLACE):
            told["response_message_id"] = asked.original["id"]
            resource["message"] = asked.original
        return {"interaction": told, "resource": resource}

    def _check_kind(self, asked: Interaction, kind: int) -> None:
        if kind == FORM and asked.kind == MODAL:
            raise Refused(400, 50035, "a form can't follow on a form")
        if kind in (IN_PLACE, LATER_IN_PLACE) and asked.source is None:
            raise Refused(400, 50035, "there is no message to change")

    def _first(self, asked: Interaction, data: Payload, files: Files) -> None:
        asked.original = self._world.write(asked.channel, BOT, data, files)
        if asked.ephemeral:
            asked.original["flags"] |= EPHEMERAL
            self._world.private.setdefault(asked.user, []).append(asked.original)
        else:
            place = self._world.channel(asked.channel)
            place.messages[int(asked.original["id"])] = asked.original

    def _by_token(self, request: web.Request) -> Interaction:
        wanted = request.match_info["token"]
        asked = next((each for each in self._world.interactions.values() if each.token == wanted), None)
        if asked is None or asked.acknowledged is None:
            raise Refused(*UNKNOWN_WEBHOOK)
        if self._world.now() - asked.made_at > TOKEN_LASTS:
            raise Refused(*EXPIRED_TOKEN)
        return asked

    async def _follow_up(self, request: web.Request) -> Payload:
        asked = self._by_token(request)
        body, files = await _sent(request)
        if asked.acknowledged == LATER and asked.original is None:
            self._first(asked, body, files)
            made = asked.original
            assert made is not None
        else:
            made = self._world.write(asked.channel, BOT, body, files)
            self._world.private.setdefault(asked.user, []).append(made)
        _give(asked, made)
        return made

    async def _get_original(self, request: web.Request) -> Payload:
        asked = self._by_token(request)
        if asked.original is None:
            raise Refused(404, 10008, "Unknown Message")
        return asked.original

    async def _edit_original(self, request: web.Request) -> Payload:
        asked = self._by_token(request)
        body, files = await _sent(request)
        if asked.original is None:
            self._first(asked, body, files)
        else:
            self._world.change(asked.original, body, files)
        assert asked.original is not None
        _give(asked, asked.original)
        return asked.original

    async def _delete_original(self, request: web.Request) -> None:
        asked = self._by_token(request)
        if asked.original is not None and asked.original in self._world.private.get(asked.user, ()):
            self._world.private[asked.user].remove(asked.original)


async def _answer(
    handler: Callable[[web.Request], Awaitable[Any]], request: web.Request, headers: dict[str, str]
) -> web.Response:
    try:
        told = await handler(request)
    except Refused as refused:
        return _told(refused.status, refused.body, headers)
    return web.Response(status=204, headers=headers) if told is None else _told(200, told, headers)


def _told(status: int, body: object, headers: dict[str, str] | None = None) -> web.Response:
    # Without a charset in its type, as Discord does it: discord.py compares the whole of it.
    told = json.dumps(body).encode()
    return web.Response(body=told, status=status, headers=headers, content_type="application/json")


def _too_many(kind: str, seconds: float, headers: dict[str, str]) -> web.Response:
    scope = kind.partition(" ")[2]
    if scope == "door":
        return web.Response(status=429, text="error code: 1015", headers={"Retry-After": str(int(seconds))})
    told = {"message": "You are being rate limited.", "retry_after": seconds, "global": scope == "global"}
    headers = headers | {"Via": "1.1 google", "Retry-After": str(seconds), "X-RateLimit-Scope": scope}
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    return _told(429, told, headers)


def _give(asked: Interaction, shown: Payload | None) -> None:
    if not asked.answer.done():
        asked.answer.set_result(shown)


async def _sent(request: web.Request) -> tuple[Payload, Files]:
    """The body of a request, and the files that came with it."""
    if not request.content_type.startswith("multipart/"):
        return await request.json(), {}
    body: Payload = {}
    files: Files = {}
    for name, part in (await request.post()).items():
        if name == "payload_json":
            body = json.loads(part.file.read() if isinstance(part, web.FileField) else part)
        elif isinstance(part, web.FileField):
            files[name] = (part.filename, part.file.read())
    return body, files


def _id(request: web.Request, name: str) -> int:
    return int(request.match_info[name])
