"""Sixfold: a Discord bot for peer supervision groups of psychotherapists and counsellors."""
