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
play-refused = The form came back, as it would in Discord. Take out what it names, and play again.
play-written = Written: { $files }
serve-ready = The rehearsal is open at { $address }
serve-channel = The group's channel #{ $channel }, where invitations and vignettes stand, is at { $address }
    What is said below the newest case or vignette is at { $thread }
serve-desk = Everyone's direct messages, and a clock that goes on by ten minutes, a day or a week, are at { $address }
serve-title = The rehearsal
serve-now = In the rehearsal it is { $now }.
serve-look = Look at
serve-place-session = The session's thread
serve-place-channel = The group's channel
serve-place-thread = The newest case or vignette
serve-inboxes = Direct messages of
serve-later = Let time go by
serve-later-minutes = Ten minutes later
serve-later-day = A day later
serve-later-week = A week later
serve-later-note = Reminders, due dates and whatever is to be erased come as they would in life.
serve-hint = You facilitate “{ $server }”, under the name { $name }; the others act by themselves. Press “Facilitator” on the board, then “Next”, when you are ready. The page is a simulated Discord: “Viewing as” looks through somebody else's eyes, and what stands around the messages can be left alone. Ctrl+C ends it, and nothing is kept.
serve-slot = A vignette waits for its quarter of an hour, so the rehearsal's clock went on to { $time }.
serve-over = The session is over. Choose { $presenter } under “Viewing as” for the handout. Ctrl+C ends the rehearsal.
