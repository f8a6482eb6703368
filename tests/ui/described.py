"""Where discord.py and Discord's description of its requests differ, and Discord takes both."""

from typing import Any


class Described:
    """The description, with user ids taken as numbers too, as discord.py sends them in places."""

    def __init__(self, contract: Any) -> None:
        self._contract = contract

    def problems(self, method: str, path: str, body: Any) -> list[str]:
        return self._contract.problems(method, path, _with_ids_in_strings(body))


def _with_ids_in_strings(body: Any, key: str = "") -> Any:
    if isinstance(body, dict):
        return {
            each: str(value)
            if each == "id" and key == "default_values"
            else _with_ids_in_strings(value, each)
            for each, value in body.items()
        }
    if isinstance(body, list):
        return [str(each) if key == "users" else _with_ids_in_strings(each, key) for each in body]
    return body
