"""Charts and handouts as the plain data that the layouts read."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from bot.documents.characters import clean, paragraphs
from bot.documents.models import Chart, ChartRow, Handout, Points, Section

Spelling = Callable[[str], str]

LONGEST_ON_CHART: Final = 120
"""Characters of a title, label or note on a chart; more ends in an ellipsis."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


def chart_data(chart: Chart, spell: Spelling) -> dict[str, Any]:
    """Return what `chart.typ` reads, each text passed through `spell` and kept short."""

    def short(text: str) -> str:
        flat = " ".join(spell(text).split())
        return flat if len(flat) <= LONGEST_ON_CHART else flat[: LONGEST_ON_CHART - 1].rstrip() + "…"

    def row(one: ChartRow) -> dict[str, Any]:
        return {
            "label": short(one.label),
            "fits": list(one.fits),
            "median": one.median,
            "low": one.low,
            "high": one.high,
            "split": one.split,
            "apart": one.apart,
            "note": short(one.note),
            "own": one.own,
        }

    return {
        "title": short(chart.title),
        "scale": [short(word) for word in chart.scale],
        "rows": [row(one) for one in chart.rows],
        "split_label": short(chart.split_label),
        "apart_label": short(chart.apart_label),
        "footer": spell(chart.footer),
        "legend": {
            "dot": short(chart.legend.dot),
            "median": short(chart.legend.median),
            "half": short(chart.legend.half),
            "own": short(chart.legend.own) if any(one.own is not None for one in chart.rows) else "",
        },
        "alternative": clean(chart.alternative),
        "language": _language(chart.language),
    }


def handout_data(handout: Handout, spell: Spelling, *, left_out: bool) -> dict[str, Any]:
    """Return what `handout.typ` reads; the note about characters only when some were `left_out`."""

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
        }

    return {
        "title": spell(handout.title),
        "subtitles": [spell(line) for line in handout.subtitles],
        "sections": [section(one) for one in handout.sections],
        "footer": spell(handout.footer),
        "chart": None if handout.chart is None else chart_data(handout.chart, spell),
        "note": spell(handout.cannot_draw_note) if left_out else "",
        "language": _language(handout.language),
    }


def handout_words(handout: Handout) -> Iterator[str]:
    """Yield every text of a handout that will be printed, its chart's included, but not the note."""
    yield from (handout.title, *handout.subtitles, handout.footer)
    for section in handout.sections:
        yield from (section.heading, *section.paragraphs)
        for points in section.points:
            yield from (points.label, *points.items)
    if handout.chart is not None:
        yield from chart_words(handout.chart)


def chart_words(chart: Chart) -> Iterator[str]:
    """Yield every text of a chart that will be drawn."""
    yield from (chart.title, *chart.scale, chart.split_label, chart.apart_label, chart.footer)
    legend = chart.legend
    yield from (legend.dot, legend.median, legend.half, legend.own)
    for row in chart.rows:
        yield from (row.label, row.note)


def _language(code: str) -> str:
    # "de-AT" hyphenates like "de"; anything that is no language code at all is left out.
    found = _LANGUAGE.fullmatch(code.lower().replace("_", "-").partition("-")[0])
    return found[0] if found else ""
