"""The verbs as people use them, rightly and wrongly: each a few lines that say what is sent.

To add a verb write a function that takes the office and the dice, and returns the act that
somebody tries; None where there is nothing to try it on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from domain.vocabulary import RoleClass
from schema.ground.ids import global_id
from tests.office import PAPER, words_of
from tests.papers import demanded
from tests.verb_office import MUTATIONS, Office, Person
from tests.verb_snapshot import Row

T = TypeVar("T")


@dataclass(frozen=True)
class Act:
    """What somebody tries: a root field of the API and what it is given.

    `told`: how many lines the ledgers may gain when it succeeds; any where it is None. `each`: it
    is many acts, of which each takes effect by itself. `beside`: it leaves the request as it is.
    """

    field: str
    by: Person
    given: dict[str, Any]
    told: tuple[int, ...] | None = (1,)
    each: bool = False
    beside: bool = False


@dataclass
class Dice:
    """Everything that is left to chance."""

    chance: Random
    institutions: tuple[str, ...]

    def draw(self, sides: int) -> int:
        return self.chance.randrange(sides)

    def one_of(self, *choices: T) -> T:
        return choices[self.draw(len(choices))]

    def maybe(self, chance: int = 2) -> bool:
        return self.draw(chance) == chance - 1

    def person(self, office: Office, right: Sequence[Person] = ()) -> Person:
        """Mostly somebody right for it, now and then anybody."""
        colleagues = office.colleagues(*self.institutions)
        return self.one_of(*(right if right and not self.maybe(8) else colleagues))

    def turn(self, office: Office) -> Row | None:
        """Mostly a step that is open, now and then any."""
        turns = office.now.turns if self.maybe(8) else office.now.open
        if not self.maybe(4):
            # What is begun is brought to its end, or few requests ever would be.
            oldest = dict.fromkeys(step["request_id"] for step in turns)
            turns = [step for step in turns if step["request_id"] in [*oldest][:2]]
        return self.one_of(*turns) if turns else None

    def request(self, office: Office, *states: str) -> Row | None:
        """Mostly a request in one of these states, now and then any."""
        asked = office.now.asked
        if not self.maybe(8):
            asked = [row for row in asked if row["status"] in states]
        return self.one_of(*asked) if asked else None


Verb = Callable[[Office, Dice], Act | None]
VERBS: dict[str, Verb] = {}
OFTEN: list[str] = []
"""The names of the verbs, each as often as it is to be tried."""


def verb(*, often: int = 1) -> Callable[[Verb], Verb]:
    def known(tries: Verb) -> Verb:
        VERBS[tries.__name__] = tries
        OFTEN.extend([tries.__name__] * often)
        return tries

    return known


def attempt(name: str, office: Office, dice: Dice) -> tuple[str, Act]:
    """This verb; where there is nothing to try it on a turn is taken, or a form submitted."""
    for each in (name, "decide"):
        act = VERBS[each](office, dice)
        if act and act.field in MUTATIONS:
            return each, act
    return "submit", submit(office, dice)


# ---- who and what ----


def step_id(step: Row) -> str:
    return global_id("Step", f"{step['request_id']}:{step['id']}")


def request_id(request: Row) -> str:
    return global_id("Request", request["id"])


def holders(office: Office, step: Row) -> list[Person]:
    """Those who hold or borrow a seat that the step waits for, without the applicant."""
    seats = {UUID(seat) for seat in step["seats"]}
    own = office.now.request_of(step)["applicant_id"]
    lent = {loan["borrower_id"] for loan in office.now.loans if loan["seat_id"] in step["seats"]}
    return [
        person
        for person in office.people.values()
        if person.id in seats or seats.intersection(person.seats) or str(person.id) in lent
        if str(person.id) != own
    ]


def outside(office: Office, step: Row) -> bool:
    roles = office.api.services.vocabulary.roles
    taking = {office.roles.get(UUID(seat), step["role"]) for seat in step["seats"]}
    return any(role in roles and roles[role].role_class == RoleClass.OUTSIDE for role in taking)


def staff(office: Office, dice: Dice) -> list[Person]:
    """Those whose requests have most steps before them."""
    colleagues = office.colleagues(*dice.institutions)
    return [
        p for p in colleagues if dice.maybe() or {office.roles[s] for s in p.seats} == {"staff"}
    ]


def applicant(office: Office, request: Row) -> list[Person]:
    found = office.people.get(UUID(request["applicant_id"]))
    return [found] if found else []


# ---- forms ----

AT_STATIONS = {"police_station_chief", "household_officer", "area_officer", "auxiliary_police"}
Form = Callable[[Office, Dice], dict[str, Any]]
WORD = "因公事由"


def span(office: Office, dice: Dice, most: int = 8) -> dict[str, Any]:
    """Some half-days of the coming weeks, from a working day to a working day."""
    first = 2 * dice.draw(40) + dice.draw(2)
    given = {}
    for name, half in (("begins", first), ("ends", first + dice.draw(most))):
        day = office.api.now.date() + timedelta(days=1 + half // 2)
        monday = timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        given[name] = {"date": str(day + monday), "half": ("MORNING", "AFTERNOON")[half % 2]}
    return given


def away(office: Office, dice: Dice) -> dict[str, Any]:
    return {"explanation": WORD, **span(office, dice)}


def saying(**facts: Sequence[Any]) -> Form:
    """A form of these facts, each one of the values given."""

    def form(_: Office, dice: Dice) -> dict[str, Any]:
        stated = {name: dice.one_of(*values) for name, values in facts.items()}
        return {"explanation": WORD, **stated}

    return form


SCAN = {"number": "函〔2026〕7号", "dated": "2026-03-01", "scan": PAPER}
WHO = {"complainantName": ("张三丰",), "complainantTelephone": ("13800000000",)}
AMOUNTS = ("1", "300", "600", "1000.5", "5000", "20000", "100000")
FORMS: dict[str, tuple[tuple[str, Form], ...]] = {
    "hrss-bureau": (
        ("leave.personal", away),
        ("leave.sick", away),
        ("leave.annual", away),
        ("reimbursement.general", saying(amount=AMOUNTS, expenseType=("GENERAL", "SUPPLIES"))),
        ("vehicle.repair", saying(amount=AMOUNTS)),
        ("meeting.agenda_item", saying()),
    ),
    "service-centre": (
        ("leave.annual", away),
        ("leave.personal", away),
        ("asset.borrow", saying()),
        ("document.incoming", saying()),
        ("document.outgoing", saying(cosign=(True, False))),
        ("complaint.case", saying(complaintForm=("ORAL", "WRITTEN"), **WHO)),
        ("petition.case", saying(channel=("LETTER",), inScope=(True,), major=(False,), **WHO)),
    ),
    "household-registration": (
        ("household.birth_date", saying(hasWorkUnit=(False,))),
        ("household.former_name", saying()),
        (
            "household.rename",
            saying(age=(12, 30), renameKind=("PET_TO_SCHOOL_NAME",), hasWorkUnit=(True,)),
        ),
    ),
}


# ---- the verbs ----


@verb(often=2)
def submit(office: Office, dice: Dice) -> Act:
    person = dice.person(office, staff(office, dice))
    kind, form = dice.one_of(*FORMS.get(person.institution, FORMS["hrss-bureau"]))
    seat = global_id("Seat", dice.one_of(*person.seats))
    given = {**form(office, dice), "attachments": demanded(person.institution, kind)}
    return Act(f"submit{words_of(kind)}", person, {**given, "asSeat": seat})


@verb(often=12)
def decide(office: Office, dice: Dice) -> Act | None:
    if (step := dice.turn(office)) is None:
        return None
    decision = dice.one_of("AGREE", "AGREE", "AGREE", "AGREE", "RETURN", "REJECT")
    given = {"stepId": step_id(step), "decision": decision}
    if dice.maybe(6):
        given["expectedVersion"] = office.now.request_of(step)["version"] - dice.draw(2)
    if outside(office, step):
        given["document"] = SCAN
    return Act("decide", dice.person(office, holders(office, step)), given)


@verb()
def withdraw(office: Office, dice: Dice) -> Act | None:
    if (request := dice.request(office, "pending", "returned")) is None:
        return None
    by = dice.person(office, applicant(office, request))
    return Act("withdraw", by, {"requestId": request_id(request)})


@verb()
def resubmit(office: Office, dice: Dice) -> Act | None:
    if (request := dice.request(office, "returned")) is None:
        return None
    given: dict[str, Any] = {"requestId": request_id(request)}
    if "begins" in request["form"]:
        given["changes"] = span(office, dice)
    return Act("resubmit", dice.person(office, applicant(office, request)), given)


@verb()
def report_back(office: Office, dice: Dice) -> Act | None:
    if (request := dice.request(office, "approved")) is None:
        return None
    by = dice.person(office, applicant(office, request))
    return Act("reportBack", by, {"requestId": request_id(request)})


@verb()
def correct_return(office: Office, dice: Dice) -> Act | None:
    if (request := dice.request(office, "approved")) is None:
        return None
    returned = {"date": "2026-03-10", "half": "MORNING"}
    given = {"requestId": request_id(request), "returned": returned, "reason": WORD}
    return Act("correctReturn", dice.person(office), given)


@verb()
def save_draft(office: Office, dice: Dice) -> Act:
    person = dice.person(office)
    given: dict[str, Any] = {"kind": "LEAVE_PERSONAL", "form": {"explanation": WORD}}
    draft = dice.request(office, "draft")
    if draft is not None and dice.maybe():
        person, given["draftId"] = dice.person(office, applicant(office, draft)), request_id(draft)
    return Act("saveDraft", person, given)


@verb()
def submit_a_draft(office: Office, dice: Dice) -> Act | None:
    if (draft := dice.request(office, "draft")) is None:
        return None
    by = dice.person(office, applicant(office, draft))
    seat = {"asSeat": global_id("Seat", dice.one_of(*by.seats)), "draftId": request_id(draft)}
    return Act("submitLeavePersonal", by, {**away(office, dice), **seat})


@verb()
def discard_draft(office: Office, dice: Dice) -> Act | None:
    if (draft := dice.request(office, "draft")) is None:
        return None
    by = dice.person(office, applicant(office, draft))
    return Act("discardDraft", by, {"draftId": request_id(draft)}, told=(0,))
