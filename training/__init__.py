"""How the lexicon and the reader of the identifier review are made. Nothing here is needed to run the bot."""
