"""The forms for presenting a case: what holds of every one that is shipped."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.content import Library, Template, load_library
from bot.content.models import TemplateField
from bot.identifiers.together import together
from bot.services.screening import BY_RULES

SHIPPED = (
    "cbt-formulation",
    "consultation",
    "critical-incident",
    "cultural-lens",
    "ethical-dilemma",
    "five-ps",
    "follow-up",
    "free-telling",
    "my-client-looks-after-me",
    "psychodynamic",
    "rupture",
    "seven-eyes",
)
PAGE = 5
TYPED = ("short", "paragraph")

IDENTIFYING = re.compile(
    r"\b(?:names?|initials|birth(?:day)?s?|born|dates?|ages?|old|address(?:es)?|postcode|street|town|city|"
    r"village|employers?|company|school|hospital|institution|clinic|phone|e-?mail|exact(?:ly)?|verbatim|"
    r"word for word)\b",
    re.IGNORECASE,
)
KEPT_OUT = re.compile(r"\b(?:no|without)\b[^.?!:;]*$", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”")
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Uu]s|[Oo]ur)\b")
SECOND_PERSON = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.?!](?=\s|$)")


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the shipped English library."""
    return load_library()


@pytest.fixture(scope="module", params=SHIPPED)
def template(library: Library, request: pytest.FixtureRequest) -> Template:
    """Return each shipped template in turn."""
    return library.template(request.param)


def asked_for(text: str) -> list[str]:
    """Return the identifying things that ``text`` asks for; what it asks to leave out is none of them."""
    return [
        found.group() for found in IDENTIFYING.finditer(text) if not KEPT_OUT.search(text[: found.start()])
    ]


def answers(field: TemplateField) -> Iterator[str]:
    """Yield what the form itself suggests as an answer."""
    yield from field.options
    if field.example is not None:
        yield field.example


def test_twelve_templates_are_there(library: Library) -> None:
    """Each has its own title, so that a list of them can be told apart."""
    assert {template.id for template in library.templates} == set(SHIPPED)
    assert len({template.title.casefold() for template in library.templates}) == len(SHIPPED) == 12


def test_a_form_is_at_most_three_pages(template: Template) -> None:
    """Who fills it in on a phone in the evening comes to its end."""
    assert len(template.fields) <= 3 * PAGE


def test_little_is_required(template: Template) -> None:
    """One to four answers are enough for the group to begin, and the first of them is on the first page."""
    required = [field for field in template.fields if field.required]
    assert 1 <= len(required) <= 4
    assert any(field.required for field in template.fields[:PAGE])


def test_something_stays_with_the_presenter(template: Template) -> None:
    """Every form has a question that is for its presenter alone, and none of those has to be answered."""
    private = [field for field in template.fields if not field.shared]
    assert private
    assert not [field.id for field in private if field.required]


def test_what_is_private_says_so(template: Template) -> None:
    """Whoever reads the guidance knows whether the group will see the answer."""
    assert [field.id for field in template.fields if field.guidance.startswith("For you alone")] == [
        field.id for field in template.fields if not field.shared
    ]


def test_nothing_is_said_twice(template: Template) -> None:
    """No label, guidance or example stands for two fields of one form."""
    texts = Counter(
        text.casefold()
        for field in template.fields
        for text in (field.label, field.guidance, field.example)
        if text is not None
    )
    assert not [text for text, times in texts.items() if times > 1]


def test_an_answer_has_the_room_that_its_kind_promises(template: Template) -> None:
    """A short answer stays short, and a paragraph is worth opening."""
    for field in template.fields:
        if field.kind == "short":
            assert field.max_length is not None
            assert field.max_length <= 150, field.id
        elif field.kind == "paragraph":
            assert field.max_length is not None
            assert 200 <= field.max_length <= 4000, field.id


def test_what_is_typed_has_an_example_that_fits(template: Template) -> None:
    """An example stands in every text field, no longer than an answer may be, and in no list of options."""
    for field in template.fields:
        assert (field.example is not None) == (field.kind in TYPED), field.id
        assert len(field.example or "") <= (field.max_length or 0), field.id


def test_the_question_comes_last_unless_the_form_starts_from_it(template: Template) -> None:
    """A question to the group is required; one writes it at the end, or as the first thing of all."""
    for place, field in enumerate(template.fields):
        if field.id == "question":
            assert field.required
            assert field.shared
            assert place in {0, len(template.fields) - 1}


def test_no_field_asks_who_it_is(template: Template) -> None:
    """Neither a label nor its guidance asks for a name, a date, a place or words as they were written."""
    asked = {
        field.id: words
        for field in template.fields
        if (words := asked_for(field.label) + asked_for(field.guidance))
    }
    assert not asked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What is their name?", ["name"]),
        ("Age and town, roughly.", ["Age", "town"]),
        ("No dates. Which hospital?", ["hospital"]),
        ("In general terms, without names or dates.", []),
        ("No town, no group.", []),
        ("The message at the last stage.", []),
    ],
)
def test_asking_is_told_from_leaving_out(text: str, words: list[str]) -> None:
    """What stands after “no” or “without” in the same sentence is not asked for."""
    assert asked_for(text) == words


def test_the_form_speaks_to_its_presenter(template: Template) -> None:
    """The form says “you”, and what stands in it as an answer says “I”."""
    spoken = (template.when_to_use, template.leave_out, *(field.guidance for field in template.fields))
    assert not [text for text in spoken if FIRST_PERSON.search(QUOTED.sub("", text))]
    assert not [text for field in template.fields for text in answers(field) if SECOND_PERSON.search(text)]


def test_what_to_leave_out_is_read_at_a_glance(template: Template) -> None:
    """One or two sentences, which speak of names at the least."""
    assert len(SENTENCE_END.findall(template.leave_out)) in {1, 2}
    assert "Names" in template.leave_out


def test_no_suggested_answer_identifies_anybody(template: Template) -> None:
    """Nothing is found in an example or an option, so that none is held back or reads like a real case."""
    found = [
        (field.id, text, finding.kind)
        for field in template.fields
        for text in answers(field)
        for finding in BY_RULES.find(text, "en", None)
    ]
    assert not found


def test_the_examples_together_point_to_nobody(template: Template) -> None:
    """A form filled in like its examples gives no warning of details that add up."""
    assert together("\n".join(field.example for field in template.fields if field.example), ()) is None


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("balint", {"free-telling"}),
        ("complaint", {"ethical-dilemma"}),
        ("confidentiality", {"ethical-dilemma"}),
        ("countertransference", {"psychodynamic"}),
        ("couple", {"consultation", "rupture"}),
        ("ending", {"consultation", "rupture", "psychodynamic", "follow-up"}),
        ("formulation", {"five-ps", "cbt-formulation"}),
        ("gift", {"ethical-dilemma", "cultural-lens"}),
        ("interpreter", {"cultural-lens"}),
        ("protect you", {"my-client-looks-after-me"}),
        ("risk", {"consultation", "critical-incident", "ethical-dilemma"}),
        ("rupture", {"rupture"}),
        ("self-harm", {"critical-incident"}),
        ("silence", {"rupture", "psychodynamic"}),
        ("stuck", {"consultation", "rupture", "seven-eyes"}),
        ("parallel process", {"seven-eyes"}),
        ("trainee", {"consultation", "five-ps", "cbt-formulation", "ethical-dilemma"}),
    ],
)
def test_a_form_is_found_by_what_it_is_for(library: Library, word: str, ids: set[str]) -> None:
    """The words that come to a clinician's mind stand in what a form says of its use."""
    assert ids <= {each.id for each in library.templates if word in each.when_to_use.casefold()}


def test_danger_is_asked_about_in_one_way(library: Library) -> None:
    """Where a form asks for danger, it does so in the same words, in private and at the top of a page."""
    asking = {
        each.id: (place, field)
        for each in library.templates
        for place, field in enumerate(each.fields)
        if field.id == "risk"
    }
    assert asking.keys() == {"consultation", "critical-incident", "ethical-dilemma"}
    _, first = asking["consultation"]
    for place, field in asking.values():
        assert field == first
        assert not field.shared
        assert place % PAGE == 0


def test_the_outcome_of_an_incident_is_held_back(library: Library) -> None:
    """The group thinks about an incident before it hears how it went on."""
    (outcome,) = [field for field in library.template("critical-incident").fields if field.id == "outcome"]
    assert not outcome.shared


def test_a_telling_needs_no_question(library: Library) -> None:
    """Who brings a client to a Balint group just tells, and has plenty of room for it."""
    telling, *rest = library.template("free-telling").fields
    assert telling.max_length == max(field.max_length or 0 for field in (telling, *rest))
    assert not [field.id for field in rest if field.required or field.id == "question"]


def test_a_follow_up_takes_two_minutes(library: Library) -> None:
    """One page, one answer that is required, and a tap is enough for it."""
    fields = library.template("follow-up").fields
    assert len(fields) <= PAGE
    assert [field.kind for field in fields if field.required] == ["choice"]
    assert max(field.max_length or 0 for field in fields) <= 300
