"""What inspections of duty found in a month, and how often each was on duty in a year."""

from domain.areas.duty.books import TURNS
from domain.records.occurrences import OCCURRENCES
from domain.records.sources import CONCERNED, PEOPLE, Turns
from domain.records.statements import Statement, number, words

FOUND = words("found", "值班督查情况", "Found on duty", OCCURRENCES, "duty")
STATEMENTS = (
    Statement("duty.circular", by=CONCERNED, columns=(FOUND,)),
    Statement(
        "duty.year",
        by=PEOPLE,
        columns=(number("turns", "值班次数", "Turns on duty", Turns(TURNS.name)), FOUND),
    ),
)
