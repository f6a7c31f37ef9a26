"""Registers and cases as they are kept."""
