### The rehearsal in the terminal and in the browser.

play-only = Only { $name } sees
play-inbox = Direct messages of { $name }
play-channel = In the channel
play-thread = In the thread
play-in-minutes = { $minutes ->
        [one] in a minute
        [0] now
       *[other] in { $minutes } minutes
    }
play-own-case = The account is yours. What the others ask and say was written for another case.
play-own-case-nowhere = Nobody brings a case of their own here, so there is no place for yours. Leave out --scenario, and play again.
play-otherwise = I'd rather not say.
play-refused = The form came back, as it would in Discord. Take out what it names, and play again.
play-written = Written: { $files }
serve-ready = The rehearsal is open at { $address }
serve-title = The rehearsal
serve-now = In the rehearsal it is { $now }.
# No session has a date on these two; the rehearsal's clock goes through them.
weekday-6 = Saturday
weekday-7 = Sunday
serve-look = Look at
serve-inboxes = Direct messages of
serve-later = Let time go by
serve-later-minutes = Ten minutes later
serve-later-day = A day later
serve-later-week = A week later
serve-hint = Open it in a browser on this machine. Ctrl+C ends the rehearsal, and nothing is kept.
serve-slot = A vignette waits for its quarter of an hour, so the rehearsal's clock went on to { $time }.
page-preparing = The room is being made ready. This takes a few seconds.
page-ended = The rehearsal has ended. Begin another with “make rehearse”, and open the address that it prints.
page-pace = Pace
page-pace-life = As in life
page-pace-quick = Quicker
page-pace-step = Step by step
page-next = Next action
page-power = The bot
page-restart = Restart the bot
page-cut = Cut it off
page-cut-hint = As when the power fails while somebody is in the middle of something
page-bring = Bring it back
page-nobody-acts = Nobody has anything to do just now. It may be your turn, or time has to go by.
page-acted = That was { $name }.
page-restarted = The bot was restarted, and goes on where it was.
page-cut-off = The bot was cut off in the middle of what it was doing. Whatever is pressed now gets no answer.
page-brought-back = The bot is back, and goes on from what it had stored.
page-no-answer = Nothing answered. In Discord it would say that the interaction failed.
page-eyes = Look through the eyes of
page-not-here = not in here
page-new = new
page-places = On the server
page-you = You are
page-you-nobody = Nobody: I only watch
page-you-hint = The others act by themselves.
page-take = Take home
page-choose = Another rehearsal
page-begin = Begin
page-begin-this = Begin “{ $title }”
page-begin-sure = It begins anew, with nothing in it. What was done in the present one is gone.
page-begin-yes = Begin
page-begin-no = Stay here
page-frame = A simulated Discord: { $place }
sees-title = Who sees what
sees-member = Seen by { $name }
sees-administrators = What the server’s administrators could see
sees-data = What is stored
sees-inbox = Direct messages
sees-place = { $place }: { $posts ->
        [0] nothing
        [one] one message
       *[other] { $posts } messages
    }{ $alone ->
        [0] { "" }
        [one] , one of them for nobody else
       *[other] , { $alone } of them for nobody else
    }
sees-closed = Closed to { $name }: { $places }
sees-others = Shown to others alone, and never to { $name }: { $count }
sees-hidden = Hidden from them: { $alone } shown to one person alone, { $direct } in direct messages
sees-stored = { $what }: { $rows }
    { $how }
    Goes { $goes }
sees-sealed = Encrypted ({ $size } kB)
sees-marked = Marks in the place of people and words
sees-plain = Nothing that anybody wrote
sees-goes-on = by { $day } { $month }
sees-goes-time = by itself
sees-goes-group = with the group
sees-goes-session = when the case is taken back
sees-goes-person = when its person asks
sees-goes-keys = when a key is retired
sees-table-key-check = Test values for the keys
sees-table-groups = Groups
sees-table-members = Members
sees-table-sessions = Sessions
sees-table-drafts = Drafts
sees-table-deliveries = What is sent and still to be sent
sees-table-vignettes = Vignettes
sees-table-cases = Cases
sees-table-stops = Stops
sees-table-group-words = Words of the group
sees-table-own-words = Words of one person
sees-table-templates = Templates
sees-table-reminders = Reminders
sees-table-commitments = Plans
sees-table-habits = Habits
