"""The one function that changes a reminder."""

from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from bot.refusal import Refusal
from bot.reminders import acts
from bot.reminders.acts import Act, Repertoire
from bot.reminders.lateness import sort_out
from bot.reminders.recurrence import Occurrence, occurrences
from bot.reminders.reminder import NOTE_SECONDS, UNOPENED_BEFORE_STOP, Note, Reminder, Snoozed
from bot.reminders.rotation import next_strategy
from bot.reminders.walls import after_quiet

ANY = ""
"""Of a note that was put off before its turn in the rotation came: whatever is next then."""


def change(reminder: Reminder, act: Act) -> Reminder:
    """The reminder after ``act``. Pure; who may is asked before. The same act twice has one effect.

    Raises ``Refusal`` where a note is meant that is gone, or a rest that is none; nothing has changed then.
    """
    return _CHANGES[type(act)](reminder, act)


def _with(reminder: Reminder, **changes: object) -> Reminder:
    return reminder.model_copy(update=changes)


def _note(reminder: Reminder, number: int) -> Note:
    note = reminder.note(number)
    if note is None:
        raise Refusal("note-gone")
    return note


def _with_note(reminder: Reminder, changed: Note, **changes: object) -> Reminder:
    notes = tuple(changed if note.number == changed.number else note for note in reminder.notes)
    return _with(reminder, notes=notes, **changes)


def _come_due(reminder: Reminder, act: acts.ComeDue) -> Reminder:
    if reminder.state != "running":
        return reminder
    regular = list(
        takewhile(lambda each: each.at <= act.now, occurrences(reminder.rule, reminder.handled_until))
    )
    again = [each for each in reminder.snoozed if each.at <= act.now]
    if regular or again:
        # What was put off until the instant at which one comes anyway comes in its place.
        instants = sorted({each.at for each in (*regular, *again)})
        due = [Occurrence(at, "") for at in instants]
        sorted_out = sort_out(due, act.now)
        reminder = _with(
            reminder,
            handled_until=max(reminder.handled_until, *(each.at for each in due)),
            snoozed=tuple(each for each in reminder.snoozed if each.at > act.now),
            missed=reminder.missed + sorted_out.skipped,
        )
        if sorted_out.send is not None:
            wanted = next((each.strategy for each in again if each.at == sorted_out.send.at), ANY)
            morning = _end_of_quiet(reminder, act.now)
            if sorted_out.late and morning > act.now:
                # An outage that ends in quiet hours is no reason to break them.
                put_off = Snoozed(at=morning, strategy=wanted)
                reminder = _with(reminder, snoozed=(*reminder.snoozed, put_off))
            else:
                reminder = _send(reminder, sorted_out.send.at, act, wanted, late=sorted_out.late)
            left = next((each.strategy for each in again if each.strategy != wanted), ANY)
            if reminder.kept_back is None and left != ANY:
                reminder = _with(reminder, kept_back=left)
    if reminder.state == "running" and reminder.next_at is None:
        reminder = _with(reminder, state="over")
    return reminder


def _end_of_quiet(reminder: Reminder, now: int) -> int:
    rule = reminder.rule
    return after_quiet(now, ZoneInfo(rule.zone), rule.quiet_from, rule.quiet_to)


def _send(reminder: Reminder, at: int, act: acts.ComeDue, wanted: str, *, late: bool) -> Reminder:
    number = reminder.sent + 1
    stops = reminder.unopened >= UNOPENED_BEFORE_STOP
    if stops:
        reminder = _with(reminder, state="stopped", resting_since=act.now)
        strategy = ""
    elif wanted in act.repertoire.strategies:
        strategy = wanted
    else:
        reminder, strategy = _next(reminder, act.repertoire)
    note = Note(number=number, at=at, strategy=strategy, late=late, skipped=reminder.missed, farewell=stops)
    return _with(
        reminder,
        notes=(*reminder.notes, note),
        sent=number,
        unopened=reminder.unopened + 1,
        missed=0,
    )


def _next(reminder: Reminder, repertoire: Repertoire) -> tuple[Reminder, str]:
    """The strategy whose turn it is: one that was kept back, else the rotation's."""
    wanted = [each for each in repertoire.strategies if each not in reminder.let_go]
    known = wanted or list(repertoire.strategies)
    if reminder.kept_back is not None and reminder.kept_back in known:
        return _with(reminder, kept_back=None), reminder.kept_back
    strategy, shown = next_strategy(known, reminder.shown, reminder.seed, repertoire.weights)
    return _with(reminder, shown=shown, kept_back=None), strategy


def _fade(reminder: Reminder, act: acts.Fade) -> Reminder:
    kept = tuple(note for note in reminder.notes if note.at + NOTE_SECONDS > act.now)
    return _with(reminder, notes=kept)


def _open(reminder: Reminder, act: acts.Open) -> Reminder:
    note = _note(reminder, act.number)
    return _with_note(reminder, note.model_copy(update={"opened": True}), unopened=0)


def _answer(reminder: Reminder, act: acts.Answer) -> Reminder:
    note = _note(reminder, act.number)
    without = tuple(each for each in reminder.let_go if each != note.strategy)
    kept_back = None if reminder.kept_back == note.strategy else reminder.kept_back
    return _with_note(
        reminder,
        note.model_copy(update={"opened": True, "how": act.how}),
        unopened=0,
        let_go=(*without, note.strategy) if act.how == "let-go" else without,
        kept_back=note.strategy if act.how == "not-yet" else kept_back,
    )


def _another(reminder: Reminder, act: acts.Another) -> Reminder:
    note = _note(reminder, act.number)
    if note.strategy != act.seen:
        return reminder
    # Not the same one again, also where it is to come back the next time.
    others = [each for each in act.repertoire.strategies if each != act.seen] or act.repertoire.strategies
    stays = reminder.kept_back == act.seen
    asked = _with(reminder, kept_back=None) if stays else reminder
    after, strategy = _next(asked, replace(act.repertoire, strategies=others))
    changed = note.model_copy(update={"opened": True, "strategy": strategy, "how": None})
    return _with_note(after, changed, unopened=0, **({"kept_back": act.seen} if stays else {}))


def _snooze(reminder: Reminder, act: acts.Snooze) -> Reminder:
    note = _note(reminder, act.number)
    others = tuple(each for each in reminder.snoozed if each.strategy != note.strategy)
    state = "running" if reminder.state == "over" else reminder.state
    return _with_note(
        reminder,
        note.model_copy(update={"opened": True}),
        unopened=0,
        state=state,
        snoozed=(*others, Snoozed(at=act.at, strategy=note.strategy)),
    )


def _pause(reminder: Reminder, act: acts.Pause) -> Reminder:
    if reminder.state == "over":
        raise Refusal("reminder-over")
    if reminder.state != "running":
        return reminder
    return _with(reminder, state="paused", resting_since=act.now)


def _resume(reminder: Reminder, act: acts.Resume) -> Reminder:
    if reminder.state == "over":
        raise Refusal("reminder-over")
    if reminder.state == "running":
        return reminder
    resumed = _with(
        reminder,
        state="running",
        resting_since=None,
        unopened=0,
        handled_until=max(reminder.handled_until, act.now),
        snoozed=tuple(each for each in reminder.snoozed if each.at > act.now),
    )
    if resumed.next_at is None:
        raise Refusal("reminder-over")
    return resumed


def _skip(reminder: Reminder, act: acts.Skip) -> Reminder:
    if reminder.state != "running":
        raise Refusal("reminder-rests")
    if reminder.next_at != act.at:
        return reminder
    skipped = _with(
        reminder,
        handled_until=max(reminder.handled_until, act.at),
        snoozed=tuple(each for each in reminder.snoozed if each.at > act.at),
    )
    return skipped if skipped.next_at is not None else _with(skipped, state="over")


def _stop(reminder: Reminder, act: acts.Stop) -> Reminder:
    if reminder.state in ("stopped", "over"):
        return reminder
    return _with(reminder, state="stopped", resting_since=act.now)


def _change_rule(reminder: Reminder, act: acts.ChangeRule) -> Reminder:
    if reminder.rule == act.rule:
        return reminder
    rested = reminder.state != "running"
    return _with(
        reminder,
        rule=act.rule,
        # What was put off until a time at which it rested is over, as where it goes on.
        snoozed=tuple(each for each in reminder.snoozed if not rested or each.at > act.now),
        state="running",
        resting_since=None,
        unopened=0,
        handled_until=max(reminder.handled_until, act.now),
    )


def _undelivered(reminder: Reminder, act: acts.Undelivered) -> Reminder:
    return _with(reminder, unreached=True) if reminder.note(act.number) is not None else reminder


def _told(reminder: Reminder, _act: acts.Told) -> Reminder:
    return _with(reminder, unreached=False)


_CHANGES: dict[type[Act], Callable[[Reminder, Any], Reminder]] = {
    acts.ComeDue: _come_due,
    acts.Fade: _fade,
    acts.Open: _open,
    acts.Answer: _answer,
    acts.Another: _another,
    acts.Snooze: _snooze,
    acts.Pause: _pause,
    acts.Resume: _resume,
    acts.Skip: _skip,
    acts.Stop: _stop,
    acts.ChangeRule: _change_rule,
    acts.Undelivered: _undelivered,
    acts.Told: _told,
}
