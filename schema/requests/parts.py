"""What has to be read of a request for what an operation selects of it."""

from collections.abc import Mapping
from typing import Any

from resolvers.requests.step_rows import EVERYTHING, Part
from schema.ground.connections import selected

Selection = Mapping[str, list[Any]]

BASE = frozenset(
    {
        *("__typename", "id", "number", "kind", "status", "version", "applicant", "unit"),
        *("submittedAt", "completedAt", "provisional", "summary", "steps"),
    }
)
SAID = frozenset({"form", "fields", "attachments", "marks"})
TAKEN = frozenset(
    {
        *("decision", "decidedBy", "decidedAt", "onBehalfOf", "comment"),
        *("alternatives", "addedTo", "repeats", "confirms"),
    }
)
PARTICULARS = frozenset({"skippedBecause", "actingFor", "document", "byTelephone", "handedOn"})
SEATED = frozenset({"waitingFor", "onBehalfOf", "decidedBy"})


def of_request(fields: list[Any]) -> frozenset[Part]:
    """For these fields, each of which is a request."""
    return parts(selected(fields))


def of_edges(fields: list[Any]) -> frozenset[Part]:
    """For these fields, each of which is a connection of requests."""
    edge = selected(selected(fields)["edges"])
    return EVERYTHING if "unreadable" in edge else parts(selected(edge["node"]), edge["step"])


def parts(request: Selection, own_step: list[Any] | None = None) -> frozenset[Part]:
    if set(request) - BASE - SAID:
        return EVERYTHING
    steps = frozenset(selected([*(own_step or ()), *request.get("steps", ())]))
    asked = {
        Part.SUMMARY: "summary" in request,
        Part.SAID: SAID & request.keys(),
        Part.STEPS: "steps" in request,
        Part.OWN_STEP: own_step,
        Part.TAKEN: TAKEN & steps,
        Part.PARTICULARS: PARTICULARS & steps,
        Part.DUE: "dueAt" in steps,
        Part.SEATS: SEATED & steps,
    }
    return frozenset(part for part, because in asked.items() if because)
