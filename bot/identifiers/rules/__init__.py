"""What can be told by its form: contacts, numbers, dates, ages, addresses, what makes someone singular.

Each rule reads a folded text (``Plain.text``) and yields ``Span``s of it.
"""
