"""Rulebooks, regulations and lists of authority served."""
