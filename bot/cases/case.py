"""A case as it is stored: frozen, changed only by ``change``."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.cases.pages import answer_to
from bot.content.models import Template, TemplateField

Status = Literal["open", "closed"]
"""A withdrawn one is not stored any more."""
Answered = tuple[tuple[TemplateField, str], ...]
"""Fields that something stands in, each with its answer, in the template's order."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def shared_in(template: Template, answers: Mapping[str, str]) -> Answered:
    """What the group reads of a filled template."""
    return _answered(template, answers, shared=True)


def _answered(template: Template, answers: Mapping[str, str], *, shared: bool) -> Answered:
    return tuple(
        (field, answer)
        for field in template.fields
        if field.shared == shared and (answer := answer_to(field, answers))
    )


class Question(_Frozen):
    """A factual question from the group, and the presenter's answer once it is given."""

    key: str
    text: str
    answer: str | None = None


class FollowUp(_Frozen):
    """What became of it, told once, in a form of its own."""

    template: Template
    answers: Mapping[str, str]

    @property
    def shared(self) -> Answered:
        """What the group reads of it."""
        return shared_in(self.template, self.answers)


class Case(_Frozen):
    """One case. ``presenter`` is a user id; they post it under their own name.

    ``template`` is the form as it was when the case was begun, ``answers`` go by the ids of its fields.
    Times are seconds UTC. ``formulated``: a session was started about it. ``lost``: its post or its
    thread is gone from Discord.
    """

    token: str
    group: str
    language: str = "en"
    retention_days: int
    presenter: int
    template: Template
    answers: Mapping[str, str]
    status: Status = "open"
    posted_at: int
    edited_at: int | None = None
    questions: tuple[Question, ...] = ()
    formulated: bool = False
    follow_up: FollowUp | None = None
    closed_at: int | None = None
    lost: bool = False

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What the presenter has not answered yet."""
        return tuple(question for question in self.questions if question.answer is None)

    @property
    def shared(self) -> Answered:
        """What the group reads."""
        return shared_in(self.template, self.answers)

    @property
    def private(self) -> Answered:
        """What only the presenter sees."""
        return _answered(self.template, self.answers, shared=False)
