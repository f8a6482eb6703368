"""A small set of prompts that holds together, for tests to break in one place at a time."""

from pathlib import Path

import pytest

MORE = """
[more]
definition = "Two sentences. About the idea."
origin = "From somewhere."
sources = ["Somebody 1999 (named, not read for this)"]
further_for = ["One more sign.", "And another."]
further_against = ["One more sign.", "And another."]
questions = ["What happened?", "And then?"]
own_part = "What do I add?"
ordinary = "Once."
excessive = "Always."
not_to_conclude = "Anything."
culture = "Ask."
"""

CARE = (
    """id = "care"
name = "Care"
order = 1
null_hypothesis = true
question = "How well does this fit?"
meaning = "Perhaps it is just care."
signs_for = ["Brief.", "Light."]
signs_against = ["Anxious.", "Heavy."]
"""
    + MORE
)

ECHO = (
    """id = "echo"
name = "Echo"
order = 2
amplifier = true
question = "How much might it add?"
meaning = "Perhaps it rings on."
signs_for = ["Loud.", "Long."]
signs_against = ["Quiet.", "Short."]
"""
    + MORE
)

STRATEGY = """id = "{id}"
name = "Say it"
mechanisms = ["care", "echo"]
situations = ["gifts", "time", "contact", "are-you-ill", "breaks", "disclosure", "favours", "own-side"]
when = "Sometimes."
wording = ["Thank you.", "I heard that."]
caution = "Slowly."
source = "Our own design."
addressed = "client"
"""

FRAME = """id = "a-line"
name = "A line"
order = 1
text = '''
Some things cross it.

- Ask first.
'''
source = "Our own design."
"""

TEMPLATE = """id = "short-case"
title = "A short case"
when_to_use = "When time is short."
leave_out = "Names."

[[fields]]
id = "what"
label = "What happened?"
guidance = "In a few words."
example = "A cup of tea."
kind = "short"
required = true
shared = true
max_length = 200

[[fields]]
id = "load"
label = "How full are you?"
guidance = "For you alone."
kind = "scale"
options = ["0", "1", "2"]
required = false
shared = false
"""

PROTOCOL = """id = "small-round"
title = "A small round"
good_for = "Trying things out."

[[steps]]
id = "come"
kind = "arrive"
title = "Come"
guide = "Sit down."
presenter_guide = "Breathe."
minutes = { 45 = 1, 60 = 2 }
days = 1
who_writes = "everyone"

[[steps]]
id = "tell"
kind = "telling"
title = "Tell"
guide = "One tells."
voice_guide = "One speaks."
slow_guide = "Read."
minutes = { 45 = 3, 60 = 3 }
days = 1
spoken = true
who_writes = "presenter"

[[steps]]
id = "ask"
kind = "facts"
title = "Ask"
guide = "Facts only."
minutes = { 45 = 2, 60 = 3 }
days = 1
who_writes = "everyone"

[[steps]]
id = "anew"
kind = "restate"
title = "Anew"
guide = "What is the question?"
ask = "My question"
hint = "One sentence."
minutes = { 45 = 1, 60 = 1 }
days = 1
who_writes = "presenter"

[[steps]]
id = "pick"
kind = "choose"
title = "Pick"
guide = "Which way?"
minutes = { 45 = 1, 60 = 3 }
days = 1
who_writes = "presenter"

[[steps.options]]
id = "plain"
title = "Plain"
guide = "Straight on."
ask = "One could"
hint = "A sentence."

[[steps.options]]
id = "upside-down"
title = "Upside down"
guide = "Make it worse."
ask = "To make it worse"
hint = "A bad idea."

[[steps]]
id = "list"
kind = "gather"
title = "List"
guide = "Short ideas."
follows = "pick"
ask = "One idea"
hint = "Short."
lines = 3
minutes = { 45 = 4, 60 = 5 }
days = 2
who_writes = "members"

[[steps]]
id = "alone"
kind = "ratings"
title = "Alone"
guide = "Rate in private."
minutes = { 45 = 8, 60 = 10 }
days = 2
evidence = { 45 = "highest", 60 = "claimed" }
slow_evidence = "all"
who_writes = "members"
hidden = true

[[steps]]
id = "look"
kind = "reveal"
title = "Look"
guide = "Read in silence."
minutes = { 45 = 2, 60 = 4 }
days = 1
who_writes = "nobody"

[[steps]]
id = "think"
kind = "talk"
title = "Think"
guide = "One at a time."
minutes = { 45 = 9, 60 = 12 }
days = 3
topics = { 45 = 1, 60 = 2 }
slow_topics = 2
who_writes = "members"

[[steps]]
id = "again"
kind = "second-ratings"
title = "Again"
guide = "Once more."
minutes = { 45 = 1, 60 = 4 }
days = 1
who_writes = "members"
hidden = true

[[steps]]
id = "reply"
kind = "answer"
title = "Reply"
guide = "What fits?"
minutes = { 45 = 5, 60 = 6 }
days = 1
who_writes = "presenter"
reserve = true

[[steps]]
id = "end"
kind = "close"
title = "End"
guide = "One word."
minutes = { 45 = 3, 60 = 4 }
days = 1
who_writes = "everyone"
reserve = true

[[steps]]
id = "page"
kind = "handout"
title = "Page"
guide = "Thank you."
minutes = { 45 = 0, 60 = 0 }
who_writes = "nobody"
"""


ALIASES = "\n".join(
    f"{place} = {[f'{word}{number}' for number in range(20)]}"
    for place, word in (("first", "Amber"), ("second", "Alder"))
)


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """Write a small, sound set of English prompts, with an empty folder for interface texts."""
    root = tmp_path / "prompts"
    files = {
        "mechanisms/care.toml": CARE,
        "mechanisms/echo.toml": ECHO,
        "strategies/one.toml": STRATEGY.format(id="one"),
        "strategies/three.toml": STRATEGY.format(id="three"),
        "strategies/two.toml": STRATEGY.format(id="two"),
        "frame/a-line.toml": FRAME,
        "templates/short-case.toml": TEMPLATE,
        "protocols/small-round.toml": PROTOCOL,
        "aliases.toml": ALIASES,
        "charter.md": "What is said here stays here.\n",
    }
    for name, text in files.items():
        file = root / "en" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "en" / "interface").mkdir()
    return root
