"""Sittings of bodies in the API."""
