### The review of what was typed, before anyone else sees it, and the words that it knows.

## What the review says

text-refused = {""}**Not posted yet.** These words could point to a person. Please change them first:
text-asked-about = {""}**Not posted yet.** These words could point to a person. Change them, or keep them if they are safe:
review-also = These may stay, but look at them once more:
review-line = - { $finding }. Suggested: { $suggestion }
review-more = … and { $count } more.
review-basic = Only the basic check ran this time, which misses many names. Please read it once more yourself.
review-change = Change it
review-keep = Keep it as it is
review-no-names = These are not names
own-words-full = You have said of { $most } words that they are no names, and more can't be kept. Please change this one.

## The group's list

command-group-words = The words this group wants found in every text
words-head = ## Words to look out for
    Local clinics, schools, colleagues: a text with one of these words in it is given back to its author before it is posted. { $count ->
        [0] There is none yet.
        [one] There is one, and room for { $most }.
       *[other] There are { $count }, and there is room for { $most }.
    }
    Each is kept as a one-way mark. Nobody can read the list; you can only try a word.
words-add = Add words
words-remove = Remove a word
words-empty = Empty the list
words-empty-ask = ## Empty the list?
    { $count ->
        [one] One word goes
       *[other] All { $count } words go
    }, and can't be brought back: nobody can read which they are.
words-empty-yes = Empty it
words-emptied = { $count ->
    [0] The list was empty.
    [one] One word is gone.
   *[other] { $count } words are gone.
}
words-added = { $count ->
    [0] All of them were there already.
    [one] One word is new.
   *[other] { $count } words are new.
}
words-removed = It was on the list, and is gone from it.
words-not-there = It is not on the list.
words-add-title = Add words
words-entries = One a line
words-entries-hint = At most { $most } lines. Capitals and accents don't matter.
words-kind = They are
words-kind-place = places
words-kind-organisation = organisations
words-kind-person = people
words-remove-title = Remove a word
words-entry = The word
words-entry-hint = As you would write it in a text
words-kind-missing = Please choose what they are: places, organisations or people.
words-full = The list has { $count } words, and { $most } is as many as fit. Nothing was added.
words-too-many = At most { $most } lines at once, please. Nothing was added.
words-too-long = Line { $line } is too long: { $most } characters at most. Nothing was changed.
words-too-many-words = Line { $line } has too many words to be found: { $most } at most. Nothing was changed.
words-no-word = Line { $line } has neither a letter nor a digit in it. Nothing was changed.
words-one-only = One word or phrase at a time, please. Nothing was changed.

## Doctor

doctor-reader-ok = The reader that finds names in texts works.
doctor-reader-none = The reader that finds names in texts doesn't work here. Texts get a basic check by rules and lists, which misses many names, and their authors are told so.
doctor-reader-none-remedy = Install everything afresh with: make clean run
