"""Calendars, clocks and duties in the API."""
