"""A vignette as it is stored: frozen, changed only by ``change``. An id is in it only by choice."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["held", "waiting", "published", "closed"]
"""``held`` for a second reader, ``waiting`` for its slot; a withdrawn one is not stored any more."""
Concern = Literal["identifies", "risk"]

FEWEST_FOR_ALIAS = 3
"""People who could have written it, the author among them, below which an alias would hide nobody."""
FEW_PEOPLE = 5
"""Below this many the author is warned plainly."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Frozen):
    """What a reader asked, and once given the author's answer; both show together, in ``slot``."""

    key: str
    text: str
    answer: str | None = None
    slot: int | None = None


class Remark(_Frozen):
    """A thought of a reader's, or something that the author added; nobody is shown as having said it."""

    key: str
    text: str
    slot: int
    by_author: bool = False


class Vignette(_Frozen):
    """One vignette. ``alias`` is its author's name here, unless they chose ``author``: their own user id.

    Times are release slots (see ``bot.vignettes.slots``), never finer. What is due shows once ``released``
    has reached its slot. ``new_text`` replaces ``text`` in its slot. ``hidden_because`` and
    ``change_wanted`` are the facilitator's words to the author, who meets them at the next click.
    ``waits_until``: it is held back for company, until then at most.
    """

    token: str
    group: str
    language: str = "en"
    retention_days: int
    alias: str
    author: int | None = None
    title: str
    text: str
    question: str = ""
    altered: bool = False
    status: Status
    slot: int
    waits_until: int | None = None
    released: int = 0
    second_reader_says: str = ""
    new_text: str | None = None
    new_text_slot: int | None = None
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()
    hidden_because: str | None = None
    change_wanted: str | None = None
    concerns: tuple[Concern, ...] = ()
    lost: bool = False

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What the author has not answered yet."""
        return tuple(question for question in self.questions if question.answer is None)

    @property
    def shown_items(self) -> tuple[Question | Remark, ...]:
        """Questions with their answers, thoughts and additions that are out by now, in their order."""
        items: list[Question | Remark] = [
            item
            for item in (*self.questions, *self.remarks)
            if item.slot is not None and item.slot <= self.released
        ]
        return tuple(sorted(items, key=lambda item: (item.slot or 0, item.key)))

    @property
    def next_slot(self) -> int | None:
        """The next slot in which something of it is to be released, or None."""
        slots = [item.slot for item in (*self.questions, *self.remarks) if item.slot is not None]
        if self.new_text_slot is not None:
            slots.append(self.new_text_slot)
        if self.status == "held" and not self.second_reader_says:
            slots.append(self.slot)
        if self.status == "waiting":
            slots.append(self.slot)
        return min((slot for slot in slots if slot > self.released), default=None)
