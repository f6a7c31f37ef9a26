"""Readings that never fall, whichever register tells them: an odometer, a meter of water."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """That the column `shows` is a reading of the `meter` of what stands in the column `of`.

    One that is less than an earlier one is refused with the `code`. Every register that tells of
    the same meter counts.
    """

    meter: str
    of: str
    shows: str
    code: str
