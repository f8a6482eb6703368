"""A case as the group sees it, and the private screens around it."""

from collections.abc import Mapping, Sequence

from bot.cases.case import Case
from bot.cases.fold import card as shown_on_card
from bot.cases.fold import folded, thread_pages
from bot.cases.pages import pages_of
from bot.cases.writing import CaseWriting
from bot.content.library import Library
from bot.content.models import Template
from bot.content.texts import Texts
from bot.storage.cases import StoredCase
from bot.ui.control import Control
from bot.ui.parts import Part, Style, View, button, choice, date, day_and_time, row, rule, screen, shortened

MOST_DRAFTS_SHOWN = 8
MOST_CASES_SHOWN = 15
MOST_QUESTIONS_SHOWN = 5
MOST_OF_MINE = 5
MOST_TEMPLATES = 25
_HINT = 100
_SHOWN_QUESTION = 280
_PRIVATE_CHARACTERS = 1800


def card(case: Case, library: Library) -> View:
    """The post in the group's channel."""
    say, token = library.texts, case.token
    is_open = case.status == "open"
    return screen(
        *_head(case, say),
        *_answers(case, say),
        row(
            button(say("case-ask"), Control(token, "k-ask")) if is_open else None,
            button(say("case-formulate"), Control(token, "k-formulate"), Style.primary) if is_open else None,
            button(say("case-more"), Control(token, "k-more")),
        ),
    )


def _head(case: Case, say: Texts) -> list[Part | None]:
    edited = say("case-edited", at=day_and_time(case.edited_at)) if case.edited_at is not None else ""
    by = say("case-by", presenter=f"<@{case.presenter}>")
    formulated = say("case-formulated") if case.formulated else ""
    closed = say("case-closed") if case.status == "closed" else ""
    about = " · ".join(part for part in (by, edited, formulated, closed) if part)
    return [f"## {case.template.title}\n-# {about}"]


def _answers(case: Case, say: Texts) -> list[Part | None]:
    # A part of its own for each answer: whatever Markdown one of them leaves open ends with it.
    shown = shown_on_card(case)
    more = say("case-goes-on") if any(each.folded for each in shown) else None
    return [*(f"**{each.label}**\n{each.text}" for each in shown), f"-# {more}" if more else None]


def page(case: Case, number: int) -> View | None:
    """A long answer, whole, in the case's thread; None where there is none of this number any more."""
    pages = thread_pages(case)
    if number >= len(pages):
        return None
    label, text = pages[number]
    return screen(f"**{label}**", text)


def item(case: Case, key: str, library: Library) -> View | None:
    """A question with its answer; None where it is gone."""
    say = library.texts
    found = next((each for each in case.questions if each.key == key and each.answer is not None), None)
    if found is None:
        return None
    answer = say("case-answer", presenter=f"<@{case.presenter}>", answer=found.answer or "")
    return screen(f"{say('case-asked')}\n{found.text}", answer)


def follow_up(case: Case, library: Library) -> View | None:
    """What came of it, as its presenter tells it at the close."""
    if case.follow_up is None:
        return None
    lines = [f"**{each.label}**\n{each.text}" for each in folded(case.follow_up.shared)]
    return screen(library.texts("case-follow-up"), *lines) if lines else None


# Before it is out


def templates(kept: Sequence[Template], drafts: int, fresh: Control, say: Texts) -> View:
    """Which form to begin with."""
    options = [
        (each.id, shortened(each.title, _HINT), shortened(each.when_to_use, _HINT))
        for each in kept[:MOST_TEMPLATES]
    ]
    return screen(
        say("case-choose"),
        choice(say("case-choose-one"), fresh, options),
        f"-# {say('case-choose-more', count=left)}" if (left := len(kept) - len(options)) > 0 else None,
        f"-# {say('case-drafts-wait', count=drafts)}" if drafts else None,
    )


def pages(token: str, writing: CaseWriting, expires_at: int, say: Texts, note: str | None = None) -> View:
    """How far the form is filled in, and each of its pages to open."""
    paged = pages_of(writing.template)
    filled = [sum(1 for each in fields if writing.answers.get(each.id)) for fields in paged]
    following = next((number for number, count in enumerate(filled) if not count), None)
    lines = [
        say(
            "case-page-line",
            number=number,
            filled=filled[number - 1],
            count=len(fields),
        )
        for number, fields in enumerate(paged, start=1)
    ]
    return screen(
        note,
        f"## {writing.template.title}\n-# {say('case-kept', until=date(expires_at))}",
        "\n".join(lines),
        f"-# {say('case-leave-out', words=writing.template.leave_out)}",
        row(
            *(
                button(
                    say("case-page-open", number=number + 1),
                    Control(token, "c-page", str(number)),
                    Style.primary if number == following else Style.secondary,
                )
                for number in range(len(paged))
            )
        ),
        row(
            button(
                say("case-look"),
                Control(token, "c-look"),
                Style.primary if following is None else Style.secondary,
            ),
            button(say("given-back-discard"), Control(token, "discard")),
        ),
    )


def preview(token: str, digest: str, case: Case, library: Library, *, edits: bool) -> View:
    """The card as the group will see it, and its presenter's own notes, before it is posted."""
    say = library.texts
    private = [f"**{each.label}** {shortened(answer, 60)}" for each, answer in case.private]
    return screen(
        say("case-preview"),
        rule(),
        *_head(case, say),
        *_answers(case, say),
        rule(),
        "\n".join((f"-# {say('case-private')}", *private[:3])) if private else None,
        row(
            button(
                say("case-put-in-place") if edits else say("case-post"),
                Control(token, "c-post", digest),
                Style.primary,
            ),
            button(say("button-back"), Control(token, "w-review", "0")),
        ),
    )


def drafts(kept: Mapping[str, CaseWriting], say: Texts) -> View:
    """What somebody has begun and not posted."""
    if not kept:
        return screen(say("case-drafts-none"))
    parts: list[Part | None] = [say("case-drafts")]
    for token, writing in list(kept.items())[:MOST_DRAFTS_SHOWN]:
        filled = sum(1 for each in writing.template.fields if writing.answers.get(each.id))
        parts += [
            say(
                "case-draft-line",
                title=writing.template.title,
                filled=filled,
                count=len(writing.template.fields),
                edits="yes" if writing.case is not None else "no",
            ),
            row(
                button(say("go-on"), Control(token, "c-pages"), Style.primary),
                button(say("given-back-discard"), Control(token, "discard")),
            ),
        ]
    return screen(*parts)


# Afterwards


def listing(
    kept: Sequence[tuple[StoredCase, int | None]], guild: int, channel: int, user: int, say: Texts
) -> View:
    """The group's cases, the newest first, each with a way to its card.

    From a card that is gone its presenter can't withdraw a case any more: ``user`` can from here.
    """
    if not kept:
        return screen(say("case-list-none"))
    lines = [
        say(
            "case-list-line",
            title=stored.case.template.title,
            presenter=f"<@{stored.case.presenter}>",
            on=date(stored.case.posted_at),
            status=_status(stored.case),
            questions=len(stored.case.open_questions),
            linked="yes" if message is not None else "no",
            where=f"https://discord.com/channels/{guild}/{channel}/{message}",
        )
        for stored, message in kept[:MOST_CASES_SHOWN]
    ]
    more = len(kept) - len(lines)
    lost = [each.case for each, _ in kept if each.case.lost and each.case.presenter == user]
    return screen(
        say("case-list"),
        "\n".join(lines),
        f"-# {say('case-list-more', count=more)}" if more > 0 else None,
        *(
            row(button(say("case-list-lost", title=each.template.title), Control(each.token, "k-more")))
            for each in lost[:MOST_OF_MINE]
        ),
    )


def _status(case: Case) -> str:
    if case.status == "closed":
        return "closed"
    if case.lost:
        return "lost"
    if case.open_questions:
        return "questions"
    return "formulated" if case.formulated else "open"


def to_close(kept: Sequence[Case], say: Texts) -> View:
    """Which of one's own to close; several may come from one form."""
    parts: list[Part | None] = [say("case-close")]
    for each in kept[:MOST_OF_MINE]:
        parts += [
            say("case-close-line", title=each.template.title, on=day_and_time(each.posted_at)),
            row(
                button(say("case-close-it"), Control(each.token, "k-close"), Style.primary),
                button(say("case-more"), Control(each.token, "k-more")),
            ),
        ]
    return screen(*parts)


def more(case: Case, library: Library, *, is_presenter: bool) -> View:
    """What one person can do about a case; its presenter's own notes for the presenter."""
    say = library.texts
    parts: list[Part | None] = [f"## {case.template.title}"]
    if is_presenter:
        parts += _presenters(case, say)
    else:
        parts.append(say("case-reader") if case.status == "open" else say("case-reader-closed"))
        if case.status == "open":
            parts.append(row(button(say("case-ask"), Control(case.token, "k-ask"), Style.primary)))
    return screen(*parts)


def _presenters(case: Case, say: Texts) -> list[Part | None]:
    waiting = case.open_questions[:MOST_QUESTIONS_SHOWN]
    lines = [
        f"{number}. {shortened(' '.join(each.text.split()), _SHOWN_QUESTION)}"
        for number, each in enumerate(waiting, start=1)
    ]
    is_open = case.status == "open"
    private = [f"**{each.label}** {each.text}" for each in folded(case.private, _PRIVATE_CHARACTERS)]
    return [
        say("case-lost") if case.lost else None,
        "\n".join((say("case-questions", count=len(case.open_questions)), *lines)) if waiting else None,
        row(
            *(
                button(
                    say("case-reply", number=number), Control(case.token, "k-reply", each.key), Style.primary
                )
                for number, each in enumerate(waiting, start=1)
            )
        )
        if is_open
        else None,
        "\n".join((f"-# {say('case-private')}", *private)) if private else None,
        row(
            button(say("case-formulate"), Control(case.token, "k-formulate")) if is_open else None,
            button(say("case-edit"), Control(case.token, "k-edit")) if is_open else None,
            button(say("case-close-it"), Control(case.token, "k-close")) if is_open else None,
            button(say("case-withdraw"), Control(case.token, "k-withdraw"), Style.danger),
        ),
    ]


def withdraw(case: Case, say: Texts) -> View:
    """Before it is gone."""
    return screen(
        say("case-withdraw-ask"),
        row(
            button(say("case-withdraw-yes"), Control(case.token, "k-withdraw-now"), Style.danger),
            button(say("button-back"), Control(case.token, "k-more")),
        ),
    )
