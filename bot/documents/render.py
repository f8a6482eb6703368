"""Setting charts and handouts with typst: the same input gives the same bytes, on any thread."""

import importlib.resources
import json
import re
from pathlib import Path
from typing import Any, Final, Literal

import typst

from bot.documents.characters import Alphabet, characters_of
from bot.documents.data import chart_data, handout_data, handout_words
from bot.documents.models import Chart, Handout

PIXELS_PER_POINT: Final = 3
"""The chart is laid out 330 points wide, as wide as a phone shows a message's picture: 990 pixels."""

PAGES_WANTED: Final = 2
SETTINGS: Final = 3
"""How many sizes of type the handout's layout has, the largest first."""

_POINTS_PER_INCH: Final = 72
_PAGE_TREE: Final = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)")
_PLACE: Final = re.compile(r"[\w-]+\.typ:\d+:\d+")
# typst writes a time into every file; the epoch, so that equal input gives equal bytes and no file tells
# when a session was.
_EPOCH: Final = 0


def _pages(pdf: bytes) -> int:
    """How many pages a PDF has; as many as are wanted where its page tree can't be found."""
    tree = _PAGE_TREE.search(pdf)
    return int(tree[1]) if tree is not None else PAGES_WANTED


class PrintError(Exception):
    """A layout or the fonts are broken. Names the place in the layout and never quotes what was printed."""


class Printer:
    """Prints with the layouts and fonts of one folder; build it once, it reads the fonts then.

    `folder` holds `layouts/` and `fonts/`, by default the `prompts` package. Every method is synchronous
    and may be called from any thread, several at once; a chart takes some 30 ms of one core, a handout some
    50 ms for each size of type that is tried. Nothing is read from outside `layouts/`, no package is fetched,
    no system font is used.
    Raises PrintError when the folder holds no usable font.
    """

    def __init__(self, folder: Path | None = None) -> None:
        home = importlib.resources.files("prompts") if folder is None else folder
        self._layouts = Path(str(home / "layouts")).resolve()
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(home / "fonts")]
        )
        files = sorted({font.path for font in self._fonts.fonts() if font.path is not None})
        if not files:
            raise PrintError("prompts/fonts holds no font")
        try:
            drawable = [characters_of(Path(path).read_bytes()) for path in files]
        except ValueError as error:
            raise PrintError(f"a file in prompts/fonts: {error}") from None
        # A character counts as drawable only where every style has it: italics come from their own file.
        self._alphabet = Alphabet(drawable[0].intersection(*drawable[1:]))

    def undrawable(self, *texts: str) -> frozenset[str]:
        """Return the characters of the texts that have no glyph here (emoji, other scripts)."""
        return self._alphabet.undrawable("\n".join(texts))

    def chart_png(self, chart: Chart) -> bytes:
        """Draw a chart: a PNG 990 pixels wide, corners transparent.

        What is long makes it higher and never its letters smaller; six ordinary rows are some 1600 pixels
        high. Raises PrintError.
        """
        data = chart_data(chart, self._alphabet.spell)
        return self._set("chart.typ", data, "png", PIXELS_PER_POINT * _POINTS_PER_INCH)[0]

    def handout_pdf(self, handout: Handout) -> bytes:
        """Set a handout: a tagged PDF on A4 without author or time. Raises PrintError."""
        return self._tightened(handout)[1]

    def handout_pages_png(self, handout: Handout, pixels_per_inch: int = 144) -> list[bytes]:
        """Draw the pages of a handout as they will be printed, one PNG a page. Raises PrintError."""
        setting, _ = self._tightened(handout)
        return self._set("handout.typ", self._handout(handout), "png", pixels_per_inch, setting)

    def _tightened(self, handout: Handout) -> tuple[int, bytes]:
        """The setting with the largest type that needs ``PAGES_WANTED`` pages, or the fewest, and its PDF."""
        data = self._handout(handout)
        found: list[tuple[int, int, bytes]] = []
        for setting in range(SETTINGS):
            pdf = self._set("handout.typ", data, "pdf", setting=setting)[0]
            found.append((max(_pages(pdf), PAGES_WANTED), setting, pdf))
            if found[-1][0] == PAGES_WANTED:
                break
        _, setting, pdf = min(found, key=lambda each: each[:2])
        return setting, pdf

    def _handout(self, handout: Handout) -> dict[str, Any]:
        left_out = self.undrawable(*handout_words(handout))
        return handout_data(handout, self._alphabet.spell, left_out=bool(left_out))

    def _set(
        self,
        layout: str,
        data: dict[str, Any],
        kind: Literal["pdf", "png"],
        ppi: float | None = None,
        setting: int = 0,
    ) -> list[bytes]:
        try:
            made = typst.compile(
                str(self._layouts / layout),
                root=str(self._layouts),
                font_paths=self._fonts,
                ignore_system_fonts=True,
                format=kind,
                ppi=ppi,
                # Words travel as data, so that nothing in them is ever read as a layout.
                sys_inputs={"data": json.dumps(data), "setting": str(setting)},
                timestamp=_EPOCH,
            )
        except typst.TypstError as error:
            # The message itself may quote the data, so only the place is kept.
            place = _PLACE.search(error.diagnostic)
            raise PrintError(f"the layout fails at {place[0] if place else layout}") from None
        return made if isinstance(made, list) else [made]
