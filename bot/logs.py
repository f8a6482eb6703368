"""Logs that hold no text and no person."""

import logging
import re

# discord.py prints whole payloads below INFO; the database prints each statement below WARNING.
_NEVER_BELOW = {
    "discord": logging.INFO,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "sqlalchemy": logging.WARNING,
}


class _WithoutExceptionText(logging.Filter):
    """Leaves of an exception its type: the text of Discord's errors quotes what was sent.

    Messages of asyncio quote the exception themselves, within the task or call that it ended.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            said = record.getMessage()
            if record.name == "asyncio":
                said = re.split(r"[\n(<]", said, maxsplit=1)[0].rstrip()
            record.msg = f"{said} ({record.exc_info[0].__name__})"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


def quiet_logs(level: str) -> None:
    """Log to standard error at ``level``, and libraries never below what they may print."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("{asctime} {levelname:<7} {name}: {message}", style="{"))
    handler.addFilter(_WithoutExceptionText())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, floor in _NEVER_BELOW.items():
        logging.getLogger(name).setLevel(max(floor, logging.getLogger().level))
