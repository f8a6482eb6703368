### Commitments: the plan a presenter leaves with, and what becomes of it. Only its owner reads any of this.

command-commitment = The plans I left a session with
command-commitment-mine = My plans, when they come back and what became of them
command-commitment-done = I kept a plan of mine
command-commitment-change = Put a plan of mine into other words
command-commitment-drop = Let a plan of mine go
plan-back = **Your plan from an earlier session**
    { $plan }
    How did it go? Nobody else sees this.
plan-kept = Kept
plan-changed = Changed
plan-not-yet = The moment didn't come
plan-dropped = Let it go
visit-unreached = A note that you had asked for could not reach you: your direct messages are closed to this server. Open them in the server's privacy settings, or stop the notes with `/remind list` or `/commitment mine`.

## Being reminded

plan-offer = A note can reach you { $at }. It says only “A note you left for now”; the plan shows when you open it.
plan-offer-none = Shall it come back to you? A note says only “A note you left for now”; the plan shows when you open it.
plan-offer-alias = Under an alias nothing can remind you of it. `/remind me` can bring you notes all the same.
plan-remind = Remind me
plan-another-time = Another time
plan-set-time = Set a time
plan-only-week = Only in a week
plan-stop = No notes
plan-reminds = A note comes { $at }, and once more a week later.
plan-comes-back = It comes back to you { $at }.
plan-no-notes = No notes come about it.
plan-stopped = No more notes about it. The plan waits in `/commitment mine` until { $until }.
plan-snoozed = The note comes again { $at }.
plan-remind-title = When is the moment?
plan-remind-when = A day and a time
plan-remind-when-hint = The note comes ten minutes before
plan-remind-when-example = Thursday 15:00
plan-remind-quiet = No notes between
plan-remind-quiet-hint = Like 21:00–7:00; empty if any hour will do
plan-remind-zone = Your time zone
plan-remind-zone-hint = A city near you is enough: Berlin
commitment-no-time = I can't find one day and one time to come in that. Try “Thursday 15:00”, or “3 pm” with the day.
commitment-not-reminding = No more notes come about this plan. Choose a time for it in `/commitment mine`.

## One's own

plans-head = ## Your plans
    Only you see them.
plans-none = You have no plans here. One is kept when you leave a session with an if-then plan.
plan-until = Kept until { $until }
plan-was-kept = **Kept:**
plan-was-dropped = **Let go:**
plan-which = Which one?
plan-choose = One of your plans
plan-none-open = No plan of yours is waiting. `/commitment mine` shows those you have closed.

## A note that is opened

plan-note-cue = Ten minutes from now may be the moment:
plan-note-back = Your plan from a session. How did it go?
plan-note-farewell = ## No more notes about this
    The last two stayed closed; perhaps this is not the time. The plan waits in `/commitment mine` until { $until }.
plan-later-tonight = Tonight
plan-later-tomorrow = Tomorrow
plan-later-next-week = Next week

## What became of it

plan-kept-title = Kept
plan-dropped-title = Let it go
plan-change-title = My plan, changed
plan-line = One line for yourself, if you like
plan-line-hint = What happened, or what you noticed. Nobody else reads it.
plan-noted-kept = Noted: you kept it. It stays in `/commitment mine` until { $until }.
plan-noted-changed = Noted: { $plan }
plan-noted-dropped = Noted: you let it go. It does not come back, and stays in `/commitment mine` until { $until }.
plan-noted-not-yet = Noted. The plan stays. { $when }
plan-tell-offer = If you tell the group, it reads:
plan-tell = Tell the group
plan-told-kept = Kept. { $plan }
plan-told-changed = Changed. { $plan }
plan-told-dropped = Let go. { $plan }
plan-told-not-yet = The moment didn't come yet. { $plan }
plan-tell-done = The group can read it in the session's thread. You can take it back with *{ $button }* in your part.
told-back-head = **{ $who }, about a plan from an earlier session:**
told-back-enough = The group has heard of { $most } plans this evening. Please tell it of this one another time.
commitment-gone = This plan is gone: plans are kept only for a while.
commitment-closed = This plan is closed already. `/commitment mine` shows what became of it.
only-committed = This plan is somebody else's. `/commitment mine` shows yours.
