"""Protocols, sessions, ratings and their spread. Pure: no discord, no SQL, no clock."""
