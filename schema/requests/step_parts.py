"""Parts of a step in the API: on what it was answered, by whom recorded, handed on or lent."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from schema.office.organisation import Person
from schema.rules.clauses import Clause


@strawberry.type
class OutsideDocument:
    """On what a body outside this office answered."""

    number: Annotated[str, "Its document number 文号."]
    dated: Annotated[date, "Its day."]
    name: Annotated[str, "The scan's file name."]
    sha256: Annotated[str, "The SHA-256 of the scan, in hexadecimal."]
    upload: Annotated[strawberry.ID | None, "What to open; none where the scan was never kept."] = (
        None
    )


@strawberry.type
class TelephoneConsent:
    """Consent given by telephone."""

    recorded_by: Annotated[str, "Who wrote it down."]
    said_at: Annotated[datetime, "When it was said."]
    clause: Annotated[Clause | None, "The clause that allows it, if one does."]


@strawberry.type
class HandedOn:
    """A turn handed to another seat."""

    how: Annotated[str, "transferred, reassigned by an administrator, or handed_over by a leaver."]
    name: Annotated[str, "By whom."]
    reason: Annotated[str, "Why."]
    at: Annotated[datetime, "When."]


@strawberry.type
class ActingFor:
    """For whom a turn was taken in a seat that was lent 代理."""

    person: Annotated[Person, "Who lent the seat."]
    document: Annotated[str, "By which document."]
    delegation: Annotated[strawberry.ID, "The loan; `delegations` lists it."]
