"""Rendering state into screens, and answering clicks, forms and commands."""
