### One person's own part of a session, and everyone's brakes.

## My part

mine-head = ## { $title }
    Step { $number } of { $count }: { $step }. You { $role ->
        [presenter] bring the case
        [facilitator] facilitate
        [observer] listen
       *[member] think along
    }.
mine-over = This session has ended. It is erased on { $purge }.
mine-listening = Until about { $until } the group talks about “the therapist” and “the client”, not “you”. { $mode ->
        [voice] Microphone off, camera as you like. Keep notes here.
       *[text] Just read along, and keep notes here.
    }
mine-observing = You see everything that the group sees, and nothing is asked of you.
mine-taken-back = You took your case back. It is erased here, and nobody is told why.
mine-note = **Your notes, seen by nobody else:**
    { $note }
mine-unreached = I could not send you a private message: your inbox is closed to this server. In Discord, the server's privacy settings open it.
mine-own-side = May the group also talk about countertransference, your side of it? Without your yes it is left alone, and nobody asks why.
mine-own-side-yes = Yes, they may
mine-own-side-no = Rather not
mine-own-side-set = Noted: { $choice ->
        [yes] they may, after another topic.
       *[no] they will leave it.
    }
mine-plan = **Your step:** { $plan }
mine-ratings = You have rated { $done } of { $count }.
before-head = ## Before you come in
    { $presenter } asks the group:
before-recuse = If you may know the client, let it pass. Nobody is told, and nobody asks why.
before-enter = Come in
before-pass = Let it pass
passed-done = It passes. Nobody is told.
joined = ## You are in
    The session has a private thread: { $thread }. `/formulate mine` brings you back to your part at any time.
joined-listening = { $most } take part already, so that everyone gets to speak. You come in to listen; whoever facilitates can let you take part.
joined-soon = ## You are in
    The private thread is being made, and you will be added to it in a moment.

## Brakes, and other private screens

leave-question = ## Step out
    Both ways look the same to everyone else, and nobody is told. What you have not shown yet goes with you; what all have read stays, without your name.
leave-recuse = I may know the client
leave-go = I have to go
left-done = You are out, and the thread leaves your list. The invitation lets you in again, should it be right.
stop-question = ## Take your case back?
    The question, the account and all that was seen in them are erased at once, here and in the thread's posts. The session closes calmly. You owe nobody a reason.
stop-now = Yes, take it back
stop-done = It is gone. Take care of yourself; nothing more is asked of you tonight.
aside-head = ## Set something aside
    The group does not see it any more, and nobody is told why.
aside-nothing = There is nothing to set aside yet.
aside-topic = Leave “{ $mechanism }”
aside-choose = Choose a line
aside-done = Set aside.
page-before = Before
page-after = Further
own-words-head = ## What you wrote
    Choose a line to take it back. It goes from the thread and from the handout.
own-words-nothing = Nothing of yours is in sight.
own-words-choose = Take back …
slower-done = The board asks for it now, without your name.
done-here = Noted. As soon as everyone is, the group goes on.
done-here-all = Everyone is done, so the group goes on. Thank you.
own-chart-head = ## Yours beside the group's
    The diamond is yours. Only you see it, and no figure of the group's holds it.
ways-head = ## How shall we work?
ways-choose = Choose one
ways-chosen = Chosen: **{ $way }**
contributed = It stands in the thread, without your name.
contributed-hidden = It is kept. All lines show together when this step is over, without names.
