"""Joining the party in the API."""
