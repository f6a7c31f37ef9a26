"""Rounds of evaluation served."""
