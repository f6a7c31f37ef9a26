"""Calendars, running clocks and recurring duties served."""
