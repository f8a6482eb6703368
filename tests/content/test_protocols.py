"""Protocols: what a step may say, and how steps must stand together for a session to come to its end."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.content import Protocol, load_library
from tests.content.breaking import problems_of

ROUND = "en/protocols/small-round.toml"
MARK = "\n[[steps]]\n"

Change = tuple[str, str, str]
"""A step by its id, what stands in it, and what stands there instead."""


def rewrite(root: Path, changes: Iterable[Change], order: str = "") -> None:
    """Change some steps, then put those named in ``order``, and no others, into that order."""
    file = root / ROUND
    head, *blocks = file.read_text(encoding="utf-8").split(MARK)
    steps = {block.split('"', 2)[1]: block for block in blocks}
    for step, old, new in changes:
        assert old in steps[step]
        steps[step] = steps[step].replace(old, new, 1)
    kept = order.split() or list(steps)
    file.write_text(MARK.join((head, *(steps[step] for step in kept))), encoding="utf-8")


def protocol(root: Path) -> Protocol:
    return load_library(root).protocol("small-round")


def told(root: Path, field: str, advice: str) -> None:
    """One thing is wrong, and one sentence says where and what to write instead."""
    (problem,) = problems_of(root)
    assert (problem.file, problem.field) == (ROUND, field)
    assert advice in problem.advice
    assert problem.advice[0].isupper()
    assert problem.advice.endswith(".")


def test_a_sound_protocol_loads_whole(prompts: Path) -> None:
    """Every field arrives as it was written, and what is left out has its plain value."""
    loaded = protocol(prompts)
    assert (loaded.lengths, loaded.can_be_slow) == ((45, 60), True)
    assert (loaded.minutes(45), loaded.minutes(60)) == (40, 57)
    tell, pick, list_, think = (loaded.step(id_) for id_ in ("tell", "pick", "list", "think"))
    assert (tell.guide, tell.voice_guide, tell.slow_guide) == ("One tells.", "One speaks.", "Read.")
    assert (tell.spoken, tell.hidden, tell.reserve, tell.presenter_guide) == (True, False, False, None)
    assert [(way.id, way.ask) for way in pick.options] == [
        ("plain", "One could"),
        ("upside-down", "To make it worse"),
    ]
    assert (list_.follows, list_.lines, list_.ask, list_.hint) == ("pick", 3, "One idea", "Short.")
    assert (think.topics, think.slow_topics, think.days) == ({45: 1, 60: 2}, 2, 3)
    assert loaded.step("alone").slow_evidence == "all"
    assert [step.id for step in loaded.steps if step.listened_to] == ["list", "think"]


def test_lengths_are_in_order_however_they_are_written(prompts: Path) -> None:
    """The shortest comes first."""
    file = prompts / ROUND
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{ 45 = 1, 60 = 2 }", "{ 60 = 2, 45 = 1 }"), encoding="utf-8")
    assert protocol(prompts).lengths == (45, 60)


def test_hidden_lines_are_not_listened_to(prompts: Path) -> None:
    """Where nobody sees a line yet, the presenter has nothing to listen to."""
    rewrite(prompts, [("list", "lines = 3", "lines = 3\nhidden = true")])
    assert [step.id for step in protocol(prompts).steps if step.listened_to] == ["think"]


LONG = "word " * 26
FIELD: list[tuple[str, str, str, str, str]] = [
    # what every step says
    ("think", '"Think"', '"' + "Think " * 7 + '"', "title", "at most 40 characters"),
    ("think", 'title = "Think"\n', "", "title", "Add this field"),
    ("think", "One at a time.", LONG, "guide", "Shorten this to 25 words; there are 26."),
    ("tell", "One speaks.", LONG, "voice_guide", "Shorten this to 25 words; there are 26."),
    ("tell", "Read.", LONG, "slow_guide", "Shorten this to 25 words; there are 26."),
    ("think", "One at a time.", "x" * 301, "guide", "at most 300 characters"),
    ("come", "Breathe.", "x" * 301, "presenter_guide", "at most 300 characters"),
    ("think", "One at a time.", "See www.somewhere", "guide", "without a web address"),
    ("think", '"talk"', '"chat"', "kind", "'second-ratings'"),
    ("look", '"nobody"', '"no one"', "who_writes", "'nobody'"),
    ("tell", "spoken = true", 'spoken = "yes"', "spoken", "true or false"),
    ("alone", "hidden = true", "hidden = 1", "hidden", "true or false"),
    ("reply", "reserve = true", 'reserve = "yes"', "reserve", "true or false"),
    ("look", "days = 1", "days = 1\ntext = true", "text", "the names known here are id, kind, title"),
    # its time
    ("think", "{ 45 = 9, 60 = 12 }", "15", "minutes", "{ 45 = 3, 60 = 4, 90 = 9 }"),
    ("think", "45 = 9", '45 = "9"', "minutes.45", "whole number"),
    ("think", "45 = 9", "short = 9", "minutes.short", "whole number"),
    ("think", "45 = 9", "45 = -1", "minutes.45", "at least 0"),
    ("think", "45 = 9", "45 = 121", "minutes.45", "at most 120"),
    ("think", "days = 3", "days = 21", "days", "at most 20"),
    ("think", "days = 3", "days = -1", "days", "at least 0"),
    ("think", "days = 3", 'days = "3"', "days", "whole number"),
    ("page", "60 = 0", "60 = 1", "minutes", "Write 0 for every length, and no days"),
    ("page", "who_writes", "days = 0\nwho_writes", "minutes", "Write 0 for every length, and no days"),
    # what a step of its kind needs
    ("alone", 'evidence = { 45 = "highest", 60 = "claimed" }\n', "", "evidence", "kind ratings needs it"),
    ("list", 'ask = "One idea"\n', "", "ask", "kind gather needs it"),
    ("list", 'hint = "Short."\n', "", "hint", "kind gather needs it"),
    ("list", "lines = 3\n", "", "lines", "kind gather needs it"),
    ("anew", 'ask = "My question"\n', "", "ask", "kind restate needs it"),
    ("anew", 'hint = "One sentence."\n', "", "hint", "kind restate needs it"),
    # what belongs to other kinds
    ("look", "days", 'evidence = { 45 = "all", 60 = "all" }\ndays', "evidence", "to a step of kind ratings."),
    ("look", "days", "topics = { 45 = 1, 60 = 1 }\ndays", "topics", "to a step of kind talk."),
    ("look", "days", 'ask = "What?"\ndays', "ask", "to a step of kind gather or restate."),
    ("look", "days", 'hint = "That."\ndays', "hint", "to a step of kind gather or restate."),
    ("anew", "days", "lines = 1\ndays", "lines", "to a step of kind gather."),
    ("think", "days", 'follows = "pick"\ndays', "follows", "to a step of kind gather."),
    ("pick", '"choose"', '"talk"', "options", "to a step of kind choose."),
    # the limits of these
    ("alone", '60 = "claimed"', '60 = "some"', "evidence.60", "'highest', 'claimed' or 'all'"),
    ("alone", '45 = "highest", ', "", "evidence", "length in minutes: 45, 60"),
    ("alone", 'slow_evidence = "all"\n', "", "slow_evidence", "evidence and days, and nowhere else"),
    ("alone", '"all"', '"some"', "slow_evidence", "'highest', 'claimed' or 'all'"),
    ("look", "days", 'slow_evidence = "all"\ndays', "slow_evidence", "evidence and days, and nowhere else"),
    ("think", "topics = { 45 = 1", "topics = { 90 = 1", "topics", "length in minutes: 45, 60"),
    ("think", "60 = 2 }", "60 = 7 }", "topics.60", "at most 6"),
    ("think", "60 = 2 }", "60 = 0 }", "topics.60", "at least 1"),
    ("think", "slow_topics = 2\n", "", "slow_topics", "topics and days, and nowhere else"),
    ("think", "slow_topics = 2", "slow_topics = 7", "slow_topics", "at most 6"),
    ("look", "days", "slow_topics = 2\ndays", "slow_topics", "topics and days, and nowhere else"),
    ("list", "lines = 3", "lines = 11", "lines", "at most 10"),
    ("list", "lines = 3", "lines = 0", "lines", "at least 1"),
    ("list", "One idea", "x" * 46, "ask", "at most 45 characters"),
    ("list", "Short.", "x" * 101, "hint", "at most 100 characters"),
    # the ways to choose from
    ("pick", "Straight on.", LONG, "options[plain].guide", "Shorten this to 25 words; there are 26."),
    ("pick", '"Plain"', '"' + "x" * 41 + '"', "options[plain].title", "at most 40 characters"),
    ("pick", "One could", "x" * 46, "options[plain].ask", "at most 45 characters"),
    ("pick", "A sentence.", "x" * 101, "options[plain].hint", "at most 100 characters"),
    ("pick", 'ask = "One could"\n', "", "options[plain].ask", "Add this field"),
    ("pick", "One could", "Tell @everyone", "options[plain].ask", "mention"),
    ("pick", '"upside-down"', '"plain"', "options", "“plain” only once"),
]


@pytest.mark.parametrize(("step", "old", "new", "field", "advice"), FIELD)
def test_a_wrong_step_is_named_with_its_field(
    prompts: Path, step: str, old: str, new: str, field: str, advice: str
) -> None:
    """Whatever one step says wrongly by itself, the place is the step and its field."""
    rewrite(prompts, [(step, old, new)])
    told(prompts, f"steps[{step}].{field}", advice)


@pytest.mark.parametrize("count", [0, 1, 8])
def test_there_are_two_to_seven_ways_to_choose_from(prompts: Path, count: int) -> None:
    """One way is no choice, and more than seven are not read."""
    file = prompts / ROUND
    before, rest = file.read_text(encoding="utf-8").split("\n[[steps.options]]\n", 1)
    after = rest[rest.index(MARK) :]
    way = '\n[[steps.options]]\nid = "way-{}"\ntitle = "Way"\nguide = "Go."\nask = "What?"\nhint = "That."\n'
    file.write_text(before + "".join(map(way.format, range(count))) + after, encoding="utf-8")
    advice = {0: "kind choose needs it", 1: "List two to seven ways", 8: "at most 7 of these"}[count]
    told(prompts, "steps[pick].options", advice)


def without_days(*steps: str) -> list[Change]:
    """These steps are left out of a slow session."""
    gone = {"alone": ('slow_evidence = "all"\n',), "think": ("slow_topics = 2\n",)}
    days = {"list": 2, "alone": 2, "think": 3}
    return [
        (step, old, "") for step in steps for old in (f"days = {days.get(step, 1)}\n", *gone.get(step, ()))
    ]


ORDER: list[tuple[str, str, str]] = [
    # from arrive to handout
    ("tell come ask reply end page", "steps", "Begin with a step of kind arrive"),
    ("come tell reply end", "steps", "end with one of kind handout"),
    ("come ask end page", "steps", "Add a step of kind telling"),
    ("come tell reply page", "steps", "Add a step of kind close"),
    ("come", "steps", "at least 2 of these; there are 1"),
    # what comes before what
    ("come ask tell end page", "steps[ask].kind", "Put a step of kind telling before this one."),
    ("come tell look end page", "steps[look].kind", "Put a step of kind ratings before this one."),
    ("come tell again end page", "steps[again].kind", "Put a step of kind reveal before this one."),
    ("come tell alone ask look end page", "steps[alone].kind", "kind reveal right after this one."),
    ("come tell alone reply end page", "steps[alone].kind", "kind reveal right after this one."),
    ("come tell think alone look end page", "steps[think].topics", "only what was rated has topics"),
    ("come tell alone look again think end page", "steps[again].kind", "Put a talk with topics before"),
    ("come tell list pick end page", "steps[list].follows", "a step of kind choose that stands before"),
    ("come tell list end page", "steps[list].follows", "a step of kind choose that stands before"),
]


@pytest.mark.parametrize(("order", "field", "advice"), ORDER)
def test_steps_in_an_order_that_makes_no_session_are_named(
    prompts: Path, order: str, field: str, advice: str
) -> None:
    """A step that lacks what it stands on says so itself."""
    rewrite(prompts, [], order)
    told(prompts, field, advice)


def at_45(*steps: str) -> list[Change]:
    """These steps are left out of a session of 45 minutes."""
    minutes = {"come": 1, "tell": 3, "pick": 1, "alone": 8, "look": 2, "think": 9, "again": 1, "end": 3}
    return [(step, f"45 = {minutes[step]}", "45 = 0") for step in steps]


TOGETHER: list[tuple[list[Change], str, str]] = [
    # each once
    ([("ask", '"ask"', '"tell"')], "steps", "“tell” only once"),
    ([("ask", '"facts"', '"answer"')], "steps", "“answer” only once"),
    ([("list", '"pick"', '"anew"')], "steps[list].follows", "a step of kind choose that stands before"),
    # within its time
    ([("look", "45 = 2, ", "")], "steps[look].minutes", "the same lengths: 45, 60."),
    ([("look", "45 = 2", "30 = 1, 45 = 2")], "steps[look].minutes", "the same lengths: 45, 60."),
    ([("look", "days = 1", "days = 1\nreserve = true")], "steps[think].reserve", "runs to the end"),
    ([("think", "60 = 12", "60 = 16")], "steps", "Shorten the steps for 60 minutes; they take 61."),
    # whole at every length
    (at_45("come"), "steps[come].minutes", "Give this step minutes at 45 too; every session has it."),
    (at_45("tell"), "steps[tell].minutes", "Give this step minutes at 45 too; every session has it."),
    (at_45("end"), "steps[end].minutes", "Give this step minutes at 45 too; every session has it."),
    ([("end", "60 = 4", "60 = 0")], "steps[end].minutes", "Give this step minutes at 60 too"),
    (at_45("look"), "steps[alone].minutes", "minutes at 45 to the step of kind reveal too, or write 0 here."),
    (at_45("alone"), "steps[look].minutes", "minutes at 45 to the step of kind ratings too"),
    (at_45("alone", "look"), "steps[again].minutes", "minutes at 45 to the step of kind reveal too"),
    (at_45("think"), "steps[again].minutes", "Give minutes at 45 to a talk with topics before this one too"),
    # and in slow mode
    (without_days("come"), "steps[come].days", "Give this step days too, or take them out everywhere"),
    (without_days("tell"), "steps[tell].days", "Give this step days too, or take them out everywhere"),
    (without_days("end"), "steps[end].days", "Give this step days too, or take them out everywhere"),
    (without_days("look"), "steps[alone].days", "the step of kind reveal too, or take them out here."),
    (without_days("alone"), "steps[look].days", "Give days to the step of kind ratings too"),
    (without_days("alone", "look"), "steps[again].days", "Give days to the step of kind reveal too"),
    (without_days("think"), "steps[again].days", "Give days to a talk with topics before this one too"),
]


@pytest.mark.parametrize(("changes", "field", "advice"), TOGETHER)
def test_steps_that_do_not_go_together_are_named(
    prompts: Path, changes: list[Change], field: str, advice: str
) -> None:
    """Whatever several steps make wrong together, the place is where it can be put right."""
    rewrite(prompts, changes)
    told(prompts, field, advice)


def test_a_protocol_has_a_length(prompts: Path) -> None:
    """Without one there would be nothing to choose when a session starts."""
    minutes = {
        "come": "45 = 1, 60 = 2",
        "tell": "45 = 3, 60 = 3",
        "end": "45 = 3, 60 = 4",
        "page": "45 = 0, 60 = 0",
    }
    rewrite(prompts, [(step, each, "") for step, each in minutes.items()], " ".join(minutes))
    told(prompts, "steps[come].minutes", "Give minutes for at least one length")


@pytest.mark.parametrize(
    ("old", "new", "field", "advice"),
    [
        ("A small round", "x" * 46, "title", "at most 45 characters"),
        ("Trying things out.", "x" * 301, "good_for", "at most 300 characters"),
        ('good_for = "Trying things out."\n', "", "good_for", "Add this field"),
        ("A small round", "A round\\nmore", "title", "on one line"),
    ],
)
def test_what_a_protocol_says_of_itself_is_short(
    prompts: Path, old: str, new: str, field: str, advice: str
) -> None:
    """Title and purpose stand in a list to choose from."""
    file = prompts / ROUND
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    told(prompts, field, advice)


@pytest.mark.parametrize(
    ("changes", "order"),
    [
        ([], "come tell end page"),
        ([], "come tell ask reply end page"),
        ([], "come tell alone look end page"),
        (at_45("again"), ""),
        (at_45("alone", "look", "again"), ""),
        (at_45("pick"), ""),
        (without_days("again"), ""),
        (without_days("alone", "look", "again"), ""),
        (without_days(*"come tell ask anew pick list alone look think again reply end".split()), ""),
    ],
)
def test_what_a_length_or_a_mode_leaves_out_is_the_writers_choice(
    prompts: Path, changes: list[Change], order: str
) -> None:
    """Only what a session can't do without is asked for."""
    rewrite(prompts, changes, order)
    protocol(prompts)
