"""Evaluation in the API."""
