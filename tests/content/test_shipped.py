"""The prompts that are shipped: they load, keep their limits, and hold what the design asks for."""

import pytest

from bot.content import Library, Protocol, check, count_words, load_library

TIMETABLE = {
    "arrive": (3, 4, 9),
    "telling": (4, 5, 8),
    "facts": (4, 5, 7),
    "ratings": (6, 8, 12),
    "reveal": (2, 2, 4),
    "talk": (9, 14, 21),
    "second-ratings": (0, 1, 3),
    "answer": (5, 6, 8),
    "step": (5, 6, 8),
    "close": (3, 4, 5),
    "handout": (0, 0, 0),
}


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the shipped English library."""
    return load_library()


@pytest.fixture(scope="module")
def protocol(library: Library) -> Protocol:
    """Return the protocol of the six mechanisms."""
    return library.protocol("six-mechanisms")


@pytest.fixture(scope="module", params=["balint", "incident-method", "kollegiale-beratung", "six-mechanisms"])
def shipped(library: Library, request: pytest.FixtureRequest) -> Protocol:
    """Return each shipped protocol in turn."""
    return library.protocol(request.param)


def test_nothing_is_wrong_with_any_language() -> None:
    """The check that `sixfold prompts check` runs finds nothing."""
    assert check() == []


def test_the_six_mechanisms_are_there_with_ordinary_care_first(library: Library) -> None:
    """Six mechanisms in a fixed order, ordinary care first and the therapist's side last."""
    assert [mechanism.id for mechanism in library.mechanisms] == [
        "empathy-and-compassion",
        "transference",
        "role-reversal",
        "avoiding-vulnerability",
        "fear-of-abandonment",
        "countertransference",
    ]
    assert library.null_hypothesis.id == "empathy-and-compassion"
    assert library.amplifier.id == "countertransference"


def test_only_the_amplifier_asks_another_question(library: Library) -> None:
    """All mechanisms ask how well they fit, apart from the therapist's own side."""
    questions = {mechanism.id: mechanism.question for mechanism in library.mechanisms}
    assert questions.pop("countertransference") == "How much might the therapist's side be adding?"
    assert set(questions.values()) == {"How well does this fit?"}


def test_cards_and_more_keep_their_limits(library: Library) -> None:
    """A card is read in a breath, and what stands behind it fits one message with its headings."""
    for mechanism in library.mechanisms:
        assert mechanism.words <= 60
        assert mechanism.more.characters <= 3200
        assert len(mechanism.signs_for) == len(mechanism.signs_against) == 2


def test_the_load_of_the_presenter_stays_private(library: Library) -> None:
    """The template shares what the group needs, and not how full the presenter is."""
    template = library.template("my-client-looks-after-me")
    assert [field.id for field in template.fields if not field.shared] == ["own-load"]
    assert template.fields[-1].id == "question"
    assert template.fields[-1].required


@pytest.mark.parametrize(("index", "length"), [(0, 45), (1, 60), (2, 90)])
def test_the_protocol_keeps_the_timetable(protocol: Protocol, index: int, length: int) -> None:
    """Every step has the minutes of the design, and together they leave a little room."""
    assert {step.id: step.minutes[length] for step in protocol.steps} == {
        name: minutes[index] for name, minutes in TIMETABLE.items()
    }
    assert protocol.lengths == (45, 60, 90)
    assert length - 5 <= protocol.minutes(length) <= length


def test_the_end_of_the_protocol_is_protected(protocol: Protocol) -> None:
    """Answer, step and close are the presenter's, and nothing else is in the reserve."""
    assert [step.id for step in protocol.steps if step.reserve] == ["answer", "step", "close"]


def test_ratings_are_hidden_and_ask_for_evidence(protocol: Protocol) -> None:
    """Ratings stay unseen, and how much evidence they ask for follows from the time there is."""
    assert [step.id for step in protocol.steps if step.hidden] == ["ratings", "second-ratings"]
    assert protocol.step("ratings").evidence == {45: "highest", 60: "highest", 90: "claimed"}
    assert protocol.step("talk").topics == {45: 2, 60: 2, 90: 3}


def test_days_leave_a_slow_session_within_three_weeks(library: Library) -> None:
    """Where a protocol can be slow, its steps take fifteen weekdays at most, and none more than three."""
    slow = {protocol.id: protocol for protocol in library.protocols if protocol.can_be_slow}
    assert slow.keys() == {"six-mechanisms", "kollegiale-beratung", "incident-method"}
    for protocol in slow.values():
        days = [step.days for step in protocol.steps if step.days is not None]
        assert sum(days) <= 15
        assert max(days) <= 3
        assert [step.id for step in protocol.steps if step.days is None] == ["handout"]


def test_four_protocols_are_there(library: Library) -> None:
    """Six mechanisms, and three others that groups know."""
    assert [protocol.id for protocol in library.protocols] == [
        "balint",
        "incident-method",
        "kollegiale-beratung",
        "six-mechanisms",
    ]


def test_each_protocol_fills_45_60_and_90_minutes(shipped: Protocol) -> None:
    """Every length is there, with a little room left at most."""
    assert shipped.lengths == (45, 60, 90)
    for length in shipped.lengths:
        assert length - 5 <= shipped.minutes(length) <= length


def test_each_protocol_keeps_time_for_the_presenter(shipped: Protocol) -> None:
    """What begins with the presenter's answer can't be used up by what comes before."""
    kinds = [step.kind for step in shipped.steps if step.reserve]
    assert kinds[0] == "answer"
    assert kinds[-1] == "close"


def test_who_speaks_in_a_call_is_told_how(shipped: Protocol) -> None:
    """A spoken step has a guide for a call, and no other step has one that nobody would see."""
    assert {step.id for step in shipped.steps if step.voice_guide} == {
        step.id for step in shipped.steps if step.spoken
    }


def test_a_guide_for_days_stands_only_where_there_are_days(shipped: Protocol) -> None:
    """No slow guide is written for a step that slow mode leaves out."""
    assert not [step.id for step in shipped.steps if step.slow_guide and step.days is None]


def test_nothing_private_is_spoken(shipped: Protocol) -> None:
    """What is hidden until its step ends is written, also in a call."""
    assert not [step.id for step in shipped.steps if step.hidden and step.spoken]


def test_seven_methods_are_offered(library: Library) -> None:
    """Peer consultation after Tietze brings its methods, each with a label of its own."""
    protocol = library.protocol("kollegiale-beratung")
    (choice,) = [step for step in protocol.steps if step.kind == "choose"]
    assert len({way.ask for way in choice.options}) == 7
    assert [step.follows for step in protocol.steps if step.kind == "gather"] == [choice.id]


def test_two_mechanisms_ask_for_something_before_any_step(library: Library) -> None:
    """Ordinary care is received first; where being left is feared, the break is planned first."""
    assert [mechanism.id for mechanism in library.mechanisms if mechanism.before_a_step] == [
        "empathy-and-compassion",
        "fear-of-abandonment",
    ]


def test_the_charter_is_short_and_says_what_is_kept(library: Library) -> None:
    """The charter takes a minute to read and names storage and erasure."""
    assert count_words(library.charter) <= 120
    assert "Stored" in library.charter
    assert "erased" in library.charter
