"""What can happen to a case: every act at its time, and with one effect."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.cases import acts
from bot.cases.acts import RULES, Act, Who
from bot.cases.case import Case, FollowUp, Question, Status
from bot.cases.change import MOST_OPEN_QUESTIONS, change
from bot.cases.fold import CARD_CHARACTERS, card
from bot.cases.pages import cleaned, missing
from bot.cases.posts import posts
from bot.content.models import Template
from bot.formulation.posts import PostKey
from bot.refusal import Refusal
from tests.cases.filled import ANSWERS, ANYTHING, SHIPPED, SMALL, all_over, case

STATUSES: tuple[Status, ...] = ("open", "closed")
ASKED = Question(key="q1", text="How long?")
TOLD = FollowUp(template=SMALL, answers={"scene": "We laughed."})
EXAMPLES: tuple[Act, ...] = (
    acts.Ask("q2", "Since when?"),
    acts.Reply("q1", "About a year."),
    acts.Rewrite({**ANSWERS, "scene": "She brings tea."}, 2_000),
    acts.Formulated(),
    acts.Close(3_000),
    acts.AddFollowUp(TOLD),
    acts.Lose(),
)
WORDS = st.sampled_from(["", " \n", "So.", "Yes.", "||"])
KEYS = st.sampled_from(["q1", "q2", "q3"])
TIMES = st.integers(1_000, 1_005)
FILLED = st.dictionaries(st.sampled_from([*(field.id for field in SMALL.fields), "gone"]), WORDS, max_size=5)
ANY_ACT = st.one_of(
    st.sampled_from(EXAMPLES),
    st.builds(acts.Ask, KEYS, WORDS),
    st.builds(acts.Reply, KEYS, WORDS),
    st.builds(acts.Rewrite, FILLED, TIMES),
    st.builds(acts.Close, TIMES),
    st.builds(acts.AddFollowUp, st.builds(FollowUp, template=st.just(SMALL), answers=FILLED)),
)


def refused(before: Case, act: Act) -> Refusal:
    with pytest.raises(Refusal) as caught:
        change(before, act)
    return caught.value


def read_again(now: Case) -> Case:
    return Case.model_validate_json(now.model_dump_json())


def test_every_act_has_a_rule_and_an_example() -> None:
    """Who adds one says who may, and when."""
    assert set(RULES) == set(get_args(Act)) == {type(each) for each in EXAMPLES}
    assert {each.who for each in RULES.values()} == set(get_args(Who))


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("act", EXAMPLES, ids=lambda act: type(act).__name__)
def test_an_act_out_of_its_time_is_refused(act: Act, status: Status) -> None:
    """A closed case can be followed up, and lost; nothing else happens to it."""
    before = case(status=status, questions=(ASKED,))
    in_time = status == "open" or isinstance(act, acts.AddFollowUp | acts.Lose)
    assert (status in RULES[type(act)].statuses) is in_time
    if in_time:
        assert change(before, act) != before
    else:
        assert refused(before, act).key == "case-not-now"


@given(st.sampled_from(STATUSES), st.lists(ANY_ACT, max_size=12))
def test_the_same_act_twice_has_one_effect(status: Status, several: list[Act]) -> None:
    """Whatever came before it; one that has closed the case is too late the second time."""
    now = case(status=status, questions=(ASKED,))
    for act in several:
        try:
            once = change(now, act)
        except Refusal:
            continue
        if isinstance(act, acts.Close):
            assert refused(once, act).key == "case-not-now"
        else:
            assert change(once, act) == once
        now = once


@pytest.mark.parametrize(
    "act",
    [
        acts.Ask("q9", " \n"),
        acts.Reply("q1", "\t"),
        acts.Rewrite({}, 2_000),
        acts.Rewrite({"scene": " ", "gone": "So."}, 2_000),
        acts.Rewrite({"own": "For me alone."}, 2_000),
        acts.AddFollowUp(FollowUp(template=SMALL, answers={"scene": " ", "gone": "So."})),
    ],
    ids=str,
)
def test_what_says_nothing_is_refused(act: Act) -> None:
    """A case of which the group reads nothing would be an empty card."""
    assert refused(case(questions=(ASKED,)), act).key == "nothing-written"


def test_a_question_is_asked_and_answered() -> None:
    """The second answer takes the place of the first; the presenter has nothing to hide."""
    now = change(case(), acts.Ask("q1", "How long?"))
    assert now.open_questions == (ASKED,)
    now = change(now, acts.Reply("q1", "A year."))
    assert now.open_questions == ()
    now = change(now, acts.Reply("q1", "Two years."))
    assert now.questions == (Question(key="q1", text="How long?", answer="Two years."),)
    assert refused(now, acts.Reply("q2", "Yes.")).key == "fact-gone"


def test_there_is_room_for_so_many_open_questions() -> None:
    """Answering one makes room for another."""
    now = case()
    for number in range(MOST_OPEN_QUESTIONS):
        now = change(now, acts.Ask(f"q{number}", "How long?"))
    refusal = refused(now, acts.Ask("more", "How long?"))
    assert (refusal.key, refusal.values) == ("too-many-facts", {"most": MOST_OPEN_QUESTIONS})
    now = change(now, acts.Reply("q0", "A year."))
    assert len(change(now, acts.Ask("more", "How long?")).open_questions) == MOST_OPEN_QUESTIONS


@pytest.mark.parametrize("field", ["scene", "own"])
def test_what_is_rewritten_is_marked_as_edited(field: str) -> None:
    """Something shared or something private; what is foreign to the template is left out."""
    now = change(case(), acts.Rewrite({**ANSWERS, field: " Otherwise. ", "gone": "So."}, 2_000))
    assert now.answers == {**ANSWERS, field: "Otherwise."}
    assert now.edited_at == 2_000


@pytest.mark.parametrize("same", [ANSWERS, {**ANSWERS, "scene": f"{ANSWERS['scene']}\n", "custom": " "}])
def test_what_changes_nothing_is_no_edit(same: dict[str, str]) -> None:
    """Space at the ends is no change."""
    assert change(case(), acts.Rewrite(same, 2_000)) == case()


def test_a_case_is_followed_up_once() -> None:
    """Open or closed; the same press twice is fine, another follow-up is not."""
    for before in (case(), change(case(), acts.Close(3_000))):
        now = change(before, acts.AddFollowUp(TOLD))
        assert now.follow_up is not None
        assert [answer for _, answer in now.follow_up.shared] == ["We laughed."]
        assert change(now, acts.AddFollowUp(TOLD)) == now
        other = FollowUp(template=SMALL, answers={"scene": "We wept."})
        assert refused(now, acts.AddFollowUp(other)).key == "case-followed-up"


def test_closing_keeps_what_was_said() -> None:
    now = change(case(questions=(ASKED,)), acts.Close(3_000))
    assert (now.status, now.closed_at) == ("closed", 3_000)
    assert (now.answers, now.questions) == (ANSWERS, (ASKED,))


def test_shared_and_private_are_told_apart() -> None:
    """In the template's order; what is empty is in neither, nor what is no field of it."""
    answers = dict(reversed([*ANSWERS.items(), ("custom", " "), ("gone", "So.")]))
    now = case(answers=answers)
    assert [(field.id, answer) for field, answer in now.shared] == [
        (name, ANSWERS[name]) for name in ("scene", "often", "after", "question")
    ]
    assert [(field.id, answer) for field, answer in now.private] == [("own", ANSWERS["own"])]


@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_a_shipped_form_filled_in_is_read_as_it_was_written(form: Template) -> None:
    """As a case and as a follow-up."""
    now = all_over(form, '“So” – \U0001f642 \\ " \n שלום' * 200)
    now = change(now, acts.AddFollowUp(FollowUp(template=form, answers=now.answers)))
    assert read_again(now) == now
    assert missing(form, now.answers) == ()


@given(st.dictionaries(st.sampled_from([field.id for field in SMALL.fields]), ANYTHING, max_size=7), ANYTHING)
def test_whatever_is_typed_is_read_as_it_was_written(answers: dict[str, str], text: str) -> None:
    now = case(answers=answers, questions=(Question(key="q1", text=text, answer=text),))
    assert read_again(now) == now


class Evening(RuleBasedStateMachine):
    """Anyone does anything to one case, which is stored and read again in between."""

    def __init__(self) -> None:
        super().__init__()
        self.case = case()
        self.replies: dict[str, str] = {}
        self.closed = False
        self.told: FollowUp | None = None
        self.refusals: set[str] = set()

    def does(self, act: Act) -> bool:
        try:
            self.case = read_again(change(self.case, act))
        except Refusal as refusal:
            self.refusals.add(refusal.key)
            return False
        return True

    @rule(key=KEYS, text=WORDS)
    def ask(self, key: str, text: str) -> None:
        known = {question.key: question.text for question in self.case.questions}
        if self.does(acts.Ask(key, text)):
            assert {question.key: question.text for question in self.case.questions} == {key: text} | known

    @rule(key=KEYS, text=WORDS)
    def reply(self, key: str, text: str) -> None:
        if self.does(acts.Reply(key, text)):
            self.replies[key] = text

    @rule(answers=FILLED, at=TIMES)
    def rewrite(self, answers: dict[str, str], at: int) -> None:
        before = self.case
        if self.does(acts.Rewrite(answers, at)):
            assert self.case.answers == cleaned(SMALL, answers)
            edited = self.case.answers != before.answers
            assert self.case.edited_at == (at if edited else before.edited_at)

    @precondition(lambda self: not self.closed)
    @rule(at=TIMES)
    def close(self, at: int) -> None:
        assert self.does(acts.Close(at))
        self.closed = True

    @rule(answers=FILLED)
    def follow_up(self, answers: dict[str, str]) -> None:
        if self.does(acts.AddFollowUp(FollowUp(template=SMALL, answers=answers))):
            assert self.told is None or self.told == self.case.follow_up
            self.told = self.case.follow_up

    @rule(act=st.sampled_from([acts.Formulated(), acts.Lose()]))
    def mark(self, act: Act) -> None:
        before: Any = self.case
        if self.does(act):
            marks = {"formulated", "lost"}
            assert before.model_dump(exclude=marks) == self.case.model_dump(exclude=marks)

    @invariant()
    def what_was_given_is_there(self) -> None:
        """Answers, the follow-up, and that it is closed: nothing that happens afterwards takes them away."""
        given = {each.key: each.answer for each in self.case.questions if each.answer is not None}
        assert given == self.replies
        assert self.case.follow_up == self.told
        assert (self.case.status == "closed") is self.closed is (self.case.closed_at is not None)

    @invariant()
    def what_is_refused_is_refused_for_a_reason(self) -> None:
        assert self.refusals <= {"case-not-now", "case-followed-up", "nothing-written", "fact-gone"}
        assert self.closed or "case-not-now" not in self.refusals
        assert self.told is not None or "case-followed-up" not in self.refusals

    @invariant()
    def its_posts_are_whole(self) -> None:
        """Card and thread always, one for each answered question, and no card that is empty or too long."""
        shown = posts(self.case)
        assert [*shown][:2] == [PostKey("case"), PostKey("case-thread")]
        assert {key.ref for key in shown if key.kind == "case-item"} == set(self.replies)
        assert 0 < sum(len(each.label) + len(each.text) for each in card(self.case)) <= CARD_CHARACTERS


TestEvening = Evening.TestCase
