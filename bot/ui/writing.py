"""What somebody sees who writes for others: the text with what was found in it, and the way to the group."""

from collections.abc import Sequence

from bot.cases.writing import CaseWriting
from bot.content.texts import Texts
from bot.services.vignettes import Cover
from bot.services.writing import Reviewed
from bot.ui.control import Control
from bot.ui.parts import Button, Part, Style, View, button, row, rule, screen, shortened
from bot.vignettes.posts import pages
from bot.vignettes.vignette import Vignette
from bot.vignettes.writing import VignetteWriting
from bot.writing import Marked

_EDIT = {VignetteWriting.purpose: "w-edit", CaseWriting.purpose: "c-pages"}
_NEXT = {VignetteWriting.purpose: "w-next", CaseWriting.purpose: "c-next"}

PAGE_CHARACTERS = 1800
MOST_LINES = 8
_WORDS = 60
_AROUND = 90
"""Characters shown before and after one finding."""


def review(reviewed: Reviewed, page: int, say: Texts) -> View:
    """The whole text with each finding in brackets and numbered, one line each below, and what to do."""
    shown = _marked_text(reviewed, say)
    paged = pages(shown, PAGE_CHARACTERS) or ("",)
    page = min(max(page, 0), len(paged) - 1)
    open_ = reviewed.open
    here = [
        (number, each) for number, each in enumerate(open_) if f"【{number + 1} " in paged[page] or page == 0
    ]
    lines = [_line(reviewed, number, each, say) for number, each in here[:MOST_LINES]]
    more = len(open_) - len(lines)
    return screen(
        _verdict(reviewed, say),
        rule(),
        paged[page],
        rule(),
        "\n".join(lines) or None,
        say("review-more", count=more) if more > 0 else None,
        reviewed.together,
        _how_far(reviewed, say),
        row(*_what_to_do(reviewed, say)),
        row(
            *_paging(reviewed.token, page, len(paged), say),
            button(say("writing-edit"), Control(reviewed.token, _EDIT[reviewed.writing.purpose])),
            button(say("given-back-discard"), Control(reviewed.token, "discard")),
        ),
    )


def _how_far(reviewed: Reviewed, say: Texts) -> str | None:
    """What the review could not do, and its author must."""
    if reviewed.other_language:
        return say("writing-other-language")
    return None if reviewed.reads_fully else f"-# {say('review-basic')}"


def _verdict(reviewed: Reviewed, say: Texts) -> str:
    if reviewed.blocks:
        return say("writing-blocked")
    return say("writing-open") if reviewed.open else say("writing-clear")


def _what_to_do(reviewed: Reviewed, say: Texts) -> list[Button]:
    token, open_ = reviewed.token, reviewed.open
    found: list[Button] = []
    if any(each.stand_in is not None for each in open_):
        control = Control(token, "w-all", reviewed.writing.digest)
        found.append(button(say("writing-all"), control, Style.primary))
    if open_:
        found.append(button(say("writing-one"), Control(token, "w-one", "0")))
    if not reviewed.blocks:
        label = say("writing-keep-rest") if open_ else say("go-on")
        style = Style.secondary if open_ else Style.primary
        found.append(button(label, Control(token, _NEXT[reviewed.writing.purpose], reviewed.digest), style))
    return found


def _paging(token: str, page: int, count: int, say: Texts) -> list[Button]:
    found: list[Button] = []
    if page:
        found.append(button(say("page-before"), Control(token, "w-review", str(page - 1))))
    if page + 1 < count:
        found.append(button(say("page-after"), Control(token, "w-review", str(page + 1))))
    return found


def _marked_text(reviewed: Reviewed, say: Texts) -> str:
    parts = {part: _marked_part(reviewed, part) for part in reviewed.writing.parts}
    match reviewed.writing:
        case VignetteWriting():
            question = f"\n\n{say('vignette-question')}\n{parts['question']}" if parts["question"] else ""
            return f"### {parts['title']}\n\n{parts['text']}{question}"
        case CaseWriting(template=template):
            labels = {each.id: each.label for each in template.fields}
            return "\n\n".join(f"**{labels[part]}**\n{text}" for part, text in parts.items())
        case other:
            return "\n\n".join(other.parts.values())


def _marked_part(reviewed: Reviewed, part: str) -> str:
    text = reviewed.writing.parts[part]
    numbered = [(number, each) for number, each in enumerate(reviewed.open, start=1) if each.part == part]
    for number, each in sorted(numbered, key=lambda pair: pair[1].finding.start, reverse=True):
        start, end = each.finding.start, each.finding.end
        text = f"{text[:start]}**【{number} {text[start:end]}】**{text[end:]}"
    return text


def _line(reviewed: Reviewed, number: int, marked: Marked, say: Texts) -> str:
    suggestion = marked.finding.suggestion
    finding = say(marked.finding.why, words=shortened(" ".join(marked.words.split()), _WORDS))
    if isinstance(reviewed.writing, CaseWriting):
        labels = {each.id: each.label for each in reviewed.writing.template.fields}
        finding = say("writing-at", field=labels[marked.part], finding=finding)
    return say(
        "writing-line-block" if marked.blocks else "writing-line",
        number=number + 1,
        finding=finding,
        suggestion=say(suggestion.key, **dict(suggestion.values)),
    )


def one(reviewed: Reviewed, number: int, say: Texts) -> View:
    """One finding with the words around it, and what its author can do about it."""
    open_ = reviewed.open
    if not open_:
        return review(reviewed, 0, say)
    number = min(number, len(open_) - 1)
    marked = open_[number]
    argument = f"{number}.{reviewed.address(marked)}"
    token = reviewed.token
    stand_in = marked.stand_in
    label = say("writing-take", words=shortened(stand_in, 50)) if stand_in else say("writing-leave-out")
    return screen(
        f"-# {say('card-place', number=number + 1, count=len(open_))}",
        _around(reviewed, marked),
        _line(reviewed, number, marked, say),
        row(
            button(label, Control(token, "w-take", argument), Style.primary)
            if stand_in is not None
            else None,
            button(say("writing-own-words"), Control(token, "w-own", argument)),
        ),
        row(
            button(say("writing-keep"), Control(token, "w-keep", argument)) if not marked.blocks else None,
            button(say("writing-no-name"), Control(token, "w-no-name", argument))
            if marked.may_be_no_name
            else None,
            button(say("writing-skip"), Control(token, "w-one", str(number + 1)))
            if number + 1 < len(open_)
            else None,
            button(say("button-back"), Control(token, "w-review", "0")),
        ),
    )


def _around(reviewed: Reviewed, marked: Marked) -> str:
    text = reviewed.writing.parts[marked.part]
    start, end = marked.finding.start, marked.finding.end
    before = text[max(start - _AROUND, 0) : start]
    after = text[end : end + _AROUND]
    begins = "" if start <= _AROUND else "… "
    ends = "" if end + _AROUND >= len(text) else " …"
    return " ".join(f"{begins}{before}**【{text[start:end]}】**{after}{ends}".split())


def before_questions(token: str, say: Texts) -> View:
    """Nothing is in the way any more, as far as the review can see; four questions are left."""
    return screen(
        say("questions-head"),
        row(
            button(say("questions-open"), Control(token, "w-questions"), Style.primary),
            button(say("button-back"), Control(token, "w-review", "0")),
        ),
    )


def look_again(token: str, worries: Sequence[str], say: Texts) -> View:
    """What the four questions brought up."""
    return screen(
        say("questions-worry"),
        "\n".join(f"- {each}" for each in worries),
        row(
            button(say("writing-edit"), Control(token, "w-edit"), Style.primary),
            button(say("go-on"), Control(token, "w-who")),
        ),
    )


def who(token: str, digest: str, cover: Cover, *, alone: bool, say: Texts) -> View:
    """Under which name, when, and what anyone could find out about who wrote it."""
    parts: list[Part | None] = [say("who-head", people=cover.people)]
    if not cover.hides:
        parts.append(say("who-hides-nobody"))
    elif cover.thin:
        parts.append(say("who-few", people=cover.people))
    parts += [
        say("who-truth"),
        say("who-alone") if alone else None,
        row(
            button(say("who-alias"), Control(token, "w-publish", f"alias.now.{digest}"), Style.primary)
            if cover.hides
            else None,
            button(say("who-alias-wait"), Control(token, "w-publish", f"alias.wait.{digest}"))
            if cover.hides and alone
            else None,
            button(say("who-name"), Control(token, "w-publish", f"name.now.{digest}")),
        ),
        row(button(say("button-back"), Control(token, "w-review", "0"))),
    ]
    return screen(*parts)


def taken_in(vignette: Vignette, say: Texts) -> View:
    """It is on its way."""
    key = "taken-in-held" if vignette.status == "held" else "taken-in"
    named = "yes" if vignette.author is not None else "no"
    waits = "yes" if vignette.waits_until is not None else "no"
    return screen(say(key, alias=vignette.alias, named=named, waits=waits))


def unfinished(token: str, fresh: Control, say: Texts) -> View:
    """There is one that was begun."""
    return screen(
        say("writing-unfinished"),
        row(
            button(say("go-on"), Control(token, "w-review", "0"), Style.primary),
            button(say("writing-anew"), fresh),
        ),
    )
