"""The strategies that are shipped, the frame around them, and what is said where one is broken."""

import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.content import SITUATIONS, FrameText, Library, Situation, Strategy, check, load_library
from tests.content.breaking import change, problems_of

CARE = "empathy-and-compassion"
EARLIER = "transference"
REVERSAL = "role-reversal"
AVOIDING = "avoiding-vulnerability"
ABANDONMENT = "fear-of-abandonment"
OWN = "countertransference"
ANY = {CARE, EARLIER, REVERSAL, AVOIDING, ABANDONMENT, OWN}

# The numbers and the column "Fits" of the dossier, section 3.
FITS = {
    "receive-then-hand-back": {CARE, AVOIDING},
    "notice-the-turn": {EARLIER, REVERSAL, AVOIDING},
    "speak-of-the-two-of-you": {EARLIER, ABANDONMENT},
    "slow-the-moment": {AVOIDING},
    "normalise-then-wonder": {CARE, EARLIER},
    "explore-the-feared-result": {ABANDONMENT, EARLIER},
    "link-to-then": {EARLIER},
    "permission-to-receive": {REVERSAL, AVOIDING},
    "honour-the-skill": {REVERSAL},
    "answer-briefly-then-explore": {OWN, CARE},
    "own-the-visible-cue": {OWN},
    "disclosure-brake": {OWN},
    "repair-a-lapse": {OWN},
    "restate-the-frame": {REVERSAL, ABANDONMENT},
    "keep-the-time": {OWN, ABANDONMENT},
    "contact-between-sessions": {ABANDONMENT},
    "receive-explore-decide": {CARE, ABANDONMENT},
    "decline-a-favour": {REVERSAL, OWN},
    "prepare-a-break": {ABANDONMENT},
    "invite-disagreement": {AVOIDING, ABANDONMENT},
    "small-experiment": {AVOIDING, ABANDONMENT},
    "draw-it-together": ANY,
    "consult-someone": {OWN},
    "look-after-yourself": {OWN},
    "agree-and-note": ANY,
    "refer-on": {OWN},
}
FOUND_UNDER: dict[Situation, set[str]] = {
    "gifts": {"receive-explore-decide", "permission-to-receive", "agree-and-note"},
    "time": {"keep-the-time", "repair-a-lapse", "agree-and-note"},
    "contact": {"contact-between-sessions", "prepare-a-break", "agree-and-note"},
    "are-you-ill": {
        "receive-then-hand-back",
        "speak-of-the-two-of-you",
        "normalise-then-wonder",
        "explore-the-feared-result",
        "answer-briefly-then-explore",
        "own-the-visible-cue",
        "restate-the-frame",
        "small-experiment",
    },
    "breaks": {"prepare-a-break", "refer-on"},
    "disclosure": {"answer-briefly-then-explore", "disclosure-brake"},
    "favours": {"decline-a-favour", "permission-to-receive", "restate-the-frame", "agree-and-note"},
    "own-side": {
        "own-the-visible-cue",
        "disclosure-brake",
        "repair-a-lapse",
        "consult-someone",
        "look-after-yourself",
        "refer-on",
    },
}
ON_A_LIST = 25
"""Options that Discord shows in one list."""
SHOWN_OF_WHEN = 100
"""Characters of `when` that stand below a name in a list; more would be cut."""
ONE_MESSAGE = 4000
"""Characters that Discord takes in one message of components."""

TOLD = re.compile(r"\b(?:not )?read\b|^Our own design\b")
UNTESTED = re.compile(r"\b(?:untested|not been tested with clients)\b")
DIAGNOSING = re.compile(
    r"\b(?:diagnos|disorder|borderline|narciss|histrion|codepend|patholog|symptom|manipulat|resistan|controlling"
    r"|attention.seeking|needy|dysfunction|attachment style)",
    re.IGNORECASE,
)
A_FINDING = re.compile(
    r"\b(?:the group|your group|members?|rated|ratings?|session found|fits best)\b", re.IGNORECASE
)
LINE = "frame/a-line.toml"
ONE = "strategies/one.toml"


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the shipped English library."""
    return load_library()


@pytest.fixture(scope="module", params=sorted(FITS))
def strategy(library: Library, request: pytest.FixtureRequest) -> Strategy:
    """Return each shipped strategy in turn."""
    return library.strategy(request.param)


def test_the_26_of_the_dossier_are_there_with_what_each_fits(library: Library) -> None:
    """Neither one more nor one less, and each for the mechanisms it was written for."""
    assert {one.id: set(one.mechanisms) for one in library.strategies} == FITS
    assert len(FITS) == 26


def test_each_situation_brings_its_strategies(library: Library) -> None:
    """Whoever looks up an occasion finds what was written for it."""
    found = {
        situation: {one.id for one in library.strategies if situation in one.situations}
        for situation in SITUATIONS
    }
    assert found == FOUND_UNDER
    assert all(len(ids) > 1 for ids in found.values()), "one alone would be no choice"


def test_a_mechanism_or_a_situation_fits_one_list(library: Library) -> None:
    """Browsing shows all there are of one kind without a second page."""
    for mechanism in library.mechanisms:
        assert 3 <= len(library.strategies_for([mechanism.id])) <= ON_A_LIST
    assert all(len(ids) <= ON_A_LIST for ids in FOUND_UNDER.values())
    assert len(SITUATIONS) <= ON_A_LIST


def test_what_matches_more_comes_first_and_what_fits_all_last(library: Library) -> None:
    """For any two mechanisms: by how many match, then by how few others; the general ones at the end."""
    for pair in combinations([one.id for one in library.mechanisms], 2):
        offered = library.strategies_for(pair)
        assert {one.id for one in offered} == {id_ for id_, fits in FITS.items() if fits & set(pair)}
        general = [len(one.mechanisms) == len(library.mechanisms) for one in offered]
        assert general == sorted(general)
        own = [one for one in offered if len(one.mechanisms) < len(library.mechanisms)]
        ranks = [(-len(set(one.mechanisms) & set(pair)), len(one.mechanisms)) for one in own]
        assert ranks == sorted(ranks)


def test_a_list_that_is_cut_short_loses_nothing_particular(library: Library) -> None:
    """Whoever says that all six fit is offered one less than there are, and it is a general one."""
    every = library.strategies_for([one.id for one in library.mechanisms])
    assert len(every) == len(FITS)
    cut = every[ON_A_LIST:]
    assert cut
    assert all(len(one.mechanisms) == len(library.mechanisms) for one in cut)


def test_three_are_said_to_oneself(library: Library) -> None:
    """What a therapist asks themselves is never offered as a sentence for the client."""
    own = {one.id for one in library.strategies if one.addressed == "self"}
    assert own == {"disclosure-brake", "consult-someone", "look-after-yourself"}
    for id_ in own:
        assert not any(re.search(r"\byou\b", line, re.IGNORECASE) for line in library.strategy(id_).wording)


def test_no_name_stands_twice(library: Library) -> None:
    """In a list the name is all that tells two strategies apart."""
    names = [one.name.casefold() for one in (*library.strategies, *library.frame)]
    assert len(set(names)) == len(names)


def test_when_is_not_cut_in_a_list(strategy: Strategy) -> None:
    """The occasion is read whole before a strategy is opened."""
    assert len(strategy.when) <= SHOWN_OF_WHEN


def test_a_source_says_what_was_read_and_that_nothing_was_tested(strategy: Strategy) -> None:
    """Nobody may take an example sentence for something that a study has shown to work."""
    assert TOLD.search(strategy.source)
    assert UNTESTED.search(strategy.source)


def test_wordings_are_sentences_without_quotation_marks(strategy: Strategy) -> None:
    """Each can be said as it stands; the screen marks that it is speech."""
    for line in strategy.wording:
        assert not set(line) & set('"“”„«»')
        assert line[0].isupper()
        assert line[-1] in ".?"


def test_a_strategy_judges_nobody_and_tells_of_no_session(strategy: Strategy) -> None:
    """It may arrive in a channel: no diagnosis, and nothing from which a finding could be read."""
    text = " ".join((strategy.name, strategy.when, *strategy.wording))
    assert not DIAGNOSING.search(f"{text} {strategy.caution}")
    assert not A_FINDING.search(text)


def test_contact_is_never_limited_without_the_way_to_help_in_a_crisis(library: Library) -> None:
    """Who says when they can't be reached says who can."""
    contact = library.strategy("contact-between-sessions")
    assert "crisis" in contact.caution
    assert any("at any hour" in line for line in contact.wording)


def test_an_ill_therapist_has_a_true_answer_too(library: Library) -> None:
    """Only saying that one is well would leave nothing to say to whoever is not."""
    answer = library.strategy("answer-briefly-then-explore")
    assert any("being looked after" in line for line in answer.wording)


def test_the_frame_is_four_texts_that_fit_one_message(library: Library) -> None:
    """What a crossing is, what to ask before, what to distrust, how to mend: read in one go."""
    assert [text.id for text in library.frame] == [
        "crossing-and-violation",
        "before-a-crossing",
        "thinking-errors",
        "repairing-a-lapse",
    ]
    assert all(text.characters <= 1200 for text in library.frame)
    assert sum(text.characters for text in library.frame) <= ONE_MESSAGE


def test_each_text_of_the_frame_says_what_was_read(library: Library) -> None:
    for text in library.frame:
        assert TOLD.search(text.source)
        assert not DIAGNOSING.search(text.text)


def test_the_frame_says_what_peers_are_not_enough_for(library: Library) -> None:
    """Money, secrecy, contact outside and sexual feeling go to a supervisor."""
    first = library.frame[0].text
    for word in ("money", "secrecy", "outside the hour", "sexual", "supervisor"):
        assert word in first


def test_the_frame_keeps_its_order_and_not_the_alphabet(prompts: Path) -> None:
    text = (prompts / "en" / LINE).read_text(encoding="utf-8")
    change(prompts, LINE, "order = 1", "order = 2")
    (prompts / "en/frame/z-first.toml").write_text(text.replace("a-line", "z-first"), encoding="utf-8")
    assert [one.id for one in load_library(prompts).frame] == ["z-first", "a-line"]


def test_a_strategy_may_suit_any_situation(prompts: Path) -> None:
    """Without the field it is found by its mechanisms only."""
    text = (prompts / "en" / ONE).read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines(keepends=True) if line.startswith("situations"))
    change(prompts, ONE, line, "")
    assert load_library(prompts).strategy("one").situations == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "advice"),
    [
        (ONE, '"gifts"', '"presents"', "situations[1]", "'gifts', 'time', 'contact', 'are-you-ill'"),
        (ONE, '"time"', '"gifts"', "situations", "“gifts” only once"),
        (ONE, 'situations = ["', 'situation = ["', "situation", "mechanisms, situations, when"),
        (LINE, 'name = "A line"\n', "", "name", "Add this field"),
        (LINE, '"A line"', '"' + "A line " * 9 + '"', "name", "at most 60 characters"),
        (LINE, "order = 1", "order = 0", "order", "at least 1"),
        (LINE, "order = 1", "order = 100", "order", "at most 99"),
        (LINE, 'source = "Our own design."\n', "", "source", "Add this field"),
        (LINE, "Ask first.", "x" * 1200, "text", "1200 characters in all; there are 1246."),
        (LINE, "Ask first.", "Ask @everyone.", "text", "“@e”"),
        (LINE, 'id = "a-line"', 'id = "line"', "id", "Write “a-line” here"),
    ],
)
def test_what_is_broken_is_named_with_what_to_write(
    prompts: Path, file: str, old: str, new: str, field: str, advice: str
) -> None:
    """One thing is broken, and one sentence says where and what to write instead."""
    change(prompts, file, old, new)
    (problem,) = problems_of(prompts)
    assert (problem.file, problem.field) == (f"en/{file}", field)
    assert advice in problem.advice


def test_two_texts_of_the_frame_don_t_share_a_place(prompts: Path) -> None:
    text = (prompts / "en" / LINE).read_text(encoding="utf-8")
    (prompts / "en/frame/b-line.toml").write_text(text.replace("a-line", "b-line"), encoding="utf-8")
    assert [str(one) for one in problems_of(prompts)] == [
        "en/frame/b-line.toml, order: Write another number; a-line has 1 already."
    ]


def test_a_missing_frame_is_told(prompts: Path) -> None:
    shutil.rmtree(prompts / "en/frame")
    assert [str(one) for one in problems_of(prompts)] == [
        "en/frame, whole folder: Put at least one .toml file here."
    ]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_situation_that_no_strategy_has_is_told(prompts: Path, situation: Situation) -> None:
    """Nobody opens an occasion and finds it empty."""
    for file in ("one", "two", "three"):
        path = prompts / f"en/strategies/{file}.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf'"{situation}",? ?', "", text), encoding="utf-8")
    assert [str(one) for one in problems_of(prompts)] == [
        f"en/strategies, situations: Name {situation} in at least one strategy; none names it now."
    ]


def test_empty_situations_are_not_told_while_a_strategy_can_t_be_read(prompts: Path) -> None:
    """The one that can't be read may be the one that names it."""
    for file in ("one", "two", "three"):
        change(prompts, f"strategies/{file}.toml", '"gifts", ', "")
    change(prompts, ONE, "caution", "cautious")
    assert not [one for one in problems_of(prompts) if one.field == "situations"]


def test_a_mechanism_without_strategies_is_told(prompts: Path) -> None:
    for file in ("one", "two", "three"):
        change(prompts, f"strategies/{file}.toml", '"care", "echo"', '"care"')
    assert [str(one) for one in problems_of(prompts)] == [
        "en/strategies, mechanisms: Name echo in at least 3 strategies; 0 name it now."
    ]


def test_another_language_has_the_same_frame(prompts: Path) -> None:
    """A text of the frame that was not translated is missed."""
    shutil.copytree(prompts / "en", prompts / "de")
    (prompts / "de" / LINE).rename(prompts / "de/frame/b-line.toml")
    renamed = prompts / "de/frame/b-line.toml"
    renamed.write_text(renamed.read_text(encoding="utf-8").replace("a-line", "b-line"), encoding="utf-8")
    assert {(one.file, one.advice.split(" ", 1)[0]) for one in check(prompts)} == {
        ("de/frame/a-line.toml", "Translate"),
        ("de/frame/b-line.toml", "Take"),
    }


@given(name=st.integers(1, 60), text=st.integers(1, 1300), source=st.integers(1, 1300))
def test_a_text_of_the_frame_is_taken_up_to_1200_characters(name: int, text: int, source: int) -> None:
    """Whichever of its parts is long, the sum decides."""
    data = {"id": "a", "name": "n" * name, "order": 1, "text": "t" * text, "source": "s" * source}
    if name + text + source <= 1200:
        assert FrameText.model_validate(data).characters == name + text + source
    else:
        with pytest.raises(ValidationError):
            FrameText.model_validate(data)


@given(st.lists(st.sampled_from(SITUATIONS), max_size=9))
def test_any_situations_are_taken_as_long_as_none_stands_twice(situations: list[Situation]) -> None:
    """They keep the order in which they were written."""
    data = load_library().strategy("link-to-then").model_dump() | {"situations": situations}
    if len(set(situations)) == len(situations):
        assert Strategy.model_validate(data).situations == tuple(situations)
    else:
        with pytest.raises(ValidationError):
            Strategy.model_validate(data)
