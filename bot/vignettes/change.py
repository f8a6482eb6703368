"""The one function that changes a vignette."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.refusal import Refusal
from bot.vignettes import acts
from bot.vignettes.acts import RULES, Act
from bot.vignettes.slots import SLOT_SECONDS
from bot.vignettes.vignette import Question, Remark, Vignette

MOST_OPEN_QUESTIONS = 20
MOST_REMARKS = 60


def change(vignette: Vignette, act: Act) -> Vignette:
    """The vignette after ``act``. Pure; who may is asked before. The same act twice has one effect.

    Raises ``Refusal`` where it is too late or too early for it; nothing has changed then.
    """
    if vignette.status not in RULES[type(act)].statuses:
        raise Refusal("vignette-not-now")
    if RULES[type(act)].who != "clock" and (slot := getattr(act, "slot", None)) is not None:
        # After a clock was set back, a slot that has been released already would show it at once.
        act = replace(act, slot=max(slot, vignette.released + SLOT_SECONDS))
    return _CHANGES[type(act)](vignette, act)


def _with(vignette: Vignette, **changes: object) -> Vignette:
    return vignette.model_copy(update=changes)


def _said(text: str) -> None:
    if not text.strip():
        raise Refusal("nothing-written")


def _ask(vignette: Vignette, act: acts.Ask) -> Vignette:
    if any(question.key == act.key for question in vignette.questions):
        return vignette
    _said(act.text)
    if len(vignette.open_questions) >= MOST_OPEN_QUESTIONS:
        raise Refusal("too-many-facts", most=MOST_OPEN_QUESTIONS)
    return _with(vignette, questions=(*vignette.questions, Question(key=act.key, text=act.text)))


def _answer(vignette: Vignette, act: acts.Answer) -> Vignette:
    _said(act.text)
    asked = next((question for question in vignette.questions if question.key == act.question), None)
    if asked is None:
        raise Refusal("fact-gone")
    if asked.answer == act.text:
        return vignette
    if asked.slot is not None and asked.slot <= vignette.released:
        # It is out: to show it anew would take it away first, at the moment of the click.
        raise Refusal("vignette-answered")
    answered = asked.model_copy(update={"answer": act.text, "slot": act.slot})
    questions = tuple(answered if each.key == asked.key else each for each in vignette.questions)
    return _with(vignette, questions=questions)


def _remark(vignette: Vignette, key: str, text: str, slot: int, *, by_author: bool) -> Vignette:
    if any(remark.key == key for remark in vignette.remarks):
        return vignette
    _said(text)
    if len(vignette.remarks) >= MOST_REMARKS:
        raise Refusal("too-many-remarks", most=MOST_REMARKS)
    remark = Remark(key=key, text=text, slot=slot, by_author=by_author)
    return _with(vignette, remarks=(*vignette.remarks, remark))


def _offer(vignette: Vignette, act: acts.Offer) -> Vignette:
    return _remark(vignette, act.key, act.text, act.slot, by_author=False)


def _continue(vignette: Vignette, act: acts.Continue) -> Vignette:
    return _remark(vignette, act.key, act.text, act.slot, by_author=True)


def _rewrite(vignette: Vignette, act: acts.Rewrite) -> Vignette:
    _said(act.text)
    if vignette.status == "published":
        return _with(vignette, new_text=act.text, new_text_slot=act.slot, change_wanted=None)
    # Nobody has read it but a second reader, who reads it once more.
    return _with(
        vignette,
        text=act.text,
        slot=act.slot if vignette.status == "held" else vignette.slot,
        second_reader_says="",
    )


def _close(vignette: Vignette, _act: acts.Close) -> Vignette:
    return _with(vignette, status="closed")


def _pass(vignette: Vignette, act: acts.Pass) -> Vignette:
    if vignette.second_reader_says:
        raise Refusal("vignette-read-already")
    return _with(vignette, status="waiting", slot=act.slot)


def _send_back(vignette: Vignette, act: acts.SendBack) -> Vignette:
    _said(act.words)
    if vignette.second_reader_says:
        raise Refusal("vignette-read-already")
    return _with(vignette, second_reader_says=act.words)


def _hide(vignette: Vignette, act: acts.Hide) -> Vignette:
    if act.because is not None:
        _said(act.because)
    return _with(vignette, hidden_because=act.because)


def _want_change(vignette: Vignette, act: acts.WantChange) -> Vignette:
    _said(act.words)
    return _with(vignette, change_wanted=act.words)


def _tell(vignette: Vignette, act: acts.Tell) -> Vignette:
    if act.concern in vignette.concerns:
        return vignette
    return _with(vignette, concerns=(*vignette.concerns, act.concern))


def _release(vignette: Vignette, act: acts.Release) -> Vignette:
    if act.slot <= vignette.released:
        return vignette
    after = vignette
    if vignette.status == "waiting" and vignette.slot <= act.slot:
        waits = vignette.waits_until is not None and act.slot < vignette.waits_until
        if act.alone and waits:
            # Held back for company: it looks again in the next slot.
            return _with(vignette, slot=act.slot + SLOT_SECONDS)
        after = _with(after, status="published")
    if after.new_text is not None and (after.new_text_slot or 0) <= act.slot:
        after = _with(after, text=after.new_text, new_text=None, new_text_slot=None)
    return _with(after, released=act.slot)


def _lose(vignette: Vignette, _act: acts.Lose) -> Vignette:
    return _with(vignette, lost=True)


_CHANGES: dict[type[Act], Callable[[Vignette, Any], Vignette]] = {
    acts.Ask: _ask,
    acts.Answer: _answer,
    acts.Offer: _offer,
    acts.Continue: _continue,
    acts.Rewrite: _rewrite,
    acts.Close: _close,
    acts.Pass: _pass,
    acts.SendBack: _send_back,
    acts.Hide: _hide,
    acts.WantChange: _want_change,
    acts.Tell: _tell,
    acts.Release: _release,
    acts.Lose: _lose,
}
