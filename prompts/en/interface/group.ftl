### Setting a group up, and what is kept.

command-group = Set up this channel as a supervision group
command-group-setup = Make this channel a group, or change its settings
option-zone = A city near you, for local times
command-privacy = What is kept, and how to have it erased
command-privacy-notice = What this bot keeps, who can read it, and until when
command-privacy-forget-me = Erase everything that came from you in this server

setup-title = Set up this group
setup-language = Language
setup-language-en = English
setup-retention = Days to keep a session after its close
setup-retention-hint = Then it is erased here, with its thread. 14 is usual.
setup-facilitators = Who may facilitate
setup-facilitators-hint = Nobody chosen: you alone, for now
setup-second-reader = Does somebody read a vignette first?
setup-second-reader-hint = A member, without learning whose it is
setup-second-reader-no = No, it goes out as it is
setup-second-reader-yes = Yes, one other person
setup-done = ## This channel is a group
    Time zone: { $zone }. Sessions are erased { $days ->
        [one] one day
       *[other] { $days } days
    } after they close.
    `/formulate start` begins the first one. Everyone reads the charter once before they join.

notice = ## What is kept here
    {""}**What:** the texts and ratings of a session and who takes part in it, encrypted on the machine that runs this bot; that you accepted the charter, under a mark that names nobody; cases in writing, with who presents them, and the forms of this group, encrypted; vignettes, encrypted, with a seal that says whether a click is their author's and never who it is; reminders, with whom they reach, and the plans that presenters left with, encrypted; the words this group looks out for and those you said are no names, as one-way marks. { $words ->
        [0] You said so of none.
        [one] You said so of one.
       *[other] You said so of { $words }.
    }
    {""}**Until when:** { $days } days after a session closes, or after the last thing that happened in it if nobody closes it. Then it goes from here, and its thread from Discord. A text that was given back to you goes after seven days. A case in writing goes as long after its close, or at once when it is withdrawn. A vignette goes as long after its close; its seal goes with the close, and a stopped author's when the stop ends. A reminder is kept until you remove it, or 90 days after it stopped; a note of it, two weeks. A plan goes as many days after you kept or dropped it as a session does after its close, and an open one twelve weeks after you last touched it.
    {""}**Who can read it:** the people in a session's thread, and whoever manages this server, since Discord lets them open private threads. Ratings before the reveal, your plan and your private answers are shown to you alone. Whoever runs the bot has its database and its key, and could read both; of the marks it could only try whether a word is among them. For a vignette under an alias there is no list of authors: whoever runs the bot could try each member's number against its seal while it is open, and nobody can after that. Members and whoever manages this server see a post of the bot's, at a quarter of an hour, and may know a style or a story.
    {""}**What nobody can call back:** screenshots, saved handouts, notifications, Discord's own copies, and older backups of the machine.
    No language model reads along, and nothing is sent anywhere but Discord. This is no emergency service and no supervision of record.
    `/privacy forget-me` erases what came from you.
notice-no-group = This channel is not a group, so nothing is kept about it.

forget-ask = ## Erase what came from me?
    Your ratings, observations, words and drafts in this server go now, and what you said are no names. A case that you presented, live or in writing, goes whole, with its thread. A vignette that you wrote goes from here now, and its post at the next quarter of an hour. Your reminders and plans go, with the notes in your direct messages. This can't be undone.
forget-yes = Erase it now
forget-done = Done. { $sessions ->
        [0] You had presented no session that was still kept.
        [one] One session that you presented was erased whole.
       *[other] { $sessions } sessions that you presented were erased whole.
    } What you gave to others' sessions is gone from them.{ $vignettes ->
        [0] {""}
        [one] {" "}One vignette of yours is erased; its post goes at the next quarter of an hour.
       *[other] {" "}{ $vignettes } vignettes of yours are erased; their posts go at the next quarter of an hour.
    }{ $cases ->
        [0] {""}
        [one] {" "}One case that you had posted is gone, with its thread.
       *[other] {" "}{ $cases } cases that you had posted are gone, with their threads.
    }{ $notes ->
        [0] {""}
        [one] {" "}One reminder or plan of yours is gone, with its notes.
       *[other] {" "}{ $notes } reminders and plans of yours are gone, with their notes.
    } Copies that others saved are out of reach.
