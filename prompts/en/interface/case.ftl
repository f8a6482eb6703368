### A case in writing, from a form: filling it in, its card, and what follows.

command-case = A case in writing, prepared before you meet
command-case-present = Prepare a case with a form; nobody sees it before you post it
command-case-drafts = Cases that I have begun
command-case-list = The cases of this group
command-case-close = Close a case of mine, with a short follow-up
option-template = Its name, or what it is for: an ending, a rupture, a gift …

## Filling it in

case-page = { $number } of { $count }
case-choose = ## Which form?
    You fill it in at your own pace. Nobody sees it before you post it.
case-choose-one = Choose a form
case-choose-more = { $count ->
        [one] One more has no room here.
       *[other] { $count } more have no room here.
    } Type part of its name, or what it is for, after `/case present`.
case-drafts-wait = { $count ->
        [one] One that you have begun waits
       *[other] { $count } that you have begun wait
    } in `/case drafts`.
case-kept = Nobody sees this yet. It is kept for you until { $until }; `/case drafts` finds it again, on any device.
case-page-line = {""}**Page { $number }** · { $filled } of { $count } filled in
case-leave-out = Leave out: { $words }
case-page-open = Page { $number }
case-form-gone = This form is no longer in your group's list. You finish it as you began it.
case-form-changed = This form has another version by now. You finish it as you began it; `/case present` opens the new one.
case-look = Look it through
case-preview = {""}**As your group will see it.** It goes out under your name.
case-post = Post it
case-put-in-place = Put it in its place
case-private = For you alone:
case-posted = ## It is posted
    Its card stands in the channel in a moment. Questions are collected for you; *More* on the card shows them.
case-changed = It is changed, and the card says so.
case-drafts = ## Begun, and seen by nobody
case-drafts-none = You have begun no case here. `/case present` opens a form.
case-draft-line = {""}**{ $title }** · { $filled } of { $count } filled in{ $edits ->
        [yes] , a change of one that is posted
       *[no] {""}
    }

## The card

case-by = presented by { $presenter }
case-edited = edited { $at }
case-formulated = taken into a session
case-closed = closed
case-goes-on = What ends with … stands whole in the thread.
case-thread-name = Case
case-ask = Ask a factual question
case-formulate = Formulate this
case-more = More
case-asked = **A question**
case-answer = **{ $presenter }:** { $answer }
case-follow-up = ## What came of it

## Around it, in private

case-reader = Ask for a fact, or talk about it in its thread. Whoever presents it can take it into a session.
case-reader-closed = It is closed. Its thread stays until its date.
case-ask-title = Ask a factual question
case-ask-field = A short question about the facts
case-ask-hint = It shows together with the answer, without your name
case-ask-done = It is with the presenter. Question and answer show together, without your name.
case-questions = { $count ->
        [one] One question waits for you:
       *[other] { $count } questions wait for you:
    }
case-reply = Answer { $number }
case-reply-title = Answer
case-reply-field = Your answer
case-reply-hint = It shows with the question in the thread
case-reply-done = It shows in the thread, with the question.
case-edit = Edit
case-close-it = Close it
case-withdraw = Withdraw it
case-lost = Its card or its thread is gone from Discord. You can withdraw what is left of it.
case-withdraw-ask = ## Withdraw it?
    The card, its thread and all that was said in it go now. This can't be undone.
case-withdraw-yes = Withdraw it
case-withdraw-done = It is gone, with its thread.
case-close = ## Which one is done?
    A form of two minutes opens: what came of it. You can leave it empty.
case-close-line = {""}**{ $title }** · posted { $on }
case-close-done = It is closed. It is erased with its thread on { $until }.
case-list = ## The cases of this group
case-list-none = There is no case here. `/case present` opens a form.
case-list-line = - { $linked ->
        [yes] {""}[{ $title }]({ $where })
       *[no] { $title }
    } · { $presenter } · { $on } · { $status ->
        [closed] closed
        [lost] gone from Discord
        [questions] { $questions ->
            [one] one question waits
           *[other] { $questions } questions wait
        }
        [formulated] formulated
       *[open] open
    }
case-list-lost = What is left of “{ $title }”
case-list-more = { $count ->
        [one] One older case is not listed.
       *[other] { $count } older cases are not listed.
    }
case-no-question = What do you see in this?

## Refusals

case-gone = This case is no longer kept.
case-not-now = That can't be done with this case any more: it is closed.
case-missing = Before the group sees it, something belongs here too: { $fields } (page { $pages }).
case-empty = Nothing is filled in yet that the group would see. Open a page first.
case-page-changed = This page was filled in on another device meanwhile, and that is kept. What you typed here is below: open it again and send it, and it takes that one's place.
case-followed-up = What came of it is told already. It stays as it was told.
case-none-of-mine = You have no open case here. `/case list` shows those of the group.
case-too-many = You have { $most } cases under way already. Post one or throw it away: `/case drafts`.
only-case-presenter = Only whoever presented this case can do that. You can ask for a fact, or start a session of your own with `/formulate start`.
