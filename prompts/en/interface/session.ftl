### A session in the group's eyes: how it starts, its posts, its end.

command-formulate = Look at a case together, step by step
command-formulate-start = Bring a case to the group
command-formulate-mine = My own part of a session, wherever it was lost
option-protocol = A way of working other than the six mechanisms; type what you need it for

## The start form

start-title = Bring a case
start-case = A neutral title
start-case-hint = Nothing that a colleague would recognise. “The careful guest” will do.
start-question = Your question to the group, in one sentence
start-question-hint = Not “what shall I do”, rather “what am I not seeing”
start-account = What happened, as you would tell it
start-account-hint = No names, places, employers, exact ages. In a call you can tell it instead.
start-time = How long have you got?
start-time-live = { $minutes } minutes, { $mode ->
        [voice] in a call
       *[text] all in writing
    }
start-time-slow = About two weeks, in writing, weekdays only
start-facilitator = Who facilitates?
start-facilitator-hint = Leave it empty, and whoever likes may take it
start-done = ## It begins
    Your thread is being made, and the invitation stands in this channel. { $mode ->
        [voice] Meet in your call as always; the bot keeps the clock, the cards and the private ratings.
       *[other] Your question opens the thread; the account is seen by nobody until the telling.
    }
start-empty = A title and a question are needed, a few words each.

## Posts

invitation = ## A case for the group
    {""}**{ $title }**
    { $mode ->
        [voice] { $minutes } minutes, in a call with a private thread.
        [text] { $minutes } minutes, all in writing, in a private thread.
       *[slow] About two weeks, in writing, in a private thread.
    } You see the question before you come in; letting it pass needs no reason.
invitation-over = ## A case for the group
    {""}**{ $title }**
    This session has ended.
invitation-taken-back = ## A case for the group
    This session has ended.
invitation-join = Join
thread-name = Session

board-place = Step { $number } of { $count }
board-times = { $left } · end{"\u00A0"}{ $ends }
board-due = until { $due }
board-waits = begins as soon as three of you are in
board-slower = Slower, please. Somebody asked for it.
board-presenter-now = Time for { $presenter } now.
board-topics = Topics: **{ $mechanisms }**
board-taken-back = ## The case was taken back
    That is always right. It is erased, with all that was said about it here; tomorrow this thread goes too. Nothing more is asked of anyone.
board-ends = end{"\u00A0"}{ $ends }
board-paused = a short pause was asked for
board-roles = Presenter { $presenter }, facilitator { $facilitator }
board-no-facilitator = Presenter { $presenter }. Nobody facilitates yet.
board-progress = { $progress ->
        [some] Some are done.
        [most] Most are done.
        [all] All are done.
       *[none] Take your time.
    }
board-topic = Now: **{ $mechanism }**
board-go-round = One after the other: my strongest idea, and what speaks against it.
board-closed = The session is over. Thank you for thinking together. It is erased on { $purge }, with this thread.
board-stranded = This session can't go on: its thread is out of reach.

button-facilitate = I'll facilitate
button-restate = Put it anew
button-ways = Choose a way of working
button-contribute = Add a line
button-contribute-again = Add another
button-again = Rate once more
button-slower = Slower
button-done-here = I'm done with this
button-own = Rate for myself
button-own-chart = Mine beside the group's
button-note = My notes
button-aside = Set something aside
button-stop = Stop, take my case back
button-own-words = Take back a line
button-nudge-on = Remind me once a step
button-nudge-off = No more reminders
button-leave = Step out quietly
button-respond-again = Change my answer
button-more-time = +2 minutes
button-panel-more = More
button-go-back = Back a step
button-skip = Skip this
button-make-room = Let listeners take part
button-hand-over = Hand over to …
button-move-date = Move the date, once, to …
button-take-over = I'll take over
button-tell = Tell it
button-tell-again = Change what I wrote
button-ask = Ask for a fact
button-reply = Answer
button-reply-again = Change the answer
button-rate = Rate the six
button-respond = My answer
button-step = One step
button-goodbye = One word
button-mine = My part
button-panel = Facilitator
button-handout = My handout
button-next = Next: { $step }
button-close = Close the session
button-next-topic = Next: { $mechanism }
button-pause = Pause
button-resume = Go on
button-end = End the session
button-end-now = End it, with a handout
button-end-bare = End it without
button-back = Back

question-head = **The question**
account-head = ### The telling
fact-head = ### A question about the facts
fact-open = Waiting for the presenter. “I don't know” is an answer too.
fact-answer = **Presenter:** { $answer }

reveal-head = ## What we saw
    Six ways of looking, not findings about anyone. Disagreement is the useful part.
reveal-few = So few of us rated that figures would have faces, and even now you may guess who wrote what. Go round instead: my strongest idea, and what speaks against it.
change-head = ## What moved, and what stayed
change-none = We stand about where we stood, or too few rated twice to show it.
restated-head = **The question, put anew**
call-time = { $facilitator } Time for **{ $step }**, whenever you all are ready.
call-reserve = { $facilitator } Time for { $presenter } now: on to **{ $step }**. What is left of the evening is theirs.
nudge = A note that you asked for: something is open for you until { $due }. In your group's channel, `/formulate mine` shows what.
observations-head = ## What speaks for and against
observation-for = Speaks for it
observation-against = Speaks against it
observation-ideas = Other ideas
answer-head = ### The presenter answers
answer-fits = Fits: { $fits }
answer-none = None of the six, for now.
answer-else = Something else
closing-head = ## Before we go
closing-words = One word each:
closing-no-words = Nobody left a word, and that is fine.
closing-looked-after = Did we look after the presenter instead of thinking with them? { $lean ->
        [no] Most of us think we thought with them.
        [yes] Most of us think we looked after them. Worth a minute next time.
       *[between] We are of two minds. Worth a minute next time.
    }
stranded = { $facilitator } A session of this group can't go on, because its thread can't be reached any more. What was written is kept until its usual date: `/formulate mine` shows your part. A new session can begin at any time.
stranded-nobody = A session of this group can't go on, because its thread can't be reached any more. What was written is kept until its usual date: `/formulate mine` shows your part.
