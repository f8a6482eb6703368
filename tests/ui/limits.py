"""Discord's limits for messages and forms, as its documentation states them, and how many words one reads."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import discord

from tests.ui.raw import parts_of

ROW, BUTTON, SELECT, INPUT, USERS, TEXT, GALLERY, LABEL, RADIO, CHECKBOXES = 1, 2, 3, 4, 5, 10, 12, 18, 21, 22
MOST_PARTS = 40
MOST_TEXT = 4000
MOST_IN_A_ROW = 5
MOST_OPTIONS = 25
MOST_FORM_PARTS = 5


def message_of(view: discord.ui.LayoutView) -> dict[str, Any]:
    """The body that posts ``view``."""
    return {"flags": 1 << 15, "components": json.loads(json.dumps(view.to_components()))}


def form_of(modal: discord.ui.Modal) -> dict[str, Any]:
    """The body that opens ``modal``."""
    return {"type": 9, "data": json.loads(json.dumps(modal.to_dict()))}


def _length(what: str, text: str | None, most: int, least: int = 0) -> Iterable[str]:
    size = len((text or "").strip())
    if not least <= size or len(text or "") > most:
        yield f"{what} has {len(text or '')} characters: {(text or '')[:60]!r}"


def _options(part: Mapping[str, Any], least: int, most: int) -> Iterable[str]:
    options = part.get("options", [])
    if not least <= len(options) <= most:
        yield f"{part['custom_id']} has {len(options)} options"
    if max(Counter(option["value"] for option in options).values(), default=0) > 1:
        yield f"{part['custom_id']} has a value twice"
    for option in options:
        yield from _length("an option's label", option["label"], 100, 1)
        yield from _length("an option's value", option["value"], 100, 1)
        yield from _length("an option's description", option.get("description"), 100)


def _button(part: Mapping[str, Any]) -> Iterable[str]:
    yield from _length("a button's label", part.get("label"), 80, 1)


def _select(part: Mapping[str, Any]) -> Iterable[str]:
    yield from _length("a placeholder", part.get("placeholder"), 150)
    yield from _options(part, 1, MOST_OPTIONS)


def _row(part: Mapping[str, Any]) -> Iterable[str]:
    if not 1 <= len(part["components"]) <= MOST_IN_A_ROW:
        yield f"a row of {len(part['components'])}"


def _text(part: Mapping[str, Any]) -> Iterable[str]:
    yield from _length("a text", part["content"], MOST_TEXT, 1)


def _pictures(part: Mapping[str, Any]) -> Iterable[str]:
    for item in part["items"]:
        yield from _length("a picture's description", item.get("description"), 1024, 1)


def _input(part: Mapping[str, Any]) -> Iterable[str]:
    yield from _length("a text field's value", part.get("value"), part["max_length"])
    if not 1 <= part["max_length"] <= MOST_TEXT:
        yield f"{part['custom_id']} takes {part['max_length']} characters"


def _people(part: Mapping[str, Any]) -> Iterable[str]:
    if len(part.get("default_values", [])) > part["max_values"] or part["max_values"] > MOST_OPTIONS:
        yield f"{part['custom_id']} holds too many people"


_RULES: Mapping[int, Callable[[Mapping[str, Any]], Iterable[str]]] = {
    ROW: _row,
    BUTTON: _button,
    SELECT: _select,
    INPUT: _input,
    USERS: _people,
    TEXT: _text,
    GALLERY: _pictures,
    RADIO: lambda part: _options(part, 2, 10),
    CHECKBOXES: lambda part: _options(part, 1, 10),
}


def _part(part: Mapping[str, Any]) -> Iterable[str]:
    yield from _length("a custom_id", part.get("custom_id"), 100)
    if part["type"] in _RULES:
        yield from _RULES[part["type"]](part)


def too_much_in(body: Mapping[str, Any]) -> list[str]:
    """What in a message or a form is more than Discord takes, or less."""
    form = body.get("data")
    components = form["components"] if form is not None else body["components"]
    parts = parts_of(components)
    found = [problem for part in parts for problem in _part(part)]
    names = Counter(part["custom_id"] for part in parts if "custom_id" in part)
    found += [f"{name} is there {count} times" for name, count in names.items() if count > 1]
    if form is None:
        if len(parts) > MOST_PARTS:
            found.append(f"{len(parts)} components")
        if (text := sum(len(part["content"]) for part in parts if part["type"] == TEXT)) > MOST_TEXT:
            found.append(f"{text} characters of text")
        return found
    found += _length("the title", form["title"], 45, 1)
    if not 1 <= len(components) <= MOST_FORM_PARTS:
        found.append(f"{len(components)} parts of a form")
    for part in components:
        if part["type"] == LABEL:
            found += _length("a label", part["label"], 45, 1)
            found += _length("a description", part.get("description"), 100)
        elif part["type"] != TEXT:
            found.append(f"a part of type {part['type']} in a form")
    return found


_TIME = re.compile(r"<t:\d+(?::\w)?>")
_MENTION = re.compile(r"<[@#]\d+>")


def words_in(text: str) -> int:
    """How many words someone reads: markup is none, a time or a name is one."""
    plain = _MENTION.sub("name", _TIME.sub("time", text))
    return len([word for word in plain.split() if re.search(r"\w", word)])


def texts_in(view: discord.ui.LayoutView) -> str:
    """What a message says."""
    parts = parts_of(message_of(view)["components"])
    return "\n".join(part["content"] for part in parts if part["type"] == TEXT)
