"""How bad a finding is."""

from domain.values.choices import Choice


class Severity(Choice):
    """An error leaves requests undecided; a warning tells of what may."""

    ERROR = "ERROR", "错误: requests that nobody may decide, or about which rules disagree."
    WARNING = "WARNING", "警告: what may leave a request undecided."
