"""The page around the simulator's: its words, and how things stand in the rehearsal."""

import importlib.resources
import re
from html import escape
from typing import Final

from bot.content.texts import Texts
from bot.rehearsal.evening import PACES, Evening
from bot.rehearsal.keepsakes import TRANSCRIPT, attachments, named
from bot.rehearsal.scenario import load_scenario, scenario_names
from bot.rehearsal.sight import panel
from bot.rehearsal.window import Window

LATER: Final = {"minutes": 600, "day": 86_400, "week": 7 * 86_400}
"""How far the rehearsal's clock can go on at once, in seconds."""
_WORD: Final = re.compile(r"\{\{ ([a-z-]+) \}\}")


def static_file(name: str) -> str:
    """A file that belongs to the page."""
    return (importlib.resources.files("bot") / "rehearsal" / "static" / name).read_text(encoding="utf-8")


def desk_page(say: Texts, key: str) -> str:
    """The page as HTML, in which nothing stands yet that ``state_of`` tells."""
    parts = {
        "key": escape(key),
        "language": escape(say.language),
        "paces": "".join(
            f'<label><input type="radio" name="pace" value="{pace}"><span>{escape(say(f"page-pace-{pace}"))}'
            "</span></label>"
            for pace in PACES
        ),
        "jumps": "".join(
            f'<button type="button" data-do="later/{step}">{escape(say(f"serve-later-{step}"))}</button>'
            for step in LATER
        ),
        "scenarios": "".join(_scenario(say, name) for name in scenario_names(say.language)),
    }
    return _WORD.sub(
        lambda word: parts[word[1]] if word[1] in parts else escape(say(word[1])), static_file("page.html")
    )


def _scenario(say: Texts, name: str) -> str:
    scenario = load_scenario(name, say.language)
    begin = escape(say("page-begin-this", title=scenario.title))
    return (
        f'<li data-scenario="{escape(name)}"><h3>{escape(scenario.title)}</h3><p>{escape(scenario.about)}</p>'
        f'<button type="button" data-begin="{escape(name)}" aria-label="{begin}">'
        f"{escape(say('page-begin'))}</button></li>"
    )


async def state_of(evening: Evening, window: Window, eyes: int | None) -> dict[str, object]:
    """How things stand, for whoever looks through the eyes of the person with this number."""
    say, scenario = window.texts, evening.troupe.scenario
    you = window.people.index(evening.you) if evening.you is not None else None
    looks = eyes if eyes is not None and eyes < len(window.people) else you or 0
    at = window.local_time
    names = {"weekday": say(f"weekday-{at.isoweekday()}"), "month": say(f"month-{at.month}")}
    places = [
        {
            "id": place.id,
            "kind": place.kind,
            "name": place.name,
            "who": place.who,
            "latest": str(max((post.id for post in window.posts(place, looks)), default=0)),
        }
        for place in window.places()
    ]
    shown = next((place for place in window.places() if place.id == window.place), None)
    title = named(say, shown) if shown is not None else ""
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "now": say("serve-now", now=say("weekday-date", day=at.day, time=f"{at:%H:%M}", **names)),
        "pace": evening.pace,
        "you": you,
        "off": evening.off,
        "notice": evening.notice or scenario.about,
        "people": [
            {"name": name, "id": id_} for name, id_ in zip(window.people, window.people_ids, strict=True)
        ],
        "places": places,
        "place": window.place,
        "frame": say("page-frame", place=title),
        "capability": window.capability,
        "downloads": [*sorted(attachments(window)), TRANSCRIPT],
        "panel": await panel(window, evening.stage, looks),
    }
