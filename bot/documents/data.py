"""Charts and handouts as the plain data that the layouts read."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from bot.documents.characters import clean, paragraphs
from bot.documents.models import Chart, ChartRow, Handout, Points, Section, Style

Spelling = Callable[[str], str]

LONGEST_ON_CHART: Final = 120
"""Characters of a title, label or note on a chart; more ends in an ellipsis."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


def chart_data(chart: Chart, spell: Spelling) -> dict[str, Any]:
    """Return what `chart.typ` reads, each text passed through `spell` and kept short.

    The legend keeps the words of those marks only that a row shows.
    """

    def short(text: str) -> str:
        flat = " ".join(spell(text).split())
        return flat if len(flat) <= LONGEST_ON_CHART else flat[: LONGEST_ON_CHART - 1].rstrip() + "…"

    def key(word: str, *, shown: Iterable[bool]) -> str:
        return short(word) if any(shown) else ""

    def row(one: ChartRow) -> dict[str, Any]:
        return {
            "label": short(one.label),
            "fits": list(one.fits),
            "median": one.median,
            "low": one.low,
            "high": one.high,
            "after": list(one.after),
            "median_after": one.median_after,
            "split": one.split,
            "apart": one.apart,
            "note": short(one.note),
            "own": one.own,
        }

    legend, rows = chart.legend, chart.rows
    once = [one for one in rows if not one.after]
    twice = [bool(one.after) for one in rows]
    return {
        "title": short(chart.title),
        "scale": [short(word) for word in chart.scale],
        "rows": [row(one) for one in rows],
        "split_label": short(chart.split_label),
        "apart_label": short(chart.apart_label),
        "footer": spell(chart.footer),
        "legend": {
            "dot": key(legend.dot, shown=(bool(one.fits) for one in once)),
            "before": key(legend.before, shown=twice),
            "after": key(legend.after, shown=twice),
            "median": key(
                legend.median, shown=(one.median is not None or one.median_after is not None for one in rows)
            ),
            "half": key(legend.half, shown=(one.low is not None for one in once)),
            "own": key(legend.own, shown=(one.own is not None for one in rows)),
        },
        "alternative": clean(chart.alternative),
        "language": _language(chart.language),
    }


def handout_data(handout: Handout, spell: Spelling, *, left_out: bool) -> dict[str, Any]:
    """Return what `handout.typ` reads; the note about characters only when some were `left_out`."""

    def drawn(chart: Chart | None) -> dict[str, Any] | None:
        return None if chart is None else chart_data(chart, spell)

    def points(some: Points) -> dict[str, Any]:
        items = ["\n".join(paragraphs(spell(item))) for item in some.items]
        return {
            "label": spell(some.label),
            "items": [item for item in items if item],
            "mark": some.mark.value,
        }

    def section(one: Section) -> dict[str, Any]:
        return {
            "heading": spell(one.heading),
            "paragraphs": [part for text in one.paragraphs for part in paragraphs(spell(text))],
            "points": [points(some) for some in one.points if any(map(str.strip, some.items))],
            "style": one.style.value,
            "chart": drawn(chart_of(handout, one)),
        }

    return {
        "title": spell(handout.title),
        "subtitles": [spell(line) for line in handout.subtitles],
        "sections": [section(one) for one in handout.sections],
        "footer": spell(handout.footer),
        "chart": drawn(last_chart_of(handout)),
        "note": spell(handout.cannot_draw_note) if left_out else "",
        "language": _language(handout.language),
    }


def chart_of(handout: Handout, section: Section) -> Chart | None:
    """Return the chart that stands in a section of a handout."""
    return (section.chart or handout.chart) if section.style is Style.CHART else None


def last_chart_of(handout: Handout) -> Chart | None:
    """Return the chart of a handout that no section of it has a place for."""
    placed = any(one.style is Style.CHART and one.chart is None for one in handout.sections)
    return None if placed else handout.chart


def handout_words(handout: Handout) -> Iterator[str]:
    """Yield every text of a handout that will be printed, its chart's included, but not the note."""
    yield from (handout.title, *handout.subtitles, handout.footer)
    for section in handout.sections:
        yield from (section.heading, *section.paragraphs)
        for points in section.points:
            yield from (points.label, *points.items)
        if (chart := chart_of(handout, section)) is not None:
            yield from chart_words(chart)
    if (chart := last_chart_of(handout)) is not None:
        yield from chart_words(chart)


def chart_words(chart: Chart) -> Iterator[str]:
    """Yield every text of a chart that will be drawn."""
    yield from (chart.title, *chart.scale, chart.split_label, chart.apart_label, chart.footer)
    legend = chart.legend
    yield from (legend.dot, legend.median, legend.half, legend.own, legend.before, legend.after)
    for row in chart.rows:
        yield from (row.label, row.note)


def _language(code: str) -> str:
    # "de-AT" hyphenates like "de"; anything that is no language code at all is left out.
    found = _LANGUAGE.fullmatch(code.lower().replace("_", "-").partition("-")[0])
    return found[0] if found else ""
