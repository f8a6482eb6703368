"""The same work with APScheduler 3: jobs are pickled, and its store is SQLite with Sixfold's settings.

A job sends to the same ``Discord``, and that is all of it: nothing is written down about what was sent.
"""

import importlib
import importlib.util
import itertools
import pickle
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event

from benchmarks.engines import resident
from benchmarks.waiting import FIRST_USER, INSTANTS, Discord
from bot.services.ground import SECONDS_A_DAY

MISSING = "APScheduler is not measured beside it: .venv/bin/python -m pip install 'apscheduler<4' brings it."
FILE = "jobs.db"
_JOB = "INSERT INTO apscheduler_jobs VALUES (?, ?, ?)"
_discord = Discord(0)


def installed() -> bool:
    return importlib.util.find_spec("apscheduler") is not None


async def send(user: int) -> None:
    """The job."""
    opened = await _discord.start_private_message(str(user))
    await _discord.get_partial_messageable(int(opened["id"])).send(nonce=str(user))


def sends_to(discord: Discord) -> None:
    """A job is stored by its function's name, so where it sends to can't stand in the job."""
    global _discord  # noqa: PLW0603 - that is how such a job finds what it needs
    _discord = discord


class Scheduled:
    """A scheduler on its database in ``folder``. Jobs that are late run all the same, and once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._engine = create_engine(f"sqlite:///{self.path}")
        event.listen(self._engine, "connect", _configure)
        stores = importlib.import_module("apscheduler.jobstores.sqlalchemy")
        schedulers = importlib.import_module("apscheduler.schedulers.asyncio")
        self._cron: Any = importlib.import_module("apscheduler.triggers.cron").CronTrigger
        self._job: Any = importlib.import_module("apscheduler.job").Job
        self.store: Any = stores.SQLAlchemyJobStore(engine=self._engine)
        self.late: dict[str, Any] = {"coalesce": True, "misfire_grace_time": None}
        self.scheduler: Any = schedulers.AsyncIOScheduler(
            jobstores={"default": self.store}, timezone=UTC, job_defaults=self.late
        )

    def weekly(self, at: datetime) -> Any:  # noqa: ANN401 - APScheduler has no types
        return self._cron(day_of_week=at.weekday(), hour=at.hour, minute=at.minute, timezone=UTC)

    def fill(self, waiting: int, due: int) -> None:
        """So many jobs between one and six days ahead, and so many that are due now."""
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        self.store.jobs_t.create(self._engine, checkfirst=True)
        ahead, step = now.timestamp() + SECONDS_A_DAY, 5 * SECONDS_A_DAY // INSTANTS
        later = [self._state(ahead + number * step) for number in range(min(INSTANTS, max(waiting, 1)))]
        at_once = self._state(now.timestamp())
        states = itertools.chain(
            itertools.repeat(at_once, due), itertools.islice(itertools.cycle(later), waiting)
        )
        tokens = sorted(secrets.token_hex(8) for _ in range(waiting + due))

        def rows() -> Iterator[tuple[object, ...]]:
            for number, (token, state) in enumerate(zip(tokens, states, strict=True)):
                mine = state | {"id": token, "args": (FIRST_USER + number,)}
                sealed = pickle.dumps(mine, pickle.HIGHEST_PROTOCOL)
                yield token, state["next_run_time"].timestamp(), sealed

        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.executemany(_JOB, rows())
            connection.commit()

    def _state(self, instant: float) -> dict[str, Any]:
        at = datetime.fromtimestamp(instant, UTC)
        job = self._job(
            self.scheduler,
            id="",
            func=send,
            args=(0,),
            kwargs={},
            name="send",
            trigger=self.weekly(at),
            executor="default",
            max_instances=1,
            next_run_time=at,
            **self.late,
        )
        return job.__getstate__()

    def some(self, count: int) -> list[str]:
        """Ids of so many jobs."""
        with closing(sqlite3.connect(self.path)) as connection:
            return [
                token for (token,) in connection.execute("SELECT id FROM apscheduler_jobs LIMIT ?", (count,))
            ]

    async def tick(self, token: str, discord: Discord) -> float:
        """Seconds from the wake until this job has sent; by then its next date is stored."""
        sends_to(discord)
        job = self.store.lookup_job(token)
        job._modify(next_run_time=datetime.now(UTC))  # noqa: SLF001 - nothing else leaves the timer alone
        self.store.update_job(job)
        wanted = discord.nonces.total() + 1
        before = time.perf_counter()
        self.scheduler.wakeup()
        await discord.until(wanted)
        return time.perf_counter() - before

    async def add(self, at: datetime) -> None:
        self.scheduler.add_job(send, self.weekly(at), args=(FIRST_USER,))

    def close(self) -> None:
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)
        self._engine.dispose()


async def resident_with(folder: Path) -> int:
    """Bytes that this process holds after some ticks over what waits in ``folder``."""
    scheduled, discord = Scheduled(folder), Discord(0)
    scheduled.scheduler.start()
    for token in scheduled.some(20):
        await scheduled.tick(token, discord)
    scheduled.close()
    return resident()


def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - whatever the driver gives
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
