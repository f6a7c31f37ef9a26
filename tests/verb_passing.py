"""The verbs beside taking a turn: handed on, shared, corrected, overridden, lent, sent around."""

from typing import Any
from uuid import UUID

from schema.ground.ids import global_id
from tests.verb_acts import (
    AMOUNTS,
    SCAN,
    Act,
    Dice,
    applicant,
    holders,
    request_id,
    step_id,
    verb,
)
from tests.verb_office import Office, Person
from tests.verb_snapshot import Row

WHY = {"reason": "工作需要"}
BY = {"document": "人社〔2026〕3号"}
CONSENT_RECORDERS = ("office_clerk", "office_director", "duty_officer")


def person_id(person: Person) -> str:
    return global_id("Person", person.id)


def with_role(office: Office, dice: Dice, *roles: str) -> list[Person]:
    colleagues = office.colleagues(*dice.institutions)
    return [each for each in colleagues if any(office.roles[s] in roles for s in each.seats)]


def recipient(office: Office, dice: Dice, step: Row) -> str:
    """A seat of the same role elsewhere, any other seat, or a person; now and then the same."""
    somebody = dice.person(office)
    colleagues = office.colleagues(*dice.institutions)
    alike = [
        seat
        for each in colleagues
        for seat in each.seats
        if office.roles[seat] in {step["role"], *step["alternatives"]}
        and (str(seat) not in step["seats"] or dice.maybe(8))
    ]
    if dice.maybe(4):
        return person_id(somebody)
    return global_id("Seat", dice.one_of(*(alike if alike and dice.maybe() else somebody.seats)))


def on_a_turn(office: Office, dice: Dice) -> tuple[Row, Person, dict[str, Any]] | None:
    """A step, who may take it, and how it is named."""
    if (step := dice.turn(office)) is None:
        return None
    given: dict[str, Any] = {"stepId": step_id(step)}
    if dice.maybe(8):
        given["expectedVersion"] = office.now.request_of(step)["version"] - dice.draw(2)
    return step, dice.person(office, holders(office, step)), given


# ---- a turn ----


@verb(often=2)
def return_to_an_earlier_step(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    step, by, given = found
    same = [each for each in office.now.turns if each["request_id"] == step["request_id"]]
    decided = [each for each in same if each["status"] == "done" and not dice.maybe(8)]
    target = dice.one_of(*(decided or same))
    return Act("decide", by, {**given, "decision": "RETURN", "returnTo": step_id(target)})


@verb()
def transfer(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    step, by, given = found
    return Act("transfer", by, {**given, "to": recipient(office, dice, step), **WHY})


@verb(often=2)
def add_signers(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    step, by, given = found
    signers = list({recipient(office, dice, step): None for _ in range(1 + dice.draw(3))})
    how = {
        "when": dice.one_of("BEFORE", "AFTER"),
        "together": dice.one_of("ALL", "ANY", "IN_ORDER"),
    }
    return Act("addSigners", by, {**given, "signers": signers, **how, **WHY})


@verb()
def remove_a_signer(office: Office, dice: Dice) -> Act | None:
    added = [s for s in office.now.turns if s["added_to"] and s["status"] in {"open", "waiting"}]
    if not added:
        return None
    step = dice.one_of(*added)
    asked = UUID(step["particulars"].get("added", {}).get("by") or step["id"])
    right = [office.people[asked]] if asked in office.people else []
    return Act("removeSigner", dice.person(office, right), {"stepId": step_id(step), **WHY})


@verb(often=2)
def correct(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    step, by, given = found
    form = office.now.request_of(step)["form"]
    changes: dict[str, Any] = {"explanation": "改"}
    if "amount" in form:
        changes = {"amount": dice.one_of(*AMOUNTS)}
    elif "cosign" in form:
        changes = {"cosign": not form["cosign"]}
    elif "age" in form:
        changes = {"age": dice.one_of(12, 17, 30)}
    return Act("correct", by, {**given, "changes": changes, **WHY})


@verb(often=2)
def record_consent(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    _, holder, given = found
    clerk = dice.person(office, with_role(office, dice, *CONSENT_RECORDERS))
    return Act("recordConsent", clerk, {**given, "personId": person_id(holder)})


@verb()
def confirm_consent(office: Office, dice: Dice) -> Act | None:
    open_ = [step for step in office.now.open if step["confirms"]]
    if not open_:
        return None
    step = dice.one_of(*open_)
    given = {"stepId": step_id(step), "decision": dice.one_of("AGREE", "AGREE", "RETURN")}
    return Act("decide", dice.person(office, holders(office, step)), given)


@verb(often=2)
def decide_many(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    step, by, _ = found
    mine = [each for each in office.now.open if by in holders(office, each)][:4]
    steps = {step_id(each): each for each in [step, *mine]}
    items = [{"stepId": key, "decision": dice.one_of("AGREE", "AGREE", "REJECT")} for key in steps]
    return Act("decideMany", by, {"items": items}, each=True)


@verb()
def answer_for_a_body_outside(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    _, by, given = found
    said = {"decision": dice.one_of("AGREE", "REJECT"), "document": SCAN}
    return Act("decide", by, {**given, **said})


# ---- an administrator ----


@verb()
def reassign(office: Office, dice: Dice) -> Act | None:
    if (found := on_a_turn(office, dice)) is None:
        return None
    step, _, given = found
    by = dice.person(office, with_role(office, dice, "policy_admin"))
    return Act("reassign", by, {**given, "to": recipient(office, dice, step), **WHY})


@verb()
def cancel(office: Office, dice: Dice) -> Act | None:
    if not dice.maybe(3) or (request := dice.request(office, "pending", "returned")) is None:
        return None
    by = dice.person(office, with_role(office, dice, "policy_admin"))
    return Act("cancel", by, {"requestId": request_id(request), **WHY})


# ---- beside the decisions ----


def sent(office: Office, dice: Dice) -> tuple[Person, dict[str, Any]] | None:
    """Somebody who has a part in a request, and to whom it is sent."""
    if (request := dice.request(office, "pending", "approved")) is None:
        return None
    turns = [each for each in office.now.turns if each["request_id"] == request["id"]]
    right = applicant(office, request) + [p for step in turns for p in holders(office, step)]
    to = {person_id(dice.person(office)): None for _ in range(1 + dice.draw(3))}
    return dice.person(office, right), {"requestId": request_id(request), "to": list(to)}


@verb()
def copy(office: Office, dice: Dice) -> Act | None:
    if (found := sent(office, dice)) is None:
        return None
    return Act("copy", *found, told=(0, 1), beside=True)


@verb()
def circulate(office: Office, dice: Dice) -> Act | None:
    if (found := sent(office, dice)) is None:
        return None
    by, given = found
    return Act("circulate", by, {**given, "note": "请阅"}, told=(0, 1), beside=True)


@verb()
def acknowledge(office: Office, dice: Dice) -> Act | None:
    waiting = [each for each in office.now.readers if not each["read_at"]]
    if not waiting:
        return None
    reader = dice.one_of(*waiting)
    right = [
        p for p in office.people.values() if reader["to_id"] in {str(p.id), *map(str, p.seats)}
    ]
    given = {"circulationId": global_id("Circulation", reader["circulation_id"])}
    return Act("acknowledge", dice.person(office, right), given, told=(0, 1), beside=True)


@verb()
def urge(office: Office, dice: Dice) -> Act | None:
    if (step := dice.turn(office)) is None:
        return None
    by = dice.person(office, applicant(office, office.now.request_of(step)))
    return Act("urge", by, {"stepId": step_id(step)}, beside=True)


@verb()
def comment(office: Office, dice: Dice) -> Act | None:
    if (found := sent(office, dice)) is None:
        return None
    by, given = found
    said: dict[str, Any] = {"requestId": given["requestId"], "text": "请补充材料"}
    if dice.maybe(3):
        said["mentions"] = given["to"][:1]
    return Act("comment", by, said, beside=True)
