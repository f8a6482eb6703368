"""Templates to test with: any that a group may have, and small ones by hand."""

from hypothesis import strategies as st

from bot.content.asking import asked_for
from bot.content.models import Template, TemplateField
from bot.content.template_files import MOST_FIELDS
from bot.content.wording import fault

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))


def line(most: int) -> st.SearchStrategy[str]:
    """A line that may stand in a template, quotes and emoji and all."""
    text = st.text(LETTERS, min_size=1, max_size=most).map(str.strip)
    return text.filter(lambda each: bool(each) and fault(each) is None and asked_for(each) is None)


@st.composite
def a_field(draw: st.DrawFn, id_: str) -> TemplateField:
    kind = draw(st.sampled_from(("short", "paragraph", "choice", "scale")))
    listed = kind in ("choice", "scale")
    return TemplateField(
        id=id_,
        label=draw(line(45)),
        guidance=draw(line(60)),
        example=draw(st.none() | line(60)),
        kind=kind,
        options=tuple(draw(st.lists(line(30), min_size=2, max_size=10, unique=True))) if listed else (),
        required=draw(st.booleans()),
        shared=draw(st.booleans()),
        max_length=None if listed else draw(st.integers(1, 4000)),
    )


@st.composite
def a_template(draw: st.DrawFn, most: int = 6) -> Template:
    ids = draw(st.integers(1, min(most, MOST_FIELDS)))
    return Template(
        id=draw(st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)),
        title=draw(line(45)),
        when_to_use=draw(line(80)),
        leave_out=draw(line(80)),
        fields=tuple(draw(a_field(f"field-{number}")) for number in range(ids)),
    )


def small(id_: str = "short-look", title: str = "A short look", **changes: object) -> Template:
    """A form with one question."""
    return Template.model_validate(
        {
            "id": id_,
            "title": title,
            "when_to_use": "When there is little time.",
            "leave_out": "Names.",
            "fields": [
                {
                    "id": "moment",
                    "label": "The moment",
                    "guidance": "As a camera would see it.",
                    "kind": "paragraph",
                    "required": True,
                    "shared": True,
                    "max_length": 500,
                }
            ],
            **changes,
        }
    )
