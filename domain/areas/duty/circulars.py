"""What inspections of duty found in a month, to be told the office."""

from domain.records.occurrences import OCCURRENCES
from domain.records.sources import CONCERNED
from domain.records.statements import Statement, words

FOUND = Statement(
    "duty.circular",
    by=CONCERNED,
    columns=(words("found", "值班督查情况", "Found on duty", OCCURRENCES, "duty"),),
)
STATEMENTS = (FOUND,)
