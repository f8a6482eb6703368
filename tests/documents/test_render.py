import asyncio
import io
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from bot.documents.data import chart_data, handout_data
from bot.documents.models import Chart, ChartRow, Handout, Legend, Mark, Points, Section, Style
from bot.documents.render import Printer, PrintError

PROMPTS = Path(__file__).parents[2] / "prompts"
DOT = (0x1F, 0x61, 0x73, 0xFF)
INK = (0x1D, 0x2A, 0x33, 0xFF)
SOFT_INK = (0x56, 0x63, 0x6D, 0xFF)
PHONE = 330
"""Pixels that a phone gives a picture; at three device pixels each, as wide as a chart is drawn."""
CAPITAL = 0.66
"""Height of a capital letter of the typeface, of its size."""

SCALE = ("not at all", "a little", "somewhat", "quite well", "very well")
LEGEND = Legend("one person", "middle rating", "middle half of the group", "your own")
SIX = (
    ChartRow("Empathy and compassion", (2, 3, 3, 4), 3, 2.75, 3.25),
    ChartRow("Transference", (1, 1, 2, 2), 1.5, 1, 2, note="1 can't tell"),
    ChartRow("Role reversal", (0, 0, 4, 4), 2, 0, 4, split=True),
    ChartRow("Avoiding vulnerability", (0, 1, 1, 2), 1, 0.75, 1.25, own=3),
    ChartRow("Fear of abandonment", (3, 3, 3, 3), 3, 3, 3),
    ChartRow("Countertransference", (1, 2, 2, 3), 2, 1.75, 2.25, apart=True),
)
CHART = Chart(
    "How well does each fit?", SCALE, SIX, "split", "An amplifier", "A footer", LEGEND, "A chart of six", "en"
)
HANDOUT = Handout(
    "A client who brings soup",
    ("12 November", "Six colleagues"),
    (
        Section("Your question", ("How do I receive it?",), style=Style.LEAD),
        Section("What was seen"),
        Section(
            "Role reversal",
            (),
            (
                Points(("She asked whether I had slept.",), "For", Mark.FOR),
                Points(("She lets me decide.",), "Against", Mark.AGAINST),
            ),
            Style.PART,
        ),
        Section("The ratings", ("They lay apart.",), style=Style.CHART),
        Section("Your answer", ("It fits.\nMostly.\n\nThe rest I leave.",)),
        Section("Your step", ("If she brings soup, then I thank her once.",), style=Style.BOX),
        Section("Open", (), (Points(("What would she lose?",), mark=Mark.OPEN),)),
        Section("", ("Thank you.",), style=Style.CLOSING),
    ),
    "Erased on 26 November 2026.",
    CHART,
    "Some characters could not be printed.",
    "en",
)

MARKUP = (
    '#read("/etc/passwd")',
    '#eval("1 + 1")',
    "*bold* and _italic_",
    "$x^2$ and \\alpha",
    "@ref <label>",
    "] } ) ; #",
    "= Not a heading",
    "- not a list // not a comment /* nor this */",
    '"quoted" \\" \\u{41} `raw`',
    "https://example.org/?a=b&c",
)


def image(png: bytes) -> Image.Image:
    """Open a PNG with its transparency."""
    return Image.open(io.BytesIO(png)).convert("RGBA")


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF with line breaks and spacing evened out."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def extent(
    picture: Image.Image, colour: tuple[int, int, int, int], tolerance: int = 0
) -> tuple[int, int, int, int] | None:
    """Return the box around all pixels of one colour, or of one as near to it as the tolerance."""
    off = ImageChops.difference(picture, Image.new("RGBA", picture.size, colour)).convert("RGB").convert("L")
    return off.point([255 * (by <= tolerance) for by in range(256)]).getbbox()


def pixels(picture: Image.Image, colour: tuple[int, int, int, int]) -> int:
    """Return how many pixels have one colour."""
    return sum(
        number for number, found in picture.getcolors(picture.width * picture.height) or () if found == colour
    )


def test_a_chart_fits_a_phone(printer: Printer) -> None:
    """Six rows take less than two phone widths of height, on a card with transparent corners."""
    picture = image(printer.chart_png(CHART))
    assert picture.width == 3 * PHONE
    assert picture.height <= 3 * 560
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    assert picture.getpixel((picture.width // 2, 12)) == (0xFC, 0xFB, 0xF7, 0xFF)


@pytest.mark.parametrize(
    ("words", "colour", "least"),
    [
        ({"rows": (ChartRow("H"),)}, INK, 13),
        ({"title": "H"}, INK, 13),
        ({"rows": (ChartRow("", note="H"),)}, SOFT_INK, 11),
        ({"rows": (ChartRow("", apart=True),), "apart_label": "H"}, SOFT_INK, 11),
        ({"footer": "H"}, SOFT_INK, 11),
    ],
)
def test_every_word_is_large_enough_on_a_phone(
    printer: Printer, words: dict[str, Any], colour: tuple[int, int, int, int], least: int
) -> None:
    """At the width of a phone, names are set in 13 pixels or more and everything else in 11 or more."""
    bare = Chart("", ("", "", "", "", ""), (), "", "", "")
    box = extent(image(printer.chart_png(replace(bare, **words))), colour, tolerance=30)
    assert box is not None
    assert box[3] - box[1] >= 3 * least * CAPITAL


def test_long_words_take_height_and_keep_their_size(printer: Printer) -> None:
    """Labels, notes and a footer of several lines make the picture higher, and its letters no smaller."""
    rows = tuple(
        replace(row, label=f"{row.label}, " * 3, note="two of them can't tell", split=True) for row in SIX
    )
    crowded = image(printer.chart_png(replace(CHART, rows=rows, footer="A long footer " * 8)))
    plain = image(printer.chart_png(CHART))
    assert crowded.width == plain.width
    assert crowded.height > plain.height
    title = (60, 30, plain.width - 60, 120)
    assert crowded.crop(title).tobytes() == plain.crop(title).tobytes()


@pytest.mark.parametrize("rows", [1, 6])
def test_25_dots_on_one_point_stay_in_their_row(printer: Printer, rows: int) -> None:
    """The largest group agreeing on one point stays within its fifth of the width and off the labels."""

    def drawn(fits: tuple[int, ...]) -> Image.Image:
        row = ChartRow("Avoiding vulnerability", fits)
        return image(printer.chart_png(replace(CHART, title="", legend=Legend(), rows=(row,) * rows)))

    crowd, one = drawn((0,) * 25), drawn((0,))
    box = extent(crowd, DOT)
    assert box is not None
    left, _, right, _ = box
    margin = 14
    assert left >= margin * 3
    assert right <= (margin + (PHONE - 2 * margin) / 5) * 3
    assert pixels(crowd, DOT) > pixels(one, DOT)
    assert pixels(crowd, INK) == pytest.approx(pixels(one, INK), rel=0.005)


def test_each_rater_is_one_dot(printer: Printer) -> None:
    """More raters on a point draw more ink there, and none is drawn for points nobody chose."""
    row = ChartRow("", (1, 1, 1))
    bare = replace(CHART, title="", legend=Legend(), rows=(row,))

    def ink(fits: tuple[int, ...]) -> int:
        return pixels(image(printer.chart_png(replace(bare, rows=(replace(row, fits=fits),)))), DOT)

    assert ink((1, 1)) == pytest.approx(2 * ink((1,)), rel=0.02)
    assert ink((0, 4)) == pytest.approx(2 * ink((1,)), rel=0.02)
    assert ink(()) == 0


def test_order_of_fits_shows_nothing(printer: Printer) -> None:
    """The same fits in another order give the same picture, so the order tells nobody's answer."""
    row = ChartRow("Transference", (0, 3, 1, 3), 2, 0.75, 3)
    turned = replace(row, fits=(3, 3, 1, 0))
    assert printer.chart_png(replace(CHART, rows=(row,))) == printer.chart_png(replace(CHART, rows=(turned,)))


def test_a_split_differs_in_shape(printer: Printer) -> None:
    """A split row is told apart in greyscale too, and even without its word."""
    row = replace(SIX[1], note="")
    plain, split = (
        image(printer.chart_png(replace(CHART, split_label="", rows=(replace(row, split=split),)))).convert(
            "L"
        )
        for split in (False, True)
    )
    assert plain.tobytes() != split.tobytes()


def test_after_shows_beside_before(printer: Printer) -> None:
    """Full dots are the second rating alone, and there and back are two pictures."""

    def drawn(before: tuple[int, ...], after: tuple[int, ...]) -> Image.Image:
        row = ChartRow("", before, before[0], after=after, median_after=after[0] if after else None)
        return image(printer.chart_png(replace(CHART, title="", legend=Legend(), rows=(row,))))

    def rings_and_dots(here: int) -> int:
        return pixels(drawn((here,) * 2, (here,) * 2), DOT)

    once = pixels(drawn((1, 1), ()), DOT)
    assert once * 1.2 < rings_and_dots(1) < once * 1.9
    forth, back, stayed = drawn((1, 1), (3, 3)), drawn((3, 3), (1, 1)), drawn((1, 1), (1, 1))
    assert forth.size == back.size
    assert forth.tobytes() != back.tobytes()
    assert pixels(forth, INK) == pytest.approx(pixels(back, INK), rel=0.02)
    assert pixels(forth, INK) > pixels(stayed, INK)


@pytest.mark.parametrize("after", [(4, 4, 4, 4), (0, 0, 0, 0), (0, 0, 4, 4)])
def test_after_prints_wherever_the_group_went(printer: Printer, after: tuple[int, ...]) -> None:
    """Far, near, nowhere, split or with the presenter's own fit beside it: it can be drawn."""
    rows = tuple(
        replace(row, fits=row.fits[:4], after=after, median_after=median, split=median == 2, own=median)
        for row, median in zip(SIX, (0, 1, 2, 3, 4, None), strict=True)
    )
    twice = replace(CHART, rows=rows)
    assert printer.chart_png(twice).startswith(b"\x89PNG")
    assert printer.handout_pdf(replace(HANDOUT, chart=twice)).startswith(b"%PDF")


def test_the_legend_names_only_what_is_drawn() -> None:
    """Before and after come with a second rating, the word for one dot where a row was rated once."""

    def named(*rows: ChartRow) -> set[str]:
        words = Legend("dot", "median", "half", "own", "before", "after")
        legend = chart_data(replace(CHART, rows=rows, legend=words), str)["legend"]
        return {word for word in legend.values() if word}

    once, twice = SIX[0], replace(SIX[0], after=(3, 3, 3, 4), median_after=3)
    assert named(once) == {"dot", "median", "half"}
    assert named(twice) == {"before", "after", "median"}
    assert named(once, twice) == {"dot", "before", "after", "median", "half"}
    assert named(ChartRow("", note="no figures", own=3)) == {"own"}


def test_figures_reach_the_layout_as_they_were_given() -> None:
    """A second rating is passed on beside the first, and all five words of the scale are."""
    row = replace(SIX[1], after=(0, 1, 1, 4), median_after=1)
    data = chart_data(replace(CHART, rows=(row,)), str)
    assert data["scale"] == list(SCALE)
    (drawn,) = data["rows"]
    assert (drawn["fits"], drawn["median"]) == ([1, 1, 2, 2], 1.5)
    assert (drawn["after"], drawn["median_after"]) == ([0, 1, 1, 4], 1)


def test_a_row_without_figures_shows_its_note_only(printer: Printer) -> None:
    """Small groups get labels and notes: no dots, no legend, no scale."""
    rows = tuple(ChartRow(row.label, note="no figures", apart=row.apart) for row in SIX)
    quiet = image(printer.chart_png(replace(CHART, rows=rows)))
    assert extent(quiet, DOT) is None
    assert quiet.height < image(printer.chart_png(CHART)).height


def test_equal_input_gives_equal_bytes(printer: Printer) -> None:
    """Two renders, and two printers, agree to the byte, so that a resend is the same file."""
    other = Printer(PROMPTS)
    assert printer.chart_png(CHART) == printer.chart_png(CHART) == other.chart_png(CHART)
    assert printer.handout_pdf(HANDOUT) == printer.handout_pdf(HANDOUT) == other.handout_pdf(HANDOUT)


async def test_many_threads_print_at_once(printer: Printer) -> None:
    """One printer serves several threads, and each gets its own document."""
    charts = [replace(CHART, title=f"Number {number}", rows=SIX[:1]) for number in range(8)]
    at_once = await asyncio.gather(*(asyncio.to_thread(printer.chart_png, chart) for chart in charts))
    assert at_once == [printer.chart_png(chart) for chart in charts]
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(printer.handout_pdf, [HANDOUT] * 4))) == 1


def test_a_handout_holds_everything_in_order(printer: Printer) -> None:
    """Title, question, both sides, chart, answer, step, open questions, thanks and footer are all printed."""
    text = text_of(printer.handout_pdf(HANDOUT))
    found = [
        text.index(words)
        for words in (
            "A client who brings soup",
            "12 November",
            "How do I receive it?",
            "She asked whether I had slept.",
            "She lets me decide.",
            "They lay apart.",
            "not at all",
            "Mostly.",
            "The rest I leave.",
            "If she brings soup, then I thank her once.",
            "What would she lose?",
            "Thank you.",
        )
    ]
    assert found == sorted(found)
    assert "Erased on 26 November 2026." in text
    assert "could not be printed" not in text


def test_both_labels_stand_once_over_their_columns(printer: Printer) -> None:
    """Neighbouring mechanisms share the labels of the two sides; one that says more keeps its own."""
    sides = (Points(("She asked.",), "Pro", Mark.FOR), Points(("She let me.",), "Contra", Mark.AGAINST))
    parts = tuple(Section(f"Part {number}", points=sides, style=Style.PART) for number in range(4))
    only_against = Section("Part 4", points=(Points((" ",), "Pro", Mark.FOR), sides[1]), style=Style.PART)
    wordy = Section("Part 5", ("Something else.",), sides, Style.PART)
    plain = replace(HANDOUT, chart=None, sections=(*parts, only_against))
    text = text_of(printer.handout_pdf(plain))
    assert [text.count(words) for words in ("Pro", "Contra", "She asked.", "She let me.")] == [1, 1, 4, 5]
    text = text_of(printer.handout_pdf(replace(plain, sections=(*plain.sections, wordy))))
    assert [text.count(words) for words in ("Pro", "Contra", "She asked.", "She let me.")] == [2, 2, 5, 6]
    assert all(f"Part {number}" in text for number in range(6))


def test_labels_that_differ_are_all_printed(printer: Printer) -> None:
    """A mechanism with labels of its own has them over its columns."""
    parts = tuple(
        Section("", points=(Points(("She asked.",), f"Side {number}", Mark.FOR),), style=Style.PART)
        for number in (1, 2, 2, 3)
    )
    text = text_of(printer.handout_pdf(replace(HANDOUT, chart=None, sections=parts)))
    assert [text.count(f"Side {number}") for number in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("how_many", "words"), [(150, "long enough to need its line"), (60, "!"), (9, "W" * 190)]
)
def test_a_long_list_is_printed_whole(printer: Printer, how_many: int, words: str) -> None:
    """Observations that fill pages go on over the page break, labels repeated, none of them off the page."""
    said = tuple(f"({number}) {words}" for number in range(how_many))
    part = Section("Part", points=(Points(said, "Pro", Mark.FOR),), style=Style.PART)
    pages = PdfReader(io.BytesIO(printer.handout_pdf(replace(HANDOUT, chart=None, sections=(part,))))).pages
    heights: list[float] = []
    for page in pages:
        page.extract_text(visitor_text=lambda text, at, *_: heights.append(at[5]) if text.strip() else None)
    footer = 39
    assert min(heights) > footer
    text = " ".join(page.extract_text() for page in pages)
    assert all(f"({number})" in text for number in range(how_many))
    assert text.count("Pro") == len(pages)


def test_a_section_may_have_a_chart_of_its_own(printer: Printer) -> None:
    """Both charts are printed, each in its place, and the words for before and after with one of them."""
    moved = replace(
        CHART,
        rows=(ChartRow("Moved", (1, 1, 2, 2), 1.5, after=(2, 2, 3, 3), median_after=2.5),),
        legend=replace(LEGEND, before="earlier", after="later"),
    )
    section = Section("After the talk", style=Style.CHART, chart=moved)
    text = text_of(printer.handout_pdf(replace(HANDOUT, sections=(*HANDOUT.sections, section))))
    found = [
        text.index(words) for words in ("They lay apart.", "Fear of abandonment", "After the talk", "Moved")
    ]
    assert found == sorted(found)
    assert text.index("Moved") < text.index("earlier") < text.index("later")
    assert text.count("earlier") == 1


def test_what_has_no_glyph_in_a_section_s_chart_is_said(printer: Printer) -> None:
    """A chart of a section counts among what was left out."""
    odd = replace(CHART, rows=(ChartRow("Soup 🍲"),))
    section = Section("", style=Style.CHART, chart=odd)
    assert "could not be printed" in text_of(printer.handout_pdf(replace(HANDOUT, sections=(section,))))


def test_a_chart_without_a_section_comes_last(printer: Printer) -> None:
    """A handout whose sections name no place for the chart still shows it."""
    sections = tuple(section for section in HANDOUT.sections if section.style is not Style.CHART)
    text = text_of(printer.handout_pdf(replace(HANDOUT, sections=sections)))
    assert text.index("Thank you.") < text.index("not at all")


def test_an_ordinary_handout_is_at_most_two_a4_pages(printer: Printer) -> None:
    """Six mechanisms with three observations a side, an answer and a step fit on two sheets."""
    seen = ("She asked twice whether I had slept, and waited until I had given her some kind of answer.",) * 3
    parts = tuple(
        Section(
            row.label, (), (Points(seen, "For", Mark.FOR), Points(seen, "Against", Mark.AGAINST)), Style.PART
        )
        for row in SIX
    )
    pdf = printer.handout_pdf(replace(HANDOUT, sections=(*parts, *HANDOUT.sections)))
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) <= 2
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


def test_pages_can_be_looked_at(printer: Printer) -> None:
    """The preview has a picture for each page of the PDF."""
    pages = printer.handout_pages_png(HANDOUT, 50)
    assert len(pages) == len(PdfReader(io.BytesIO(printer.handout_pdf(HANDOUT))).pages)
    assert image(pages[0]).convert("RGB").getpixel((2, 2)) == (255, 255, 255)


@pytest.mark.parametrize("words", MARKUP)
def test_what_people_write_is_printed_letter_for_letter(printer: Printer, words: str) -> None:
    """Nothing a person writes is read as layout, wherever on the page it stands."""
    hostile = Handout(
        f"T {words}",
        (f"S {words}",),
        (
            Section(f"H {words}", (f"P {words}",), (Points((f"I {words}",), f"L {words}"),)),
            Section("", (f"Q {words}",), style=Style.LEAD),
            Section(f"B {words}", (f"C {words}",), style=Style.BOX),
            Section("", (f"E {words}",), style=Style.CLOSING),
        ),
        f"F {words}",
        replace(CHART, title="", rows=(ChartRow(f"R {words}", note=f"N {words}"),)),
    )
    text = text_of(printer.handout_pdf(hostile))
    for place in "TSHPILQBCEFRN":
        assert f"{place} {words}" in text
    assert "root:" not in text
    assert printer.chart_png(replace(CHART, title=words, footer=words)).startswith(b"\x89PNG")


def test_what_has_no_glyph_is_marked_and_said(printer: Printer) -> None:
    """Emoji and other scripts leave a visible mark, and the caller's note says so once."""
    pdf = printer.handout_pdf(replace(HANDOUT, subtitles=("Soup 🍲, 茶",)))
    text = text_of(pdf)
    assert "Soup […], […]" in text
    assert text.count("Some characters could not be printed.") == 1


def test_direction_controls_do_not_turn_the_page(printer: Printer) -> None:
    """A right-to-left override in someone's text leaves the rest of the line as it was."""
    assert "before after" in text_of(printer.handout_pdf(replace(HANDOUT, subtitles=("before \u202eafter",))))


def test_a_pdf_tells_no_time_and_no_author(printer: Printer) -> None:
    """The file names its title and language, is tagged for screen readers, and dates nothing."""
    reader = PdfReader(io.BytesIO(printer.handout_pdf(HANDOUT)))
    assert reader.metadata is not None
    assert reader.metadata.title == "A client who brings soup"
    assert reader.metadata.author is None
    assert reader.metadata.creation_date in {None, datetime(1970, 1, 1, tzinfo=UTC)}
    assert reader.root_object["/Lang"] == "en"
    assert "/StructTreeRoot" in reader.root_object
    assert "A chart of six" in alternatives(reader)


def alternatives(reader: PdfReader) -> list[str]:
    """Return the alternative texts in a PDF."""
    numbers = {*reader.xref_objStm, *(number for held in reader.xref.values() for number in held)}
    held = [reader.get_object(number) for number in sorted(numbers) if number]
    return [str(one["/Alt"]) for one in held if isinstance(one, DictionaryObject) and "/Alt" in one]


def test_empty_texts_print(printer: Printer) -> None:
    """Empty titles, sections, lists and charts leave room for nothing and break nothing."""
    empty = Handout("", (), (Section(), Section(points=(Points(("", " ")),), style=Style.BOX)), "")
    assert printer.handout_pdf(empty).startswith(b"%PDF")
    bare = Chart("", ("", "", "", "", ""), (), "", "", "")
    assert printer.handout_pdf(replace(empty, chart=bare)).startswith(b"%PDF")
    assert printer.chart_png(bare).startswith(b"\x89PNG")


@pytest.mark.parametrize("language", ["", "de", "de-AT", "pt_BR", "x", "English", "#en"])
def test_any_language_code_prints(printer: Printer, language: str) -> None:
    """A code that is none is left out rather than stopping the evening."""
    assert printer.chart_png(replace(CHART, rows=SIX[:1], language=language)).startswith(b"\x89PNG")


@pytest.mark.parametrize("layout", ["chart.typ", "handout.typ"])
def test_layouts_compile_without_a_warning(layout: str) -> None:
    """Every font that a layout names is in the folder, and nothing in it is deprecated."""
    data = chart_data(CHART, str) if layout == "chart.typ" else handout_data(HANDOUT, str, left_out=True)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(PROMPTS / "fonts")]
    )
    _, warnings = typst.compile_with_warnings(
        str(PROMPTS / "layouts" / layout),
        root=str(PROMPTS / "layouts"),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        timestamp=0,
    )
    assert warnings == []


def test_layouts_hold_no_sentence_and_fetch_nothing() -> None:
    """All words come with the data, and no layout imports a package or reads a file."""
    for path in (PROMPTS / "layouts").glob("*.typ"):
        code = re.sub(r"//[^\n]*", "", path.read_text())
        assert not re.search(r"[\"\[][A-Z]?[a-z]+ [a-z]+ [a-z]+", code), path.name
        assert "@preview" not in code
        assert "read(" not in code
        assert "eval(" not in code


def test_a_broken_layout_says_where_and_not_what(tmp_path: Path) -> None:
    """The error names file and line, and quotes nothing of what was to be printed."""
    shutil.copytree(PROMPTS / "fonts", tmp_path / "fonts")
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "chart.typ").write_text("\n#json(bytes(sys.inputs.data)).title.nothing\n")
    with pytest.raises(PrintError) as caught:
        Printer(tmp_path).chart_png(replace(CHART, title="a secret"))
    assert "chart.typ:2" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    """A printer that could only draw nothing is not built."""
    with pytest.raises(PrintError, match="no font"):
        Printer(tmp_path)


def test_fonts_come_with_their_licence() -> None:
    """The folder stays small and carries the licence of what is in it."""
    fonts = [path for path in (PROMPTS / "fonts").iterdir() if path.suffix in {".ttf", ".otf"}]
    assert sum(path.stat().st_size for path in fonts) <= 2_500_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (PROMPTS / "fonts" / "OFL-SourceSans3.txt").read_text()
