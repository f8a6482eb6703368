### The rehearsal in the terminal and in the browser.

play-only = Only { $name } sees
play-channel = In the channel
play-thread = In the thread
play-refused = The form came back, as it would in Discord. Take out what it names, and play again.
play-written = Written: { $files }
serve-ready = The rehearsal is open at { $address }
serve-hint = You are { $name }, the facilitator of “{ $server }”. The others act by themselves; press *Facilitator* on the board, then *Next*, when you are ready. Ctrl+C ends it, and nothing is kept.
serve-over = The session is over. Look through the presenter's eyes for the handout. Ctrl+C ends the rehearsal.
