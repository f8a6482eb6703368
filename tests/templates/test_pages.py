"""The form of one page: each field as its kind is answered, and what was typed in it."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.aliases import Seal
from bot.cases.pages import pages_of
from bot.content.models import FieldKind, Template, TemplateField
from bot.services.template_writing import Asked, Judged, Saved, Sketch, judged
from bot.storage.drafts import Draft
from bot.ui import template_forms, templates
from bot.ui.case_forms import page, page_count, typed_in
from bot.ui.control import Control
from tests.conftest import english
from tests.templates.making import a_template, small
from tests.ui.fullest import full
from tests.ui.limits import form_of, message_of, too_much_in

ENGLISH = english()
SAY = ENGLISH.texts
SLOW_TO_DRAW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)


def inputs(body: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The component of each field of a form, by its id, with the label around it."""
    return {
        label["component"]["custom_id"]: {
            **label["component"],
            "label": label["label"],
            "hint": label["description"],
        }
        for label in body["data"]["components"]
    }


def form(template: Template, number: int, filled: Any = None, answers: Any = None) -> dict[str, Any]:
    return form_of(page(template, number, filled or {}, answers or {}, SAY))


@pytest.mark.parametrize("template", ENGLISH.templates, ids=lambda each: each.id)
def test_every_field_of_a_shipped_template_is_on_one_page(template: Template) -> None:
    """In its order, five a page, within what Discord takes."""
    found: list[str] = []
    for number in range(page_count(template)):
        body = form(template, number)
        assert too_much_in(body) == []
        found += inputs(body)
    assert found == [each.id for each in template.fields]


@SLOW_TO_DRAW
@given(a_template(most=12), st.data())
def test_what_is_sent_comes_back_into_the_same_form(template: Template, data: st.DataObject) -> None:
    """As answers that are kept, and as a form that was given back."""
    number = data.draw(st.integers(0, page_count(template) - 1))
    sent: dict[str, str] = {}
    for each in pages_of(template)[number]:
        if each.options:
            sent[each.id] = data.draw(st.sampled_from(["", *map(str, range(len(each.options)))]))
        else:
            room = each.max_length or 0
            sent[each.id] = data.draw(st.text("ab \n", max_size=min(room, 20))).strip()
    answers = typed_in(template, number, sent)
    assert answers.keys() == {each.id for each in pages_of(template)[number]}
    for body in (form(template, number, sent), form(template, number, {}, answers)):
        assert too_much_in(body) == []
        for id_, part in inputs(body).items():
            chosen = next((one["value"] for one in part.get("options", ()) if one.get("default")), "")
            assert (part.get("value") or chosen) == sent[id_]
            assert not part["required"]


def test_an_option_is_sent_by_its_number_and_kept_by_its_text() -> None:
    """So that an answer says the same after the template was changed."""
    template = ENGLISH.template("my-client-looks-after-me")
    often = template.fields[1]
    assert typed_in(template, 0, {"how-often": "2"})["how-often"] == often.options[2]
    for unknown in ("", "5", "99", "-1", "Once or twice so far", "²"):
        assert typed_in(template, 0, {"how-often": unknown})["how-often"] == ""


def test_what_was_emptied_stays_empty() -> None:
    """A form that is given back shows what was sent, and not what was kept before."""
    template = small()
    body = form(template, 0, {"moment": ""}, {"moment": "Kept."})
    assert not inputs(body)["moment"].get("value")
    assert inputs(form(template, 0, {}, {"moment": "Kept."}))["moment"]["value"] == "Kept."


def test_what_is_for_the_presenter_alone_says_so_once() -> None:
    """Before the line of help, which gives way where there is no room; shipped ones say it themselves."""
    alone = SAY("template-for-you-alone")
    base = small().fields[0].model_dump()
    long = TemplateField.model_validate(base | {"guidance": "x" * 100, "shared": False})
    told = TemplateField.model_validate(
        base | {"id": "b", "guidance": f"{alone} So be frank.", "shared": False}
    )
    open_ = TemplateField.model_validate(base | {"id": "c", "guidance": "Help."})
    hints = {id_: part["hint"] for id_, part in inputs(form(small(fields=[long, told, open_]), 0)).items()}
    assert hints["moment"].startswith(f"{alone} xxx")
    assert len(hints["moment"]) == 100
    assert hints["b"] == f"{alone} So be frank."
    assert hints["c"] == "Help."


@pytest.mark.parametrize("count", [1, 5, 6, 20])
def test_a_title_says_which_page_it_is_and_stays_short(count: int) -> None:
    """The number is never what gives way; one page alone needs none."""
    base = small().fields[0].model_dump()
    template = small(title="T" * 45, fields=[base | {"id": f"f{number}"} for number in range(count)])
    pages = page_count(template)
    for number in range(pages):
        title = form(template, number)["data"]["title"]
        assert len(title) == 45
        assert title.endswith(f" · {number + 1} of {pages}" if pages > 1 else "T")


NOTES = (
    "template-begun",
    "template-edit-own",
    "template-edit-shipped",
    "template-field-gone",
    "template-gone-on",
    "template-import-known",
    "template-looked",
)


# The screens of who writes one, at their fullest


def sketch(count: int, text: str, kind: FieldKind = "choice") -> Judged:
    fields = tuple(
        Asked(
            f"{number:06x}",
            text[:45],
            text[:100],
            kind,
            required=True,
            shared=False,
            example=text[:1500] if kind == "short" else "",
            options=tuple(f"{each}{text[:99]}" for each in range(20)) if kind == "choice" else (),
        )
        for number in range(count)
    )
    sketch = Sketch(text[:45], text[:300], text[:300], fields, "", 0)
    return judged(draft(sketch))


def draft(sketch: Sketch) -> Draft:
    content = TypeAdapter(Sketch).dump_json(sketch).decode()
    return Draft("f" * 16, "g" * 16, Seal(b"", b"", 1), "template-writing", content, 0)


@pytest.mark.parametrize(
    "text", ["*" * 2000, "W" * 2000, full(2000), "\N{GRINNING FACE}" * 2000, "`|_~>" * 400]
)
@pytest.mark.parametrize("count", [0, 1, 20])
@pytest.mark.parametrize("kind", ["choice", "short"])
def test_every_screen_fits_whatever_was_typed(text: str, count: int, kind: FieldKind) -> None:
    """Twenty fields, each with as much wrong in it as can be."""
    now = sketch(count, text, kind)
    longest = max((SAY(key) for key in NOTES), key=len)
    shown = [
        templates.sketch(now, SAY, longest),
        *(templates.one(now, each, SAY) for each in now.sketch.fields),
        templates.broken_file(now.problems * 3, SAY),
        templates.unfinished("f" * 16, text, Control("f" * 16, "template"), SAY),
        templates.saved(Saved(small(), 1_000_000), SAY, shipped=True),
        templates.remove_question("f" * 16, text, shipped=True, say=SAY),
        templates.changed_meanwhile("f" * 16, 1_000_000, SAY),
        templates.drop_question("f" * 16, SAY),
    ]
    for view in shown:
        assert too_much_in(message_of(view)) == []
    forms = [
        template_forms.head(SAY, {}),
        template_forms.head(SAY, {}, now.sketch),
        template_forms.one_field(SAY, {}),
        *(template_forms.one_field(SAY, {}, each) for each in now.sketch.fields),
    ]
    for each in forms:
        assert too_much_in(form_of(each)) == []
