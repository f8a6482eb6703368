"""The gateway: HELLO to READY, heartbeats, RESUME with what was missed, and all that can go wrong with it."""

import asyncio
import importlib
import json
import secrets
import zlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from benchmarks.double.state import BOT, GUILD, Payload, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
BEAT = 41_250
ZLIB, ZSTD = "zlib-stream", "zstd-stream"


class Line:
    """One open WebSocket, compressed as the client asked for; what is sent leaves in its order."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        self.socket = socket
        self._deflate: Any = None
        self._end = 0
        if compress == ZLIB:
            self._deflate, self._end = zlib.compressobj(), zlib.Z_SYNC_FLUSH
        elif compress == ZSTD:
            # Python 3.14 has it, and only there is it asked for.
            zstd = importlib.import_module("compression.zstd")
            self._deflate, self._end = zstd.ZstdCompressor(), zstd.ZstdCompressor.FLUSH_BLOCK
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._writing = asyncio.create_task(self._write())

    def send(self, payload: Payload) -> None:
        """Put it on its way; what is sent to a line that is gone is lost."""
        self._waiting.put_nowait(json.dumps(payload))

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while not self.socket.closed:
                text = await self._waiting.get()
                if self._deflate is None:
                    await self.socket.send_str(text)
                else:
                    packed = self._deflate.compress(text.encode())
                    await self.socket.send_bytes(packed + self._deflate.flush(self._end))

    def end(self) -> None:
        """Nothing more goes out."""
        self._writing.cancel()


@dataclass
class Session:
    """What RESUME goes on with: everything that was dispatched, by sequence."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    sent: list[Payload] = field(default_factory=list[Payload])
    line: Line | None = None

    def dispatch(self, event: str, data: Payload) -> None:
        payload = {"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(payload)
        if self.line is not None:
            self.line.send(payload)


class Gateway:
    """The bot's end of the line. ``refuse_resume`` lets the next so many RESUMEs fail."""

    def __init__(self, world: World, address: str) -> None:
        self._world = world
        self.address = address
        self.session: Session | None = None
        self.refuse_resume = 0
        self.heard: list[int] = []
        self._delay = 0.0
        self.doubled = 0
        """So many of the next events are sent twice."""
        world.dispatch = self.dispatch
        world.somebody_listens = lambda: self.session is not None

    @property
    def connected(self) -> bool:
        """Whether a bot is signed in and its line is open."""
        return self.session is not None and self.session.line is not None

    def dispatch(self, event: str, data: Payload) -> None:
        """Tell the bot; while its line is down, as soon as it resumes."""
        if self.session is None:
            return
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self.session.dispatch, event, data)
            return
        self.session.dispatch(event, data)
        if self.doubled > 0 and event == "INTERACTION_CREATE":
            self.doubled -= 1
            self.session.dispatch(event, data)

    @contextmanager
    def late(self, seconds: float) -> Generator[None]:
        """What happens meanwhile is told so much later."""
        self._delay = seconds
        try:
            yield
        finally:
            self._delay = 0.0

    async def drop(self, code: int = WSCloseCode.GOING_AWAY) -> None:
        """Close the line; the session may be resumed."""
        if self.session is not None and self.session.line is not None:
            line, self.session.line = self.session.line, None
            await line.socket.close(code=code)

    def ask_to_reconnect(self) -> None:
        """What Discord sends before it moves a client elsewhere."""
        if self.session is not None and self.session.line is not None:
            self.session.line.send({"op": RECONNECT, "d": None})

    def forget(self) -> None:
        """The bot's process is gone: nothing is kept for it."""
        self.session = None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        line = Line(socket, request.query.get("compress"))
        line.send({"op": HELLO, "d": {"heartbeat_interval": BEAT}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(line, json.loads(message.data))
        finally:
            line.end()
            if self.session is not None and self.session.line is line:
                self.session.line = None
        return socket

    def _hear(self, line: Line, told: Payload) -> None:
        self.heard.append(told["op"])
        match told["op"]:
            case op if op == HEARTBEAT:
                line.send({"op": ACK})
            case op if op == IDENTIFY:
                self._begin(line)
            case op if op == RESUME:
                self._resume(line, told["d"])
            case _:
                return

    def _begin(self, line: Line) -> None:
        session = self.session = Session(line=line)
        application = {"id": str(BOT), "flags": 0}
        ready: Payload = {"v": 10, "user": self._world.users[BOT], "application": application}
        ready |= {"session_id": session.id, "resume_gateway_url": self.address}
        session.dispatch("READY", ready | {"guilds": [{"id": str(GUILD), "unavailable": True}]})
        session.dispatch("GUILD_CREATE", self._world.guild_payload())

    def _resume(self, line: Line, asked: Payload) -> None:
        session = self.session
        if self.refuse_resume > 0 or session is None or session.id != asked["session_id"]:
            self.refuse_resume -= self.refuse_resume > 0
            line.send({"op": INVALID, "d": False})
            return
        session.line = line
        for payload in session.sent[int(asked["seq"] or 0) :]:
            line.send(payload)
        session.dispatch("RESUMED", {"_trace": []})
