"""The verbs of seats and cases: lent and given back, filled, emptied, handed over; a case moved."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import CASE_KINDS
from domain.approval.forms import form_fields
from domain.vocabulary import words_of
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from tests.papers import file
from tests.verb_acts import Act, Dice, holders, verb
from tests.verb_office import Office
from tests.verb_passing import person_id, with_role

BY = {"document": "人社〔2026〕3号"}


def days(office: Office, dice: Dice) -> dict[str, str]:
    begins = office.api.now.date() + timedelta(days=dice.draw(3) - dice.draw(2))
    return {"begins": str(begins), "ends": str(begins + timedelta(days=dice.draw(14)))}


@verb(often=2)
def lend_a_seat(office: Office, dice: Dice) -> Act:
    by = dice.person(office)
    if (step := dice.turn(office)) and (wanted := holders(office, step)):
        by = dice.one_of(*wanted)
    given = {
        "seatId": global_id("Seat", dice.one_of(*by.seats)),
        "toPersonId": person_id(dice.person(office)),
        **days(office, dice),
        **BY,
    }
    return Act("lendSeat", by, given)


@verb()
def end_a_loan(office: Office, dice: Dice) -> Act | None:
    if not office.now.loans:
        return None
    loan = dice.one_of(*office.now.loans)
    lender = office.people.get(UUID(loan["lender_id"]))
    given = {"delegationId": global_id("Delegation", loan["id"])}
    return Act("endLoan", dice.person(office, [lender] if lender else []), given)


@verb()
def fill_a_seat(office: Office, dice: Dice) -> Act:
    by = dice.person(office, with_role(office, dice, "system_admin"))
    seat = global_id("Seat", dice.one_of(*dice.person(office).seats))
    given = {"seatId": seat, "personId": person_id(dice.person(office)), **days(office, dice), **BY}
    return Act("fillSeat", by, given, told=None)


@verb()
def end_an_appointment(office: Office, dice: Dice) -> Act:
    by = dice.person(office, with_role(office, dice, "system_admin"))
    person = dice.person(office)
    given = {
        "seatId": global_id("Seat", dice.one_of(*person.seats)),
        "personId": person_id(person),
        "lastDay": days(office, dice)["ends"],
        **BY,
    }
    return Act("endAppointment", by, given, told=None)


@verb()
def hand_over(office: Office, dice: Dice) -> Act:
    by = dice.person(office, with_role(office, dice, "system_admin"))
    leaver, successor = dice.person(office), dice.person(office)
    given = {
        "personId": person_id(leaver),
        "lastDay": days(office, dice)["ends"],
        "successors": [
            {"seatId": global_id("Seat", seat), "personId": person_id(successor)}
            for seat in leaver.seats
            if not dice.maybe(8)
        ],
        "stepsToPersonId": person_id(successor),
        **BY,
    }
    return Act("handOver", by, given, told=None)


# ---- cases ----


@verb(often=2)
def let_something_happen_to_a_case(office: Office, dice: Dice) -> Act | None:
    if not office.now.cases:
        return None
    case = dice.one_of(*office.now.cases)
    [kind] = [each for each in CASE_KINDS if case["kind"] in each.kinds]
    known = [
        each.event
        for each in office.paths
        if (each.id, each.origin) == (case["path"], case["state"]) and each.event in kind.stages
    ]
    event = dice.one_of(*known) if known and not dice.maybe(8) else "archive"
    words = words_of(kind.code)
    asked = {each.name for each in form_fields(kind.stages[event].fills)}
    said = {
        "text": "已处理",
        "document": file("转办函.pdf"),
        "answer": "已答复",
        "forwarded_to": "区住建局",
        "answer_form": dice.one_of("ORAL", "WRITTEN"),
        "handler_id": person_id(dice.person(office)),
    }
    given: dict[str, Any] = {
        "caseId": global_id(words, case["id"]),
        "expectedVersion": case["version"],
        **{camel(name): value for name, value in said.items() if name in asked},
    }
    handler = [p for p in office.people.values() if str(p.id) == case["handler_id"]]
    by = dice.person(office, with_role(office, dice, *office.takers[kind.code]) + handler)
    name = words_of(event)
    return Act(f"{name[0].lower()}{name[1:]}{words}", by, given)
