import asyncio
import io
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

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


def extent(picture: Image.Image, colour: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Return the box around all pixels of one colour."""
    other = Image.new("RGBA", picture.size, colour)
    same = (
        ImageChops.difference(picture, other).convert("RGB").convert("L").point(lambda off: 255 * (off == 0))
    )
    return same.getbbox()


def pixels(picture: Image.Image, colour: tuple[int, int, int, int]) -> int:
    """Return how many pixels have one colour."""
    return sum(
        number for number, found in picture.getcolors(picture.width * picture.height) or () if found == colour
    )


def test_a_chart_fits_a_phone(printer: Printer) -> None:
    """Six rows are 1080 pixels wide and at most 1400 high, on a card with transparent corners."""
    picture = image(printer.chart_png(CHART))
    assert picture.width == 1080
    assert picture.height <= 1400
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    assert picture.getpixel((540, 12)) == (0xFC, 0xFB, 0xF7, 0xFF)


def test_long_words_still_fit_a_phone(printer: Printer) -> None:
    """Labels, notes and a title that need several lines do not make the picture taller than 1400."""
    rows = tuple(
        replace(row, label=f"{row.label}, " * 3, note="two of them can't tell", split=True) for row in SIX
    )
    crowded = replace(CHART, rows=rows, title="A long title " * 20, footer="A long footer " * 8)
    assert image(printer.chart_png(crowded)).height <= 1400


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
    assert left >= 16 * 3
    assert right <= (16 + 328 / 5) * 3
    assert pixels(crowd, DOT) > pixels(one, DOT)
    assert pixels(crowd, INK) == pixels(one, INK)


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
