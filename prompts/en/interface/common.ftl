### What everyone may meet: the charter, refusals, texts that come back.

charter-head = ## Before the first session
    Please read this once, in private. It holds for everyone in the group.
charter-accept = I accept
charter-accepted = Thank you. That was all.
charter-first = The group's charter comes first.
go-on = Go on

given-back = What you wrote is kept for you alone, for seven days.
given-back-late = It can't be posted here any more. It is kept for you alone, for seven days; copy what you want to keep.
given-back-edit = Open it again
given-back-discard = Throw it away
draft-discarded = It is gone.
draft-waiting = You have a text here that was not posted.

error = Something went wrong on our side. If it happens again, give this code to whoever looks after the bot: { $code }
form-too-slow = That took too long just now. Please press once more.
control-stale = That button belongs to something that has moved on. `/formulate mine` shows where you are.
server-only = This works inside a server, in your group's channel.
no-group-here = This channel is not a group yet. Someone who manages the server can make it one with `/group setup`.
no-session-here = You are not in a session here. `/formulate start` begins one; an invitation in the channel lets you join.
session-gone = This session is no longer kept. Nothing of it is left here.
session-over = This session has ended. `/formulate mine` shows what is still yours.
session-full = { $most } people are in this session, and that is as many as fit. Perhaps next time.
step-moved-on = The group has moved on from this step. `/formulate mine` shows what there is to do now.
draft-gone = That text is no longer kept here: it was posted or thrown away, or its seven days are over.
only-member = This is for the people in the session. The invitation in the group's channel lets you join.
only-rater = This is for everyone but the presenter. `/formulate mine` shows your own part.
only-presenter = This belongs to the presenter.
only-facilitator = This belongs to the facilitator. `/formulate mine` shows your own part.
only-steward = This is for people who manage the server, or who facilitate this group. Ask one of them.
too-few-people = It takes { $fewest } of you to begin: a presenter and two who think with them. The invitation is in the group's channel.
account-missing = The account is not there yet. The presenter can write it with *Tell it*.
nobody-rated = Nobody has rated yet. Give it another minute.
paused = The session is paused. Go on first, then the next step.
facilitator-taken = Somebody facilitates already.
presenter-cannot-facilitate = You bring the case, so somebody else facilitates. Ask one of the others to take it.
too-many-facts = There are { $most } questions already. Let these be answered first.
nothing-written = There is nothing but space in it yet. A few words are enough.
fact-gone = That question was taken back.
too-many-sessions = { $most } sessions are open in this group. Close one of them first.
zone-unknown = I don't know that time zone. Begin to type a city near you, and choose from the list.
language-unknown = I don't speak that language yet. Choose one from the list.
retention-out-of-range = Days to keep a session: a whole number from { $least } to { $most }, please.
handout-later = The handout comes at the end of the session.
given-back-sure = ## Throw it away?
    What you typed is gone then, for good.
given-back-sure-yes = Yes, throw it away
presenter-steps-out = The case is yours, so leaving means taking it back: *Stop, take my case back* in `/formulate mine`.
not-in-session = They are not in this session. Choose somebody who is.
only-leading = This belongs to the presenter and the facilitator.
nothing-before = There is no way back from here: behind the reveal nothing can be unseen.
nothing-to-set-aside = No topic is being talked about now. Single lines can be set aside from `/formulate mine`.
no-clock-here = The clock stands still here, so there is nothing to add to it.
no-minutes-left = There are no minutes left to add: what remains belongs to the presenter. *Next* goes on.
no-date-here = This step has no date, so there is none to move.
date-moved-already = The date of this step was moved once already. *Next* goes on before it.
enough-lines = You have added { $most ->
        [one] your line
       *[other] { $most } lines
    } here. `/formulate mine` lets you take one back.
protocol-unknown = I don't know that way of working. Leave it empty for the six mechanisms, or choose one from the list.
protocol-not-slow = This way of working needs you together. Choose minutes, in a call or in writing.
account-for-slow = In writing over days, the account must be there from the start. Please add it; what you typed is kept.
none-and-some = “None of these” is ticked beside one that fits. Please keep one of the two.
no-figures = There is no picture in this session: too few of you rated for one.
handout-withheld = This session was ended without a handout.
handout-taken-back = The case was taken back, so there is nothing left for a handout.
