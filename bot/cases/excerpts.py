"""Long texts made short, or parted: at the end of a sentence or a word, with no Markdown left open."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAST_CHARACTERS = 60
"""Of a text that is cut: with fewer, nobody knows what it is about."""

_FENCE, _SPOILER = "```", "||"
# Discord escapes with a backslash what is no letter, digit, underscore or space.
_MARK = re.compile(r"\\[^\w\s]|```|\|\|")
_OPENS = {_FENCE: f"{_FENCE}\n", _SPOILER: _SPOILER}
_CLOSES = {_FENCE: f"\n{_FENCE}", _SPOILER: _SPOILER}
_AROUND = sum(map(len, _CLOSES.values()))
"""Characters that one end of a piece takes at most where a spoiler and a fence in it are cut."""
_SENTENCE_END = re.compile(r"[.!?…؟۔]['\"”’»)\]]*(?=\s)|[。！？](?!\s)|\n")
_SENTENCE_ENDS = tuple(".!?…؟۔。！？")
_SPACE = re.compile(r"\s")
_JOINER = "\u200d"


@dataclass(frozen=True)
class _Region:
    """A code block or a spoiler from its first mark to behind its last."""

    start: int
    end: int
    mark: str

    @property
    def inner(self) -> int:
        return self.start + len(self.mark)

    @property
    def inner_end(self) -> int:
        return self.end - len(self.mark)


@dataclass(frozen=True)
class _Read:
    """A text in which every mark that opens something has one that closes it."""

    text: str
    regions: tuple[_Region, ...]

    def piece(self, start: int, end: int) -> tuple[str, bool]:
        """A part of the text by itself, and whether something had to be closed at its end."""
        cut = [region for region in self.regions if region.start < end < region.end]
        opens = "".join(_OPENS[region.mark] for region in self.regions if region.start < start < region.end)
        closes = "".join(_CLOSES[region.mark] for region in reversed(cut))
        return f"{opens}{self.text[start:end].strip()}{closes}", bool(cut)

    def end(self, start: int, most: int, least: int) -> int:
        """Where a piece from ``start`` ends: ``most`` characters on at most, ``least`` if it can be."""
        low, high = start + least, start + most
        if len(self.text) <= high:
            return len(self.text)
        # A sentence may leave a third of the room empty: what is read then is a whole.
        sentences = _SENTENCE_END.finditer(self.text, max(low, start + most * 2 // 3) - 1, high + 1)
        end = max((found.end() for found in sentences if found.end() <= high), default=0)
        if not end:
            spaces = _SPACE.finditer(self.text, max(low, start + most // 2), high + 1)
            end = max((found.start() for found in spaces), default=0)
        return self._outside_marks(end or _between_signs(self.text, start + most // 2, high), start)

    def _outside_marks(self, end: int, start: int) -> int:
        for region in reversed(self.regions):
            if region.start < end < region.end:
                if not self.text[region.inner : end].strip() and region.start > start:
                    # Nothing is left in it on this side.
                    end = region.start
                elif region.inner_end < end:
                    end = region.inner_end
        return end if end > start else start + 1

    def next(self, end: int) -> int:
        """Where the next piece begins: behind space, and behind marks that the last one has closed itself."""
        before = -1
        while before != end:
            before = end
            end += len(self.text[end:]) - len(self.text[end:].lstrip())
            end = next(
                (each.end for each in self.regions if each.start < before and each.inner_end == end), end
            )
        return end


def excerpt(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters: whole, or its beginning and an ellipsis.

    A code block or a spoiler that is cut is closed. A mark that opens one and is never closed is escaped,
    so that it can't take in what stands behind it. See ``whole``.
    """
    read = _read(text)
    if len(read.text) <= most:
        return read.text
    room = most - len(" …") - (_AROUND if read.regions else 0)
    if room < 1:
        return "…"[:most]
    kept, closed = read.piece(0, read.end(0, room, min(LEAST_CHARACTERS, room)))
    return f"{kept} …" if closed or kept.endswith(_SENTENCE_ENDS) else f"{kept}…"


def whole(text: str) -> str:
    """``text`` with nothing that could take in what stands behind it; see ``excerpt``."""
    return _read(text).text


def pieces(text: str, most: int) -> tuple[str, ...]:
    """All of ``text`` in pieces of at most ``most`` characters, parted where a reader would.

    A code block or a spoiler that goes over several is closed in each and opened again in the next.
    """
    return tuple(_pieces(_read(text), most))


def _pieces(read: _Read, most: int) -> Iterator[str]:
    if len(read.text) <= most:
        if read.text:
            yield read.text
        return
    room = most - (2 * _AROUND if read.regions else 0)
    at = 0
    while at < len(read.text):
        end = read.end(at, room, room // 2)
        yield read.piece(at, end)[0]
        at = read.next(end)


def shares(lengths: Sequence[int], room: int) -> tuple[int, ...]:
    """How many characters each of several texts gets, all of them ``room`` at most.

    Whoever needs less than an even share gets all of it; what they leave goes to the others evenly.
    """
    given = [0] * len(lengths)
    left = max(room, 0)
    by_length = sorted(range(len(lengths)), key=lambda index: lengths[index])
    for place, index in enumerate(by_length):
        given[index] = min(lengths[index], left // (len(lengths) - place))
        left -= given[index]
    return tuple(given)


def _read(text: str) -> _Read:
    text = text.strip()
    regions, stray = _marks(text, 0, len(text))
    if not stray:
        return _Read(text, regions)
    for start, end in reversed(stray):
        text = text[:start] + "".join(f"\\{sign}" for sign in text[start:end]) + text[end:]
    return _Read(text, _marks(text, 0, len(text))[0])


def _marks(text: str, start: int, stop: int) -> tuple[tuple[_Region, ...], list[tuple[int, int]]]:
    """Code blocks and spoilers as Discord finds them, outer ones first; and runs that open nothing."""
    regions: list[_Region] = []
    stray: list[tuple[int, int]] = []
    at = start
    while found := _MARK.search(text, at, stop):
        mark, at = found.group(), found.end()
        if mark not in _CLOSES:
            continue
        close = _close(text, mark, at, stop)
        if close < 0:
            while at < stop and text[at] == mark[0]:
                at += 1
            stray.append((found.start(), at))
            continue
        regions.append(_Region(found.start(), close + len(mark), mark))
        if mark == _SPOILER:
            regions += _marks(text, at, close)[0]
        at = close + len(mark)
    return tuple(regions), stray


def _close(text: str, mark: str, at: int, stop: int) -> int:
    # Neither closes with nothing in it, and line breaks are nothing to a code block.
    if mark == _FENCE:
        while at < stop and text[at] == "\n":
            at += 1
    return text.find(mark, at + 1, stop)


def _between_signs(text: str, low: int, high: int) -> int:
    """The last place up to ``high`` that parts no sign of several characters; ``high`` if there is none."""
    at = high
    while at > low and _is_one_sign(text, at):
        at -= 1
    return at if at > low or not _is_one_sign(text, at) else high


def _is_one_sign(text: str, at: int) -> bool:
    """Whether a place is within one sign: before an accent, inside a flag, a family, an escape."""
    before, behind = text[at - 1], text[at]
    if _is_flag(behind) and _is_flag(before):
        flags = at
        while flags and _is_flag(text[flags - 1]):
            flags -= 1
        return (at - flags) % 2 == 1
    return (
        before in (_JOINER, "\\")
        or behind == _JOINER
        or unicodedata.category(behind).startswith("M")
        or "\U0001f3fb" <= behind <= "\U0001f3ff"  # the colour of a skin
        or "\U000e0020" <= behind <= "\U000e007f"  # the region of a flag
        or "\u1160" <= behind <= "\u11ff"  # the rest of a Korean syllable
        or before + behind == "\r\n"
    )


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"
