"""The page before the simulator's: where one can look, and how far the clock can go on."""

from collections.abc import Sequence
from html import escape
from typing import Final

from bot.content.texts import Texts

LATER: Final = {"minutes": 600, "day": 86_400, "week": 7 * 86_400}
"""How far the rehearsal's clock can go on at once, in seconds."""
_STYLE: Final = """
body { font: 17px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem;
  color: #23302f; background: #f6f7f5 }
h1 { font-size: 1.3rem } h2 { font-size: 1rem; margin: 1.6rem 0 .4rem }
form { display: inline }
a, button { display: inline-block; margin: 0 .4rem .5rem 0; padding: .5rem .9rem; font: inherit;
  border: 1px solid #4f7a76; border-radius: .5rem; background: #fff; color: #2f5753;
  text-decoration: none; cursor: pointer }
a:hover, button:hover, a:focus-visible, button:focus-visible { background: #e4eeec }
"""


def desk_page(
    say: Texts, key: str, places: Sequence[tuple[str, str]], inboxes: Sequence[tuple[str, str]], now: str
) -> str:
    """The page as HTML; ``places`` and ``inboxes`` are (path, label), ``now`` the time in the rehearsal."""
    title = escape(say("serve-title"))
    parts = (
        f"<h1>{title}</h1>",
        f"<p>{escape(say('serve-now', now=now))}</p>",
        f"<h2>{escape(say('serve-look'))}</h2>",
        *(_link(key, *place) for place in places),
        f"<h2>{escape(say('serve-inboxes'))}</h2>",
        *(_link(key, *inbox) for inbox in inboxes),
        f"<h2>{escape(say('serve-later'))}</h2>",
        *(_jump(key, step, say(f"serve-later-{step}")) for step in LATER),
        f"<p>{escape(say('serve-later-note'))}</p>",
    )
    return (
        f'<!doctype html><html lang="{escape(say.language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style>{''.join(parts)}</html>"
    )


def _link(key: str, path: str, label: str) -> str:
    return f'<a href="/{key}/{escape(path)}">{escape(label)}</a>'


def _jump(key: str, step: str, label: str) -> str:
    action = escape(f"/{key}/later/{step}")
    return f'<form method="post" action="{action}"><button>{escape(label)}</button></form>'
