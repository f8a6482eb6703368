"""A template as the forms it is filled in with, five fields each, and its answers from page to page."""

import hashlib
import json
from collections.abc import Mapping

from bot.content.models import Template, TemplateField

FIELDS_A_PAGE = 5
"""Fields that Discord takes in one form."""


def pages_of(template: Template) -> tuple[tuple[TemplateField, ...], ...]:
    """The fields of each page, in their order; no page is empty."""
    fields = template.fields
    return tuple(fields[at : at + FIELDS_A_PAGE] for at in range(0, len(fields), FIELDS_A_PAGE))


def page_of(template: Template, field_id: str) -> int:
    """The page, counted from 0, on which a field stands; the first one where there is no such field."""
    place = next((at for at, field in enumerate(template.fields) if field.id == field_id), 0)
    return place // FIELDS_A_PAGE


def answer_to(field: TemplateField, answers: Mapping[str, str]) -> str:
    """What stands in a field; empty where nothing does, or nothing but space."""
    return answers.get(field.id, "").strip()


def missing(template: Template, answers: Mapping[str, str]) -> tuple[TemplateField, ...]:
    """The required fields that nothing stands in yet."""
    return tuple(field for field in template.fields if field.required and not answer_to(field, answers))


def cleaned(template: Template, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that belong to the template, in its order; empty ones are left out."""
    return {field.id: answer for field in template.fields if (answer := answer_to(field, answers))}


def merged(
    template: Template, number: int, typed: Mapping[str, str], answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers once page ``number`` (from 0) is filled in: ``typed`` takes the place of that page's.

    Other pages stay as they were, whatever ``typed`` says about them. See ``cleaned``.
    """
    here = {field.id for field in _page(template, number)}
    kept = {name: answer for name, answer in answers.items() if name not in here}
    return cleaned(template, kept | {name: text for name, text in typed.items() if name in here})


def digest(template: Template, number: int, answers: Mapping[str, str]) -> str:
    """Six characters that change with what stands on a page, and with nothing else.

    By them a form that was opened before somebody changed its page on another device is known.
    """
    here = [(field.id, answer_to(field, answers)) for field in _page(template, number)]
    return hashlib.sha256(json.dumps(here).encode()).hexdigest()[:6]


def _page(template: Template, number: int) -> tuple[TemplateField, ...]:
    paged = pages_of(template)
    return paged[number] if 0 <= number < len(paged) else ()
