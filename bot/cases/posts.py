"""Which posts a case has in Discord, and what each of them depends on."""

from collections.abc import Mapping

from bot.cases.case import Case
from bot.cases.fold import card, folded, thread_pages
from bot.formulation.posts import PostKey, Version


def posts(case: Case) -> Mapping[PostKey, Version]:
    """Every post that the case has by now, in the order in which they were first due.

    A page that is no longer in it, after the answers shrank, goes.
    """
    head = (case.template.title, case.status, case.edited_at, case.formulated)
    shown = {
        PostKey("case"): Version((*head, card(case))),
        PostKey("case-thread"): Version(),
    }
    for number, page in enumerate(thread_pages(case)):
        shown[PostKey("case-page", str(number))] = Version((page,))
    for question in case.questions:
        if question.answer is not None:
            shown[PostKey("case-item", question.key)] = Version((question,))
    if case.follow_up is not None and case.follow_up.shared:
        shown[PostKey("case-follow-up")] = Version(folded(case.follow_up.shared))
    return shown
