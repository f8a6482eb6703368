### Reminders: when strategies come by, and how to stop them. Nobody is asked to have any.

command-remind = Strategies that come by at times you choose
command-remind-me = A private note at times you choose; it brings one strategy
command-remind-channel = A note in this channel, which everyone here can open
command-remind-list = My reminders, and when they come next
command-remind-pause = Let a reminder rest
command-remind-resume = Let a reminder go on
command-remind-skip = Leave out the next note
command-remind-preview = When the next five notes come
command-remind-remove = Remove a reminder
option-remind-how = How often
option-remind-zone = A city near you; otherwise the one you used last

remind-way = { $way ->
        [week] Every week, or every few weeks
        [days] On weekdays
        [date] Once a month, on a date
        [nth] Once a month, on a weekday
       *[rrule] By a rule of my own (RRULE)
    }
remind-ways = ## { $place ->
        [channel] A note for this channel
       *[inbox] A note for you
    }
    How often? Before anything is kept, you see when it comes. Local times: { $zone }.

## The form

remind-form = { $place ->
        [channel] A note for this channel
       *[inbox] A note for you
    }
remind-form-weeks = Every how many weeks?
remind-form-weeks-option = { $weeks ->
        [1] Every week
       *[other] Every { $weeks } weeks
    }
remind-form-days = On which days?
remind-form-day = Day of the month
remind-form-day-hint = 1 to 31; a shorter month takes its last day.
remind-form-which = Which one of the month?
remind-form-which-option = { $which ->
        [1] The first
        [2] The second
        [3] The third
        [4] The fourth
       *[-1] The last
    }
remind-form-weekday = Weekday
remind-form-rrule = Your rule
remind-form-rrule-hint = An RRULE without times and without its start: these have their own fields.
remind-form-time = At what time?
remind-form-time-hint = Local time in { $zone }.
remind-form-span = From and until (optional)
remind-form-span-hint = Empty: from today on, without an end.
remind-form-span-from = from { $start }
remind-form-span-both = from { $start } until { $end }
remind-form-quiet = Quiet hours
remind-form-quiet-hint = Nothing comes in them: it comes when they end. Or: none.
remind-form-none = none

## In words

remind-weekday = { $day ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    }
remind-and = { $most } and { $last }
remind-every-day = Every day
remind-weekly = { $weeks ->
        [1] Every { $days }
        [2] Every second week on { $days }
       *[other] Every { $weeks } weeks on { $days }
    }
remind-weekdays = On weekdays
remind-date = Every month on day { $day }{ $late ->
        [yes] {""}, or on the last day
       *[no] {""}
    }
remind-nth = On the { $which ->
        [1] first
        [2] second
        [3] third
        [4] fourth
       *[-1] last
    } { $day } of the month
remind-rrule = By your rule `{ $rule }`
remind-once = Once, on { $day }
remind-at = { $every }, { $time }, { $zone }

## Before it is kept

remind-preview = ## { $count ->
        [0] Nothing comes any more
        [one] It comes once
       *[other] It comes next
    }
remind-moved = Quiet hours or a change of the clocks move some of these.
remind-quiet = Quiet hours: { $from } to { $to }
remind-quiet-none = No quiet hours
remind-where = { $place ->
        [channel] In this channel, without a sound. Everyone here can open it.
       *[inbox] By direct message, without a sound.
    }
remind-seen = { $place ->
        [channel] All that shows before somebody opens it: "A note for this group, to open when it suits you."
       *[inbox] All that a phone shows: "A note you left for now."
    }
remind-keep = Keep it
remind-change = Change
remind-kept = ## It is kept
    { $words }
    The first one comes { $next }. `/remind list` shows it, and lets it rest or go.
remind-changed = It comes at other times now.

## The list

remind-list = ## Your reminders
remind-list-channel = ## This channel's
remind-list-none = You have none here. `/remind me` sets one up.
remind-next = next { $next }
remind-state = { $state ->
        [paused] rests
        [stopped] has stopped
       *[over] is over
    }, kept until { $until }
remind-unposted = The last one could not be posted here. Check that I may write in this channel.
remind-choose = Which one?
remind-choose-head = ## Which one?
remind-place = { $place ->
        [channel] In this channel
       *[inbox] By direct message
    }
remind-pause = Let it rest
remind-resume = Let it go on
remind-skip = Leave out the next
remind-show-next = The next five
remind-times = Change times
remind-other-way = Another rhythm
remind-remove = Remove
remind-back = Back
remind-paused = It rests. Nothing comes until you let it go on.
remind-resumed = It goes on.
remind-skipped = That one is left out.
remind-remove-question = ## Remove this reminder?
    Its notes go as well.
remind-remove-now = Yes, remove it
remind-removed = It is removed, with its notes.

## Where something can't be done

reminder-zone = I don't know that time zone. Begin to type a city near you, and choose from the list.
reminder-zone-like = I don't know that time zone. Did you mean { $zones }? Begin to type, and choose from the list.
reminder-quiet = Quiet hours need two different ends, like 21:00–7:00. For none, write: none.
reminder-hours = I can't read these quiet hours. Write them like 21:00–7:00, or: none.
reminder-time = I can't read that time. Write it like 19:00 or 7 pm.
reminder-date = I can't read these dates. Write them like 24 Nov 2026, or "from 24 Nov 2026 until 1 March 2027".
reminder-day = Which day of the month? Write a number from 1 to 31.
reminder-no-day = Choose at least one day.
reminder-past-start = That begins in the past. Choose today or a later day, or leave the field empty.
reminder-past-end = That has ended already. Choose a later last day, or leave it out.
reminder-end-first = It would end before it begins. Check the two dates.
reminder-never = By that rule nothing would ever come. Check its days and its dates.
reminder-rrule = I can't read that rule. It looks like FREQ=MONTHLY;BYDAY=2TU, the second Tuesday of every month.
reminder-rrule-part = Please leave { $part } out of the rule: the form has fields of its own for times and dates.
reminder-too-often = Once a day is the most. Choose FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.
reminder-too-many = There are { $most } reminders already. Remove one with `/remind remove`; this one waits for you meanwhile.
reminder-gone = This reminder is gone. `/remind me` sets up another.
reminder-over = This reminder is over: it came to its last day. *Change times* lets it begin again.
reminder-rests = This reminder rests. `/remind resume` lets it go on.
reminder-none = There is no reminder here that this could mean. `/remind list` shows yours.
only-recipient = This note is somebody else's. `/remind me` brings you your own.
only-reminder-holder = This reminder is somebody else's. `/remind list` shows yours.
