"""The handout as Markdown, in which nothing a person wrote passes for a heading, a link or a mention."""

import re
from collections.abc import Iterator
from typing import Final

from bot.documents.characters import clean, paragraphs
from bot.documents.data import chart_of, last_chart_of
from bot.documents.models import Chart, ChartRow, Handout, Mark, Points, Section, Style

# https://spec.commonmark.org/0.31.2/#backslash-escapes: any ASCII punctuation may follow a backslash.
# "$" is mathematics for some readers, "@" a mention or an address, ":" before "//" a bare link.
_ANYWHERE: Final = re.compile(r"[\\`*_~|<>\[\]&$@]|(?<!\S)#|:(?=//)|(?<=\S)\.(?=\w{2})")
# "-", "+", "=", ":" and a number with "." or ")" mean something at the start of a line only.
_AT_START: Final = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[+=:-]))")

_SIGNS: Final = {Mark.DOT: "", Mark.FOR: "(+) ", Mark.AGAINST: "(–) ", Mark.OPEN: "(?) "}
_BECAME: Final = " → "


def escaped(text: str) -> str:
    """Return text as one line of Markdown that shows it letter for letter."""
    line = _ANYWHERE.sub(r"\\\g<0>", " ".join(clean(text).split()))
    return _AT_START.sub(lambda match: f"{match[1]}\\" if match[1] else "\\", line)


def handout_markdown(handout: Handout) -> str:
    """Return the whole handout as CommonMark, each chart as a table of how many chose what.

    Where people rated twice, a count before and a count after stand in one cell with an arrow between.

    Bidirectional controls and control characters are taken out; everything else is kept, other scripts
    and emoji included, so `cannot_draw_note` has no place here.
    """
    blocks = [f"# {escaped(handout.title)}"]
    if handout.subtitles:
        blocks.append(_broken(handout.subtitles))
    for section in handout.sections:
        blocks += _section(section)
        blocks += _chart(chart_of(handout, section))
    blocks += _chart(last_chart_of(handout))
    if handout.footer.strip():
        blocks += ["---", escaped(handout.footer)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading.strip():
        yield f"{'###' if section.style is Style.PART else '##'} {escaped(section.heading)}"
    body = "\n\n".join(block for block in _body(section) if block)
    if body and section.style in {Style.LEAD, Style.BOX}:
        body = "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
    yield body


def _body(section: Section) -> Iterator[str]:
    yield "\n\n".join(
        _broken(part.split("\n")) for text in section.paragraphs for part in paragraphs(clean(text))
    )
    for points in section.points:
        yield from _points(points)


def _points(points: Points) -> Iterator[str]:
    items = [_broken(_lines(item), indent="  ") for item in points.items if item.strip()]
    if not items:
        return
    if points.label.strip():
        yield f"**{escaped(points.label)}**"
    yield "\n".join(f"- {_SIGNS[points.mark]}{item}" for item in items)


def _lines(text: str) -> list[str]:
    return [line for part in paragraphs(clean(text)) for line in part.split("\n")]


def _broken(lines: list[str] | tuple[str, ...], indent: str = "") -> str:
    return f"\\\n{indent}".join(escaped(line) for line in lines if line.strip())


def _chart(chart: Chart | None) -> Iterator[str]:
    if chart is None:
        return
    plain = [row for row in chart.rows if not row.apart]
    apart = [row for row in chart.rows if row.apart]
    yield f"**{escaped(chart.title)}**" if chart.title.strip() else ""
    yield escaped(chart.alternative)
    if any(row.after for row in chart.rows) and chart.legend.before.strip() and chart.legend.after.strip():
        yield escaped(chart.legend.before + _BECAME + chart.legend.after)
    yield _table(chart, plain)
    if apart:
        yield escaped(chart.apart_label)
        yield _table(chart, apart)
    yield escaped(chart.footer)


def _table(chart: Chart, rows: list[ChartRow]) -> str:
    if not rows:
        return ""
    head = ["", *(f"{value} {escaped(word)}".rstrip() for value, word in enumerate(chart.scale)), ""]
    lines = [head, ["---", *["---:"] * len(chart.scale), "---"]]
    for row in rows:
        counts = [_count(row, value) for value in range(len(chart.scale))]
        remarks = [escaped(row.note), escaped(chart.split_label) if row.split else ""]
        lines.append([escaped(row.label), *counts, ", ".join(remark for remark in remarks if remark)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _count(row: ChartRow, value: int) -> str:
    before, after = row.fits.count(value), row.after.count(value)
    if not row.after:
        return str(before or "")
    return f"{before}{_BECAME}{after}" if before or after else ""
