"""Petitions and complaints in the API."""
