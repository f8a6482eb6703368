### What the command `sixfold scan` says to the person who checks a text. $what and $suggestion come from identifiers.ftl.

scan-type = Type or paste the text. Ctrl+D on a line of its own ends it.
scan-finding = { $what } → { $suggestion }
scan-explained-block = Must be changed: { $reason }.
scan-explained-warn = Worth a look: { $reason }.
scan-reason-form = a fixed rule knows it by its form
scan-reason-reader = the reader goes by how it is written and by the words around it
scan-reason-words = it is written like a name, or stands in a list of names

scan-none = No obvious identifiers found.
scan-blocks = { $blocks ->
    [one] One thing must be changed (!).
   *[other] { $blocks } things must be changed (!).
}
scan-warns = { $warns ->
    [one] Nothing has to be changed, and one thing is worth a look (?).
   *[other] Nothing has to be changed, and { $warns } things are worth a look (?).
}
scan-both = { $blocks ->
    [one] One thing must be changed (!)
   *[other] { $blocks } things must be changed (!)
}, and { $warns ->
    [one] one is worth a look (?).
   *[other] { $warns } are worth a look (?).
}
scan-basic = Only the basic check ran: rules and word lists, without the reader. It misses more, above all names in lower case. To see what is wrong, type: sixfold doctor
scan-basic-language = Only the basic check ran, as the language “{ $language }” isn't fully known yet. It misses more, and may take ordinary words for names.
scan-basic-rest = This text is long. After some { $count } characters only the basic check ran, which misses more. Check it in parts.
## What can't be checked

scan-unreadable = { $where ->
    [file] The file { $file } can't be read. Name a plain text file that your account may read.
   *[input] What comes in from the other side can't be read. Name a plain text file instead.
}
scan-folder = { $file } is a folder. Name a text file in it.
scan-not-text = { $where ->
    [file] The file { $file } can't be read as text. Save it as plain text (UTF-8), and try again.
   *[input] What came in can't be read as text. It must be plain text (UTF-8).
}
scan-empty = { $where ->
    [file] The file { $file } has no text in it, so nothing was checked.
   *[input] No text came in, so nothing was checked.
}
scan-too-long = { $where ->
    [file] The file { $file } is too long to be checked at once. Divide it into parts of at most { $most } MB.
   *[input] More came in than can be checked at once. Divide it into parts of at most { $most } MB.
}
scan-language-unusable = “{ $language }” isn't the code of a language. Write one such as en, or leave it out.
scan-explain-and-jsonl = --explain is for people, and --jsonl for programs. Leave out one of the two.
scan-line-no-json = Line { $line } was left out: it isn't a JSON object in UTF-8.
scan-line-no-text = Line { $line } was left out: it needs an “id” that is a text or a whole number, and a “text”.
scan-line-language = Line { $line } was left out: its “lang” isn't the code of a language, such as en.
scan-line-long = Line { $line } was left out: it is longer than { $most } MB.
