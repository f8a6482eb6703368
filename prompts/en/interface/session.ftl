### A session, from the form that starts it to the handout.

command-formulate = Look at a case together through six mechanisms
command-formulate-start = Bring a case to the group
command-formulate-mine = My own part of a session, wherever it was lost

## The start form

start-title = Bring a case
start-case = A neutral title
start-case-hint = Nothing that a colleague would recognise. “The careful guest” will do.
start-question = Your question to the group, in one sentence
start-question-hint = Not “what shall I do”, rather “what am I not seeing”
start-account = What happened, as you would tell it
start-account-hint = No names, places, employers, exact ages. You can also leave it for later.
start-minutes = How long have you got?
start-minutes-option = { $minutes } minutes
start-facilitator = Who facilitates?
start-facilitator-hint = Leave it empty, and whoever likes may take it
start-done = ## It begins
    Your thread is being made, and the invitation stands in this channel. Your question opens the thread; the account is seen by nobody until the telling.
start-empty = A title and a question are needed, a few words each.

## Posts

invitation = ## A case for the group
    {""}**{ $title }**
    { $minutes } minutes, text, in a private thread. If you may know the client, let this one pass; nobody will ask.
invitation-over = ## A case for the group
    {""}**{ $title }**
    This session has ended.
invitation-join = Join
thread-name = Session

board-place = Step { $number } of { $count }
board-times = until{"\u00A0"}{ $until } · end{"\u00A0"}{ $ends }
board-ends = end{"\u00A0"}{ $ends }
board-time-up = time is up, whenever you are ready · end{"\u00A0"}{ $ends }
board-paused = a short pause
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
board-listening = Say “the therapist” and “the client”, not “you”.

button-facilitate = I'll facilitate
button-tell = Tell it
button-tell-again = Change it
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
button-end-now = Yes, end it here
button-back = Back

question-head = **The question**
account-head = ### The telling
fact-head = ### A question about the facts
fact-open = Waiting for the presenter. “I don't know” is an answer too.
fact-answer = **Presenter:** { $answer }

reveal-head = ## What we saw
    Six ways of looking, not findings about anyone. Disagreement is the useful part.
reveal-few = So few of us rated that figures would have faces, and even now you may guess who wrote what. Go round instead: my strongest idea, and what speaks against it.
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

## My part

mine-head = ## { $title }
    Step { $number } of { $count }: { $step }. You { $role ->
        [presenter] bring the case
        [facilitator] facilitate
       *[member] think along
    }.
mine-over = This session has ended. It is erased on { $purge }.
mine-nothing = Nothing to do for you here just now.
mine-listening = Until about { $until } the group talks about “the therapist” and “the client”, not “you”. Microphone off, camera as you like.
mine-own-side = May the group also talk about countertransference, your side of it? Without your yes it is left alone, and nobody asks why.
mine-own-side-yes = Yes, they may
mine-own-side-no = Rather not
mine-own-side-set = Noted: { $choice ->
        [yes] they may, after another topic.
       *[no] they will leave it.
    }
mine-question = **Your question:** { $question }
mine-plan = **Your step:** { $plan }
mine-ratings = You have rated { $done } of { $count }.
joined = ## You are in
    The session has a private thread: { $thread }. `/formulate mine` brings you back to your part at any time.
joined-soon = ## You are in
    The private thread is being made, and you will be added to it in a moment.

panel-head = ## Facilitator
    {""}**{ $step }**
    Step { $number } of { $count } · { $time }
panel-last = Next ends the session.
panel-end = ## End it here?
    Nothing more is asked of anyone. The presenter keeps what there is.

## Forms

tell-title = Tell it
tell-account = What happened, as you would tell it
tell-account-hint = No names, places, employers, exact ages
ask-title = Ask for a fact
ask-question = A short question
ask-question-hint = If an idea is hiding in it, keep it for later
reply-title = Answer
reply-answer = A short answer
reply-answer-hint = “I don't know” and “I'd rather not say” are fine
suppose-title = Before the cards
suppose-idea = What may be going on, in one sentence?
suppose-idea-hint = Shown without your name at the reveal, under “other ideas”
observe-title = Seen: { $mechanism }
observe-for = What speaks for it
observe-against = What speaks against it
observe-hint = One thing you noticed. Shown without your name.
respond-title = My answer
respond-fits = What fits? Nothing is an answer too.
respond-else = Something else
respond-text = In your words, if you like
respond-text-hint = The group reads this
decide-title = My plan
decide-cue = If … (something that happens in session)
decide-cue-hint = A moment you will notice: “she asks how I slept”
decide-action = … then I … (words or an act)
decide-action-hint = Small enough for next week
goodbye-title = Before we go
goodbye-looked-after = Did we look after the presenter?
goodbye-looked-after-hint = Private. Only shown for all together, from four answers on.
goodbye-scale-0 = No, we thought with them
goodbye-scale-1 = Hardly
goodbye-scale-2 = Some of both
goodbye-scale-3 = Rather, yes
goodbye-scale-4 = Yes, we looked after them
goodbye-word = One word for the group

## The rating

walk-idea = ## Before the cards
    In one sentence: what may be going on? It is shown at the reveal, without your name.
walk-write = Write one line
walk-change = Change my line
walk-skip = Skip
card-place = { $number } of { $count }
card-for = For
card-against = Against
card-scale = 0 not at all, 4 very well
card-scale-amplifier = 0 nothing, 4 a great deal
card-cannot-tell = Can't tell
card-more = More
more-origin = Where it comes from
more-signs-for = Further signs for
more-signs-against = Further signs against
more-questions = To ask the presenter
more-own-part = The therapist's own part
more-ordinary = Ordinary
more-excessive = More than that
more-not = What not to conclude
more-culture = Culture
more-sources = Sources
summary-head = ## Your six
summary-line = { $mechanism }: { $fit }
summary-cannot-tell = can't tell
summary-open = open
summary-change = Change a card
summary-evidence = For and against: { $mechanism }
summary-finish = I'm done
summary-done = Thank you. You can change everything until the reveal.
summary-missing = One thing is still asked: what you saw that speaks for and against your strongest.

## One step

step-head = ## One small step
    Choose what could help, or leave it. Only you see this.
step-choose = Look at a strategy
step-own-plan = My own plan
step-watch = Leave it and watch
step-ask = Ask the client one question
step-consult = Take it to my supervisor or therapist
strategy-when = **When:** { $when }
strategy-say = **Said to the client, perhaps:**
strategy-self = **Said to yourself, perhaps:**
strategy-caution = **Careful:** { $caution }
strategy-source = From: { $source }
strategy-take = Make it my plan
decided = ## Noted
    { $plan }
    Only you see this. You can change it until the session ends.
plan-plan = If { $cue }, then I { $action }.
# What people write although the sentence brings it already; longest first, divided by bars.
plan-cue-begins = if
plan-action-begins = then i will|then i|then|i will|i
plan-watch = Leave it and watch.
plan-ask = Ask the client one question.
plan-consult = Take it to my supervisor or therapist.
goodbye-done = Thank you. Take care.
answer-done = Thank you. The group can read it now.
told-done = Thank you. The group can read it when the telling begins.
asked-done = Your question is in the thread.
reply-done = Your answer stands under the question.

## Chart and handout

chart-title = How well does it fit?
chart-scale-0 = not at all
chart-scale-1 = hardly
chart-scale-2 = partly
chart-scale-3 = well
chart-scale-4 = very well
chart-split = split
chart-apart = How much might the therapist's side be adding?
chart-footer = Private ratings of the group, shown together
chart-cannot-tell = { $count } can't tell
chart-few = too few for a figure
chart-legend-dot = one of us
chart-legend-median = median
chart-legend-half = middle half
chart-alt-row = { $mechanism }: { $fits }; median { $median }{ $split ->
        [yes] , split
       *[no] {""}
    }.
chart-alt-none = { $mechanism }: too few for a figure.

handout-head = ## Your handout
    Two files, the same text: one to print, one to copy from. The purge date does not reach a saved copy.
handout-question = The question
handout-seen = What the group saw
handout-seen-note = Ways of looking, not findings about anyone.
handout-ideas = Other ideas
handout-chart = How well each seemed to fit
handout-answer = Your own answer
handout-step = One step
handout-open = Questions that stay open
handout-words = One word each
handout-footer = To be erased here on { $purge }. A saved copy is yours to look after; read it for names before you pass it on.
handout-cannot-draw = Some characters could not be printed and stand as […]. They are whole in the text file.
handout-subtitle = Peer supervision, { $protocol }

## Dates on paper

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $day } { $month } { $year }
