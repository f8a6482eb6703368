"""Charts and handouts: figures and words in, PNG, PDF and Markdown out. No sentence of its own."""
