"""What stands in this Discord twice."""

import json
import re
from collections import Counter

from benchmarks.double.state import Payload, World

_OPENING = re.compile(r"![0-9a-f]{8}\b")


def doubled(world: World) -> list[str]:
    """Whatever of the bot's is there more than once: posts by what they show, posts by nonce, threads."""
    shown: Counter[tuple[int, str]] = Counter()
    for channel, message in world.posts():
        shown[channel.id, json.dumps([_look(each) for each in message["components"]])] += 1
    made = Counter(world.created)
    threads = Counter((each.parent, each.name, each.type) for each in world.channels.values() if each.parent)
    found = [
        f"in {place}, {times} times: {look[:200]}" for (place, look), times in shown.items() if times > 1
    ]
    found += [f"made {times} times: {nonce}" for (_, nonce), times in made.items() if times > 1]
    # Threads below vignettes all have the same name; those have the id of their post.
    return found + [
        f"{times} threads {name}" for (_, name, kind), times in threads.items() if times > 1 and kind == 12
    ]


def _look(component: Payload) -> Payload:
    """A component without what differs between two that look the same."""
    told: Payload = {}
    for name, value in component.items():
        if name in ("id", "media", "file"):
            continue
        if isinstance(value, list):
            told[name] = [_look(each) if isinstance(each, dict) else each for each in value]
        elif isinstance(value, dict):
            told[name] = _look(value)
        else:
            told[name] = _OPENING.sub("", value) if isinstance(value, str) else value
    return told
