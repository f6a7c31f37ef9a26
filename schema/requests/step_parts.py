"""Parts of a step in the API: on what it was answered, by whom recorded, handed on or lent."""

from datetime import date, datetime

import strawberry

from schema.office.organisation import Person
from schema.rules.clauses import Clause


@strawberry.type
class OutsideDocument:
    """On what a body outside this office answered."""

    number: str = strawberry.field(description="Its document number 文号.")
    dated: date = strawberry.field(description="Its day.")
    name: str = strawberry.field(description="The scan's file name.")
    sha256: str = strawberry.field(description="The SHA-256 of the scan, in hexadecimal.")
    upload: strawberry.ID | None = strawberry.field(
        default=None, description="What to open; none where the scan was never kept."
    )


@strawberry.type
class TelephoneConsent:
    """Consent given by telephone."""

    recorded_by: str = strawberry.field(description="Who wrote it down.")
    said_at: datetime = strawberry.field(description="When it was said.")
    clause: Clause | None = strawberry.field(description="The clause that allows it, if one does.")


@strawberry.type
class HandedOn:
    """A turn handed to another seat."""

    how: str = strawberry.field(
        description="transferred, reassigned by an administrator, or handed_over by a leaver."
    )
    name: str = strawberry.field(description="By whom.")
    reason: str = strawberry.field(description="Why.")
    at: datetime = strawberry.field(description="When.")


@strawberry.type
class ActingFor:
    """For whom a turn was taken in a seat that was lent 代理."""

    person: Person = strawberry.field(description="Who lent the seat.")
    document: str = strawberry.field(description="By which document.")
    delegation: strawberry.ID = strawberry.field(description="The loan; `delegations` lists it.")
