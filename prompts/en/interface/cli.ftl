### What the command `sixfold` says to the person who installs and looks after the bot.

## Settings

settings-unusable = The value of { $variable } can't be used. The file .env.example says what belongs there.
settings-unknown = No setting is called { $variable }. The file .env.example has the names; correct it or take it out.
settings-unreadable = The file { $file } can't be read as text. Save it as plain text (UTF-8) that your account may read.

## Run

run-no-token = There is no token yet, so the bot can't sign in. Copy .env.example to .env and put the token from Discord's developer portal after { $variable }. To try Sixfold without one, type: make rehearse

run-token-refused = Discord doesn't take the token. Make a fresh one in the developer portal, and put it after { $variable } in the file .env.
run-unreachable = Discord can't be reached at { $address }. Look whether this machine is online, and start again.
run-twice = Sixfold is already running on { $folder }. Stop that one first, or give this one a folder of its own.
run-prompts = The texts in prompts/ are not in order, so the bot didn't start. Read what to put right with: sixfold prompts check

## What is kept: the key and the database

storage-key-lost = There is a database, but the key that opens it is gone: { $path }. Put the key back from your backup. Without it, nobody can read what the database holds.
storage-key-unreadable = This account may not read the key { $path }. Give it the right to, and start again.
storage-key-unwritable = The key { $path } can't be written. Look whether this account may write in its folder and whether the disk is full.
storage-key-malformed = The key { $path } is damaged, or isn't a key at all. Put it back from your backup, as it was.
storage-key-wrong-length = A key in { $path } hasn't the right length. Put the file back from your backup, as it was.
storage-key-changed = The key { $path } was changed by something else in the meantime. Nothing was written. Try once more.
storage-key-used-up = The key { $path } holds as many keys as it can. Retire the older ones, and try again.
storage-key-wrong-file = The key { $path } belongs to another database. Put the one back that belongs to this database.
storage-key-outdated = The key { $path } is an older copy, and a newer key is missing from it. Put the newest copy back from your backup.
storage-database-unopenable = The database { $path } can't be opened. Look whether this account may read and write it, and whether the disk is full.
storage-database-not-a-database = The file { $path } is in the database's place, but isn't a database. Move it elsewhere, and put the database back from your backup.
storage-database-damaged = The database { $path } is damaged. Stop the bot, keep a copy of the file, and put the database back from your backup.
storage-database-newer = The database { $path } was made by a newer version of Sixfold than this one. Install the newer version again, or put back the backup from before it.

## Rehearse

rehearse-not-installed = The rehearsal isn't installed here, as a server needs none of it. To get it, type: make rehearse
rehearse-only-with-play = { $option } goes together with --play. Add --play, or leave it out to practise in the browser.
rehearse-only-without-play = { $option } is for the browser page, and --play stays in the terminal. Leave out one of the two.
rehearse-scenario-unknown = There is no session called “{ $name }”. Choose one of these: { $known }.
rehearse-case-unreadable = The file { $file } can't be read as text. Name a plain text file (UTF-8) that your account may read.
rehearse-case-empty = The file { $file } has no text in it. Write a few sentences about a made-up case, and try again.
rehearse-case-long = The file { $file } has { $count } characters, and an account has room for { $most }. Shorten it, and try again.
rehearse-port-taken = The port { $port } of this machine isn't free. Choose another, such as: sixfold rehearse --port { $other }

## Invite

invite-open = Open this address in a browser while you are signed in to Discord, and choose your server:
invite-no-id = Which bot should be invited? Type its application id after the command: sixfold invite 123456789012345678. It stands in Discord's developer portal, under “General Information”.
invite-bad-id = “{ $id }” isn't an application id. It is a number of 17 to 20 digits, and stands in Discord's developer portal under “General Information”.
invite-reasons = The bot asks for these permissions, and for no others:
invite-view-channel = See the channels it works in.
invite-send-messages = Post a session's invitation in the group's channel.
invite-send-messages-in-threads = Lead a session inside its thread.
invite-create-private-threads = Give each session a private thread of its own.
invite-create-public-threads = Give each vignette and each case a thread where it can be talked about.
invite-manage-threads = Let invited people into that thread, and delete it on its purge date.
invite-read-message-history = Look whether its own message arrived, so that nothing is posted twice.
invite-attach-files = Show the picture of the group's ratings, and hand over the handout.

## Prompts

prompts-fine = All texts in prompts/ are in order.
prompts-problems = { $count ->
    [one] One thing in prompts/ needs to be put right. It is named above.
   *[other] { $count } things in prompts/ need to be put right. They are named above.
}

prompts-walked = { $protocols ->
    [one] One protocol was walked
   *[other] { $protocols } protocols were walked
} from the first step to the end: { $walks ->
    [one] 1 walk.
   *[other] { $walks } walks.
}

# A way to walk a protocol, which stands in brackets in the sentences below.
prompts-course-voice = { $minutes } minutes in a call, { $people } people
prompts-course-text = { $minutes } minutes in writing, { $people } people
prompts-course-slow = over days, { $people } people who are done early
prompts-course-idle = over days, { $people } people who leave it to the dates

prompts-walk-refused = The bot says no to what this step asks for, with the text { $refusal } ({ $course }). Move the step, or change its kind.
prompts-walk-failed = The bot breaks down in this step ({ $course }). That is its own mistake: please report it, with the file. Until then, take the step out.
prompts-walk-stuck = A session can't leave this step ({ $course }). Change its kind, or the step after it.
prompts-walk-passed-by = A session goes past this step ({ $course }). Change its kind, or the step before it.
prompts-walk-long-guide = Shorten the guide to { $words } words ({ $course }).
prompts-walk-late-reserve = The presenter's own time begins late with this step ({ $course }). Shorten a step before it.
prompts-walk-late-end = The session ends late with this step ({ $course }). Shorten it, or a step before it.
prompts-walk-few-raters = This step shows a figure of fewer than { $fewest } people ({ $course }). That is the bot's own mistake: please report it, with the file, and don't use the protocol until then.

## Doctor

doctor-mark-ok = fine
doctor-mark-note = note
doctor-mark-missing = missing
doctor-well = Everything the bot needs is there. To start it, type: make run
doctor-unwell = { $count ->
    [one] One thing is still needed before the bot can run. It is marked “missing” above.
   *[other] { $count } things are still needed before the bot can run. They are marked “missing” above.
}

doctor-python-ok = Python { $version } is new enough.
doctor-python-old = Python { $version } is too old.
doctor-python-old-remedy = Install Python { $needed } or newer, then type: make clean run

doctor-origin-ok = bot, cogs and prompts come from { $folder }.
doctor-origin-mixed = The parts of Sixfold come from different places: { $places }.
doctor-origin-mixed-remedy = Something else of the same name is in the way. Start in Sixfold's own folder with: make clean run
doctor-origin-gone = These parts of Sixfold can't be found: { $parts }.
doctor-origin-gone-remedy = Start in Sixfold's own folder with: make run

doctor-token-ok = A token is set, and it has the shape of one. Whether Discord takes it shows at the start.
doctor-token-none = No token is set.
doctor-token-none-remedy = Put the token from Discord's developer portal after { $variable } in the file .env.
doctor-token-odd = A token is set, but it hasn't the shape of one.
doctor-token-odd-remedy = Copy it afresh from Discord's developer portal, whole and with nothing in front of it, to { $variable }.

doctor-folder-ok = The data folder { $folder } is there, and only this account may open it.
doctor-folder-new = The data folder { $folder } isn't there yet. The first start makes it.
doctor-folder-open = Other accounts on this machine may look into the data folder { $folder }.
doctor-folder-open-remedy = Close it with: chmod 700 { $folder }
doctor-folder-shut = The bot may not write in the data folder { $folder }.
doctor-folder-shut-remedy = Give this account the right to, or name another folder in { $variable }.

doctor-space-ok = There is room on the disk: { $free } MB.
doctor-space-low = There is little room left on the disk: { $free } MB.
doctor-space-low-remedy = Make room soon. Below { $least } MB the bot should not be running.
doctor-space-none = There is next to no room on the disk: { $free } MB.
doctor-space-none-remedy = Make room before the bot runs, { $least } MB at least.

doctor-key-ok = The key that opens the database is there, and only this account may read it.
doctor-key-new = There is no key yet. The first start makes one, beside the database.
doctor-key-open = Other accounts on this machine may read the key { $file }.
doctor-key-open-remedy = Close it with: chmod 600 { $file }

doctor-database-ok = The database opens with its key, and its tables are up to date.
doctor-database-new = There is no database yet. The first start makes it.
doctor-database-older = The database opens with its key. Its tables are from an earlier version, and the next start brings them up to date.
doctor-database-unchecked = The database is there. Whether it opens can't be told before the key is in order.

doctor-prompts-ok = All texts in prompts/ are in order.
doctor-prompts-odd = { $count ->
    [one] One thing in prompts/ needs to be put right.
   *[other] { $count } things in prompts/ need to be put right.
}
doctor-prompts-odd-remedy = Read which with: sixfold prompts check

doctor-zones-ok = The time zones are there.
doctor-zones-gone = The time zones are missing, so reminders would come at the wrong hour.
doctor-zones-gone-remedy = Install everything afresh with: make clean run

doctor-documents-ok = Charts and handouts can be drawn.
doctor-documents-gone = The part that draws charts and handouts is missing.
doctor-documents-gone-remedy = Install everything afresh with: make clean run

doctor-rehearsal-here = The rehearsal is installed. A server doesn't need it, and doesn't load it.
doctor-rehearsal-away = The rehearsal isn't installed, and a server doesn't need it. To try it, type: make rehearse
