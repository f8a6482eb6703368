"""A group's own template as a file: read back as it was written, or refused field by field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.asking import asked_for
from bot.content.models import Template
from bot.content.template_files import (
    MOST_BYTES,
    MOST_FIELDS,
    check_template,
    id_from,
    read_template,
    unused,
    write_template,
)
from tests.conftest import english
from tests.templates.making import a_template, small

SLOW_TO_DRAW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
FIELD = '[[fields]]\nid = "moment"\nlabel = "The moment"\nguidance = "As it was."\nkind = "short"\n'
REST = "required = true\nshared = true\nmax_length = 100\n"
HEAD = 'id = "look"\ntitle = "A look"\nwhen_to_use = "Now."\nleave_out = "Names."\n'
SOUND = f"{HEAD}{FIELD}{REST}"


def told(text: str) -> dict[str, str]:
    """What is to be put right in a text, by field."""
    template, problems = read_template(text)
    assert (template is None) == bool(problems)
    return {each.field: each.advice for each in problems}


@SLOW_TO_DRAW
@given(a_template())
def test_what_is_written_is_read_back_equal(template: Template) -> None:
    """Whatever stands in it: quotation marks, backslashes, emoji, scripts of all kinds."""
    assert read_template(write_template(template)) == (template, ())


@pytest.mark.parametrize("template", english().templates, ids=lambda each: each.id)
def test_a_shipped_template_may_be_a_groups_own(template: Template) -> None:
    """So that a group can change any of them: none breaks a rule that is only for a group's own."""
    assert read_template(write_template(template)) == (template, ())


def test_windows_line_ends_and_a_byte_order_mark_are_welcome() -> None:
    """A plain editor on Windows saves so."""
    assert read_template("\ufeff" + SOUND.replace("\n", "\r\n"))[0] == read_template(SOUND)[0] is not None


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (("A look", "x" * 46), "title", "at most 45 characters"),
        (("A look", "Ask @everyone"), "title", "mention"),
        (("A look", ""), "title", "it is empty"),
        (('"look"', '"A Look"'), "id", "small letters"),
        (('leave_out = "Names."\n', ""), "leave_out", "it is needed"),
        (("As it was.", "x" * 101), "fields[moment].guidance", "at most 100 characters"),
        (("The moment", "x" * 46), "fields[moment].label", "at most 45 characters"),
        (("As it was.", "See https://example.org"), "fields[moment].guidance", "web address"),
        (('kind = "short"', 'kind = "long"'), "fields[moment].kind", "one of these"),
        (('kind = "short"', 'kind = "choice"'), "fields[moment].options", "two to ten"),
        (("required = true", 'required = "yes"'), "fields[moment].required", "true or false"),
        (("max_length = 100", "max_length = 4001"), "fields[moment].max_length", "at most 4000"),
        (("max_length = 100", "length = 100"), "fields[moment].length", "correct its name"),
        (("The moment", "The client’s name"), "fields[moment].label", "the part that somebody plays"),
        (("As it was.", "Date of birth?"), "fields[moment].guidance", "time of life"),
        (("[[fields]]", "[fields]"), "fields", "list in square brackets"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(change: tuple[str, str], field: str, words: str) -> None:
    """In a sentence that says what to write instead."""
    found = told(SOUND.replace(*change))
    assert words in found[field], found


def test_everything_wrong_is_told_at_once() -> None:
    """Nobody hands a file in five times."""
    broken = SOUND.replace("A look", "x" * 46).replace("The moment", "First name").replace('"Now."', "3")
    assert told(broken).keys() == {"title", "when_to_use", "fields[moment].label"}


@pytest.mark.parametrize("count", [MOST_FIELDS, MOST_FIELDS + 1, 26, 60])
def test_twenty_fields_are_the_most(count: int) -> None:
    """One more gets one sentence, which says how many there are."""
    text = HEAD + "".join(f"{FIELD}{REST}".replace('"moment"', f'"moment-{n}"') for n in range(count))
    if count <= MOST_FIELDS:
        assert read_template(text)[0] is not None
    else:
        assert told(text) == {"fields": f"Take some out; there are {count} fields, and 20 are the most."}


@pytest.mark.parametrize(
    "text",
    [
        "title = ",
        "a = 1\na = 2",
        "[[[[",
        "a = " + "[" * 20_000,
        "a = " + "9" * 10_000,
        'a = "\\ud800"',
        "\0",
        "fields = 3",
        "fields = [1, [], {}]",
        "fields = [{ id = 3, label = [] }]",
        "{}",
        "",
    ],
)
def test_whatever_a_file_holds_it_gets_a_sentence(text: str) -> None:
    """Spelling that can't be read, and shapes that no template has."""
    assert all(advice.endswith((".", "…")) for advice in told(text).values())
    assert told(text)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Anything at all is a template, or gets a sentence."""
    told(text)


def test_a_file_that_is_too_long_is_not_even_parsed() -> None:
    """64 KB of bytes, however many characters those are; just as much is read."""
    longest = SOUND + "#" * (MOST_BYTES - len(SOUND))
    assert read_template(longest)[0] is not None
    assert "64 KB" in told(f"{longest}#")["whole file"]
    assert "64 KB" in told(SOUND + "#" + "é" * (MOST_BYTES // 2))["whole file"]


def test_what_could_not_be_shared_is_not_taken() -> None:
    """Twenty fields of options in signs of four bytes: each within its limit, the file beyond its own."""
    options = ["\N{GRINNING FACE}" * 98 + f"{n:02}" for n in range(10)]
    ask = {"label": "A", "guidance": "B", "kind": "choice", "required": True, "shared": True}
    fields = [{**ask, "id": f"f{n}", "options": options} for n in range(MOST_FIELDS)]
    head = {"id": "look", "title": "A look", "when_to_use": "Now.", "leave_out": "Names."}
    template, problems = check_template({**head, "fields": fields})
    assert template is None
    assert [each.field for each in problems] == ["whole file"]
    assert check_template({**head, "fields": fields[:5]})[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "What is the client's name?",
        "Names of the family",
        "First name only",
        "Initials",
        "Date of birth",
        "When was she born?",
        "Birthday?",
        "Exact age",
        "Which date was it?",
        "The client's address",
        "Home address and phone",
        "Phone number",
        "E-mail",
        "Who is the employer?",
        "Which school do they go to?",
        "Which town do they live in?",
        "Insurance number",
        "NHS number",
        "No hurry. What is their name?",
    ],
)
def test_a_question_about_who_it_is_is_known(text: str) -> None:
    """And there is something to ask instead."""
    found = asked_for(text)
    assert found is not None
    assert found[1].endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Name one thing that surprised you.",
        "How would you name it?",
        "Name the feeling",
        "In the name of what?",
        "In general terms, without names or dates.",
        "No town, no employer.",
        "Never the school, only what kind it is.",
        "Leave out names and initials.",
        "Names stay out of it.",
        "Give the client an invented name.",
        "The part they play instead of a name.",
        "What happened on the phone?",
        "A phone call between sessions?",
        "What would you like to address?",
        "Which school of therapy helps you here?",
        "What did you feel?",
    ],
)
def test_other_questions_may_be_asked(text: str) -> None:
    """What has the same word in it and asks for nobody, and what asks to leave it out."""
    assert asked_for(text) is None


@given(st.text(max_size=80))
def test_a_name_for_a_file_is_one_or_none(title: str) -> None:
    """Whatever the title, it can stand as an id, or there is nothing in it that could."""
    found = id_from(title)
    assert not found or small(found).id == found


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A short look", "a-short-look"),
        ("Überlastung", "uberlastung"),
        ("3 × 3", ""),
        ("Кризис", ""),
        ("The client’s side", "the-clients-side"),
        ("word " * 9, "word-word-word-word-word-word-word-word"),
        ("x" * 45, "x" * 40),
    ],
)
def test_a_title_makes_a_name(title: str, expected: str) -> None:
    """Small letters, cut at the end of a word."""
    assert id_from(title) == expected


def test_a_name_that_is_taken_gets_a_number() -> None:
    """As short as it may be, and the first that is free."""
    assert unused("look", []) == "look"
    assert unused("look", ["look", "look-2"]) == "look-3"
    assert unused("x" * 40, ["x" * 40]) == f"{'x' * 38}-2"
