### Case material under an alias: writing it, reading it, looking after it.

command-vignette = Case material under an alias
command-vignette-write = Write a vignette; it is looked through before anyone sees it
command-vignette-mine = The vignettes that I wrote, and what was asked about them

## Writing

vignette-form = A vignette
vignette-text = What happened, disguised
vignette-text-hint = No names, places, employers, exact ages. Change what does not matter.
vignette-text-more = … and on, if the first field is full
vignette-question-field = What would you like to hear about?
vignette-question-hint = One question to the readers. You can leave it empty.
vignette-question = **The question**
writing-blocked = {""}**Nobody sees this yet.** What stands in 【】 could point to a person. What is marked ⛔ must be changed; the rest may stay if you are sure.
writing-open = {""}**Nobody sees this yet.** What stands in 【】 may point to a person. Change it, or keep it if you are sure.
writing-clear = {""}**Nobody sees this yet.** No obvious identifiers found. That is not the same as anonymous: only you know what a relative would recognise.
writing-line = { $number }. { $finding }. Suggested: { $suggestion }
writing-line-block = ⛔ { $number }. { $finding }. Suggested: { $suggestion }
writing-at = { $finding } (in “{ $field }”)
writing-all = Take all suggestions
writing-one = One by one
writing-keep-rest = Keep the rest, go on
writing-edit = Edit the text
writing-take = Put “{ $words }”
writing-leave-out = Leave it out
writing-left-out = (left out)
writing-own-words = Put something else
writing-keep = Keep it
writing-no-name = Not a name
writing-skip = Next one
writing-other-language = {""}**Basic check only.** This seems to be in another language than your group's, and there most names are missed. Please read it once more yourself.
writing-unfinished = You have begun a vignette that nobody has seen yet.
writing-anew = Begin another
writing-waits = A vignette that you have begun, and that nobody has seen yet.
own-words-title = Put something else
own-words-field = What shall stand there?
own-words-hint = Less precise, and still what matters. Empty takes the words out.
questions-head = ## Four questions
    Nobody but you can answer them, and no answer is kept.
questions-open = Answer them
questions-title = Before it goes out
questions-client = Would the client recognise it?
questions-client-hint = And feel betrayed?
questions-relative = Would a relative recognise it?
questions-relative-hint = Or a colleague, or a neighbour?
questions-needed = Is each detail needed?
questions-changed = Which details did you change?
questions-changed-hint = Not kept. If you name any, the post says that details were changed.
questions-placement = In training: is it allowed there?
questions-placement-hint = Some placements want to be asked first.
questions-no = no
questions-perhaps = perhaps
questions-yes = yes
questions-not-all = not all of them
questions-no-trainee = I'm not in training
questions-unsure = I'm not sure
questions-worry = ## Worth another look
worry-client = The client might recognise it. Changing a clinically neutral detail or two helps most: the job, the season, who was in the room.
worry-relative = Somebody close might recognise it. Leave out the unusual event, or say only what kind of event it was.
worry-needed = What is not needed for your question can go; less is safer, and easier to think about.
worry-placement = Ask your placement first. What you wrote is kept for you.

## Who it could be

who-head = ## Under which name?
    { $people ->
        [one] Only you are in this group so far
       *[other] { $people } people in this group could have written it
    }.
who-few = {""}**That is few.** With { $people }, somebody who knows your work or your way of writing may well guess.
who-hides-nobody = An alias would hide nobody in so small a group, so it can only go out under your name.
who-truth = {""}**Who can find out?** Readers see the alias; some may know your style or the story. People who manage the server see no more than they do: the bot posts it, at a quarter of an hour. Whoever runs the bot has no list of authors, but with its database and its key could try out each member, until you close or withdraw the vignette. After that nobody can.
who-alone = Nothing else of this group goes out with it. Waiting for another vignette, two days at most, hides better when you wrote yours.
who-alias = Under an alias
who-alias-wait = An alias, and wait
who-name = Under my name
taken-in = ## It is on its way
    { $named ->
        [yes] It goes out under your name at the next quarter of an hour.
       *[no] It goes out as *{ $alias }*, { $waits ->
            [yes] with the next vignette of this group, in two days at the latest.
           *[no] at the next quarter of an hour.
        }
    } `/vignette mine` finds it again.
taken-in-held = ## A second reader comes first
    Somebody of the group reads it before the others do, without learning whose it is. `/vignette mine` says how it goes on.

## The post

vignette-by = A vignette by { $author }
vignette-goes-on = It goes on in the thread below.
vignette-altered = Some details were changed.
vignette-hidden = ## A vignette
    It is hidden for now by whoever facilitates.
vignette-thread-name = Vignette
vignette-ask = Ask the author
vignette-offer = Offer a thought
vignette-more = More
vignette-asked = **A question**
vignette-answer = **{ $author }:** { $answer }
vignette-added = **{ $author } adds**
vignette-thought = **A thought**
vignette-ask-title = Ask the author
vignette-ask-field = A short question about the facts
vignette-ask-hint = It shows together with the answer, without your name
vignette-ask-done = It is with the author. Question and answer show together, without your name.
vignette-offer-title = Offer a thought
vignette-offer-field = What works first, then what you wonder
vignette-offer-hint = It shows without your name
vignette-offer-done = It shows at the next quarter of an hour, without your name.

## Around it, in private

vignette-reader = For everyone who reads it:
vignette-know = I may know this person
vignette-know-done = Then let this one pass: leave its thread, or mute it. Nobody is told, and nothing is kept about it.
vignette-tell = Tell the facilitator
tell-head = ## Tell the facilitator
    They get a private message at the next quarter of an hour, without your name. This is no alarm: if someone is in danger now, do what you would do without this bot.
tell-identifies = It may identify someone
tell-risk = Someone may be at risk
told-identifies = They are told at the next quarter of an hour, without your name.
told-risk = They are told at the next quarter of an hour, without your name. If someone may be in danger now, don't wait for this bot: your emergency procedure, your supervisor and your safeguarding lead come first.
concern-identifies = Somebody of your group says that the vignette “{ $title }” may identify someone. *More* on its post lets you hide it; whose it is stays hidden from you too.
concern-risk = Somebody of your group says that in the vignette “{ $title }” someone may be at risk. *More* on its post lets you ask its author for a change; whose it is stays hidden from you too.
author-head = **Yours, as *{ $alias }*.** Only you see this part.
author-is-stopped = You can't post under an alias in this group until { $until }; whoever facilitates asked for that, without knowing who you are.
author-hidden = It is hidden for now: “{ $words }”
author-change-wanted = Whoever facilitates asks for a change: “{ $words }”
author-second-reader = Your second reader asks for a change first: “{ $words }”
author-lost = Its post or its thread is gone from Discord. You can withdraw what is left of it.
author-no-questions = Nobody has asked anything yet.
author-questions = { $count ->
        [one] One question waits for you:
       *[other] { $count } questions wait for you:
    }
author-answer = Answer { $number }
author-answer-title = Answer
author-answer-field = Your answer
author-answer-hint = It shows with the question, at a quarter of an hour
author-continue = Add something
author-continue-title = Add something
author-continue-field = What happened since, or what you left out
author-continue-hint = It shows under the alias, at a quarter of an hour
author-continue-done = It shows under the alias at the next quarter of an hour.
author-rewrite = Change the text
author-rewrite-title = Change the text
author-rewrite-done = The changed text shows at the next quarter of an hour.
author-formulate = Formulate this
author-present = My part as presenter
author-close = Close it
author-withdraw = Withdraw it
close-ask = ## Close it?
    Nothing can be added after that, and your seal goes: from then on nobody can find out that it was yours, and neither can you. It is erased on its date.
close-ask-yes = Close it
close-done = It is closed: nothing leads to you any more. Its post says so at the next quarter of an hour.
withdraw-ask = ## Withdraw it?
    The post, its thread and all that was said in it go at the next quarter of an hour. At once is quicker, but whoever is looking sees when it goes, and may guess who was there.
withdraw-ask-yes = Withdraw it
withdraw-ask-at-once = At once
withdraw-done = It is withdrawn: nothing leads to you any more. What stands here goes at the next quarter of an hour.
withdraw-done-at-once = It is gone.
vignette-formulate = ## Formulate this
    In writing over two weeks you stay *behind the alias*: join the session's thread like anyone else, and present from here. In a call you would be known by your silence, so there you present by name.
vignette-formulate-slow = In writing, as the alias
vignette-formulate-live = Live, under my name
vignette-no-question = What do you see in this?
vignette-slow-done = The invitation stands in the channel. *{ $alias }* presents: `/vignette mine`, then *More*, leads you to your part. Join its thread like the others, so that nobody is missing.
vignettes-mine = ## Your vignettes
    Each one here was tried for yours; nowhere is there a list of who wrote what.
vignettes-mine-none = You have no vignette here that is still open.
vignettes-line = **{ $title }**, as *{ $alias }*: { $status ->
        [held] a second reader has it.
        [waiting] on its way.
       *[published] it is out{ $questions ->
            [0] .
            [one] , and one question waits for you.
           *[other] , and { $questions } questions wait for you.
        }
    }

## A second reader

second-reader = A vignette waits for somebody who reads it before the others do.
second-reader-read = Read it first
second-reader-head = Only you see this, and its author will not know who you are. Could it point to a person?
second-reader-pass = It can go out
second-reader-back = Ask for a change
second-reader-title = Ask for a change
second-reader-field = What should be changed?
second-reader-hint = The author reads this, without your name
second-reader-passed = Thank you. It goes out at the next quarter of an hour.
second-reader-sent-back = Thank you. The author reads it at the next look.

## For whoever facilitates

carer-head = For you, since you look after this group. Whose it is stays hidden from you too:
carer-hide = Hide it
carer-hide-title = Hide it
carer-hide-field = Why? The author reads this
carer-hide-hint = One kind sentence helps most
carer-hide-done = It is hidden, and its author reads why at the next click.
carer-show = Show it again
carer-change = Ask for a change
carer-change-title = Ask for a change
carer-change-field = What should be changed?
carer-change-hint = The author reads this at the next click
carer-change-done = The author reads it at the next click.
carer-stop = Stop this author for …
carer-stop-weeks = { $weeks ->
        [one] one week
       *[other] { $weeks } weeks
    }
carer-stop-done = Nothing is taken from this author under an alias until { $until }. Who it is stays hidden; they learn of it at their next click.
carer-lift = Lift a stop
carer-lift-done = If this author was stopped because of this vignette, they no longer are.

## Refusals

vignette-short = That is very short: at least { $least } characters, so that there is something to think about.
vignette-long = That is more than { $most } characters, and more than anybody reads on a phone. Please shorten it.
vignette-only-findings = Beside what could point to a person, hardly anything is left. Tell what happened between you instead.
vignette-not-now = That can't be done with this vignette just now. `/vignette mine` shows yours.
vignette-gone = This vignette is no longer kept.
vignette-one-at-a-time = One of yours is on its way already. Two at once would give you away; write the next one when it is out.
vignette-in-session = The group is working on it in a session just now. End that first, or take your case back there.
vignette-read-already = Somebody has read it already. Thank you.
second-reader-is-author = It is yours, so somebody else reads it first.
only-author = This belongs to whoever wrote it.
author-stopped = In this group you can't post under an alias until { $until }. Whoever facilitates asked for that, without knowing who you are; what you typed is kept.
author-gone = It is closed, so nothing leads to its author any more.
alias-hides-nobody = With { $people ->
        [one] you alone
       *[other] { $people } people
    } in this group an alias would hide nobody. Your name, or a larger group.
too-many-vignettes = There are more vignettes here than names for them. Let some be closed first.
too-many-remarks = There are { $most } thoughts already, and that is as many as fit.
vignette-answered = That question is answered already, and the answer is out. *Add something* takes the rest.
vignette-no-title = It needs a title, a few words that give nobody away.
writing-changed = The text is another by now. Please look at it once more.
writing-blocks = Something in it must be changed first.
writing-needs-words = There is no suggestion for this one. *Put something else* takes your own words.
