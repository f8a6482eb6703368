"""The form of one page of a template, and what was typed in it."""

from collections.abc import Mapping

import discord

from bot.cases.pages import pages_of
from bot.content.models import FIELD_CHARACTERS, Template, TemplateField
from bot.content.texts import Texts
from bot.ui.answers import Fields, text_in
from bot.ui.parts import Modal, field, modal, one_of, shortened

TITLE_CHARACTERS = 45
HINT_CHARACTERS = 100


def page_count(template: Template) -> int:
    """How many forms it takes to fill in ``template``."""
    return len(pages_of(template))


def page(template: Template, number: int, filled: Fields, answers: Mapping[str, str], say: Texts) -> Modal:
    """The form of a page, counted from 0; each field goes by its id.

    ``filled`` is what stood in this form when it was given back, ``answers`` the texts by field id that
    are kept. Nothing is required: what is missing is asked for later, and half a page can be kept.
    """
    return modal(
        _title(template, number, say),
        *(_field(each, filled, answers.get(each.id, ""), say) for each in pages_of(template)[number]),
    )


def typed_in(template: Template, number: int, fields: Fields) -> dict[str, str]:
    """The text of each field of a page by its id: as typed, or of the option chosen; else empty."""
    return {each.id: _typed(each, text_in(fields, each.id).strip()) for each in pages_of(template)[number]}


def _title(template: Template, number: int, say: Texts) -> str:
    count = page_count(template)
    if count == 1:
        return template.title
    place = f" · {say('template-page-of', number=number + 1, count=count)}"
    return f"{shortened(template.title, TITLE_CHARACTERS - len(place))}{place}"


def _field(asked: TemplateField, filled: Fields, answer: str, say: Texts) -> discord.ui.Label[Modal]:
    hint = _hint(asked, say)
    typed = asked.id in filled
    if asked.options:
        options = [(str(number), option) for number, option in enumerate(asked.options)]
        before = next((number for number, option in options if option == answer), "")
        chosen = text_in(filled, asked.id) if typed else before
        return one_of(asked.id, asked.label, options, hint=hint, filled=chosen, required=False)
    return field(
        asked.id,
        asked.label,
        hint=hint,
        example=asked.example,
        filled=text_in(filled, asked.id) if typed else answer,
        long=asked.kind == "paragraph",
        required=False,
        # What was put in the place of a finding may have made it longer: its end must not get lost here.
        most=min(max(asked.max_length or 1, len(answer)), FIELD_CHARACTERS),
    )


def _hint(asked: TemplateField, say: Texts) -> str:
    alone = say("template-for-you-alone")
    if asked.shared or asked.guidance.startswith(alone):
        return asked.guidance
    return shortened(f"{alone} {asked.guidance}", HINT_CHARACTERS)


def _typed(asked: TemplateField, text: str) -> str:
    if not asked.options:
        return text
    return next((option for number, option in enumerate(asked.options) if str(number) == text), "")
