"""Commitments: the if-then plans that presenters leave their sessions with. Pure."""
