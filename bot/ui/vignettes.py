"""A vignette as the group sees it, and the private screens around it."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.content.texts import Texts
from bot.services.vignettes import WEEKS_OF_STOP
from bot.storage.vignettes import StoredVignette
from bot.ui.control import Control
from bot.ui.parts import Button, Part, Row, Style, View, button, choice, date, row, rule, screen, shortened
from bot.vignettes.posts import pages
from bot.vignettes.vignette import Concern, Question, Remark, Vignette

MOST_QUESTIONS_SHOWN = 5
MOST_OF_MINE = 8


def signed(vignette: Vignette) -> str:
    """Who wrote it, as everyone may know: an alias, or a mention of whoever chose their name."""
    return f"<@{vignette.author}>" if vignette.author is not None else f"*{vignette.alias}*"


def card(vignette: Vignette, library: Library) -> View:
    """The post in the group's channel."""
    say = library.texts
    if vignette.hidden_because is not None:
        return screen(say("vignette-hidden"), row(_more(vignette, say)))
    paged = pages(vignette.text)
    return screen(
        f"## {vignette.title}\n-# {say('vignette-by', author=signed(vignette))}",
        paged[0] if paged else "…",
        say("vignette-goes-on") if len(paged) > 1 else None,
        f"{say('vignette-question')}\n{vignette.question}" if vignette.question else None,
        f"-# {say('vignette-altered')}" if vignette.altered else None,
        row(*_readers(vignette, say), _more(vignette, say)),
    )


def _readers(vignette: Vignette, say: Texts) -> list[Button]:
    if vignette.status != "published":
        return []
    return [
        button(say("vignette-ask"), Control(vignette.token, "v-ask")),
        button(say("vignette-offer"), Control(vignette.token, "v-offer"), Style.primary),
    ]


def _more(vignette: Vignette, say: Texts) -> Button:
    return button(say("vignette-more"), Control(vignette.token, "v-more"))


def page(vignette: Vignette, number: int) -> View | None:
    """A further page of a long text; None where there is no such page any more."""
    paged = pages(vignette.text)
    return screen(paged[number]) if number < len(paged) else None


def item(vignette: Vignette, key: str, library: Library) -> View | None:
    """A question with its answer, a thought, or what the author added; None where it is gone."""
    say = library.texts
    found = next((each for each in vignette.shown_items if each.key == key), None)
    match found:
        case Question():
            answer = say("vignette-answer", author=signed(vignette), answer=found.answer or "")
            return screen(f"{say('vignette-asked')}\n{found.text}", answer)
        case Remark():
            added = say("vignette-added", author=signed(vignette))
            head = added if found.by_author else say("vignette-thought")
            return screen(f"{head}\n{found.text}")
        case None:
            return None


def second_reader(vignette: Vignette, library: Library) -> View:
    """In the channel: somebody is wanted who reads first."""
    say = library.texts
    read = Control(vignette.token, "v-read")
    return screen(say("second-reader"), row(button(say("second-reader-read"), read, Style.primary)))


def first_reading(vignette: Vignette, number: int, library: Library) -> View:
    """The vignette for its second reader alone."""
    say = library.texts
    paged = pages(vignette.text) or ("",)
    number = min(number, len(paged) - 1)
    token = vignette.token
    return screen(
        say("second-reader-head"),
        f"## {vignette.title}",
        paged[number],
        f"{say('vignette-question')}\n{vignette.question}" if vignette.question else None,
        row(
            button(say("page-before"), Control(token, "v-read", str(number - 1))) if number else None,
            button(say("page-after"), Control(token, "v-read", str(number + 1)))
            if number + 1 < len(paged)
            else None,
        ),
        row(
            button(say("second-reader-pass"), Control(token, "v-pass"), Style.primary),
            button(say("second-reader-back"), Control(token, "v-send-back")),
        ),
    )


def concern(vignette: Vignette, kind: Concern, library: Library) -> View:
    """To a facilitator alone: somebody is worried about a vignette."""
    return screen(library.texts(f"concern-{kind}", title=vignette.title))


def more(
    stored: StoredVignette,
    library: Library,
    *,
    is_author: bool,
    is_carer: bool,
    stopped_until: int | None,
    session: str | None,
) -> View:
    """What one person can do about a vignette: its author, who cares for the group, any reader.

    ``session`` runs about it under its alias.
    """
    say = library.texts
    vignette = stored.vignette
    parts: list[Part | None] = [f"## {vignette.title}"]
    if is_author:
        parts += _authors(vignette, say, stopped_until, session)
    parts += [
        say("vignette-reader"),
        row(
            button(say("vignette-know"), Control(vignette.token, "v-know")),
            button(say("vignette-tell"), Control(vignette.token, "v-tell")),
        ),
    ]
    if is_carer:
        parts += _carers(vignette, say)
    return screen(*parts)


def _authors(
    vignette: Vignette, say: Texts, stopped_until: int | None, session: str | None
) -> list[Part | None]:
    token = vignette.token
    parts: list[Part | None] = [say("author-head", alias=vignette.alias)]
    if stopped_until is not None:
        parts.append(say("author-is-stopped", until=date(stopped_until)))
    if vignette.hidden_because:
        parts.append(say("author-hidden", words=vignette.hidden_because))
    if vignette.change_wanted:
        parts.append(say("author-change-wanted", words=vignette.change_wanted))
    if vignette.second_reader_says:
        parts.append(say("author-second-reader", words=vignette.second_reader_says))
    parts.append(say("author-lost") if vignette.lost else None)
    parts += [_question_lines(vignette, say), _answer_row(vignette, say)]
    out = vignette.status == "published"
    parts.append(
        row(
            button(say("author-continue"), Control(token, "v-continue")) if out else None,
            button(say("author-rewrite"), Control(token, "v-rewrite")),
            button(say("author-formulate"), Control(token, "v-formulate")) if out and not session else None,
            button(say("author-present"), Control(session, "present"), Style.primary) if session else None,
        )
    )
    parts.append(
        row(
            button(say("author-close"), Control(token, "v-close")) if out else None,
            button(say("author-withdraw"), Control(token, "v-withdraw")),
        )
    )
    parts.append(rule())
    return parts


def _question_lines(vignette: Vignette, say: Texts) -> str | None:
    asked = vignette.open_questions
    if not asked:
        return say("author-no-questions") if vignette.status == "published" else None
    lines = [
        f"{number}. {shortened(' '.join(each.text.split()), 200)}"
        for number, each in enumerate(asked[:MOST_QUESTIONS_SHOWN], start=1)
    ]
    return "\n".join([say("author-questions", count=len(asked)), *lines])


def _answer_row(vignette: Vignette, say: Texts) -> Row | None:
    shown = vignette.open_questions[:MOST_QUESTIONS_SHOWN]
    return row(
        *(
            button(say("author-answer", number=number), Control(vignette.token, "v-answer", each.key))
            for number, each in enumerate(shown, start=1)
        )
    )


def _carers(vignette: Vignette, say: Texts) -> list[Part | None]:
    token = vignette.token
    hidden = vignette.hidden_because is not None
    weeks = [(str(each), say("carer-stop-weeks", weeks=each), "") for each in WEEKS_OF_STOP]
    return [
        rule(),
        say("carer-head"),
        row(
            button(say("carer-show"), Control(token, "v-show"))
            if hidden
            else button(say("carer-hide"), Control(token, "v-hide")),
            button(say("carer-change"), Control(token, "v-want-change")) if not hidden else None,
            button(say("carer-lift"), Control(token, "v-lift")),
        ),
        choice(say("carer-stop"), Control(token, "v-stop"), weeks),
    ]


def tell(vignette: Vignette, library: Library) -> View:
    """What somebody may tell the facilitators."""
    say = library.texts
    return screen(
        say("tell-head"),
        row(
            button(say("tell-identifies"), Control(vignette.token, "v-told", "identifies")),
            button(say("tell-risk"), Control(vignette.token, "v-told", "risk")),
        ),
    )


def asked_first(key: str, control: Control, vignette: Vignette, library: Library) -> View:
    """Before something that can't be undone; the sentence is ``key``, the button ``key``-yes."""
    say = library.texts
    return screen(
        say(key),
        row(
            button(say(f"{key}-yes"), control, Style.danger),
            button(say("button-back"), Control(vignette.token, "v-more")),
        ),
    )


def withdraw(vignette: Vignette, library: Library) -> View:
    """Before a vignette goes: with the quarter of an hour, or at once, when whoever watches can see it go."""
    say = library.texts
    control = Control(vignette.token, "v-withdraw-now")
    out = vignette.status == "published"
    at_once = Control(vignette.token, "v-withdraw-now", "at-once")
    return screen(
        say("withdraw-ask"),
        row(
            button(say("withdraw-ask-yes"), control, Style.danger),
            button(say("withdraw-ask-at-once"), at_once, Style.danger) if out else None,
            button(say("button-back"), Control(vignette.token, "v-more")),
        ),
    )


def formulate(vignette: Vignette, library: Library) -> View:
    """Taking a vignette into a session: in writing under the alias, in a call by name."""
    say = library.texts
    token = vignette.token
    return screen(
        say("vignette-formulate"),
        row(
            button(say("vignette-formulate-slow"), Control(token, "v-slow"), Style.primary),
            button(say("vignette-formulate-live"), Control(token, "v-live")),
            button(say("button-back"), Control(token, "v-more")),
        ),
    )


def mine(
    kept: Sequence[StoredVignette], writing: Sequence[str], stopped_until: int | None, library: Library
) -> View:
    """The vignettes of one person, found by trying each seal; and what they are writing."""
    say = library.texts
    parts: list[Part | None] = [say("vignettes-mine") if kept or writing else say("vignettes-mine-none")]
    if stopped_until is not None:
        parts.append(say("author-is-stopped", until=date(stopped_until)))
    for stored in kept[:MOST_OF_MINE]:
        vignette = stored.vignette
        told = say(
            "vignettes-line",
            title=vignette.title,
            alias=vignette.alias,
            status=vignette.status,
            questions=len(vignette.open_questions),
        )
        parts += [told, row(_more(vignette, say))]
    for token in writing[:2]:
        go_on = button(say("go-on"), Control(token, "w-review", "0"), Style.primary)
        discard = button(say("given-back-discard"), Control(token, "discard"))
        parts += [say("writing-waits"), row(go_on, discard)]
    return screen(*parts)
