"""Chart and handout of a session: what they say, before they are drawn. Nobody's name is in either."""

import re
from datetime import date

from bot.content.library import Library
from bot.documents.models import Chart, ChartRow, Handout, Legend, Mark, Points, Section, Style
from bot.formulation.reveal import Revealed, Seen, revealed
from bot.formulation.session import Outcome, Session


def revealed_of(session: Session, library: Library) -> Revealed | None:
    """What this session has revealed, or None before it."""
    return revealed(session, library.mechanisms, session.reveal.seed) if session.reveal is not None else None


def chart_of(shown: Revealed, library: Library) -> Chart | None:
    """The chart of a reveal; None where no mechanism has a figure."""
    if not shown.figures:
        return None
    say = library.texts

    def row(seen: Seen) -> ChartRow:
        mechanism = library.mechanism(seen.mechanism)
        notes = [say("chart-cannot-tell", count=seen.cannot_tell)] if seen.cannot_tell else []
        if seen.spread is None:
            # Below four raters "one can't tell" has a face too.
            return ChartRow(mechanism.name, apart=mechanism.amplifier, note=say("chart-few"))
        return ChartRow(
            mechanism.name,
            fits=seen.spread.fits,
            median=seen.spread.median,
            low=seen.spread.low,
            high=seen.spread.high,
            split=seen.spread.split,
            apart=mechanism.amplifier,
            note=", ".join(notes),
        )

    return Chart(
        title=say("chart-title"),
        scale=(
            say("chart-scale-0"),
            say("chart-scale-1"),
            say("chart-scale-2"),
            say("chart-scale-3"),
            say("chart-scale-4"),
        ),
        rows=tuple(row(seen) for seen in shown.seen),
        split_label=say("chart-split"),
        apart_label=say("chart-apart"),
        footer=say("chart-footer"),
        legend=Legend(
            dot=say("chart-legend-dot"), median=say("chart-legend-median"), half=say("chart-legend-half")
        ),
        alternative=alternative_text(shown, library),
        language=library.language,
    )


def alternative_text(shown: Revealed, library: Library) -> str:
    """The chart in words, for those who can't see it."""

    def row(seen: Seen) -> str:
        name = library.mechanism(seen.mechanism).name
        if seen.spread is None:
            return library.texts("chart-alt-none", mechanism=name)
        return library.texts(
            "chart-alt-row",
            mechanism=name,
            fits=" ".join(map(str, seen.spread.fits)),
            median=f"{seen.spread.median:g}",
            split="yes" if seen.spread.split else "no",
        )

    return " ".join(row(seen) for seen in shown.seen)


def plan_of(outcome: Outcome, library: Library) -> str:
    """The one step as a sentence."""
    return library.texts(
        f"plan-{outcome.kind}",
        cue=_within(outcome.cue, library.texts("plan-cue-begins")),
        action=_within(outcome.action, library.texts("plan-action-begins")),
    )


def _within(text: str, begins: str) -> str:
    """What somebody wrote, to stand within "If …, then I ….": without its own beginning and full stop."""
    bare = text.strip().rstrip(" .…,")
    return re.sub(rf"^[\s.…]*(?:{begins})\b[\s.…]*", "", bare, flags=re.IGNORECASE) or bare


def handout_of(session: Session, library: Library, purge_day: date) -> Handout:
    """What the presenter takes home. ``purge_day`` is the local date on which it is erased here."""
    say = library.texts
    shown = revealed_of(session, library)
    chart = chart_of(shown, library) if shown is not None else None
    sections = [Section(say("handout-question"), (session.question,), style=Style.LEAD)]
    if shown is not None:
        sections += _seen(shown, library)
        if shown.ideas:
            sections.append(Section(say("handout-ideas"), points=(Points(shown.ideas),)))
    if chart is not None:
        sections.append(Section(say("handout-chart"), style=Style.CHART))
    if session.answer is not None:
        sections.append(Section(say("handout-answer"), _answer(session, library)))
    if session.outcome is not None:
        sections.append(Section(say("handout-step"), (plan_of(session.outcome, library),), style=Style.BOX))
    questions = tuple(fact.question for fact in session.facts if fact.answer is None)
    if questions:
        sections.append(Section(say("handout-open"), points=(Points(questions, mark=Mark.OPEN),)))
    words = sorted(closing.word for closing in session.closings.values() if closing.word)
    if words:
        sections.append(Section(say("handout-words"), (" · ".join(words),), style=Style.CLOSING))
    return Handout(
        title=session.title,
        subtitles=(say("handout-subtitle", protocol=library.protocol(session.protocol).title),),
        sections=tuple(sections),
        footer=say("handout-footer", purge=_on_paper(purge_day, library)),
        chart=chart,
        cannot_draw_note=say("handout-cannot-draw"),
        language=library.language,
    )


def _on_paper(day: date, library: Library) -> str:
    say = library.texts
    return say("date", day=day.day, month=say(f"month-{day.month}"), year=str(day.year))


def _seen(shown: Revealed, library: Library) -> list[Section]:
    say = library.texts
    observed = [seen for seen in shown.seen if seen.speaks_for or seen.speaks_against]
    if not observed:
        return []
    parts = [
        Section(
            library.mechanism(seen.mechanism).name,
            points=(
                Points(seen.speaks_for, say("observation-for"), Mark.FOR),
                Points(seen.speaks_against, say("observation-against"), Mark.AGAINST),
            ),
            style=Style.PART,
        )
        for seen in observed
    ]
    return [Section(say("handout-seen"), (say("handout-seen-note"),)), *parts]


def _answer(session: Session, library: Library) -> tuple[str, ...]:
    answer = session.answer
    if answer is None:
        return ()
    fits = answer_fits(session, library)
    return tuple(text for text in (fits, answer.text) if text)


def answer_fits(session: Session, library: Library) -> str:
    """What the presenter said fits, in a sentence."""
    answer = session.answer
    if answer is None:
        return ""
    names = [library.mechanism(each).name for each in answer.fits]
    if answer.something_else:
        names.append(library.texts("answer-else"))
    return library.texts("answer-fits", fits=", ".join(names)) if names else library.texts("answer-none")
