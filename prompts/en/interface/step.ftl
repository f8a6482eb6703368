### The presenter's last mile, and what they take home.

## One step

step-head = ## One small step
    Choose what could help, or leave it. Only you see this.
step-choose = Look at a strategy
step-own-plan = My own plan
step-watch = Leave it and watch
step-ask = Ask the client one question
step-consult = To my supervisor or therapist
step-receive = Receive it and go on
warning-head = ## Before you choose
    Is any of this part of it? Only you see this, and nothing of it is kept.
warning-list = - money changing hands, or a favour with a price
    - something the two of you keep secret
    - contact outside the sessions
    - sexual feeling, on either side
    - “I would not tell my supervisor this”
warning-none = None of these
warning-some = Some of it
beyond-peers = ## More than peers can hold
    That happens to good therapists, and peers are not enough for it. Take it to supervision soon, or ring the advice line of your association or your insurer; it is there for exactly this.
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
plan-receive = Receive it, and go on.
plan-ask-this = Ask the client: { $question }
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
chart-change-title = After talking
chart-legend-before = before
chart-legend-after = after
chart-legend-own = yours
chart-legend-half = middle half
chart-alt-row = { $mechanism }: { $fits }; median { $median }{ $split ->
        [yes] , split
       *[no] {""}
    }.
chart-alt-change = { $mechanism }: before { $before }, median { $median_before }; after { $after }, median { $median_after }.
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
handout-moved = After the talk
handout-moved-line = { $mechanism }: median { $before } before it, { $after } after it.
handout-caution = Careful: { $caution }
handout-note = Your notes
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
