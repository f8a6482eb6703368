"""The bot as a process of its own."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.double.server import TOKEN, Double

PROJECT = Path(__file__).parents[2]


class _Forked:
    """A process that is nobody's child here: its end is seen, its exit code is not."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle = os.pidfd_open(pid)
        self._gone = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._handle, self._end)

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._handle)
        os.close(self._handle)
        self.returncode = 0
        self._gone.set()

    async def wait(self) -> int:
        await self._gone.wait()
        return 0

    def send_signal(self, number: int) -> None:
        # It may be gone already, and its end still to be seen here.
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Process:
    """`sixfold run` on a double; ``command`` is what runs in its place. Its words go to ``log``."""

    def __init__(
        self,
        double: Double,
        data: Path,
        *,
        command: Sequence[str] = ("-m", "bot", "run"),
        before: Callable[[], None] | None = None,
        level: str = "WARNING",
    ) -> None:
        self.double = double
        self.data = data
        self.log = data.parent / "bot.log"
        self._command = command
        self._before = before
        self._level = level
        self._child: asyncio.subprocess.Process | _Forked | None = None

    def environment(self) -> dict[str, str]:
        """What the process is told."""
        told = {
            "SIXFOLD_DISCORD_TOKEN": TOKEN,
            "SIXFOLD_DATA_DIR": str(self.data),
            "SIXFOLD_REST_BASE": self.double.base,
            "SIXFOLD_LOG_LEVEL": self._level,
        }
        return {**os.environ, **told, "PYTHONPATH": str(PROJECT)}

    @property
    def pid(self) -> int:
        """The process that runs."""
        assert self._child is not None
        return self._child.pid

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._child is not None and self._child.returncode is None

    async def start(self, *, wait: bool = True) -> None:
        """Start it, and wait until it has signed in."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._command,
                stdout=log,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
                env=self.environment(),
                cwd=self.data.parent,
                preexec_fn=self._before,
            )
        if wait:
            await self._signed_in()

    async def _signed_in(self) -> None:
        assert self._child is not None
        ready = asyncio.ensure_future(self.double.signed_in())
        ended = asyncio.ensure_future(self._child.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            raise RuntimeError(f"the bot ended with {await ended}: {self.said()}")
        ended.cancel()
        await ready

    def kill(self) -> None:
        """SIGKILL, at this very moment. ``gone`` waits for the end."""
        if self.running:
            assert self._child is not None
            self._child.send_signal(signal.SIGKILL)

    async def gone(self) -> int:
        """Wait until it is gone, and let everyone notice. Gives its exit code."""
        assert self._child is not None
        code = await self._child.wait()
        self.double.bot_died()
        return code

    async def stop(self) -> int:
        """Tell it to end, and wait for that."""
        if self.running:
            assert self._child is not None
            self._child.terminate()
        return await self.gone()

    async def close(self) -> None:
        """Leave nothing behind."""

    def said(self) -> str:
        """All that it has written."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


class WarmProcess(Process):
    """The same, from a process that has imported everything already. Close it at the end."""

    _nest: asyncio.subprocess.Process | None = None

    async def start(self, *, wait: bool = True) -> None:
        """Start it, and wait until it has signed in."""
        if self._nest is None:
            self.data.parent.mkdir(parents=True, exist_ok=True)
            with self.log.open("ab") as log:
                self._nest = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "benchmarks.double.warm"),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=log,
                    env=self.environment(),
                    cwd=PROJECT,
                )
            await self._heard()
        assert self._nest.stdin is not None
        self._nest.stdin.write(json.dumps(self.environment()).encode() + b"\n")
        self._child = _Forked(int(await self._heard()))
        if wait:
            await self._signed_in()

    async def _heard(self) -> str:
        assert self._nest is not None
        assert self._nest.stdout is not None
        return (await self._nest.stdout.readline()).decode()

    async def close(self) -> None:
        """End what the bots come from."""
        if self._nest is not None:
            self._nest.kill()
            await self._nest.wait()
