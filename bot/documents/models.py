"""What a chart and a handout hold, ready to be set: every word comes from the caller, in one language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LOWEST_FIT: Final = 0
HIGHEST_FIT: Final = 4
MOST_FITS: Final = 25
"""Raters on one mechanism; a session has no more members than that."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One mechanism as its raters saw it.

    `fits` are 0 to 4 in any order, at most 25. `median`, `low` and `high` (the middle half) lie between 0
    and 4; `low` and `high` come together. `split` marks the row by shape and by the chart's word for it.
    `apart` rows are drawn last, below a rule. `note` stands beside the label. `own` is the presenter's
    fit, drawn as an open diamond and never among the dots. A row without fits, median and own shows its
    label and note only.

    `after` are the fits of the same people's second rating, ascending, so that no place in them tells whose
    it is; `median_after` belongs to them. Such a row shows `fits` and `after` against each other and the way
    between the medians in place of the middle half; `split` is then the word alone.

    Raises ValueError for figures outside these bounds.
    """

    label: str
    fits: tuple[int, ...] = ()
    median: float | None = None
    low: float | None = None
    high: float | None = None
    split: bool = False
    apart: bool = False
    note: str = ""
    own: int | None = None
    after: tuple[int, ...] = ()
    median_after: float | None = None

    def __post_init__(self) -> None:
        """Refuse figures that could not be drawn where they belong."""
        if len(self.fits) > MOST_FITS:
            raise ValueError(f"a row holds at most {MOST_FITS} fits")
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high come together")
        self._refuse_after()
        figures = [*self.fits, self.median, self.low, self.high, self.own, *self.after, self.median_after]
        if any(figure is not None and not LOWEST_FIT <= figure <= HIGHEST_FIT for figure in figures):
            raise ValueError(f"figures of a row lie between {LOWEST_FIT} and {HIGHEST_FIT}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")

    def _refuse_after(self) -> None:
        if not self.after:
            if self.median_after is not None:
                raise ValueError("a row with a median after has the fits after")
        elif len(self.after) != len(self.fits):
            raise ValueError("a row has as many fits after as before")
        elif list(self.after) != sorted(self.after):
            raise ValueError("the fits after of a row ascend")


@dataclass(frozen=True, slots=True)
class Legend:
    """Words for the marks of a chart; an empty word leaves its mark out of the legend.

    So does a chart without such a mark: `before` and `after` show only where a row has a second rating.
    """

    dot: str = ""
    median: str = ""
    half: str = ""
    own: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows over a scale of five short words, for 0 to 4.

    `alternative` is the text read aloud in place of the picture; it goes into the PDF and, with an
    upload, to Discord. A picture has room for the first and last word of the scale only, paper for all.
    `language` is an ISO 639 code for hyphens and screen readers, or empty.
    """

    title: str
    scale: tuple[str, str, str, str, str]
    rows: tuple[ChartRow, ...]
    split_label: str
    apart_label: str
    footer: str
    legend: Legend = Legend()
    alternative: str = ""
    language: str = ""


class Mark(StrEnum):
    """What stands before a point. Each differs in shape, so that greyscale print keeps them apart."""

    DOT = "dot"
    FOR = "for"
    AGAINST = "against"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Points:
    """A list under a short label, such as what was seen for a mechanism. The label may be empty."""

    items: tuple[str, ...]
    label: str = ""
    mark: Mark = Mark.DOT


class Style(StrEnum):
    """How a section stands on the page."""

    TEXT = "text"
    """A heading with what follows it."""
    LEAD = "lead"
    """Large, at the head of the page: the presenter's question."""
    PART = "part"
    """Under the heading of the section before: one mechanism. Two lists of points stand side by side; those
    of neighbouring parts that are FOR and AGAINST and nothing else share their columns and their labels."""
    CHART = "chart"
    """Like TEXT, with a chart below its paragraphs: the section's own, else that of the handout."""
    BOX = "box"
    """Set off in a box that no page break divides: the step."""
    CLOSING = "closing"
    """Quiet, at the end."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, paragraphs, then lists of points; any of them may be empty. `chart` is for style CHART."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    points: tuple[Points, ...] = ()
    style: Style = Style.TEXT
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Handout:
    """What the presenter takes home: one or two A4 pages for an ordinary session.

    `footer` stands on every page (the purge date). `chart` is drawn in the section of style CHART that has
    none of its own, or after all sections where there is no such section. `cannot_draw_note` is printed at
    the end only when some characters had to be left out. `language` is an ISO 639 code for hyphens and
    screen readers, or empty.
    """

    title: str
    subtitles: tuple[str, ...]
    sections: tuple[Section, ...]
    footer: str
    chart: Chart | None = None
    cannot_draw_note: str = ""
    language: str = ""
