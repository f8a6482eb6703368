"""How long a start takes and what it holds, beside a bare bot on discord.py on the same machine.

Each is started again and again as a process of its own, in turn, on a Discord of its own over HTTP and
WebSocket: from the start of the process until it has signed in, and the memory that it holds a moment later.
The first start of Sixfold makes its database; the later ones find it. An import is timed in a fresh
interpreter.

.venv/bin/python -m benchmarks.start [--quick]
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.double import Double, Process
from benchmarks.figures import Times, heading

STARTS, QUICK = 15, 2
A_MOMENT = 4.0
"""Seconds in which the review's network has been read, and memory has come to rest."""
MEGA = 1_000_000
IMPORTS = ("discord.ext.commands", "bot.app")
_ASKED = """
import sys, time
before = time.perf_counter()
__import__(sys.argv[1])
print(time.perf_counter() - before)
"""


def held_by(pid: int) -> int:
    """Bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def started(process: Process) -> tuple[float, int]:
    """Seconds until it has signed in, and the bytes that it holds a moment later."""
    before = time.perf_counter()
    await process.start()
    took = time.perf_counter() - before
    await asyncio.sleep(A_MOMENT)
    held = held_by(process.pid)
    await process.stop()
    return took, held


def imported(module: str) -> float:
    """Seconds that an import takes in a fresh interpreter."""
    asked = subprocess.run([sys.executable, "-c", _ASKED, module], capture_output=True, text=True, check=True)
    return float(asked.stdout)


async def main(folder: Path, starts: int) -> None:
    async with Double.open() as double, Double.open() as other:
        script = str(Path(__file__).with_name("bare_bot.py"))
        processes = {
            "a bare bot on discord.py": Process(other, folder / "b" / "data", command=(script,)),
            "sixfold run": Process(double, folder / "a" / "data"),
        }
        first, _ = await started(processes["sixfold run"])
        taken = {who: Times(f"{who}, until it has signed in") for who in processes}
        held: dict[str, list[int]] = {who: [] for who in processes}
        for _ in range(starts):
            for who, process in processes.items():
                seconds, holds = await started(process)
                taken[who].seconds.append(seconds)
                held[who].append(holds)
    heading(f"{starts} starts each, in turn")
    for times in taken.values():
        print(times)
    print(f"the first start, which makes the database: {first:.2f} s")
    print("\nMemory a moment after that")
    for who, holds in held.items():
        print(f"{who:<58} {median(holds) / MEGA:8.1f} MB")
    imports = {module: Times(f"import {module}") for module in IMPORTS}
    for _ in range(starts):
        for module, times in imports.items():
            times.seconds.append(imported(module))
    heading(f"{starts} imports each, in turn")
    for times in imports.values():
        print(times)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as name:
        asyncio.run(main(Path(name), QUICK if "--quick" in sys.argv else STARTS))
