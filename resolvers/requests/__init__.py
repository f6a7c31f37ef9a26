"""Requests: submitted, routed, decided, handed on, corrected, read and found."""
