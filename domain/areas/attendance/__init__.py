"""Outings and attendance."""
