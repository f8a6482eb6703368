"""What the entries of each list in ``words/`` may be."""

from bot.identifiers.lexicon import Trait

LISTS = {
    "theorists": Trait.FAMOUS,
    "culture": Trait.FAMOUS,
    "measures": Trait.MEASURE,
    "methods": Trait.CLINICAL,
    "drugs": Trait.CLINICAL,
    "diagnoses": Trait.DIAGNOSIS,
    "abbreviations": Trait.CLINICAL,
    "bodies": Trait.BODY,
    "food": Trait.COMMON,
    "brands": Trait.COMMON,
    "loanwords": Trait.COMMON,
    "safe_capitals": Trait.COMMON,
    "peoples": Trait.PEOPLE,
    "festivals": Trait.FESTIVAL,
    "titles": Trait.TITLE,
    "kin": Trait.KIN,
    "jobs": Trait.JOB,
    "org_heads": Trait.ORGANISATION_HEAD,
    "employers": Trait.EMPLOYER,
    "place_heads": Trait.PLACE_HEAD,
}
