"""Loading: what a sound folder gives, and the sentence each kind of broken file gets."""

import copy
import dataclasses
from pathlib import Path

import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import ContentError, load_library
from tests.content.breaking import change, problems_of

CARE = "mechanisms/care.toml"
ECHO = "mechanisms/echo.toml"
ONE = "strategies/one.toml"
CASE = "templates/short-case.toml"
ROUND = "protocols/small-round.toml"


def test_a_sound_folder_loads_whole(prompts: Path) -> None:
    """Everything is there, mechanisms by their order and the rest by id."""
    library = load_library(prompts)
    assert [one.id for one in library.mechanisms] == ["care", "echo"]
    assert [one.id for one in library.strategies] == ["one", "three", "two"]
    assert library.protocol("small-round").step("think").topics == {45: 1, 60: 2}
    assert library.template("short-case").fields[1].options == ("0", "1", "2")
    assert library.strategy("two").addressed == "client"
    assert library.charter == "What is said here stays here."
    assert library.texts.keys() == frozenset()


def test_a_missing_interface_folder_is_an_empty_one(prompts: Path) -> None:
    """The library loads before anyone has written an interface text."""
    (prompts / "en" / "interface").rmdir()
    assert not load_library(prompts).texts.has("anything")


def test_a_byte_order_mark_and_windows_line_ends_are_welcome(prompts: Path) -> None:
    """A file saved by a plain Windows editor loads like any other."""
    file = prompts / "en" / ONE
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_library(prompts).strategy("one").name == "Say it"


def test_order_and_not_the_alphabet_ranks_mechanisms(prompts: Path) -> None:
    """The order field decides which mechanism comes first."""
    change(prompts, CARE, "order = 1", "order = 7")
    change(prompts, CARE, "null_hypothesis = true\n", "")
    change(prompts, ECHO, "amplifier = true", "null_hypothesis = true")
    change(prompts, CARE, "question =", "amplifier = true\nquestion =")
    assert [one.id for one in load_library(prompts).mechanisms] == ["echo", "care"]


def test_a_mechanism_may_say_what_comes_before_any_step(prompts: Path) -> None:
    """Most have nothing to say there; what one says stands apart from its card."""
    words = load_library(prompts).mechanism("echo").words
    change(prompts, ECHO, "order = 2", f'order = 2\nbefore_a_step = "{"x" * 160}"')
    library = load_library(prompts)
    assert library.mechanism("care").before_a_step is None
    assert library.mechanism("echo").before_a_step == "x" * 160
    assert library.mechanism("echo").words == words


def test_strategies_for_something_come_before_those_for_everything(prompts: Path) -> None:
    """What was written for one mechanism stands above what fits any, then the id decides."""
    text = (prompts / "en" / ONE).read_text(encoding="utf-8")
    for id_, mechanism in (("one", "care"), ("four", "care"), ("zero", "echo")):
        own = text.replace('id = "one"', f'id = "{id_}"').replace('"care", "echo"', f'"{mechanism}"')
        (prompts / f"en/strategies/{id_}.toml").write_text(own, encoding="utf-8")
    library = load_library(prompts)
    assert [one.id for one in library.strategies_for(["care", "echo"])] == [
        "four",
        "one",
        "zero",
        "three",
        "two",
    ]
    assert [one.id for one in library.strategies_for({"echo"})] == ["zero", "three", "two"]
    assert library.strategies_for(()) == ()
    assert library.strategies_for(["something-else"]) == ()


def test_an_unknown_id_is_a_key_error(prompts: Path) -> None:
    """Asking for what does not exist is the caller's mistake."""
    library = load_library(prompts)
    for look_up in (library.mechanism, library.strategy, library.template, library.protocol):
        with pytest.raises(KeyError):
            look_up("nothing")
    with pytest.raises(KeyError):
        library.protocol("small-round").step("nothing")
    with pytest.raises(KeyError):
        library.protocol("small-round").minutes(30)


def test_what_was_loaded_cannot_be_changed(prompts: Path) -> None:
    """Library, models and their tables are frozen, and still copy and hash."""
    library = load_library(prompts)
    step = library.protocol("small-round").step("alone")
    with pytest.raises(dataclasses.FrozenInstanceError):
        library.charter = ""  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(pydantic.ValidationError):
        step.title = ""  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(TypeError):
        step.minutes[45] = 1  # pyright: ignore[reportIndexIssue]
    assert copy.deepcopy(step) == step
    assert hash(copy.deepcopy(step)) == hash(step)
    assert step.model_dump()["minutes"] == {45: 8, 60: 10}


BROKEN = [
    # a mechanism on its own
    (CARE, 'name = "Care"\n', "", "name", "Add this field"),
    (CARE, '"Care"', '"Care that goes on and on and on and on"', "name", "at most 30 characters"),
    (CARE, '"Care"', "3", "name", "between quotation marks"),
    (CARE, '"Care"', '"   "', "name", "it is empty"),
    (CARE, '"Care"', '"Care\\nless"', "name", "on one line"),
    (CARE, "order = 1", 'order = "1"', "order", "whole number"),
    (CARE, "order = 1", "order = 0", "order", "at least 1"),
    (CARE, "order = 1", "order = 100", "order", "at most 99"),
    (CARE, "null_hypothesis = true", 'null_hypothesis = "yes"', "null_hypothesis", "true or false"),
    (CARE, "order = 1", "order = 1\nranking = 1", "ranking", "the names known here are id, name, order"),
    (CARE, '["Brief.", "Light."]', '["Brief."]', "signs_for", "at least 2 of these; there are 1"),
    (CARE, '["Brief.", "Light."]', '["Brief.", "Light.", "Soft."]', "signs_for", "at most 2"),
    (CARE, '["Brief.", "Light."]', '"Brief."', "signs_for", "list in square brackets"),
    (CARE, '["Brief.", "Light."]', '["Brief.", 2]', "signs_for[2]", "between quotation marks"),
    (CARE, "just care.", "care" + " and care" * 27, "meaning", "60 words in all; there are 68"),
    (CARE, 'origin = "From somewhere."\n', "", "more.origin", "Add this field"),
    (
        CARE,
        "own_part",
        "own_parts = 1\nown_part",
        "more.own_parts",
        "the names known here are definition, origin",
    ),
    (CARE, "From somewhere.", "x" * 3100, "more", "3200 characters in all"),
    (CARE, '["What happened?", "And then?"]', '["What happened?"]', "more.questions", "at least 2"),
    (CARE, "order = 1", "order = 1\namplifier = true", "amplifier", "not both"),
    (CARE, "order = 1", "order = 1\nbefore_a_step = 3", "before_a_step", "between quotation marks"),
    (CARE, "order = 1", 'order = 1\nbefore_a_step = ""', "before_a_step", "it is empty"),
    (CARE, "order = 1", 'order = 1\nbefore_a_step = "One.\\nTwo."', "before_a_step", "on one line"),
    (CARE, "order = 1", f'order = 1\nbefore_a_step = "{"x" * 161}"', "before_a_step", "at most 160"),
    # what no text may hold
    (CARE, "just care.", "just \\u202Ecare.", "meaning", "U+202E"),
    (CARE, "just care.", "just \\u0007care.", "meaning", "U+0007"),
    (CARE, "just care.", "just \\uE000care.", "meaning", "U+E000"),
    (CARE, "just care.", "for @everyone.", "meaning", "“@e”"),
    (CARE, "just care.", "for <@&123>.", "meaning", "“<@&1”"),
    (ONE, "Sometimes.", "See https://a.b/c", "when", "“https://”"),
    (ONE, "Sometimes.", "See www.somewhere", "when", "“www.”"),
    (ONE, "Sometimes.", "See some-where.org", "when", "“some-where.org”"),
    # a strategy on its own
    (ONE, '"Say it"', '"' + "Say it " * 9 + '"', "name", "at most 60 characters"),
    (ONE, '["Thank you.", "I heard that."]', '["Thank you."]', "wording", "at least 2"),
    (ONE, '"client"', '"everyone"', "addressed", "'client' or 'self'"),
    (ONE, "Slowly.", "Slowly. " * 200, "whole file", "1500 characters in all"),
    (ONE, '"care", "echo"', '"care", "care"', "mechanisms", "“care” only once"),
    (ONE, '"care", "echo"', "", "mechanisms", "at least 1"),
    (ONE, 'id = "one"', 'id = "One_"', "id", "joined by single hyphens"),
    # a template on its own
    (CASE, "What happened?", "What happened on that day, as you remember it?", "fields[what].label", "45"),
    (CASE, "In a few words.", "In a few words. " * 7, "fields[what].guidance", "100"),
    (CASE, "A cup of tea.", "A cup of tea. " * 8, "fields[what].example", "100"),
    (CASE, '"short"', '"long"', "fields[what].kind", "'short', 'paragraph', 'choice' or 'scale'"),
    (CASE, "max_length = 200", "max_length = 4001", "fields[what].max_length", "at most 4000"),
    (CASE, "max_length = 200\n", "", "fields[what].max_length", "how many characters"),
    (CASE, "max_length = 200", 'options = ["a", "b"]', "fields[what].options", "Take these out"),
    (CASE, '["0", "1", "2"]', '["0"]', "fields[load].options", "two to ten"),
    (CASE, '["0", "1", "2"]', '["0", "0"]', "fields[load].options", "“0” only once"),
    (CASE, '["0", "1", "2"]', str([str(n) for n in range(11)]), "fields[load].options", "at most 10"),
    (CASE, "shared = false", "shared = false\nmax_length = 9", "fields[load].max_length", "has no length"),
    (CASE, 'id = "load"', 'id = "what"', "fields", "“what” only once"),
    (CASE, 'id = "load"\n', "", "fields[2].id", "Add this field"),
    (CASE, "required = false\n", "", "fields[load].required", "Add this field"),
    (CASE, "shared = false", "shared = false\nhidden = true", "fields[load].hidden", "id, label, guidance"),
    # spelling
    (ONE, "when =", "when", "whole file", "Correct the TOML spelling"),
    (ONE, "when =", "name =", "whole file", "Correct the TOML spelling"),
    # across files
    (ONE, 'id = "one"', 'id = "uno"', "id", "Write “one” here, or name the file uno.toml."),
    (ONE, '"care", "echo"', '"care", "echo", "doubt"', "mechanisms", "exists: care, echo"),
    (ECHO, "order = 2", "order = 1", "order", "care has 1 already"),
    (CARE, "order = 1", "order = 3", "order", "the null hypothesis comes first"),
]


@pytest.mark.parametrize(("file", "old", "new", "field", "advice"), BROKEN)
def test_a_broken_file_is_named_with_its_field_and_what_to_write(
    prompts: Path, file: str, old: str, new: str, field: str, advice: str
) -> None:
    """One thing is broken, and one sentence says where and what to write instead."""
    change(prompts, file, old, new)
    (problem,) = problems_of(prompts)
    assert (problem.file, problem.field) == (f"en/{file}", field)
    assert advice in problem.advice
    assert problem.advice[0].isupper()
    assert problem.advice.endswith(".")
    assert str(problem) == f"en/{file}, {field}: {problem.advice}"


def test_every_problem_of_every_file_is_told_at_once(prompts: Path) -> None:
    """Nobody has to repair one file to learn about the next."""
    change(prompts, CARE, "order = 1", "order = true")
    change(prompts, CARE, 'question = "How well does this fit?"\n', "")
    change(prompts, ONE, "Slowly.", "")
    change(prompts, ROUND, 'title = "Look"', "title = 7")
    (prompts / "en/charter.md").write_text("Nothing leaves \u202ethis room.", encoding="utf-8")
    (prompts / "en/interface/a.ftl").write_text("hello", encoding="utf-8")
    assert [(one.file.removeprefix("en/"), one.field) for one in problems_of(prompts)] == [
        ("charter.md", "line 1"),
        ("interface/a.ftl", "line 1"),
        (CARE, "order"),
        (CARE, "question"),
        (ROUND, "steps[look].title"),
        (ONE, "caution"),
    ]
    with pytest.raises(ContentError, match=r"en/charter\.md, line 1: Take out .*\n.*a\.ftl, line 1"):
        load_library(prompts)


def test_two_null_hypotheses_are_one_too_many(prompts: Path) -> None:
    """Only one mechanism is the null hypothesis, and only one the amplifier."""
    change(prompts, ECHO, "amplifier = true", "null_hypothesis = true")
    extra, missing = problems_of(prompts)[::-1]
    assert (extra.file, extra.field) == (f"en/{ECHO}", "null_hypothesis")
    assert "care has true already" in extra.advice
    assert (missing.file, missing.field) == ("en/mechanisms", "amplifier")


def test_a_mechanism_needs_three_strategies(prompts: Path) -> None:
    """The problem names the mechanism that too few strategies are for."""
    change(prompts, ONE, '"care", "echo"', '"care"')
    (problem,) = problems_of(prompts)
    assert (problem.file, problem.field) == ("en/strategies", "mechanisms")
    assert problem.advice == "Name echo in at least 3 strategies; 2 name it now."


def test_a_broken_mechanism_does_not_blame_the_strategies(prompts: Path) -> None:
    """A strategy may name a mechanism whose own file has to be put right first."""
    change(prompts, ECHO, 'meaning = "Perhaps it rings on."\n', "")
    assert [one.file for one in problems_of(prompts)] == [f"en/{ECHO}"]


@pytest.mark.parametrize("folder", ["mechanisms", "strategies", "templates", "protocols"])
def test_an_empty_folder_asks_for_a_file(prompts: Path, folder: str) -> None:
    """Each kind of content is needed, apart from the interface texts."""
    for file in (prompts / "en" / folder).iterdir():
        file.unlink()
    assert f"en/{folder}, whole folder: Put at least one .toml file here." in map(str, problems_of(prompts))


@pytest.mark.parametrize("name", ["mechanisms/care.toml.txt", "templates/notes.md", "interface/a.txt"])
def test_a_file_that_would_be_overlooked_is_told(prompts: Path, name: str) -> None:
    """A wrong ending does not make a file vanish in silence."""
    (prompts / "en" / name).write_text("", encoding="utf-8")
    (problem,) = problems_of(prompts)
    assert (problem.file, problem.field) == (f"en/{name}", "file name")
    assert "ends in ." in problem.advice


def test_hidden_files_are_left_alone(prompts: Path) -> None:
    """What an editor or an operating system leaves behind is nobody's mistake."""
    (prompts / "en/mechanisms/.DS_Store").write_bytes(b"\xff")
    (prompts / "en/interface/.gitkeep").touch()
    assert len(load_library(prompts).mechanisms) == 2


@pytest.mark.parametrize("name", [ONE, "charter.md", "interface/a.ftl"])
def test_a_file_in_another_encoding_is_told(prompts: Path, name: str) -> None:
    """The sentence says which byte is not UTF-8."""
    (prompts / "en" / name).write_bytes("né".encode("latin-1"))
    (problem,) = problems_of(prompts)
    assert (problem.file, problem.field) == (f"en/{name}", "whole file")
    assert problem.advice == "Save the file as UTF-8; byte 2 is not."


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("  \n", "Write the group's agreement here, in at most 120 words."),
        ("word " * 121, "Shorten this to 120 words; there are 121."),
    ],
)
def test_the_charter_is_there_and_short(prompts: Path, text: str, advice: str) -> None:
    """A charter of no words or too many is told."""
    (prompts / "en/charter.md").write_text(text, encoding="utf-8")
    assert [str(one) for one in problems_of(prompts)] == [f"en/charter.md, whole file: {advice}"]


def test_a_missing_charter_is_told(prompts: Path) -> None:
    """A group can't agree to a charter that isn't there."""
    (prompts / "en/charter.md").unlink()
    assert [one.file for one in problems_of(prompts)] == ["en/charter.md"]


def test_a_language_that_is_not_there_says_what_is_missing(prompts: Path) -> None:
    """Loading a language without a folder names everything it would need."""
    with pytest.raises(ContentError) as caught:
        load_library(prompts, "de")
    assert {one.file for one in caught.value.problems} == {
        "de/aliases.toml",
        "de/charter.md",
        "de/frame",
        "de/mechanisms",
        "de/protocols",
        "de/strategies",
        "de/templates",
    }


@settings(max_examples=30)
@given(text=st.text())
def test_any_text_at_all_loads_or_is_refused_with_a_sentence(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands in a charter, reading it never fails in any other way."""
    root = tmp_path_factory.getbasetemp() / "any"
    (root / "en").mkdir(parents=True, exist_ok=True)
    (root / "en/charter.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ContentError) as caught:
        load_library(root)
    assert all(one.advice.endswith(".") for one in caught.value.problems)
