"""Every shipped form filled to its limits, with texts that try to break the card, and posted."""

from itertools import cycle, islice
from typing import Any

import discord

from bot.cases.writing import CaseWriting
from bot.content.models import Template
from bot.rehearsal.stage import Actor, components_of, message_text
from bot.services.writing import Reviewed
from tests.case_flow.desk import Cases, fields
from tests.cases.filled import SENTENCE, left_open, of_length
from tests.conftest import StageOpener
from tests.ui.limits import MOST_PARTS, MOST_TEXT, TEXT
from tests.vignette_flow.table import seated

HARMLESS = (
    "👨‍👩‍👧 She is kind. 👍🏽🇩🇪 ",
    "היא שואלת איך ישנתי. \u202eabc ",
    "```py\nIt is open. ",
    "# A head\n## A second one\n> said\n>>> and more\n",
    "||hidden and never shown again ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "**bold _and open ~~here `too ",
    "-# small\n- one\n  - two\n1. three\n",
    "\\```\\|| [a](b) \\",
)
"""What the review lets by: forms that are written in by people, with any Markdown in them."""
PINGS = "@everyone @here <@{user}> <@&{role}> <#{channel}> https://example.org/a "


def filled_up(form: Template, *texts: str) -> dict[str, str]:
    """Every field to its last character, each from another text on."""
    answers = dict[str, str]()
    for number, each in enumerate(form.fields):
        if each.options:
            answers[each.id] = each.options[-1]
        else:
            rows = islice(cycle(texts), number, number + 200)
            whole = "".join(text * 3 for text in rows)[: each.max_length]
            answers[each.id] = whole.strip().ljust(each.max_length or 0, "x")
    return answers


def problems_of(post: discord.Message) -> list[str]:
    """What in a post is more than Discord takes, and what would take in what stands behind it."""
    parts = components_of(post)
    texts = [str(each["content"]) for each in parts if each["type"] == TEXT]
    found = [f"left open: {text[-80:]!r}" for text in texts if left_open(text)]
    if len(parts) > MOST_PARTS:
        found.append(f"{len(parts)} parts")
    if sum(map(len, texts)) > MOST_TEXT:
        found.append(f"{sum(map(len, texts))} characters")
    if any(not text.strip() for text in texts):
        found.append("an empty text")
    return found


def pinging(requests: list[Any]) -> list[str]:
    """Posts and edits that may ping somebody."""
    return [
        f"{each.method} {each.path}"
        for each in requests
        if "/messages" in each.path
        and each.json is not None
        and "components" in each.json
        and each.json.get("allowed_mentions", {"parse": ["everyone"]}).get("parse") != []
    ]


async def fill_in(bea: Actor, form: Template, answers: dict[str, str]) -> None:
    """Page by page, as somebody types."""
    await bea.command("case present", template=form.id)
    for number in range((len(form.fields) + 4) // 5):
        if number:
            await bea.press("c-page", str(number))
        page = form.fields[number * 5 : number * 5 + 5]
        assert set(fields(bea)) == {each.id for each in page}
        await bea.fill(
            **{
                each.id: str(each.options.index(answers[each.id])) if each.options else answers[each.id]
                for each in page
            }
        )


async def test_every_form_filled_to_its_limits(opened: StageOpener) -> None:
    """By hand through the review, all twelve in one evening: each card and each page stands whole."""
    async with seated(opened) as table:
        cases = Cases(table)
        bea, stage = cases["Bea"], cases.stage
        for form in stage.library.templates:
            answers = filled_up(form, *HARMLESS)
            await fill_in(bea, form, answers)
            assert await cases.answers() == {name: text.strip() for name, text in answers.items()}, form.id
            await bea.press("c-look")
            for _ in range(40):
                if bea.offers("c-next"):
                    break
                await bea.press("w-all" if bea.offers("w-all") else "w-one")
            await bea.press("c-next")
            preview = bea.text
            await bea.press("c-post")
            assert cases.say("case-posted") in bea.text, (form.id, bea.text)
            await stage.pass_time(20)
            card = cases.card()
            assert message_text(card).startswith(f"## {form.title}")
            assert message_text(card) in preview
            shared = [each.label for each in form.fields if each.shared]
            alone = [each.label for each in form.fields if not each.shared]
            assert [label for label in shared if f"**{label}**" not in message_text(card)] == []
            assert [label for label in alone if f"**{label}**" in message_text(card)] == []
            assert problems_of(card) == [], form.id
        threads = stage.channel.threads
        assert len(threads) == len(cases.cards()) == 12
        for thread in threads:
            assert [problem for post in stage.posts(thread) for problem in problems_of(post)] == []
        assert pinging(stage.env.http_requests) == []


async def test_what_pings_and_what_leads_elsewhere_pings_nobody(opened: StageOpener) -> None:
    """Should it ever get past the review: the card and its pages ping nobody, whatever stands in them."""
    async with seated(opened) as table:
        cases = Cases(table)
        bea, stage, group = cases["Bea"], cases.stage, await cases.group()
        desk = stage.bot.desk
        role = stage.guild.create_role("everybody").id
        pings = PINGS.format(user=cases["Cem"].id, role=role, channel=stage.channel.id)
        for form in stage.library.templates:
            writing = CaseWriting(form, filled_up(form, pings, *HARMLESS[:3]))
            token = desk.ground.chance.token()
            await desk.writing.keep(token, writing, group, bea.id)
            await desk.cases.post(Reviewed(token, writing, (), reads_fully=True), group, bea.id)
            await stage.env.settle()
        await stage.pass_time(60)
        assert len(cases.cards()) == 12
        posts = [*cases.cards(), *(post for each in stage.channel.threads for post in stage.posts(each))]
        assert {problem for post in posts for problem in problems_of(post)} == set()
        assert any("@everyone" in message_text(post) for post in posts)
        assert pinging(stage.env.http_requests) == []


async def test_a_card_of_the_most_fields_with_the_most_in_them(opened: StageOpener) -> None:
    """Twenty-five long answers, some of four thousand characters: the card, and all of it in the thread."""
    async with seated(opened) as table:
        cases = Cases(table)
        bea, stage, group = cases["Bea"], cases.stage, await cases.group()
        form, desk = of_length(25), stage.bot.desk
        writing = CaseWriting(
            form,
            {
                each.id: (SENTENCE * 80)[: 4000 if number < 3 else 1500].strip()
                for number, each in enumerate(form.fields)
            },
        )
        token = desk.ground.chance.token()
        await desk.writing.keep(token, writing, group, bea.id)
        await bea.command("case drafts")
        await bea.press("c-pages")
        await bea.press("c-look")
        await bea.press("c-next")
        await bea.press("c-post")
        await stage.pass_time(120)
        card = cases.card()
        assert problems_of(card) == []
        [thread] = stage.channel.threads
        posts = [message_text(post) for post in stage.posts(thread)]
        assert len(posts) == 3 * 2 + 22
        assert sum(text.count("She asks how I slept") for text in posts) >= 3 * 73 + 22 * 27
