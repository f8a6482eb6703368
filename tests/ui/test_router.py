"""Whatever fails and however long it takes: one answer, in time, and nothing that was typed is lost."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from simcord.http.client import FakeWebhookAdapter

import bot.ui.router
from bot.formulation.acts import Ask, Respond
from bot.rehearsal.stage import Stage
from bot.ui.answers import Answer, Private, Request
from bot.ui.control import Control
from bot.ui.notices import sentence
from bot.ui.router import DEFER_AFTER
from tests.conftest import OUTSIDER
from tests.services.evening import StageEvening
from tests.ui.raw import Asked, opening, press, send

MESSAGE_CALLBACK = 4
EPHEMERAL = 1 << 6
TYPED = "The heron by the canal came back."


def change(stage: Stage, verb: str, **parts: Any) -> None:
    """Put other handlers into a verb of the bot that runs now."""
    verbs: Any = stage.bot.desk.router.verbs
    verbs[verb] = replace(verbs[verb], **parts)


def slow(seconds: float, answer: Answer) -> Callable[[Request], Awaitable[Answer]]:
    async def handler(_: Request) -> Answer:
        await asyncio.sleep(seconds)
        return answer

    return handler


def failing(error: Exception) -> Callable[[Request], Awaitable[Answer]]:
    async def handler(_: Request) -> Answer:
        raise error

    return handler


def board(stage: Stage) -> int:
    return stage.posts()[-1].id


async def private_screen(stage: Stage, evening: StageEvening, user: int, verb: str = "mine") -> Asked:
    """A private message before someone, as it came from the board."""
    asked = press(stage, user, Control(evening.token, verb), stage.thread.id, source=board(stage))
    await stage.env.settle()
    return asked


def private_id(asked: Asked) -> int:
    response = asked.result.response
    assert response is not None
    assert response.ephemeral
    return response.id


async def test_an_answer_that_takes_long_is_waited_for(stage: Stage, evening: StageEvening) -> None:
    """Before Discord's three seconds are over it says that it is on it; the answer comes in its place."""
    change(stage, "mine", press=slow(6, Private(sentence("Here you are."))))
    asked = press(
        stage, evening.presenter, Control(evening.token, "mine"), stage.thread.id, source=board(stage)
    )
    await stage.env.advance_time(DEFER_AFTER - 0.1)
    assert not asked.result.acknowledged
    await stage.env.advance_time(0.2)
    assert asked.result.deferred
    await stage.env.advance_time(6)
    assert asked.text == "Here you are."
    assert asked.result.response is not None
    assert asked.result.response.ephemeral
    assert asked.callbacks == 1


async def test_a_private_message_waits_in_its_place(stage: Stage, evening: StageEvening) -> None:
    """It is replaced when the answer replaces it, and stays whole where the answer is one beside it."""
    first = await private_screen(stage, evening, evening.facilitator, "panel")
    shown = private_id(first)
    for in_place in (False, True):
        change(stage, "pause", press=slow(4, Private(sentence("Held."), in_place=in_place)))
        asked = press(stage, evening.facilitator, first.control("pause"), stage.thread.id, source=shown)
        await stage.env.advance_time(8)
        assert asked.text.endswith("Held.")
        assert asked.callbacks == 1
        kept = first.text != "Held."
        assert kept is not in_place


async def test_a_form_that_takes_too_long_is_asked_for_again(
    stage: Stage, evening: StageEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form can't follow a wait: a sentence says so, and the button to press again is still there."""
    first = await private_screen(stage, evening, evening.presenter)
    admit = bot.ui.router.admit

    async def slow_admit(*args: Any) -> Any:
        await asyncio.sleep(3)
        return await admit(*args)

    monkeypatch.setattr(bot.ui.router, "admit", slow_admit)
    sources = {"in private": private_id(first), "on the board": board(stage)}
    for source in sources.values():
        asked = press(stage, evening.presenter, first.control("tell"), stage.thread.id, source=source)
        await stage.env.advance_time(5)
        assert stage.library.texts("form-too-slow") in asked.text
        assert asked.callbacks == 1
    monkeypatch.setattr(bot.ui.router, "admit", admit)
    again = press(stage, evening.presenter, first.control("tell"), stage.thread.id, source=private_id(first))
    await stage.env.settle()
    assert again.form


def code_in(text: str, stage: Stage) -> str:
    head, tail = stage.library.texts("error", code="######").split("######")
    found = re.search(f"{re.escape(head)}([0-9A-F]{{6}}){re.escape(tail)}", text)
    assert found is not None
    return found[1]


async def test_a_fault_of_ours_is_a_sentence_with_a_code(
    stage: Stage, evening: StageEvening, log_text: Callable[[], str]
) -> None:
    """The code is in the log beside the place; what the error says is not, since it may quote a text."""
    change(stage, "mine", press=failing(ValueError(TYPED)))
    asked = await private_screen(stage, evening, evening.presenter)
    assert f"error {code_in(asked.text, stage)}: ValueError at test_router.py" in log_text()
    assert TYPED not in log_text()


async def test_what_was_typed_comes_back_after_a_fault_of_ours(
    stage: Stage, evening: StageEvening, log_text: Callable[[], str]
) -> None:
    """With the code, as a draft that opens filled in; the log has the code and nothing of the text."""
    submit = stage.bot.desk.router.verbs["tell"].submit
    change(stage, "tell", submit=failing(RuntimeError(TYPED)))
    control = Control(evening.token, "tell").opened(opening())
    asked = send(stage, evening.presenter, control, {"account": TYPED}, stage.thread.id)
    await stage.env.settle()
    assert code_in(asked.text, stage) in log_text()
    assert TYPED in asked.text
    assert TYPED not in log_text()
    again = press(stage, evening.presenter, asked.control("edit"), stage.thread.id, source=private_id(asked))
    await stage.env.settle()
    assert again.filled == {"account": TYPED}
    change(stage, "tell", submit=submit)
    sent = send(stage, evening.presenter, again.form["custom_id"], {"account": TYPED}, stage.thread.id)
    await stage.env.settle()
    assert (await evening.session()).account == TYPED
    assert sent.callbacks == 1
    assert await stage.bot.desk.drafts.of(evening.presenter, evening.group.token) == []


@pytest.mark.parametrize("code", [10062, 40060, 10015])
async def test_an_interaction_that_is_over_is_no_trouble(
    stage: Stage, evening: StageEvening, code: int
) -> None:
    """Its time is up or its answer is lost: what was decided stands, and the next press shows it."""
    await evening.colleague(stage["Fay"].id)
    stage.env.inject_error("POST", "/interactions/*/callback", status=404, code=code)
    press(stage, stage["Fay"].id, Control(evening.token, "enter"))
    await stage.env.settle()
    assert (await evening.session()).person(stage["Fay"].id) is not None


@pytest.mark.parametrize("seconds", [0, 4], ids=["at once", "after a wait"])
async def test_an_answer_that_is_lost_on_the_way_is_no_trouble(
    stage: Stage, evening: StageEvening, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """The wire fails on whatever is tried: nothing falls, and the next press works."""
    await evening.colleague(stage["Fay"].id)
    handler = stage.bot.desk.router.verbs["enter"].press
    assert handler is not None

    async def late(request: Request) -> Answer:
        await asyncio.sleep(seconds)
        return await handler(request)

    change(stage, "enter", press=late)
    request = FakeWebhookAdapter.request

    async def lost(*_: Any, **__: Any) -> Any:
        raise aiohttp.ClientOSError(104, "Connection reset by peer")

    monkeypatch.setattr(FakeWebhookAdapter, "request", lost)
    press(stage, stage["Fay"].id, Control(evening.token, "enter"))
    await stage.env.advance_time(seconds + 1)
    monkeypatch.setattr(FakeWebhookAdapter, "request", request)
    people = (await evening.session()).people
    assert [person.user for person in people].count(stage["Fay"].id) == 1
    asked = await private_screen(stage, evening, stage["Fay"].id)
    assert asked.controls or asked.text
    assert (await evening.session()).people == people


@pytest.mark.parametrize(
    "custom_id",
    ["page_2", "", "6:zz:rate:", "6:0123456789abcdef:nothing:", "6:0123456789abcdef:rate:x.9:y"],
)
async def test_a_control_of_others_is_answered_calmly(
    stage: Stage, evening: StageEvening, custom_id: str
) -> None:
    """Pressed or sent as a form: one sentence, and no error."""
    pressed = press(stage, evening.presenter, custom_id, stage.thread.id)
    sent = send(stage, evening.presenter, custom_id, {"question": "How?"}, stage.thread.id)
    await stage.env.settle()
    assert pressed.text == stage.library.texts("control-stale")
    assert stage.library.texts("control-stale") in sent.text


async def test_arguments_that_nobody_was_offered_are_refused(stage: Stage, evening: StageEvening) -> None:
    """Made by hand: a mechanism, a fit, a fact, a strategy, an outcome that there are not."""
    await evening.to("ratings")
    member = evening.members[0]
    for verb, argument in (
        ("rate", "role-reversal.7"),
        ("rate", "role-reversal"),
        ("rate", "no.3"),
        ("card", "no"),
        ("rate", ""),
        ("card", ""),
    ):
        asked = press(stage, member, Control(evening.token, verb, argument), stage.thread.id)
        await stage.env.settle()
        assert asked.text == stage.library.texts("control-stale"), (verb, argument)
    assert (await evening.session()).walks == {}


async def test_a_form_opened_before_a_restart_is_taken_after_it(stage: Stage, evening: StageEvening) -> None:
    """So is the draft of one that came back, and a button that stood there all the while."""
    bea = stage["Bea"]
    await bea.press("mine", on=stage.posts()[-1])
    await bea.press("tell")
    await stage.restart()
    await bea.fill(account="Write to me at h.ron@example.org, please.")
    assert stage.library.texts("text-refused") in bea.text
    await stage.restart()
    await bea.press("edit")
    await stage.restart()
    await bea.fill(account=TYPED)
    assert (await evening.session()).account == TYPED


async def test_every_control_of_a_session_works_after_a_restart(stage: Stage, evening: StageEvening) -> None:
    """In each step: whatever anybody has before them is pressed after a restart, and answers as it should."""
    say = stage.library.texts
    stale = {say("control-stale"), say("session-gone"), say("draft-gone")}
    head = say("error", code="").split(":")[0]
    ends = {"end-now", "next", "finish", "forget", "pause", "brake"}
    script = stage.bot.desk.formulating.script_of(await evening.session())
    steps = [step.kind for step in script.steps if step.kind != "handout"]
    pressed: set[str] = set()
    for kind in steps:
        if kind == "ratings":
            await evening.act(Ask("0a0a0a0a", "How long?"), evening.members[0])
        await evening.to(kind)
        if kind == "step":
            respond = Respond(("role-reversal",), something_else=False, text="")
            await evening.act(respond, evening.presenter)
        controls: dict[tuple[int, str], str | None] = {}
        views = {evening.presenter: "steps", evening.facilitator: "panel", evening.members[0]: "walk"}
        for person, view in views.items():
            for verb in ("mine", view):
                screen = await private_screen(stage, evening, person, verb)
                controls |= {(person, each): None for each in screen.controls}
                controls |= {(person, each): values[0] for each, values in screen.choices.items()}
        await stage.restart()
        asked = {
            custom_id: press(
                stage, person, custom_id, stage.thread.id, values=[value] if value is not None else None
            )
            for (person, custom_id), value in controls.items()
            if custom_id.split(":")[2] not in ends
        }
        await stage.env.settle()
        for custom_id, each in asked.items():
            assert each.result.modal or each.text, custom_id
            assert each.text not in stale or each.result.modal, custom_id
            assert head not in each.text, custom_id
            pressed.add(custom_id.split(":")[2])
    assert {"tell", "ask", "walk", "suppose", "respond", "decide", "goodbye", "panel", "strategy"} <= pressed


async def test_a_form_has_another_name_each_time_it_opens(stage: Stage, evening: StageEvening) -> None:
    """Phones show again what was typed into a form of the same name, also by somebody else on that phone."""
    await evening.to("ratings")
    router = stage.bot.desk.router
    for name, verb in router.verbs.items():
        others = "owner reader author carer peer case-presenter committed recipient reminder-holder".split()
        if verb.form is None or verb.who in others:
            continue
        who = evening.presenter if verb.who == "presenter" else evening.facilitator
        needed = {
            "observe": "role-reversal",
            "r-new": "week.Europe/Berlin",
            "r-channel": "week.Europe/Berlin",
        }
        control = Control(evening.token, name, needed.get(name, ""))
        asked = [press(stage, who, control, stage.thread.id) for _ in range(2)]
        await stage.env.settle()
        first, second = (each.form["custom_id"] for each in asked)
        assert first != second
        assert first.startswith(str(control))


async def test_only_private_answers(stage: Stage, evening: StageEvening) -> None:
    """Nothing that answers a press or a command is seen by anybody else."""
    await stage["Bea"].command("formulate mine", where=stage.thread)
    await stage[OUTSIDER].command("privacy notice")
    await stage["Cem"].press("mine", on=stage.posts()[-1])
    for request in stage.env.http_requests:
        body: Any = request.json
        if request.path.endswith("/callback") and body["type"] == MESSAGE_CALLBACK:
            assert body["data"]["flags"] & EPHEMERAL
