# What the review found. $words are the author's own.
finding-name = may be a name: { $words }
finding-place = a place: { $words }
finding-address = an address: { $words }
finding-organisation = an organisation: { $words }
finding-date = a date: { $words }
finding-age = an exact age: { $words }
finding-contact = a way to reach someone: { $words }
finding-email = an e-mail address: { $words }
finding-phone = a phone number: { $words }
finding-link = a link: { $words }
finding-mention = a mention of someone: { $words }
finding-file = the name of a file: { $words }
finding-handle = a user name: { $words }
finding-id = a number that stands for one person: { $words }
finding-profession = an occupation that few people have there: { $words }
finding-family = a family that someone may recognise: { $words }
finding-listed = on your group’s own list: { $words }

# What could stand there instead.
suggest-person = “someone close to them”, or no name at all
suggest-client = “the client”
suggest-colleague = “a colleague”
suggest-kin = only “{ $kin }”, without the name
suggest-metropolis = “a very large city”
suggest-city = “a large city”
suggest-town = “a town”
suggest-small-town = “a small town”
suggest-village = “a village”
suggest-country = “another country”, or the part of the world
suggest-place = “the area”
suggest-address = “their street”, or nothing
suggest-primary-school = “a primary school”
suggest-secondary-school = “a secondary school”
suggest-organisation =
    { $kind ->
        [school] “a school”
        [university] “a university”
        [hospital] “a hospital”
        [clinic] “a clinic”
        [church] “a church”
        [mosque] “a mosque”
        [temple] “a temple”
        [synagogue] “a synagogue”
        [club] “a club”
        [charity] “a charity”
        [company] “a company”
        [shop] “a shop”
        [restaurant] “a restaurant”
        [pub] “a pub”
        [care-home] “a care home”
        [prison] “a prison”
        [court] “a court”
        [council] “the council”
        [team] “a team”
        [newspaper] “a newspaper”
        [station] “a station”
        [army] “the forces”
        [police] “the police”
        [nursery] “a nursery”
        [library] “a library”
        [museum] “a museum”
        [theatre] “a theatre”
        [farm] “a farm”
        [factory] “a factory”
        [hotel] “a hotel”
        [gym] “a gym”
        [office] “an office”
        [shelter] “a shelter”
       *[organisation] “an organisation”
    }
suggest-season =
    { $season ->
        [winter] “in winter”
        [spring] “in spring”
        [summer] “in summer”
       *[autumn] “in autumn”
    }
suggest-years = “some years ago”
suggest-date = “a while ago”, or how long before or after
suggest-holiday = “around a holiday”
suggest-age = an age group
suggest-toddler = “a toddler”
suggest-small-child = “a young child”
suggest-child = “a child of primary school age”
suggest-teenager = “a teenager”
suggest-late-teens = “in their late teens”
suggest-decade-20 =
    { $whose ->
        [her] “in her twenties”
        [his] “in his twenties”
       *[their] “in their twenties”
    }
suggest-decade-30 =
    { $whose ->
        [her] “in her thirties”
        [his] “in his thirties”
       *[their] “in their thirties”
    }
suggest-decade-40 =
    { $whose ->
        [her] “in her forties”
        [his] “in his forties”
       *[their] “in their forties”
    }
suggest-decade-50 =
    { $whose ->
        [her] “in her fifties”
        [his] “in his fifties”
       *[their] “in their fifties”
    }
suggest-decade-60 =
    { $whose ->
        [her] “in her sixties”
        [his] “in his sixties”
       *[their] “in their sixties”
    }
suggest-decade-70 =
    { $whose ->
        [her] “in her seventies”
        [his] “in his seventies”
       *[their] “in their seventies”
    }
suggest-over-eighty = “over eighty”
suggest-contact = leave it out
suggest-id = leave it out
suggest-handle = “a user name”, or leave it out
suggest-profession = the field of work, such as “works with animals” or “holds a public office”
suggest-family = “one of several children”, or “an unusual family”

# Ordinary details that together may point to one person.
together = Each of these is common, but together they may point to one person: { $traits }. Making { $first } and { $second } less precise would help most.
together-age = the age
together-gender = the gender
together-origin = where they come from
together-job = the job
together-region = the place
together-family = the family
together-diagnosis = the diagnosis
together-event = what happened
together-faith = the faith
together-orientation = whom they love
