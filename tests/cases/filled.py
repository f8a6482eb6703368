"""Templates and cases to look at, small and as large as they can be."""

import re
from typing import Any

from hypothesis import strategies as st

from bot.cases.case import Case
from bot.content.models import Template, TemplateField
from tests.conftest import english

SHIPPED = english().templates
MOST_FIELDS = 25
MOST_LABEL = 45
MOST_TYPED = 4000
SENTENCE = "She asks how I slept, and when I say well she laughs. "


def field(name: str, **changes: Any) -> TemplateField:
    kind = changes.get("kind", "paragraph")
    typed = {"max_length": MOST_TYPED} if kind in ("short", "paragraph") else {"options": ("Less", "More")}
    usual = {
        "id": name,
        "label": f"About {name}",
        "guidance": "In a few words.",
        "kind": kind,
        "required": False,
        "shared": True,
    }
    return TemplateField(**{**usual, **typed, **changes})


def template(*fields: TemplateField) -> Template:
    return Template(
        id="small", title="A small form", when_to_use="At any time.", leave_out="Names.", fields=fields
    )


def of_length(count: int, **changes: Any) -> Template:
    """A template of so many fields, f0, f1 …; their labels as long as they can be."""
    labels = [f"{number:02} {'label ' * 9}"[:MOST_LABEL].ljust(MOST_LABEL, "x") for number in range(count)]
    return template(*(field(f"f{number}", label=label, **changes) for number, label in enumerate(labels)))


SMALL = template(
    field("scene", required=True),
    field("often", kind="choice"),
    field("own", shared=False),
    field("load", kind="scale", shared=False, options=("0", "1", "2")),
    field("custom"),
    field("after", required=True),
    field("question", kind="short"),
)
ANSWERS = {
    "scene": "She brings coffee.",
    "often": "More",
    "own": "I like it.",
    "after": "I felt guilty.",
    "question": "What do I miss?",
}


def case(**changes: Any) -> Case:
    out = {
        "token": "a" * 16,
        "group": "b" * 16,
        "retention_days": 14,
        "presenter": 101,
        "template": SMALL,
        "answers": ANSWERS,
        "posted_at": 1_000,
    }
    return Case(**{**out, **changes})


def all_over(form: Template, text: str) -> Case:
    """A case with the same text in every field, as much of it as a field takes."""
    return case(
        template=form,
        answers={
            each.id: each.options[-1] if each.options else text[: each.max_length] for each in form.fields
        },
    )


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


_OPENED_AND_CLOSED = re.compile(
    r"\\[^\w\s]|```(?:[a-z0-9_+\-.#]+?\n)?\n*[^\n][\s\S]*?\n*```|\|\|[\s\S]+?\|\|", re.IGNORECASE
)


def left_open(text: str) -> bool:
    """Whether a mark would take in what stands behind the text; by the rules of Discord's own reader."""
    rest = _OPENED_AND_CLOSED.sub("-", text)
    return "```" in rest or "||" in rest


PARTS = st.sampled_from(
    [
        "word",
        "x" * 70,
        SENTENCE,
        " ",
        "\n",
        "\n\n",
        ". ",
        "ä",
        "e\u0301",
        "👨‍👩‍👧",
        "🇩🇪",
        "👍🏽",
        "שלום ",
        "\u202e",
        "\\",
    ]
)
MARKS = st.sampled_from(
    ["```", "||", "`", "|", "**", "> ", ">>> ", "# ", "@everyone ", "<@1>", "py\n", "\\|"]
)
TYPED = st.lists(PARTS, max_size=90).map("".join)
MARKED = st.lists(PARTS | MARKS, max_size=90).map("".join)
ANYTHING = TYPED | MARKED | st.text(max_size=400)
LONG = st.builds(
    lambda text, times: (text * times)[:MOST_TYPED], ANYTHING, st.sampled_from([1, 1, 5, 40, 400])
)
