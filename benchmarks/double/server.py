"""The double as a server on a port of this machine."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from benchmarks.double.faults import Fault, Limit
from benchmarks.double.gateway import Gateway
from benchmarks.double.people import Person
from benchmarks.double.rest import BASE, Rest
from benchmarks.double.state import Channel, World

TOKEN = "MjIyMjIyMjIyMjIyMjIyMjIy.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


class Double:
    """A Discord with one server and one bot. Use ``Double.open()``."""

    def __init__(self, port: int) -> None:
        self.world = World()
        self.gateway = Gateway(self.world, f"ws://127.0.0.1:{port}/gateway")
        self.rest = Rest(self.world, self.gateway.address, TOKEN)
        self.base = f"http://127.0.0.1:{port}{BASE}"

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncGenerator["Double"]:
        """Serve on a free port until the end of the block."""
        app = web.Application(client_max_size=1 << 25)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        port = _free_port()
        double = cls(port)
        app.add_routes(double.rest.routes())
        app.router.add_get("/gateway", double.gateway.serve)
        app.router.add_get("/gateway/", double.gateway.serve)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield double
        finally:
            await double.gateway.drop()
            await runner.cleanup()

    def person(self, name: str, channel: Channel, *, manages: bool = False) -> Person:
        """Somebody new in the server, who is looking at ``channel``."""
        user = self.world.add_user(name, manages=manages)
        return Person(self.world, user, name, channel)

    def plan(self, *faults: Fault) -> None:
        """Let these go wrong."""
        self.rest.faults.extend(faults)

    def limit(self, *limits: Limit) -> None:
        """Let these routes have a bucket."""
        self.rest.limits.extend(limits)

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self.rest.faults.clear()
        self.rest.limits.clear()

    async def signed_in(self, seconds: float = 90.0) -> None:
        """Wait for the bot; TimeoutError where it does not come."""
        async with asyncio.timeout(seconds):
            while not self.gateway.connected:
                await asyncio.sleep(0.01)

    def bot_died(self) -> None:
        """The process is gone: its line, and every answer that somebody waits for."""
        self.gateway.forget()
        for asked in self.world.interactions.values():
            if not asked.answer.done():
                asked.answer.set_exception(TimeoutError())
                asked.answer.exception()
                asked.heard.set()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
