"""A small office on paper: seats, people and routes written in a line, for the pure engine."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace
from uuid import NAMESPACE_OID, UUID, uuid5

from hypothesis import strategies as st

from domain.approval import engine, placement, rounds
from domain.approval.engine import Actor
from domain.approval.placement import Office
from domain.approval.request import Decision, Request, Status, StepStatus
from domain.office.organisation import Holder, Person, Seat
from domain.rules.routes import RouteStep
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Label, Role, RoleClass
from resolvers.requests.acting import falls_to

NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
LATER = NOW + timedelta(hours=1)
AGREE, REJECT, RETURN = Decision.AGREE, Decision.REJECT, Decision.RETURN
APPLICANT = "林"
LEVELS = {
    "staff": 0,
    "office_clerk": 1,
    "section_deputy": 3,
    "section_chief": 4,
    "office_director": 4,
    "deputy_in_charge": 5,
    "finance_deputy": 5,
    "director": 6,
    "party_secretary": 6,
}
LADDER = ("section_chief", "deputy_in_charge", "director", "superior")
BLANK = Label("", "")
ROLES = {
    **{code: Role(code, RoleClass.SEAT, BLANK, level=level) for code, level in LEVELS.items()},
    "bureau_leader": Role(
        "bureau_leader", RoleClass.ANY_OF, BLANK, ("director", "party_secretary", "finance_deputy")
    ),
    "party_group": Role("party_group", RoleClass.BODY, BLANK),
    "superior": Role("superior", RoleClass.OUTSIDE, BLANK),
}


def id_of(name):
    return uuid5(NAMESPACE_OID, name)


def turns(text):
    """`section_chief endorse > director/party_secretary approve & office_clerk record`."""
    number = count(1)
    found = []
    for place, stage in enumerate(text.split(" > ")):
        for each in stage.split(" & "):
            roles, act = each.split()
            first, *others = roles.split("/")
            clause = f"measures/{next(number)}"
            found.append(RouteStep(first, tuple(others), act, (clause,), place))
    return tuple(found)


@dataclass(frozen=True)
class SmallOffice:
    """Who holds which seat: `{"section_chief": ("赵",)}`; the applicant is 林."""

    holders: dict[str, tuple[str, ...]]
    escalates: bool = False

    @property
    def seats(self):
        return {
            role: Seat(id_of(role), "office", role, id_of("unit"), "科", tuple(map(holder, names)))
            for role, names in self.holders.items()
        }

    def placed(self, route):
        """The steps of a route for the applicant of this office."""
        number = count()
        held = tuple(self.seats[role] for role, names in self.holders.items() if APPLICANT in names)
        applicant = Person(id_of(APPLICANT), "office", APPLICANT, "", 1, "formal", held, {})
        office = Office(applicant, self.seats, ROLES, self.escalates, LADDER)
        route = turns(route) if isinstance(route, str) else route
        return placement.place(route, office, NOW, lambda: id_of(f"step {next(number)}"))

    def submitted(self, route):
        return rounds.open_round(a_request(), self.placed(route), NOW)

    def actor(self, name):
        seats = {self.seats[role].id for role, names in self.holders.items() if name in names}
        return Actor(id_of(name), name, frozenset(seats))

    def alone(self, request):
        """Which steps fall to one person, as the server tells it."""
        return falls_to(
            SimpleNamespace(
                request=request,
                seats={seat.id: seat for seat in self.seats.values()},
                living=SimpleNamespace(
                    vocabulary=SimpleNamespace(roles=ROLES, kinds={request.kind: KIND}),
                    shapes=SimpleNamespace(separations=()),
                ),
            )
        )

    def decide(self, request, name, decision=AGREE, *, step=None, comment=None, at=LATER):
        """Take the named step, or else the first open one that this person may take."""
        actor = self.actor(name)
        if step is None:
            step = next(s for s in opened(request) if actor.seats & set(s.seats))
        return engine.decide(
            request, step.id, actor, decision, comment, at, falls_to=self.alone(request)
        )

    def agreed(self, request, *names):
        for name in names:
            request = self.decide(request, name)
        return request

    def now(self, **seats):
        """The same office after appointments: `director="孙 周"`, `""` for vacant."""
        changed = {role: tuple(names.split()) for role, names in seats.items()}
        return replace(self, holders={**self.holders, **changed})


def office(*, escalates=False, **seats):
    return SmallOffice({}, escalates).now(**seats)


def holder(name):
    return Holder(id_of(name), name, name)


KIND = SimpleNamespace(code="leave.sick", area="leave")


def a_request():
    return Request(
        id=UUID(int=1),
        institution="office",
        kind="leave.sick",
        status=Status.PENDING,
        version=1,
        round=1,
        applicant=id_of(APPLICANT),
    )


def opened(request):
    return [step for step in request.steps if step.status is StepStatus.OPEN]


def states(request):
    """The steps' states in order: `done open waiting`."""
    steps = request.steps if isinstance(request, Request) else request
    return " ".join(step.status.value for step in steps)


def seats_of(step):
    return {role for role in ROLES if id_of(role) in step.seats}


# ---- at random ----

PEOPLE = (APPLICANT, "赵", "钱", "孙")
SEATS = (
    *("section_chief", "deputy_in_charge", "director", "party_secretary"),
    *("office_clerk", "party_group", "superior"),
)
ACTS = ("endorse", "endorse", "approve", "approve", "vote", "sign", "record")

usual_hands = st.sampled_from((("赵",), ("钱",), ("孙",), ("赵",), ("钱", "孙"), (APPLICANT,), ()))
hands = st.one_of(
    usual_hands, st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(tuple)
)
named = st.lists(st.sampled_from((*SEATS, "bureau_leader")), min_size=1, max_size=2, unique=True)


@st.composite
def routes(draw):
    """Two to six steps, some of them side by side, some with alternatives."""
    place, found = 0, []
    for number in range(draw(st.integers(2, 6))):
        place += 1 if number and draw(st.sampled_from((True, True, False))) else 0
        first, *others = draw(named)
        act = draw(st.sampled_from(ACTS))
        found.append(RouteStep(first, tuple(others), act, (f"measures/{number}",), place))
    return tuple(found)


offices = st.builds(SmallOffice, st.fixed_dictionaries(dict.fromkeys(SEATS, hands)), st.booleans())
