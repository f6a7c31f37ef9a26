"""Evaluation: targets, and the scores of a year."""
