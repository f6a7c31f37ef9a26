"""The verbs of seats and cases: lent and given back, filled, emptied, handed over; a case moved."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import CASES
from domain.records.cases import Deed, follow
from schema.ground.ids import global_id
from tests.office import PAPER
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
    by = dice.person(office, with_role(office, dice, "policy_admin"))
    seat = global_id("Seat", dice.one_of(*dice.person(office).seats))
    given = {"seatId": seat, "personId": person_id(dice.person(office)), **days(office, dice), **BY}
    return Act("fillSeat", by, given, told=None)


@verb()
def end_an_appointment(office: Office, dice: Dice) -> Act:
    by = dice.person(office, with_role(office, dice, "policy_admin"))
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
    by = dice.person(office, with_role(office, dice, "policy_admin"))
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
    known = follow(case["path"], case["state"], office.paths)
    event = dice.one_of(*known).event if known and not dice.maybe(8) else "archive"
    deed = CASES[case["kind"]].deeds.get(event, Deed())
    given: dict[str, Any] = {
        "caseId": global_id("Case", case["id"]),
        "expectedVersion": case["version"],
        "event": event,
        "text": "已处理",
        "document": PAPER,
    }
    if "handler" in deed.leaves:
        given["personId"] = person_id(dice.person(office))
    if "forwarded" in deed.leaves:
        given["department"] = "区住建局"
    if "answer" in deed.leaves and not deed.form:
        given["answerForm"] = dice.one_of("ORAL", "WRITTEN")
    if event == "answer_on_spot":
        given["measures"] = {"answerable_on_spot": True}
    handler = [p for p in office.people.values() if str(p.id) == case["handler_id"]]
    takers = office.takers[CASES[case["kind"]].thing]
    by = dice.person(office, with_role(office, dice, *takers) + handler)
    return Act("advanceCase", by, given)
