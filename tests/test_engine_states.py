"""What holds of every request, whatever its route, its office and who does what when."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.approval import engine, rounds
from domain.approval.request import OWN_SIGNATURE, Decision, Status, StepStatus
from domain.errors import Refused
from domain.rules.rows import DECIDING
from tests.small_office import (
    APPLICANT,
    LATER,
    NOW,
    PEOPLE,
    SEATS,
    SmallOffice,
    a_request,
    hands,
    id_of,
    offices,
    opened,
    routes,
    states,
)

MEMBERS = {"bureau_leader": ("director", "party_secretary")}
MINE = id_of(APPLICANT)


def tried(act, *arguments, **named):
    """What an act brings about, or its refusal."""
    try:
        return act(*arguments, **named), None
    except Refused as refused:
        return None, refused


def before_last_decision(steps):
    """Every step that approval waits for: up to the last decision, or else the last signature."""
    taken = [step for step in steps if step.status is not StepStatus.SKIPPED]
    ends = [s.place for s in taken if s.act in DECIDING]
    ends = ends or [s.place for s in taken if s.act == "sign"]
    return [s for s in steps if ends and s.place <= max(ends)]


class OneRequest(RuleBasedStateMachine):
    """One request after another in an office where anybody tries anything."""

    def __init__(self):
        super().__init__()
        self.office = None
        self.request = None
        self.decided = {}

    # ---- what people do ----

    @precondition(lambda self: self.request is None)
    @rule(office=offices, route=routes())
    def submit(self, office, route):
        steps, refused = tried(office.placed, route)
        if refused:
            assert refused.code == "GAP"
        else:
            self.office, self.decided = office, {}
            self.accept(rounds.open_round(a_request(), steps, NOW))

    @precondition(lambda self: self.request is not None)
    @rule(
        name=st.sampled_from(PEOPLE), number=st.integers(0, 5), decision=st.sampled_from(Decision)
    )
    def act(self, name, number, decision):
        self.take(self.request.steps[number % len(self.request.steps)], name, decision)

    @precondition(lambda self: self.request is not None and opened(self.request))
    @rule(name=st.sampled_from(PEOPLE[1:]), number=st.integers(0, 5))
    def agree_to_an_open_step(self, name, number):
        found = opened(self.request)
        self.take(found[number % len(found)], name, Decision.AGREE)

    @precondition(lambda self: self.request is not None and opened(self.request))
    @rule(first=st.sampled_from(PEOPLE), second=st.sampled_from(PEOPLE), number=st.integers(0, 5))
    def two_act_on_one_step_at_once(self, first, second, number):
        found = opened(self.request)
        step = found[number % len(found)]
        known = self.request.version
        self.take(step, first, Decision.AGREE)
        if self.request.version != known:
            assert self.take(step, second, Decision.AGREE) == "STEP_NOT_OPEN"

    @precondition(lambda self: self.request is not None)
    @rule(name=st.sampled_from(PEOPLE))
    def withdraw(self, name):
        may = name == APPLICANT and self.request.status in {Status.PENDING, Status.RETURNED}
        after, refused = tried(engine.withdraw, self.request, id_of(name))
        assert (refused is None) is may
        if after:
            assert after.status is Status.WITHDRAWN
            self.accept(after)

    @precondition(lambda self: self.request and self.request.status is Status.RETURNED)
    @rule(route=routes())
    def resubmit(self, route):
        engine.resubmittable(self.request, MINE)
        steps, refused = tried(self.office.placed, route)
        if refused:
            return
        numbered = [replace(s, id=id_of(f"{s.id} {self.request.round + 1}")) for s in steps]
        again = replace(
            self.request, round=self.request.round + 1, version=self.request.version + 1
        )
        self.accept(rounds.open_round(again, tuple(numbered), LATER))

    @precondition(lambda self: self.request is not None)
    @rule(name=st.sampled_from(PEOPLE))
    def report_back(self, name):
        may = name == APPLICANT and self.request.status is Status.APPROVED
        after, refused = tried(engine.report_back, self.request, id_of(name), LATER)
        assert (refused is None) is (may and self.request.completed_at is None)
        if after:
            self.accept(after)

    @precondition(lambda self: self.request is not None)
    @rule(seat=st.sampled_from(SEATS), holders=hands)
    def appoint(self, seat, holders):
        self.office = self.office.now(**{seat: " ".join(holders)})

    @precondition(lambda self: self.request and self.request.status is not Status.PENDING)
    @rule()
    def turn_to_another_request(self):
        if not opened(self.request) and self.request.status is not Status.RETURNED:
            self.request = None

    # ---- what came of it ----

    def take(self, step, name, decision):
        """One act; the code of its refusal, if it is refused."""
        before, actor = self.request, self.office.actor(name)
        after, refused = tried(self.office.decide, before, name, decision, step=step)
        assert (refused is not None) is self.may_not(step, name, decision)
        if refused:
            return refused.code
        taken = [each for each in after.steps if each.decided_at and each.id not in self.decided]
        alone = self.office.alone(before)
        falling = {each for each, person in alone.items() if person == actor.person}
        for each in taken:
            assert (each.decided_by, each.decision) == (actor.person, decision)
            assert each.decided_in in actor.seats
        followed = {each.id for each in taken} - {step.id}
        assert len(followed) == len(taken) - 1
        assert followed <= (falling if decision is Decision.AGREE else set())
        if decision is Decision.AGREE:
            assert name == APPLICANT or not falling & {each.id for each in opened(after)}
        self.accept(after)
        return None

    def may_not(self, step, name, decision):
        """Whether the act is to be refused, read from the design anew."""
        step = self.request.step(step.id)
        if step.status is not StepStatus.OPEN:
            return True
        if not any(seat in step.seats for seat in self.office.actor(name).seats):
            return True
        if name == APPLICANT:
            asked = step.skipped and step.skipped["code"] == OWN_SIGNATURE
            return not asked or decision is not Decision.AGREE
        if step.act == "record" or self.request.status is Status.APPROVED:
            return decision is not Decision.AGREE
        return step.act == "sign" and decision is Decision.REJECT

    def accept(self, after):
        if self.request is not None:
            assert after.version > self.request.version
        self.request = after
        for step in after.steps:
            if step.status is StepStatus.DONE:
                self.decided.setdefault(step.id, step)

    # ---- what holds at any time ----

    @precondition(lambda self: self.request is not None)
    @invariant()
    def a_decided_step_never_changes(self):
        current = {step.id: step for step in self.request.steps}
        for step_id in self.decided.keys() & current.keys():
            assert current[step_id] == self.decided[step_id]

    @precondition(lambda self: self.request is not None)
    @invariant()
    def a_step_is_decided_wholly_or_not_at_all(self):
        for step in self.request.steps:
            marks = (step.decision, step.decided_by, step.decided_by_name, step.decided_at)
            whole = step.status is StepStatus.DONE
            assert all(mark is not None for mark in marks) is whole
            assert any(mark is not None for mark in marks) is whole
            assert not whole or step.decided_in in step.seats

    @precondition(lambda self: self.request is not None)
    @invariant()
    def nobody_decides_on_their_own_request(self):
        for step in self.request.steps:
            assert step.act not in DECIDING or step.decided_by != MINE

    @precondition(lambda self: self.request and self.request.status is Status.APPROVED)
    @invariant()
    def nothing_is_approved_without_every_required_step(self):
        steps = self.request.steps
        for step in before_last_decision(steps):
            agreed = step.status is StepStatus.DONE and step.decision is Decision.AGREE
            assert agreed or step.status is StepStatus.SKIPPED
        chain = [step for step in steps if step.act in DECIDING]
        assert not chain or any(step.status is StepStatus.DONE for step in chain)
        assert all(step.act in {"sign", "record"} for step in opened(self.request))
        assert not {"waiting", "cancelled"} & set(states(self.request).split())

    @precondition(lambda self: self.request and self.request.status is Status.PENDING)
    @invariant()
    def what_is_pending_waits_for_exactly_one_place(self):
        unfinished = [
            step
            for step in before_last_decision(self.request.steps)
            if step.status not in {StepStatus.DONE, StepStatus.SKIPPED}
        ]
        turn = min(step.place for step in unfinished)
        for step in self.request.steps:
            if step.status is StepStatus.OPEN:
                assert step.place == turn
            elif step.status is StepStatus.WAITING:
                assert step.place > turn

    @precondition(lambda self: self.request is not None)
    @invariant()
    def what_has_ended_waits_for_nobody(self):
        status = self.request.status
        against = [
            s.decision for s in self.request.steps if s.decision not in {None, Decision.AGREE}
        ]
        wanted = {Status.REJECTED: [Decision.REJECT], Status.RETURNED: [Decision.RETURN]}
        if status in wanted:
            assert against == wanted[status]
        elif status is not Status.WITHDRAWN:
            assert against == []
        if status not in {Status.PENDING, Status.APPROVED}:
            assert not {"open", "waiting"} & set(states(self.request).split())


TestOneRequest = OneRequest.TestCase
TestOneRequest.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)


@settings(max_examples=200)
@given(routes(), offices)
def test_every_route_is_placed_or_refused_as_the_applicant_s_own_seats_demand(route, office):
    def others(turn):
        wanted = {seat for role in turn.roles for seat in MEMBERS.get(role, (role,))}
        return {seat for seat in wanted if office.holders[seat] != (APPLICANT,)}

    steps, refused = tried(replace(office, escalates=False).placed, route)
    if refused:
        assert refused.details["because"] == "OWN_DECISION"
        own = [turn for turn in route if not others(turn)]
        chain = [turn for turn in route if turn.act in DECIDING]
        assert any(turn.decides for turn in own) or set(chain) <= set(own)
        return
    for turn, step in zip(route, steps, strict=True):
        if others(turn):
            assert step.status is StepStatus.WAITING
            assert set(step.seats) == set(map(id_of, others(turn)))
        else:
            assert not turn.decides


@settings(max_examples=100)
@given(routes(), st.randoms(use_true_random=False))
def test_where_everybody_agrees_every_request_is_approved(route, random):
    office = SmallOffice({seat: (PEOPLE[1 + n % 3],) for n, seat in enumerate(SEATS)})
    request = office.submitted(route)
    acts = 0
    while opened(request):
        step = random.choice(opened(request))
        [name] = next(office.holders[role] for role in SEATS if id_of(role) in step.seats)
        request = office.decide(request, name, step=step)
        acts += 1
    assert request.status is Status.APPROVED
    assert set(states(request).split()) == {"done"}
    assert acts <= len(route)
