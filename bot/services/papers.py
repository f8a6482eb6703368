"""Charts and handout of a session: what they say, before they are drawn. Nobody's name is in any of them."""

import re
from collections.abc import Mapping
from datetime import date

from bot.content.library import Library
from bot.documents.models import Chart, ChartRow, Handout, Legend, Mark, Points, Section, Style
from bot.formulation.reveal import Revealed, Seen, changes, gathered, revealed
from bot.formulation.script import Script
from bot.formulation.session import Outcome, Session
from bot.formulation.spread import Change


def script_of(session: Session, library: Library) -> Script:
    """The script that this session runs."""
    return Script.of(session, library.protocol(session.protocol))


def revealed_of(session: Session, library: Library) -> Revealed | None:
    """What this session has revealed, or None before it."""
    return revealed(session, library.mechanisms, session.reveal.seed) if session.reveal is not None else None


def chart_of(
    shown: Revealed, library: Library, own_fits: Mapping[str, int | None] | None = None
) -> Chart | None:
    """The chart of a reveal; None where no mechanism has a figure.

    ``own_fits`` are the presenter's, for a chart that they alone see.
    """
    if not shown.figures:
        return None
    say = library.texts

    def row(seen: Seen) -> ChartRow:
        mechanism = library.mechanism(seen.mechanism)
        own = own_fits.get(seen.mechanism) if own_fits is not None else None
        if seen.spread is None:
            # Below four raters "one can't tell" has a face too.
            return ChartRow(mechanism.name, apart=mechanism.amplifier, note=say("chart-few"), own=own)
        return ChartRow(
            mechanism.name,
            fits=seen.spread.fits,
            median=seen.spread.median,
            low=seen.spread.low,
            high=seen.spread.high,
            split=seen.spread.split,
            apart=mechanism.amplifier,
            note=say("chart-cannot-tell", count=seen.cannot_tell) if seen.cannot_tell else "",
            own=own,
        )

    return _chart(
        say("chart-title"),
        tuple(row(seen) for seen in shown.seen),
        alternative_text(shown, library),
        library,
    )


def change_chart_of(session: Session, library: Library) -> Chart | None:
    """The chart of what moved between the two ratings; None where nothing is to be shown."""

    def row(mechanism: str, moved: Change) -> ChartRow:
        named = library.mechanism(mechanism)
        return ChartRow(
            named.name,
            fits=moved.before.fits,
            median=moved.before.median,
            after=moved.after.fits,
            median_after=moved.after.median,
            apart=named.amplifier,
        )

    moved = changes(session)
    if not moved:
        return None
    rows = tuple(row(mechanism, change) for mechanism, change in moved.items())
    return _chart(library.texts("chart-change-title"), rows, change_text(moved, library), library)


def _chart(title: str, rows: tuple[ChartRow, ...], alternative: str, library: Library) -> Chart:
    say = library.texts
    return Chart(
        title=title,
        scale=(
            say("chart-scale-0"),
            say("chart-scale-1"),
            say("chart-scale-2"),
            say("chart-scale-3"),
            say("chart-scale-4"),
        ),
        rows=rows,
        split_label=say("chart-split"),
        apart_label=say("chart-apart"),
        footer=say("chart-footer"),
        legend=Legend(
            dot=say("chart-legend-dot"),
            median=say("chart-legend-median"),
            half=say("chart-legend-half"),
            own=say("chart-legend-own"),
            before=say("chart-legend-before"),
            after=say("chart-legend-after"),
        ),
        alternative=alternative,
        language=library.language,
    )


def change_text(moved: Mapping[str, Change], library: Library) -> str:
    """What moved, in words."""
    return " ".join(
        library.texts(
            "chart-alt-change",
            mechanism=library.mechanism(mechanism).name,
            before=_listed(change.before.fits),
            after=_listed(change.after.fits),
            median_before=f"{change.before.median:g}",
            median_after=f"{change.after.median:g}",
        )
        for mechanism, change in moved.items()
    )


def _listed(fits: tuple[int, ...]) -> str:
    return " ".join(map(str, fits))


def alternative_text(shown: Revealed, library: Library) -> str:
    """The chart in words, for those who can't see it."""

    def row(seen: Seen) -> str:
        name = library.mechanism(seen.mechanism).name
        if seen.spread is None:
            return library.texts("chart-alt-none", mechanism=name)
        return library.texts(
            "chart-alt-row",
            mechanism=name,
            fits=_listed(seen.spread.fits),
            median=f"{seen.spread.median:g}",
            split="yes" if seen.spread.split else "no",
        )

    return " ".join(row(seen) for seen in shown.seen)


def plan_of(outcome: Outcome, library: Library) -> str:
    """The one step as a sentence."""
    if outcome.kind == "ask" and outcome.question:
        return library.texts("plan-ask-this", question=outcome.question.strip())
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
    sections = [Section(say("handout-question"), (session.restated or session.question,), style=Style.LEAD)]
    sections += _gathered(session, library)
    if shown is not None:
        sections += _seen(shown, library)
        if shown.ideas:
            ideas = tuple(each.text for each in shown.ideas)
            sections.append(Section(say("handout-ideas"), points=(Points(ideas),)))
    if chart is not None:
        sections.append(Section(say("handout-chart"), style=Style.CHART))
    moved = changes(session)
    if moved:
        sections.append(Section(say("handout-moved"), points=(Points(_moved(moved, library)),)))
    if session.answer is not None:
        sections.append(Section(say("handout-answer"), _answer(session, library)))
    if session.outcome is not None:
        sections.append(_step(session.outcome, library))
    questions = tuple(fact.question for fact in session.facts if fact.answer is None)
    if questions:
        sections.append(Section(say("handout-open"), points=(Points(questions, mark=Mark.OPEN),)))
    if session.note:
        sections.append(Section(say("handout-note"), (session.note,)))
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


def _moved(moved: Mapping[str, Change], library: Library) -> tuple[str, ...]:
    return tuple(
        library.texts(
            "handout-moved-line",
            mechanism=library.mechanism(mechanism).name,
            before=f"{change.before.median:g}",
            after=f"{change.after.median:g}",
        )
        for mechanism, change in moved.items()
    )


def _step(outcome: Outcome, library: Library) -> Section:
    """The one step, and what to be careful about where it came from a strategy."""
    said = [plan_of(outcome, library)]
    strategy = next((each for each in library.strategies if each.id == outcome.strategy), None)
    if outcome.kind == "plan" and strategy is not None:
        said.append(library.texts("handout-caution", caution=strategy.caution))
    return Section(library.texts("handout-step"), tuple(said), style=Style.BOX)


def _gathered(session: Session, library: Library) -> list[Section]:
    script = script_of(session, library)
    found = [(step, gathered(session, step.id)) for step in script.steps if step.kind == "gather"]
    return [
        Section(step.title, points=(Points(tuple(line.text for line in lines)),))
        for step, lines in found
        if lines
    ]


def _on_paper(day: date, library: Library) -> str:
    say = library.texts
    return say("date", day=day.day, month=say(f"month-{day.month}"), year=str(day.year))


def _seen(shown: Revealed, library: Library) -> list[Section]:
    say = library.texts
    observed = [seen for seen in shown.seen if seen.observations]
    if not observed:
        return []
    parts = [
        Section(
            library.mechanism(seen.mechanism).name,
            points=(
                Points(seen.of("for"), say("observation-for"), Mark.FOR),
                Points(seen.of("against"), say("observation-against"), Mark.AGAINST),
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
    """What the presenter said fits, in a sentence; empty where nothing was rated that could fit."""
    answer = session.answer
    if answer is None or not script_of(session, library).rates:
        return ""
    names = [library.mechanism(each).name for each in answer.fits]
    if answer.something_else:
        names.append(library.texts("answer-else"))
    return library.texts("answer-fits", fits=", ".join(names)) if names else library.texts("answer-none")
