"""What somebody sees who writes a template for the group, or looks after the ones that are there."""

import re
from collections.abc import Sequence

from bot.content.problems import ContentProblem
from bot.content.template_files import MOST_FIELDS
from bot.content.texts import Texts
from bot.services.template_writing import Asked, Judged, Saved, ids_of
from bot.ui.case_forms import page_count
from bot.ui.control import Control
from bot.ui.parts import Part, Style, View, attached, button, choice, row, rule, screen, shortened

FIELDS_A_PAGE = 5
MOST_PROBLEMS = 4
"""Beside the list of all fields."""
MOST_FILE_PROBLEMS = 8
ADVICE_CHARACTERS = 220
FILE_ADVICE_CHARACTERS = 300
_IN_FIELD = re.compile(r"fields\[([^\]]*)\](?:\.(\w+))?.*")
# As discord.utils.escape_markdown has it, which warns of its own call from Python 3.13 on.
_MARKUP = re.compile(r"[\\_~|*`]|^[>#-]|\[(?=.+\]\(.+\))")
_PARTS = frozenset(
    {"title", "when_to_use", "leave_out", "fields", "label", "guidance", "example", "options", "kind"}
)


def plain(text: str, room: int) -> str:
    """What somebody typed, within a sentence of ours: short, on one line, and without markup of its own."""
    joined = " ".join(text.split())
    for size in range(room, 0, -1):
        escaped = _MARKUP.sub(r"\\\g<0>", shortened(joined, size))
        if len(escaped) <= room:
            return escaped
    return ""


def sketch(judged: Judged, say: Texts, note: str | None = None) -> View:
    """The template so far: its fields by page, what is to be put right, and what can be done."""
    token, written = judged.token, judged.sketch
    fields = written.fields
    pages = page_count(judged.template) if judged.template is not None else 0
    return screen(
        note,
        f"## {plain(written.title, 45) or say('template-untitled')}\n{_fields(fields, say)}",
        rule() if judged.problems else None,
        to_put_right(judged, say) if judged.problems else f"-# {say('template-kept')}",
        choice(
            say("template-pick"),
            Control(token, "t-pick"),
            [
                (each.key, shortened(f"{number}. {each.label}", 100), shortened(each.guidance, 100))
                for number, each in enumerate(fields, 1)
            ][:MOST_FIELDS],
        )
        if fields
        else None,
        row(
            button(say("template-add"), Control(token, "t-field")) if len(fields) < MOST_FIELDS else None,
            button(say("template-change-head"), Control(token, "t-head")),
        ),
        row(
            *(
                button(say("template-preview", number=number + 1), Control(token, "t-page", str(number)))
                for number in range(pages)
            )
        ),
        row(
            button(say("template-save"), Control(token, "t-save"), Style.primary),
            button(say("template-drop"), Control(token, "t-drop")),
        ),
    )


def one(judged: Judged, asked: Asked, say: Texts) -> View:
    """One field of it, and what can be done with it."""
    token, fields = judged.token, judged.sketch.fields
    place = fields.index(asked)
    more = "\n".join(f"- {plain(option, 100)}" for option in asked.options[:10])
    return screen(
        f"## {place + 1}. {plain(asked.label, 45)}\n{plain(asked.guidance, 100)}\n-# {_manner(asked, say)}",
        more or (say("template-example-is", example=plain(asked.example, 100)) if asked.example else None),
        row(
            button(say("template-change"), Control(token, "t-field", asked.key), Style.primary),
            button(
                say("template-up"), Control(token, "t-move", f"{asked.key}.{place - 1}"), disabled=not place
            ),
            button(
                say("template-down"),
                Control(token, "t-move", f"{asked.key}.{place + 1}"),
                disabled=place == len(fields) - 1,
            ),
            button(say("template-take-out"), Control(token, "t-out", asked.key), Style.danger),
            button(say("button-back"), Control(token, "t-list")),
        ),
    )


def unfinished(token: str, title: str, fresh: Control, say: Texts) -> View:
    """There is one that was begun."""
    return screen(
        say("template-unfinished", title=plain(title, 45)),
        row(
            button(say("go-on"), Control(token, "t-list"), Style.primary),
            button(say("template-anew"), fresh),
        ),
    )


def changed_meanwhile(token: str, version: int, say: Texts) -> View:
    """Somebody else was quicker: it is asked whose shall stay."""
    return screen(
        say("template-changed"),
        row(
            button(say("template-replace"), Control(token, "t-save", str(version)), Style.danger),
            button(say("button-back"), Control(token, "t-list")),
        ),
    )


def saved(done: Saved, say: Texts, *, shipped: bool) -> View:
    """It is in the group's list; ``shipped``: in the place of one that came with the bot."""
    instead = "yes" if shipped else "no"
    title = plain(done.template.title, 45)
    return screen(say("template-saved", title=title, version=done.version, instead=instead))


def drop_question(token: str, say: Texts) -> View:
    """Before what was written is thrown away."""
    return screen(
        say("template-drop-ask"),
        row(
            button(say("given-back-sure-yes"), Control(token, "t-drop-now"), Style.danger),
            button(say("button-back"), Control(token, "t-list")),
        ),
    )


def remove_question(token: str, title: str, *, shipped: bool, say: Texts) -> View:
    """Before one of the group's own is removed; ``shipped``: one that came with the bot is back then."""
    back = "yes" if shipped else "no"
    return screen(
        say("template-remove-ask", title=plain(title, 45), back=back),
        row(button(say("template-remove-yes"), Control(token, "t-remove"), Style.danger)),
    )


def file(name: str, title: str, say: Texts) -> View:
    """A template as a file."""
    return screen(say("template-shared", title=plain(title, 45)), attached(name))


def broken_file(problems: Sequence[ContentProblem], say: Texts) -> View:
    """What is to be put right in a file that was handed in."""
    lines = [
        f"- {_place_in_file(each.field)}: {plain(each.advice, FILE_ADVICE_CHARACTERS)}" for each in problems
    ]
    return screen(say("template-file-broken"), _listed(lines, MOST_FILE_PROBLEMS, say))


def to_put_right(judged: Judged, say: Texts) -> Part:
    """What stands between a template and its being saved, one line each."""
    written = judged.sketch.fields
    places = {id_: number for number, id_ in enumerate(ids_of(written), 1)}
    lines: list[str] = []
    for each in judged.problems:
        found = _IN_FIELD.fullmatch(each.field)
        part = found[2] if found is not None else each.field
        place = say(f"template-part-{part}" if part in _PARTS else "template-part-all")
        if found is not None and (number := places.get(found[1])):
            label = plain(written[number - 1].label, 45)
            place = say("template-place", number=number, label=label, part=place)
        lines.append(f"- **{place}:** {plain(each.advice, ADVICE_CHARACTERS)}")
    return f"{say('template-to-put-right')}\n{_listed(lines, MOST_PROBLEMS, say)}"


def _place_in_file(place: str) -> str:
    """A place as the file spells it, whose names come from whoever wrote it."""
    return f"`{shortened(' '.join(place.split()), 80).replace('`', '')}`"


def _listed(lines: Sequence[str], most: int, say: Texts) -> str:
    more = len(lines) - most
    told = [*lines[:most], *([say("template-more-problems", count=more)] if more > 0 else [])]
    return "\n".join(told)


def _fields(fields: Sequence[Asked], say: Texts) -> str:
    if not fields:
        return say("template-no-fields")
    lines: list[str] = []
    for number, each in enumerate(fields):
        if number % FIELDS_A_PAGE == 0:
            lines.append(f"**{say('template-page', number=number // FIELDS_A_PAGE + 1)}**")
        lines.append(f"{number + 1}. {plain(each.label, 45)} · {_manner(each, say)}")
    return "\n".join(lines)


def _manner(asked: Asked, say: Texts) -> str:
    told = [say(f"template-kind-{asked.kind}")]
    told += [say("template-needed")] if asked.required else []
    told += [] if asked.shared else [say("template-alone")]
    return " · ".join(told)
