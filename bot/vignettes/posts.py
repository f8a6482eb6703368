"""Which posts a vignette has in Discord, and what each of them depends on."""

from collections.abc import Mapping

from bot.formulation.posts import PostKey, Version
from bot.vignettes.vignette import Vignette

PAGE_CHARACTERS = 3000


def pages(text: str, most: int = PAGE_CHARACTERS) -> tuple[str, ...]:
    """``text`` in pieces of at most ``most`` characters, parted between paragraphs, sentences or words."""
    found: list[str] = []
    rest = text.strip()
    while len(rest) > most:
        cut = next(
            (
                at + len(mark)
                for mark in ("\n\n", "\n", ". ", " ")
                if (at := rest.rfind(mark, most // 2, most - len(mark))) > 0
            ),
            most,
        )
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*found, rest) if rest else tuple(found)


def posts(vignette: Vignette, carers: int) -> Mapping[PostKey, Version]:
    """Every post that the vignette has by now, in the order in which they were first due.

    ``carers``: how many are told of a concern, each in private.
    """
    if vignette.status == "held":
        waits = vignette.released >= vignette.slot and not vignette.second_reader_says
        return {PostKey("second-reader"): Version()} if waits else {}
    if vignette.status == "waiting":
        return {}
    hidden = vignette.hidden_because is not None
    first, *further = pages(vignette.text) or ("",)
    head = (vignette.title, vignette.question, first, vignette.altered, vignette.status)
    shown = {PostKey("vignette"): Version((hidden, *(() if hidden else head)))}
    shown[PostKey("discussion")] = Version()
    if not hidden:
        for number, page in enumerate(further, start=1):
            shown[PostKey("vignette-page", str(number))] = Version((page,))
        for item in vignette.shown_items:
            shown[PostKey("vignette-item", item.key)] = Version((item,))
    for concern in vignette.concerns:
        shown |= {PostKey("concern", f"{concern}.{number}"): Version() for number in range(carers)}
    return shown
