# What arrives gives nothing away: it may light up beside a client.

note-arrived = { $place ->
    [channel] A note for this group, to open when it suits you.
   *[inbox] A note you left for now.
  }
note-late = It comes late: it was meant for { $at }.
note-show = Show
note-farewell = { $place ->
    [channel] These notes stop here: nobody opened the last two.
   *[inbox] These notes stop here: the last two stayed closed.
  }
note-about-it = About this

## Opened

note-skipped = { $count ->
        [one] One earlier note
       *[other] { $count } earlier notes
    } did not come while I was away.
note-replaced = The one that was here is no longer in the library, so this is another.
note-how = { $how ->
        [did] I did it
        [adapted] I did it my way
        [not-yet] The moment didn't come
       *[let-go] Let it go
    }
note-answered = { $how ->
        [did] You said: I did it.
        [adapted] You said: I did it my way.
        [not-yet] You said: the moment didn't come. It comes again the next time.
       *[let-go] You let it go. It stays away while there are others.
    }
note-another = Another one
note-snooze = { $how ->
        [tonight] Again tonight
        [tomorrow] Again tomorrow
       *[next-week] Again next week
    }
note-snoozed = It comes again { $at }.
note-stop = Stop these
note-stopped = These notes have stopped. They are kept until { $until }, should you want them back.
note-for-all = For everyone in this channel. Nobody sees who opened it.
note-ended = ## These notes have stopped
    { $place ->
        [channel] Nobody opened the last two, so no more come. Whoever looks after the group can start them again.
       *[inbox] The last two stayed closed, so no more come. Perhaps this is not the time for them.
    }
note-start-again = Start them again
note-gone = This note is gone: notes are kept for two weeks.
note-not-yours = In a channel, a note is for reading only. `/remind me` brings you notes of your own.
snooze-too-late = It is too late for tonight. Choose tomorrow or next week.
