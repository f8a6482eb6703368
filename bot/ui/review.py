"""What the review has to say about a text: which words, what could stand there instead, and how to go on."""

from collections.abc import Iterable, Sequence

from bot.content.texts import Texts
from bot.services.screening import Found, Screened
from bot.ui.control import Control
from bot.ui.parts import TEXT_CHARACTERS, Row, Style, View, button, row, rule, screen, shortened

MOST_NAMED = 6
_MOST_CHARACTERS = 60


def refused(texts: Texts, screened: Screened, draft: str, written: Sequence[str]) -> View:
    """Words that must be changed, and others that may."""
    blocking, asking = _parted(screened)
    shown = blocking[:MOST_NAMED]
    also = asking[: MOST_NAMED - len(shown)]
    lines = [texts("text-refused"), *(_line(texts, each) for each in shown)]
    if also:
        lines += ["", texts("review-also"), *(_line(texts, each) for each in also)]
    more = len(blocking) + len(asking) - len(shown) - len(also)
    no_names = button(texts("review-no-names"), Control(draft, "no-names"))
    return _screen(
        texts,
        [*lines, *_rest(texts, more, screened)],
        written,
        row(
            button(texts("given-back-edit"), Control(draft, "edit"), Style.primary),
            no_names if called_no_names(screened) else None,
            button(texts("given-back-discard"), Control(draft, "discard")),
        ),
    )


def asked_about(texts: Texts, screened: Screened, draft: str, written: Sequence[str]) -> View:
    """Words that may stay: their author says so, or changes them."""
    _, asking = _parted(screened)
    lines = [texts("text-asked-about"), *(_line(texts, each) for each in asking[:MOST_NAMED])]
    return _screen(
        texts,
        [*lines, *_rest(texts, len(asking[MOST_NAMED:]), screened)],
        written,
        row(
            button(texts("review-change"), Control(draft, "edit"), Style.primary),
            button(texts("review-keep"), Control(draft, "keep")),
        ),
    )


def called_no_names(screened: Screened) -> tuple[str, ...]:
    """Which of the words that ``refused`` names its author says are no names with the button there."""
    blocking, _ = _parted(screened)
    return tuple(each.words for each in blocking[:MOST_NAMED] if each.may_be_no_name)


def _parted(screened: Screened) -> tuple[list[Found], list[Found]]:
    """What blocks and what only asks, each thing once."""
    return (
        _once(each for each in screened.found if each.blocks),
        _once(each for each in screened.found if not each.blocks),
    )


def _once(found: Iterable[Found]) -> list[Found]:
    first: dict[tuple[str, str], Found] = {}
    for each in found:
        first.setdefault((each.finding.why, _words(each)), each)
    return list(first.values())


def _words(found: Found) -> str:
    return shortened(" ".join(found.words.split()), _MOST_CHARACTERS)


def _line(texts: Texts, found: Found) -> str:
    suggestion = found.finding.suggestion
    return texts(
        "review-line",
        finding=texts(found.finding.why, words=_words(found)),
        suggestion=texts(suggestion.key, **dict(suggestion.values)),
    )


def _rest(texts: Texts, more: int, screened: Screened) -> list[str]:
    """How many are not named, what is ordinary but not together, and that the reader was not there."""
    lines = [texts("review-more", count=more)] if more else []
    if screened.together is not None:
        lines += ["", screened.together.sentence(texts)]
    return lines if screened.reads_fully else [*lines, "", f"-# {texts('review-basic')}"]


def _screen(texts: Texts, lines: Sequence[str], written: Sequence[str], buttons: Row | None) -> View:
    why, kept = "\n".join(lines), f"-# {texts('given-back')}"
    typed = shortened("\n\n".join(written), TEXT_CHARACTERS - len(why) - len(kept))
    return screen(why, rule(), typed, rule(), kept, buttons)
