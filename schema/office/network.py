"""The grade of the office's network in the API: without one no carrier is registered."""

from typing import Annotated, Any

from domain.approval.classified import GRADES
from resolvers.records.classified import label_of, network_grade
from schema.ground.acts import act
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_from
from schema.office.administering import Administered, administered
from schema.office.units import MANAGED

NetworkGrade: Any = enum_from(
    "NetworkGrade",
    {each.upper(): (each, f"{label_of(each).zh}: {label_of(each).en}.") for each in GRADES},
    "Up to which grade of state secrets a network is approved.",
)


async def grade(info: Info) -> NetworkGrade | None:
    """The grade that the office recorded of its network; null: no classified carrier is kept."""
    found = await network_grade(info.context)
    return NetworkGrade(found) if found else None


async def record_network_grade(
    info: Info,
    document: Annotated[str, "What approved it: issuing body and number."],
    grade: Annotated[NetworkGrade | None, "Null: it is approved for none any more."] = None,
) -> Administered:
    """Record the grade of the network; a second person must confirm one that opens registers."""
    given = {"grade": grade.value if grade else None, "document": document}
    return await administered(info, "grade_network", given)


FIELDS = (query(grade, "office.read", name="network_grade"), act(record_network_grade, **MANAGED))
