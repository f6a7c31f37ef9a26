"""Vehicles, trips, drivers and their statements served."""
