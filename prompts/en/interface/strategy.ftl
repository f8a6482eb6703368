### The library of strategies: looking through it, and one of them.

command-strategy = Small things to say or do when care turns towards you
command-strategy-browse = Look through the strategies
command-strategy-show = Open one strategy
command-strategy-search = Find strategies by what it is about; small slips do no harm
option-strategy = Its name, or the beginning of it
option-strategy-words = A word or a few: gift, break, are you ill …

strategies-head = ## Strategies
    Small things to say or do. None has to fit; each comes with its caution.
strategies-by-mechanism = By what may be going on
strategies-by-situation = By what it is about
strategies-frame = Before any of them:
strategies-choose = Open one
strategies-found = ## What comes near
strategies-which = ## Which one?
strategies-not-called-so = ## Nothing is called quite that
    These come near.
strategies-nothing = Nothing comes near that. Try one word, such as *gift*, *break* or *ill*, or look through them all.
strategies-all = All strategies
strategies-fits = May fit: { $fits }
strategies-fits-any = any of the six
strategies-remind = `/remind me` brings you a strategy now and then.
strategy-gone = That strategy is no longer in the library. `/strategy browse` shows those that are.

## Occasions, and other words that people look for them by

situation-gifts = Gifts
situation-gifts-words = gift present presents flowers chocolate coffee tea cake food card souvenir knitted money bring brings brought
situation-time = Time
situation-time-words = time hour clock late lateness overrun overtime longer minutes extra ending early punctual door
situation-contact = Contact between sessions
situation-contact-words = contact message text texts email mail phone call texting messaging whatsapp sms chat online weekend outside between
situation-are-you-ill = “Are you ill?”
situation-are-you-ill-words = ill sick unwell illness health healthy tired cough cold pale worried worry worries okay slept sleep concern
situation-breaks = Breaks and endings
situation-breaks-words = break holiday vacation leave leaving absence away ending end goodbye termination referral pause maternity retirement
situation-disclosure = Saying something of yourself
situation-disclosure-words = disclosure disclose self-disclosure personal private telling tell family children life answer question
situation-favours = Favours
situation-favours-words = favour favor help lift repair carry advice service discount fee fees pay payment money offer offers errand invitation
situation-own-side = My own side
situation-own-side-words = own myself me feelings guilt guilty shame tired burnout exhausted supervision supervisor attracted angry uneasy mistake
