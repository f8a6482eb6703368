from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.documents.markdown import escaped, handout_markdown
from bot.documents.models import Chart, ChartRow, Handout, Legend, Mark, Points, Section, Style

READER = MarkdownIt("gfm-like")

TRICKS = (
    "# Heading",
    "## Heading ##",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "> quote",
    "---",
    "===",
    "```code```",
    "[link](https://example.org)",
    "![picture](https://example.org/a.png)",
    "<https://example.org>",
    "<b>bold</b>",
    "https://example.org",
    "www.example.org",
    "someone@example.org",
    "*a* **b** _c_ ~~d~~ `e`",
    "&copy; &#42;",
    "| a | b |",
    "\\# \\*",
    "[ref]: https://example.org",
    "a  b",
)

CHART = Chart(
    "Fits | all",
    ("not", "little", "some", "well", "very"),
    (
        ChartRow("Role reversal", (0, 0, 4), 0, 0, 4, split=True),
        ChartRow("Transference", note="no figures"),
        ChartRow("Countertransference", (2,), apart=True),
    ),
    "split",
    "An amplifier",
    "A footer",
)

HEAD = """\
|  | 0 not | 1 little | 2 some | 3 well | 4 very |  |
| --- | ---: | ---: | ---: | ---: | ---: | --- |"""


def shown(markdown: str) -> list[tuple[str, str]]:
    """Return what a reader shows: the kinds of its parts with their text."""
    found: list[tuple[str, str]] = []
    for token in READER.parse(markdown):
        if token.type == "inline":
            found += [(child.type, child.content) for child in token.children or []]
        else:
            found.append((token.type, token.content))
    return found


@pytest.mark.parametrize("trick", TRICKS)
def test_user_text_stays_plain_text(trick: str) -> None:
    """Nothing a person writes becomes a heading, list, link, image, code or markup of any kind."""
    kinds = shown(escaped(trick))
    assert {kind for kind, _ in kinds} <= {"paragraph_open", "text", "paragraph_close"}
    assert "".join(text for _, text in kinds) == " ".join(trick.split())


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab 1.)(#*_-+=~`[]<>|\\!&;:/@$^\"'{}\n\twps\U00065c94"), max_size=14))
def test_no_mixture_of_signs_becomes_markup(mixture: str) -> None:
    """Whatever signs stand beside each other, a reader shows them as they were typed."""
    kinds = shown(escaped(mixture))
    assert {kind for kind, _ in kinds} <= {"paragraph_open", "text", "paragraph_close"}
    assert "".join(text for _, text in kinds) == " ".join(mixture.split())


@pytest.mark.parametrize("trick", TRICKS)
def test_user_text_stays_plain_everywhere_in_a_handout(trick: str) -> None:
    """In headings, after line ends, in points and boxes, the outline of the document stays the same."""

    def kinds(words: str) -> list[str]:
        handout = Handout(
            f"{words}",
            (words, words),
            (
                Section(words, (f"a\n{words}\n\n{words}",), (Points((f"{words}\n{words}",), words),)),
                Section(words, (words,), style=Style.BOX),
            ),
            words,
        )
        found = shown(handout_markdown(handout))
        return [kind for kind, text in found if kind != "text" or text]

    merged = [kind for kind in kinds(trick) if kind != "text"]
    assert merged == [kind for kind in kinds("plain") if kind != "text"]


def test_a_handout_reads_as_markdown() -> None:
    """Headings, lists, the quoted step and the chart's counts come out in order."""
    handout = Handout(
        "Soup",
        ("12 November",),
        (
            Section("Role reversal", (), (Points(("She asked.\nTwice.",), "For", Mark.FOR),), Style.PART),
            Section("Ratings", style=Style.CHART),
            Section("Step", ("If soup,\nthen thanks.", "Slowly."), style=Style.BOX),
        ),
        "Erased later.",
        CHART,
    )
    assert handout_markdown(handout).split("\n\n") == [
        "# Soup",
        "12 November",
        "### Role reversal",
        "**For**",
        "- (+) She asked.\\\n  Twice.",
        "## Ratings",
        "**Fits \\| all**",
        f"{HEAD}\n| Role reversal | 2 |  |  |  | 1 | split |\n| Transference |  |  |  |  |  | no figures |",
        "An amplifier",
        f"{HEAD}\n| Countertransference |  |  | 1 |  |  |  |",
        "A footer",
        "## Step",
        "> If soup,\\\n> then thanks.\n>\n> Slowly.",
        "---",
        "Erased later.\n",
    ]


def test_other_scripts_are_kept_and_controls_are_not() -> None:
    """Markdown needs no font, so emoji stay; what hides or reorders text goes."""
    handout = Handout("Soup 🍲\u202e\x00", (), (), "")
    assert handout_markdown(handout) == "# Soup 🍲\n"


def test_a_chart_without_its_section_comes_last() -> None:
    """A handout whose sections name no place for the chart still shows it."""
    handout = replace(Handout("Soup", (), (Section("Thanks"),), ""), chart=CHART)
    written = handout_markdown(handout)
    assert written.index("Thanks") < written.index("Role reversal")


def test_both_ratings_of_a_row_stand_in_its_cells() -> None:
    """Where people rated twice, each count has the count after beside it, and a line says which is which."""
    twice = replace(
        CHART,
        rows=(ChartRow("Role reversal", (0, 0, 4), 0, after=(0, 2, 2), median_after=2), CHART.rows[1]),
        legend=Legend(before="before *", after="after"),
    )
    unrated = "| Transference |  |  |  |  |  | no figures |"
    assert handout_markdown(Handout("Soup", (), (), "", twice)).split("\n\n")[2:4] == [
        "before \\* → after",
        f"{HEAD}\n| Role reversal | 2 → 1 |  | 0 → 2 |  | 1 → 0 |  |\n{unrated}",
    ]


def test_words_for_a_second_rating_need_one() -> None:
    """A chart that nobody rated twice says nothing of before and after."""
    once = replace(CHART, legend=Legend(before="before", after="after"))
    assert "before" not in handout_markdown(Handout("Soup", (), (), "", once))


def test_a_section_may_have_a_chart_of_its_own() -> None:
    """It stands where the section stands, and the chart of the handout is not lost by it."""
    moved = replace(CHART, title="Moved", rows=(ChartRow("Transference", (1, 1), after=(2, 2)),))
    handout = Handout(
        "Soup", (), (Section("After", style=Style.CHART, chart=moved), Section("Thanks")), "", CHART
    )
    written = handout_markdown(handout)
    places = [written.index(words) for words in ("After", "Moved", "2 → 0", "Thanks", "Role reversal")]
    assert places == sorted(places)
