"""The one function that changes a case."""

from collections.abc import Callable
from typing import Any

from bot.cases import acts
from bot.cases.acts import RULES, Act
from bot.cases.case import Case, Question, shared_in
from bot.cases.pages import cleaned
from bot.refusal import Refusal

MOST_OPEN_QUESTIONS = 20


def change(case: Case, act: Act) -> Case:
    """The case after ``act``. Pure; who may is asked before. The same act twice has one effect.

    Raises ``Refusal`` where it is too late for it; nothing has changed then.
    """
    if case.status not in RULES[type(act)].statuses:
        raise Refusal("case-not-now")
    return _CHANGES[type(act)](case, act)


def _with(case: Case, **changes: object) -> Case:
    return case.model_copy(update=changes)


def _said(text: str) -> None:
    if not text.strip():
        raise Refusal("nothing-written")


def _ask(case: Case, act: acts.Ask) -> Case:
    if any(question.key == act.key for question in case.questions):
        return case
    _said(act.text)
    if len(case.open_questions) >= MOST_OPEN_QUESTIONS:
        raise Refusal("too-many-facts", most=MOST_OPEN_QUESTIONS)
    return _with(case, questions=(*case.questions, Question(key=act.key, text=act.text)))


def _reply(case: Case, act: acts.Reply) -> Case:
    _said(act.text)
    if all(question.key != act.question for question in case.questions):
        raise Refusal("fact-gone")
    return _with(
        case,
        questions=tuple(
            question.model_copy(update={"answer": act.text}) if question.key == act.question else question
            for question in case.questions
        ),
    )


def _rewrite(case: Case, act: acts.Rewrite) -> Case:
    answers = cleaned(case.template, act.answers)
    if not shared_in(case.template, answers):
        raise Refusal("nothing-written")
    if answers == cleaned(case.template, case.answers):
        return case
    return _with(case, answers=answers, edited_at=act.at)


def _formulated(case: Case, _act: acts.Formulated) -> Case:
    return _with(case, formulated=True)


def _close(case: Case, act: acts.Close) -> Case:
    return _with(case, status="closed", closed_at=act.at)


def _add_follow_up(case: Case, act: acts.AddFollowUp) -> Case:
    told = act.follow_up
    told = told.model_copy(update={"answers": cleaned(told.template, told.answers)})
    if case.follow_up == told:
        return case
    if case.follow_up is not None:
        raise Refusal("case-followed-up")
    if not told.answers:
        raise Refusal("nothing-written")
    return _with(case, follow_up=told)


def _lose(case: Case, _act: acts.Lose) -> Case:
    return _with(case, lost=True)


_CHANGES: dict[type[Act], Callable[[Case, Any], Case]] = {
    acts.Ask: _ask,
    acts.Reply: _reply,
    acts.Rewrite: _rewrite,
    acts.Formulated: _formulated,
    acts.Close: _close,
    acts.AddFollowUp: _add_follow_up,
    acts.Lose: _lose,
}
