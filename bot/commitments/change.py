"""The one function that changes a commitment."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from bot.commitments import acts
from bot.commitments.acts import Act
from bot.commitments.commitment import (
    BACK_SECONDS,
    NOTE_SECONDS,
    UNOPENED_BEFORE_STOP,
    Commitment,
    NoteKind,
    PlanNote,
    Timing,
)
from bot.refusal import Refusal
from bot.reminders.cue import cue_time, next_instant, nudge_at
from bot.reminders.lateness import sort_out
from bot.reminders.recurrence import Occurrence
from bot.reminders.walls import after_quiet


def change(commitment: Commitment, act: Act) -> Commitment:
    """The commitment after ``act``. Pure; who may is asked before. The same act twice has one effect.

    Raises ``Refusal`` where it is closed already, a note of it is gone, or its cue names no time; nothing has
    changed then.
    """
    return _CHANGES[type(act)](commitment, act)


def dates_of(timing: Timing, now: int) -> tuple[int | None, int]:
    """When its next note and its coming back are due, by what ``timing`` says, as seen at ``now``.

    ``Refusal`` where ``when`` holds words that name no time to come.
    """
    if not timing.when.strip():
        return None, _back(timing, now)
    cue = cue_time(timing.when)
    cue_at = next_instant(cue, timing.zone, now) if cue is not None else None
    if cue_at is None:
        raise Refusal("commitment-no-time")
    nudge = nudge_at(cue_at, timing.zone, now, timing.quiet_from, timing.quiet_to)
    return nudge, _back(timing, cue_at)


def _back(timing: Timing, since: int) -> int:
    """A week after ``since``, or when the quiet hours end that this lies in."""
    return after_quiet(since + BACK_SECONDS, ZoneInfo(timing.zone), timing.quiet_from, timing.quiet_to)


def _dates_again(timing: Timing, now: int) -> tuple[int | None, int]:
    """The same for a cue that has come once: what named one day alone comes back only."""
    cue = cue_time(timing.when)
    if cue is None or cue.ahead is not None:
        return None, _back(timing, now)
    try:
        return dates_of(timing, now)
    except Refusal:
        return None, _back(timing, now)


def _with(commitment: Commitment, **changes: object) -> Commitment:
    return commitment.model_copy(update=changes)


def _check_open(commitment: Commitment) -> None:
    if commitment.status != "open":
        raise Refusal("commitment-closed")


def _rewrite(commitment: Commitment, act: acts.Rewrite) -> Commitment:
    _check_open(commitment)
    if (commitment.cue, commitment.action) == (act.cue, act.action):
        return commitment
    if not act.cue.strip() or not act.action.strip():
        raise Refusal("nothing-written")
    return _with(
        commitment,
        cue=act.cue,
        action=act.action,
        made_at=act.now,
        touched_at=act.now,
        **_retimed(commitment, act),
    )


def _retimed(commitment: Commitment, act: acts.Rewrite) -> dict[str, object]:
    """When its notes come now, where they came by the words of its cue and these have changed."""
    timing = commitment.timing
    if timing is None or timing.when != commitment.cue or act.cue == commitment.cue:
        return {}
    try:
        timing = timing.model_copy(update={"when": act.cue})
        nudge, back = dates_of(timing, act.now)
    except Refusal:
        timing = timing.model_copy(update={"when": ""})
        nudge, back = dates_of(timing, act.now)
    return {"timing": timing, "nudge_at": nudge, "back_at": back, "unopened": 0}


def _keep(commitment: Commitment, act: acts.Keep) -> Commitment:
    return _close(commitment, "kept", act.line, act.now)


def _drop(commitment: Commitment, act: acts.Drop) -> Commitment:
    return _close(commitment, "dropped", act.line, act.now)


def _close(commitment: Commitment, status: str, line: str, now: int) -> Commitment:
    if commitment.status == status:
        return _with(commitment, line=line or commitment.line)
    _check_open(commitment)
    return _with(
        commitment, status=status, line=line, closed_at=now, touched_at=now, nudge_at=None, back_at=None
    )


def _not_yet(commitment: Commitment, act: acts.NotYet) -> Commitment:
    _check_open(commitment)
    if commitment.timing is None:
        return _with(commitment, touched_at=act.now)
    nudge, back = _dates_again(commitment.timing, act.now)
    return _with(commitment, nudge_at=nudge, back_at=back, touched_at=act.now, unopened=0)


def _remind(commitment: Commitment, act: acts.Remind) -> Commitment:
    _check_open(commitment)
    nudge, back = dates_of(act.timing, act.now)
    return _with(commitment, timing=act.timing, nudge_at=nudge, back_at=back, touched_at=act.now, unopened=0)


def _stop_reminding(commitment: Commitment, act: acts.StopReminding) -> Commitment:
    if commitment.timing is None:
        return commitment
    return _with(commitment, timing=None, nudge_at=None, back_at=None, touched_at=act.now)


def _come_due(commitment: Commitment, act: acts.ComeDue) -> Commitment:
    timing = commitment.timing
    if timing is None or commitment.next_at is None or commitment.next_at > act.now:
        return commitment
    dates: tuple[tuple[int | None, NoteKind], ...] = (
        (commitment.nudge_at, "cue"),
        (commitment.back_at, "back"),
    )
    due: dict[int, NoteKind] = {at: kind for at, kind in dates if at is not None and at <= act.now}
    comes_back = "back" in due.values()
    sorted_out = sort_out([Occurrence(at, "") for at in sorted(due)], act.now)
    commitment = _with(
        commitment,
        nudge_at=commitment.nudge_at if commitment.nudge_at not in due else None,
        # Until it is kept, changed or dropped it comes back; nobody is asked more than once a week.
        back_at=_back(timing, act.now) if comes_back else commitment.back_at,
    )
    if sorted_out.send is None:
        return commitment
    morning = after_quiet(act.now, ZoneInfo(timing.zone), timing.quiet_from, timing.quiet_to)
    if sorted_out.late and morning > act.now:
        # An outage that ends in quiet hours is no reason to break them.
        return _with(commitment, back_at=morning)
    at = sorted_out.send.at
    return _send(commitment, at, due[at], late=sorted_out.late)


def _send(commitment: Commitment, at: int, kind: NoteKind, *, late: bool) -> Commitment:
    stops = commitment.unopened >= UNOPENED_BEFORE_STOP
    number = commitment.sent + 1
    note = PlanNote(number=number, at=at, kind="farewell" if stops else kind, late=late)
    ended: dict[str, object] = {"timing": None, "nudge_at": None, "back_at": None} if stops else {}
    return _with(
        commitment,
        notes=(*commitment.notes, note),
        sent=number,
        unopened=commitment.unopened + 1,
        **ended,
    )


def _fade(commitment: Commitment, act: acts.Fade) -> Commitment:
    kept = tuple(note for note in commitment.notes if note.at + NOTE_SECONDS > act.now)
    return _with(commitment, notes=kept)


def _open(commitment: Commitment, act: acts.Open) -> Commitment:
    _note(commitment, act.number)
    notes = tuple(
        note.model_copy(update={"opened": True}) if note.number == act.number else note
        for note in commitment.notes
    )
    return _with(commitment, notes=notes, unopened=0)


def _note(commitment: Commitment, number: int) -> PlanNote:
    note = commitment.note(number)
    if note is None:
        raise Refusal("note-gone")
    return note


def _snooze(commitment: Commitment, act: acts.Snooze) -> Commitment:
    _check_open(commitment)
    opened = _open(commitment, acts.Open(act.number))
    if opened.timing is None:
        raise Refusal("commitment-not-reminding")
    return _with(opened, nudge_at=act.at)


def _offered(commitment: Commitment, act: acts.Offered) -> Commitment:
    return _with(commitment, offered_at=act.now)


def _undelivered(commitment: Commitment, act: acts.Undelivered) -> Commitment:
    return _with(commitment, unreached=True) if commitment.note(act.number) is not None else commitment


def _told(commitment: Commitment, _act: acts.Told) -> Commitment:
    return _with(commitment, unreached=False)


_CHANGES: dict[type[Act], Callable[[Commitment, Any], Commitment]] = {
    acts.Rewrite: _rewrite,
    acts.Keep: _keep,
    acts.Drop: _drop,
    acts.NotYet: _not_yet,
    acts.Remind: _remind,
    acts.StopReminding: _stop_reminding,
    acts.ComeDue: _come_due,
    acts.Fade: _fade,
    acts.Open: _open,
    acts.Snooze: _snooze,
    acts.Offered: _offered,
    acts.Undelivered: _undelivered,
    acts.Told: _told,
}
