"""What is wrong with a file in prompts/, said so that its writer can put it right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

_TEXT = "Write text between quotation marks."
_ADVICE: Final[Mapping[str, str]] = {
    "content": "{advice}",
    "missing": "Add this field; it is needed.",
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_too_short": "Write something here; it is empty.",
    "string_too_long": "Shorten this to at most {max_length} characters.",
    "string_pattern_mismatch": (
        "Write small letters and digits joined by single hyphens, such as one-small-step."
    ),
    "bool_type": "Write true or false, without quotation marks.",
    "int_type": "Write a whole number, without quotation marks.",
    "greater_than_equal": "Write a number of at least {ge}.",
    "less_than_equal": "Write a number of at most {le}.",
    "literal_error": "Write one of these: {expected}.",
    "tuple_type": "Write a list in square brackets.",
    "dict_type": "Write one value for each length, such as {{ 45 = 3, 60 = 4, 90 = 9 }}.",
    "model_type": "Write a table with its own fields here.",
    "too_short": "Write at least {min_length} of these; there are {actual_length}.",
    "too_long": "Write at most {max_length} of these.",
}


@dataclass(frozen=True, order=True, slots=True)
class ContentProblem:
    """One thing to put right.

    ``file`` is the path below prompts/, with forward slashes. ``field`` is the place in it: a field
    such as ``more.origin``, an entry by its own id (``steps[talk].guide``) or counted from one
    (``signs_for[2]``), the key of an interface text, or ``line 12``. ``advice`` says in a sentence
    what to write instead.
    """

    file: str
    field: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}, {self.field}: {self.advice}"


class ContentError(Exception):
    """The files in prompts/ can't be used as they stand; ``problems`` holds every one found."""

    def __init__(self, problems: Iterable[ContentProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refusal(field: str, advice: str) -> PydanticCustomError:
    """Return the error a model's own check raises: the field it is about, and what to write instead."""
    return PydanticCustomError("content", "{advice}", {"field": field, "advice": advice})


def explain(
    file: str, data: Mapping[str, object], error: ValidationError, model: type[BaseModel]
) -> list[ContentProblem]:
    """Turn a validation error into one problem for each thing refused."""
    details = error.errors(include_url=False, include_input=False)
    inner = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    return [
        ContentProblem(file, _place(data, detail), _advice(detail, model))
        for detail in details
        # A list whose entries are refused counts as too short as well; the entries say enough.
        if not (detail["type"] == "too_short" and detail["loc"] in inner)
    ]


def _place(data: object, detail: ErrorDetails) -> str:
    place = ""
    here = data
    for part in detail["loc"]:
        if part == "[key]":
            break
        entry = _entry(here, part)
        if isinstance(here, list):
            name = _entry(entry, "id")
            place += f"[{name if isinstance(name, str) else int(part) + 1}]"
        else:
            place += f".{part}" if place else str(part)
        here = entry
    own = detail.get("ctx", {}).get("field") if detail["type"] == "content" else None
    return ".".join(part for part in (place, own) if part) or "whole file"


def _entry(data: object, part: int | str) -> object:
    """Return an entry of a list or table, or None where there is none."""
    if isinstance(data, list):
        entries = dict(enumerate(cast("list[object]", data)))
        return entries.get(part) if isinstance(part, int) else None
    return cast("dict[str, object]", data).get(str(part)) if isinstance(data, dict) else None


def _advice(detail: ErrorDetails, model: type[BaseModel]) -> str:
    if detail["type"] == "extra_forbidden":
        known = ", ".join(_siblings(detail["loc"], model))
        return f"Take this field out or correct its name; the names known here are {known}."
    context = detail.get("ctx", {})
    kind = "string_too_long" if context.get("field_type") == "Value" else detail["type"]
    sentence = _ADVICE.get(kind)
    return sentence.format_map(context) if sentence else f"Change this: {detail['msg']}."


def _siblings(loc: tuple[int | str, ...], model: type[BaseModel]) -> tuple[str, ...]:
    for part in loc[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            candidates = (annotation, *getattr(annotation, "__args__", ()))
            nested = [one for one in candidates if isinstance(one, type) and issubclass(one, BaseModel)]
            model = nested[0] if nested else model
    return tuple(model.model_fields)
