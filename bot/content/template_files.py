"""A group's own templates as TOML text: read as strictly as the shipped ones, and written back."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, cast

import tomli_w
from pydantic import ValidationError

from bot.content.asking import asked_for
from bot.content.models import Template
from bot.content.problems import ContentProblem, explain

MOST_BYTES: Final = 64 * 1024
"""Of a file with one template."""
MOST_FIELDS: Final = 20
"""Fields of a group's own template: four forms."""
MOST_ID_CHARACTERS: Final = 40

_WHOLE: Final = "whole file"


def read_template(text: str) -> tuple[Template | None, tuple[ContentProblem, ...]]:
    """The template in a TOML text, or what is to be put right in it; never both."""
    if len(text.encode()) > MOST_BYTES:
        return None, (_problem(_WHOLE, f"Shorten the file to {MOST_BYTES // 1024} KB; it is longer."),)
    try:
        data = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        reason = f": {error}" if isinstance(error, tomllib.TOMLDecodeError) else ""
        return None, (_problem(_WHOLE, f"Correct the TOML spelling{reason.rstrip('.')}."),)
    return check_template(data)


def check_template(data: Mapping[str, object]) -> tuple[Template | None, tuple[ContentProblem, ...]]:
    """The template that ``data`` describes, checked as a group's own, or what is to be put right in it."""
    problems = [*_identifying(data)]
    fields = data.get("fields")
    listed = cast("list[object]", fields) if isinstance(fields, list) else []
    if len(listed) > MOST_FIELDS:
        advice = f"Take some out; there are {len(listed)} fields, and {MOST_FIELDS} are the most."
        problems.append(_problem("fields", advice))
        # Beyond them one sentence is enough.
        data = {**data, "fields": listed[:MOST_FIELDS]}
    try:
        template = Template.model_validate(data)
    except ValidationError as error:
        return None, _told([*explain("", data, error, Template), *problems])
    if not problems and len(write_template(template).encode()) > MOST_BYTES:
        problems.append(_problem(_WHOLE, "Shorten some of the options; altogether there is too much text."))
    return (None, _told(problems)) if problems else (template, ())


def write_template(template: Template) -> str:
    """A TOML text from which ``read_template`` gives the same template."""
    data = template.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return tomli_w.dumps(data)


def id_from(title: str) -> str:
    """A name of small letters, digits and hyphens for something of this title; empty where none fits."""
    plain = unicodedata.normalize("NFKD", title.replace("’", "").replace("'", "")).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).lstrip("-0123456789")
    if len(slug) > MOST_ID_CHARACTERS:
        slug = slug[: MOST_ID_CHARACTERS + 1].rpartition("-")[0] or slug[:MOST_ID_CHARACTERS]
    return slug.strip("-")


def unused(wanted: str, taken: Iterable[str]) -> str:
    """``wanted``, or where that is taken, the first of ``wanted-2``, ``wanted-3`` … that is not."""
    known = set(taken)
    number, found = 1, wanted
    while found in known:
        number += 1
        end = f"-{number}"
        found = f"{wanted[: MOST_ID_CHARACTERS - len(end)].rstrip('-')}{end}"
    return found


def _identifying(data: Mapping[str, object]) -> Iterable[ContentProblem]:
    fields = data.get("fields")
    for number, entry in enumerate(cast("list[object]", fields) if isinstance(fields, list) else [], 1):
        if not isinstance(entry, dict):
            continue
        asked = cast("dict[str, object]", entry)
        id_ = asked.get("id")
        for part in ("label", "guidance"):
            text = asked.get(part)
            if isinstance(text, str) and (found := asked_for(text)) is not None:
                words, instead = found
                place = f"fields[{id_ if isinstance(id_, str) else number}].{part}"
                yield _problem(place, f"“{words}” may tell who somebody is. {instead}")


def _problem(field: str, advice: str) -> ContentProblem:
    return ContentProblem("", field, advice)


def _told(problems: Iterable[ContentProblem]) -> tuple[ContentProblem, ...]:
    """Each once, in the order in which they were found."""
    return tuple(dict.fromkeys(problems))
