"""The forms in which a group writes a template of its own."""

from typing import get_args

from bot.content.models import FieldKind
from bot.content.texts import Texts
from bot.services.template_writing import Asked, Sketch
from bot.ui.answers import Fields, Request, chosen_in, text_in
from bot.ui.parts import Modal, field, modal, one_of, several_of

MOST_LABEL = 45
MOST_LINE = 100
MOST_NOTE = 300
MOST_OPTIONS_TYPED = 1500
"""More than ten options of 100 characters need: one too many gets its sentence, and loses nothing."""
KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
CHOSEN_FROM = ("choice", "scale")


def head(say: Texts, filled: Fields, sketch: Sketch | None = None) -> Modal:
    """What the template is called, when to use it, and what to leave out."""

    def before(name: str) -> str:
        if name in filled:
            return text_in(filled, name)
        return str(getattr(sketch, name.replace("-", "_"))) if sketch is not None else ""

    return modal(
        say("template-head-title"),
        field(
            "title",
            say("template-title"),
            hint=say("template-title-hint"),
            filled=before("title"),
            most=MOST_LABEL,
        ),
        field(
            "when-to-use",
            say("template-when"),
            hint=say("template-when-hint"),
            filled=before("when-to-use"),
            long=True,
            most=MOST_NOTE,
        ),
        field(
            "leave-out",
            say("template-leave-out"),
            hint=say("template-leave-out-hint"),
            filled=before("leave-out") or say("template-leave-out-usual"),
            long=True,
            most=MOST_NOTE,
        ),
    )


def one_field(say: Texts, filled: Fields, asked: Asked | None = None) -> Modal:
    """One field of the template: what it asks, and how it is answered."""
    known: Fields = filled or (_typed(asked) if asked is not None else {"kind": "paragraph"})
    return modal(
        say("template-field-title"),
        field(
            "label",
            say("template-label"),
            hint=say("template-label-hint"),
            filled=text_in(known, "label"),
            most=MOST_LABEL,
        ),
        field(
            "guidance",
            say("template-guidance"),
            hint=say("template-guidance-hint"),
            filled=text_in(known, "guidance"),
            most=MOST_LINE,
        ),
        one_of(
            "kind",
            say("template-kind"),
            [(kind, say(f"template-kind-{kind}")) for kind in KINDS],
            filled=text_in(known, "kind"),
        ),
        field(
            "more",
            say("template-more"),
            hint=say("template-more-hint"),
            filled=text_in(known, "more"),
            long=True,
            required=False,
            most=MOST_OPTIONS_TYPED,
        ),
        several_of(
            "marks",
            say("template-marks"),
            [("needed", say("template-needed")), ("alone", say("template-alone"))],
            filled=chosen_in(known, "marks"),
        ),
    )


def head_in(request: Request) -> tuple[str, str, str]:
    """Title, when to use it, what to leave out: each on one line."""
    title, when, leave_out = (
        " ".join(request.text(name).split()) for name in ("title", "when-to-use", "leave-out")
    )
    return title, when, leave_out


def field_in(request: Request, key: str) -> Asked:
    """The field that was typed, under ``key``."""
    kind = request.text("kind")
    marks = request.chosen("marks")
    lines = [" ".join(line.split()) for line in request.text("more").splitlines()]
    lines = [line for line in lines if line]
    listed = kind in CHOSEN_FROM
    return Asked(
        key,
        " ".join(request.text("label").split()),
        " ".join(request.text("guidance").split()),
        kind if kind in KINDS else "paragraph",
        required="needed" in marks,
        shared="alone" not in marks,
        example="" if listed else " ".join(lines),
        options=tuple(lines) if listed else (),
    )


def _typed(asked: Asked) -> Fields:
    marks = {"needed": asked.required, "alone": not asked.shared}
    return {
        "label": asked.label,
        "guidance": asked.guidance,
        "kind": asked.kind,
        "more": "\n".join(asked.options) or asked.example,
        "marks": [mark for mark, is_set in marks.items() if is_set],
    }
