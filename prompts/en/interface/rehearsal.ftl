### The rehearsal in the terminal and in the browser.

play-only = Only { $name } sees
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
serve-hint = You facilitate “{ $server }”, under the name { $name }; the others act by themselves. Press “Facilitator” on the board, then “Next”, when you are ready. The page is a simulated Discord: “Viewing as” looks through somebody else's eyes, and what stands around the messages can be left alone. Ctrl+C ends it, and nothing is kept.
serve-slot = A vignette waits for its quarter of an hour, so the rehearsal's clock went on to { $time }.
serve-over = The session is over. Choose { $presenter } under “Viewing as” for the handout. Ctrl+C ends the rehearsal.
