"""How bad a finding is."""

from enum import StrEnum


class Severity(StrEnum):
    """An error leaves requests undecided; a warning tells of what may."""

    ERROR = "ERROR"
    WARNING = "WARNING"
