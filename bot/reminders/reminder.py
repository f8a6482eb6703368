"""A reminder as it is stored: frozen, changed only by ``change``."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from bot.reminders.recurrence import occurrences
from bot.reminders.rules import Rule

State = Literal["running", "paused", "stopped", "over"]
"""``stopped``: by itself, or by *stop these*. ``over``: it had an end, and that has come."""
How = Literal["did", "adapted", "not-yet", "let-go"]
"""What became of a note: done, done in another way, the moment didn't come, let go."""

SECONDS_A_DAY: Final = 86_400
NOTE_SECONDS: Final = 14 * SECONDS_A_DAY
"""How long a note that has arrived stays, in the inbox and here."""
RESTING_SECONDS: Final = 90 * SECONDS_A_DAY
"""How long a reminder is kept that is paused or stopped."""
UNOPENED_BEFORE_STOP: Final = 2


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(_Frozen):
    """One that was due at ``at`` (seconds UTC) and was sent, by its running ``number``.

    ``late``: it was sent long after it was due. ``skipped`` counts those before it that never came.
    ``farewell``: the last one, which says that the reminder stops by itself.
    """

    number: int
    at: int
    strategy: str
    late: bool = False
    skipped: int = 0
    opened: bool = False
    how: How | None = None
    farewell: bool = False


class Snoozed(_Frozen):
    """A strategy that comes once more, at ``at`` (seconds UTC); an empty one is whatever is next then."""

    at: int
    strategy: str


class Reminder(_Frozen):
    """A schedule that delivers strategies, opted in. Times are seconds UTC.

    ``user`` is whose inbox it goes to; None where it goes to the group's channel. What is due up to
    ``handled_until`` was sent or skipped, and is never due again. ``shown``, ``let_go`` and ``kept_back`` are
    strategies: had in this round, not wanted again, and next out of turn. ``unopened`` counts the notes in a
    row that nobody opened, ``missed`` those that were too late to be sent since the last one.
    ``resting_since``: paused or stopped since then. ``unreached``: the last note could not be delivered, and
    its owner has not heard so yet.
    """

    token: str
    group: str
    user: int | None
    rule: Rule
    seed: str
    state: State = "running"
    handled_until: int
    resting_since: int | None = None
    notes: tuple[Note, ...] = ()
    sent: int = 0
    unopened: int = 0
    missed: int = 0
    snoozed: tuple[Snoozed, ...] = ()
    shown: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    kept_back: str | None = None
    unreached: bool = False

    def note(self, number: int) -> Note | None:
        """The note of this number, or None where it is gone."""
        return next((note for note in self.notes if note.number == number), None)

    @property
    def next_at(self) -> int | None:
        """When the next note is due; None while it rests, and when there is none any more."""
        if self.state != "running":
            return None
        regular = next((each.at for each in occurrences(self.rule, self.handled_until)), None)
        return min(
            (at for at in (regular, *(each.at for each in self.snoozed)) if at is not None), default=None
        )

    @property
    def fades_at(self) -> int | None:
        """When the next part of it is erased, or all of it."""
        dates = [note.at + NOTE_SECONDS for note in self.notes]
        if self.resting_since is not None:
            dates.append(self.resting_since + RESTING_SECONDS)
        if self.state == "over" and not self.notes:
            dates.append(self.handled_until)
        return min(dates, default=None)

    def is_gone(self, now: int) -> bool:
        """Whether nothing of it is to be kept any more at ``now``."""
        if self.resting_since is not None and self.resting_since + RESTING_SECONDS <= now:
            return True
        return self.state == "over" and not self.notes
