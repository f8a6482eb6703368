"""What every command says about itself."""

from functools import cache
from typing import Any

from bot.content.library import load_library
from bot.content.texts import Texts
from bot.services.access import Who


@cache
def _english() -> Texts:
    # Discord wants the descriptions where the commands are declared, before anything is built.
    return load_library().texts


def described(key: str, **values: str) -> str:
    """The description of a command or an option, as Discord lists it."""
    return _english()(key, **values)


def who(may: Who) -> dict[Any, Any]:
    """Who may use a command, where the rule can be read off it."""
    return {"who": may}
