"""Who is named in a case or on a line: what they must be here, and where their name goes."""

from dataclasses import dataclass

from domain.vocabulary import Act


@dataclass(frozen=True)
class Serving:
    """That whoever stands in a column serves in the office, and in which columns that is kept.

    With an `act` it is in a role whose lines may do it on such a record; `unfit` tells otherwise.
    `name` is the column of what they are called, `number` of the number that stands for them.
    Where `away` is a code, they are at work between the times in the columns `times`; what the
    table excludes, as had by another then, is refused as `engaged`.
    """

    name: str = ""
    number: str = ""
    act: Act | None = None
    unfit: str = "NOBODY_HERE"
    times: tuple[str, str] = ("", "")
    away: str = ""
    engaged: str = ""
