"""Joining the party."""
