"""A case as a session takes it over: its account, the presenter's question, and evidence for the ratings."""

from bot.cases.case import Answered, Case
from bot.cases.excerpts import LEAST_CHARACTERS, excerpt
from bot.cases.fold import folded

QUESTION = "question"
"""The field that holds the presenter's question to the group, in every template that has one."""
_BETWEEN = "\n\n"
_AROUND = len("\n") + len(_BETWEEN)


def account_of(case: Case, most: int) -> str:
    """The shared answers below their labels, in at most ``most`` characters, the longest ones cut first.

    Where there is no room to say anything of each, the first ones are there.
    """
    answered = _told(case)
    while answered and _too_many(answered, most):
        answered = answered[:-1]
    shown = folded(answered, most - _AROUND * len(answered))
    return _BETWEEN.join(f"{each.label}\n{each.text}" for each in shown)


def exhibits_of(case: Case, each: int = 200) -> tuple[tuple[str, str], ...]:
    """Label and short text, of at most ``each`` characters on one line, of every shared answer."""
    return tuple((field.label, excerpt(" ".join(answer.split()), each)) for field, answer in _told(case))


def question_of(case: Case) -> str:
    """The presenter's question to the group; empty where the template asks for none, or not for the group."""
    return next((answer for field, answer in case.shared if field.id == QUESTION), "")


def _told(case: Case) -> Answered:
    return tuple((field, answer) for field, answer in case.shared if field.id != QUESTION)


def _too_many(answered: Answered, most: int) -> bool:
    needed = sum(
        len(field.label) + _AROUND + min(len(answer), LEAST_CHARACTERS) for field, answer in answered
    )
    return needed > most
