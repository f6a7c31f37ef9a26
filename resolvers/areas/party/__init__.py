"""Joining the party served."""
