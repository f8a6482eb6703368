### Templates: their pages as forms, and a group's own ones.

template-page-of = { $number } of { $count }
template-for-you-alone = For you alone.

command-template = The forms for presenting a case that your group writes itself
command-template-new = Write a new form for presenting a case
command-template-edit = Change a form, or make your group's own of one that came with me
command-template-share = Get a form as a file, for another group
command-template-import = Take a form in from a file
command-template-remove = Take one of your group's own forms out
option-template-any = Which one? Type a word of its title, or what it is for
option-template-own = Which of your group's own?
option-template-file = A file that /template share made, or one like it

## Writing one

template-head-title = A form of your own
template-title = What is it called?
template-title-hint = As it stands in the list
template-when = When is it of use?
template-when-hint = For which cases, and which moments? It is found by these words, too.
template-leave-out = What stays out of it?
template-leave-out-hint = Whoever fills it in reads this first
template-leave-out-usual = Names, exact ages, dates, places, employers and messages word for word.
template-field-title = A field
template-label = What do you ask?
template-label-hint = A few words, or a short question
template-guidance = A line of help
template-guidance-hint = What helps to answer it? Ask for nothing that tells who somebody is.
template-kind = How is it answered?
template-kind-short = in one line
template-kind-paragraph = in a few sentences
template-kind-choice = by choosing
template-kind-scale = on a scale
template-more = An example, or what there is to choose from
template-more-hint = Choices: one a line, two to ten of them. Otherwise an example.
template-marks = And
template-needed = needed
template-alone = for the presenter alone
template-part-title = The title
template-part-when_to_use = When it is of use
template-part-leave_out = What stays out of it
template-part-fields = The fields
template-part-label = the question
template-part-guidance = the line of help
template-part-example = the example
template-part-options = what there is to choose from
template-part-kind = how it is answered
template-part-all = All of it
template-untitled = Without a title
template-begun = Your form begins with the question to the group. Add what else you would like to know; every five fields are a page.
template-edit-shipped = This is a copy for your group. Once you save it, it stands in the list in place of the one that came with me.
template-edit-own = Nothing changes for the others before you save it.
template-gone-on = You had begun to change this one; here is where you were. To begin anew, throw this away first.
template-import-known = Your group has a form of this name already. This is the one from the file: saving it puts it in the other's place.
template-unfinished = You have begun a form, *{ $title }*, that nobody can use yet.
template-anew = Begin another
template-page = Page { $number }
template-no-fields = It asks for nothing yet.
template-kept = Kept for you alone for seven days, until you save it.
template-pick = Choose a field to change, move or take out
template-add = Add a field
template-change-head = Title and notes
template-preview = See page { $number }
template-save = Save
template-drop = Throw it away
template-drop-ask = ## Throw it away?
    What you typed is gone then. What is in your group's list stays as it is.
template-change = Change
template-up = Up
template-down = Down
template-take-out = Take out
template-example-is = Example: { $example }
template-field-gone = That field was taken out.
template-looked = That was only a look. Nothing of what you typed there is kept.
template-to-put-right = {""}**Before it can be saved:**
template-place = { $number }. “{ $label }”, { $part }
template-more-problems = … and { $count } more, once these are done.
template-saved = *{ $title }* is in your group's list now{ $instead ->
        [yes] , in place of the one that came with me
       *[no] {""}
    }. Version { $version }. `/template share` gives it to you as a file.
template-changed = ## Somebody else saved it meanwhile
    Since you began, this form was saved anew or taken out by somebody else of your group. What you wrote is kept. Shall yours stand in the list instead?
template-replace = Put mine in its place

## Looking after them

template-shared = Here is *{ $title }* as a file. Another group takes it in with `/template import`.
template-file-broken = ## This file can't be taken in yet
    Nothing was kept of it. Please put this right, and hand it in again:
template-remove-ask = ## Take *{ $title }* out?
    Cases that were written with it stay as they are. { $back ->
        [yes] The form of this name that came with me is back then.
       *[no] `/template share` keeps a copy for you first.
    }
template-remove-yes = Take it out
template-removed = It is out of your group's list. Cases that were written with it stay as they are.

## Refusals

template-gone = There is no such form in your group's list any more. Begin to type, and choose one from the list.
template-not-own = This one came with me, so it can't be taken out. `/template edit` makes your group's own of it.
template-too-many = { $most } forms of your own are as many as fit. `/template remove` makes room; what you wrote is kept.
template-full = { $most } fields are as many as a form can have. Take one out first.
template-not-ready = Something in it has to be put right first. *Back* to its list, or `/template new`, says what.
template-file-kind = That is no form. `/template import` takes a file whose name ends in .toml, such as `/template share` makes.
template-file-long = That file is longer than a form can be: { $most } KB are the most.
template-file-encoding = That file is no plain text. Please save it as UTF-8, and hand it in again.
template-file-gone = That file could not be fetched from Discord. Please hand it in once more.
