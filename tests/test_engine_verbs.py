"""What holds of a request whatever is done with its turns: returned, handed on, corrected."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.approval import corrections, engine, rounds, verbs
from domain.approval.engine import Actor, Loan
from domain.approval.request import OWN_SIGNATURE, Decision, Status, StepStatus
from domain.approval.verbs import Handed, Together, Where
from domain.errors import Refused
from domain.rules.rows import DECIDING
from tests.small_office import (
    APPLICANT,
    LATER,
    NOW,
    PEOPLE,
    SEATS,
    a_request,
    hands,
    holder,
    id_of,
    offices,
    opened,
    routes,
)

people = st.sampled_from(PEOPLE)
numbers = st.integers(0, 9)
targets = st.sampled_from((*SEATS, *PEOPLE[1:]))


class OneRequestAndEveryVerb(RuleBasedStateMachine):
    """One request in an office where anybody tries anything with any of its steps."""

    def __init__(self):
        super().__init__()
        self.office = None
        self.request = None
        self.route = ()
        self.decided = {}
        self.lent = {}
        self.ids = count(1)

    def new_id(self):
        return id_of(f"new {next(self.ids)}")

    def any_step(self, number):
        """An open one mostly, for little else is taken."""
        among = opened(self.request) if number % 3 else list(self.request.steps)
        among = among or list(self.request.steps)
        return among[number % len(among)]

    def actor(self, name):
        actor = self.office.actor(name)
        seats = actor.seats | {id_of(name)}
        lent = {
            id_of(seat): Loan(id_of("loan"), id_of(lender), lender, "文件")
            for seat, (lender, borrower) in self.lent.items()
            if borrower == name
        }
        return Actor(actor.person, name, frozenset(seats), lent)

    def attempt(self, act, *arguments, **named):
        """Take the outcome on; a refusal leaves everything as it was."""
        try:
            after = act(*arguments, **named)
        except Refused as refused:
            return refused
        assert after.version > self.request.version
        self.request = after
        for step in after.steps:
            if step.status is StepStatus.DONE:
                self.decided.setdefault(step.id, step)
        return None

    # ---- what people do ----

    @precondition(lambda self: self.request is None)
    @rule(office=offices, route=routes())
    def submit(self, office, route):
        try:
            steps = office.placed(route)
        except Refused:
            return
        steps = tuple(replace(step, id=self.new_id()) for step in steps)
        self.office, self.route, self.decided, self.lent = office, steps, {}, {}
        self.request = rounds.open_round(a_request(), steps, NOW)
        self.decided = {s.id: s for s in self.request.steps if s.status is StepStatus.DONE}

    @precondition(lambda self: self.request is not None)
    @rule(name=people, number=numbers, decision=st.sampled_from(Decision))
    def decide(self, name, number, decision):
        step = self.any_step(number)
        self.attempt(
            engine.decide, self.request, step.id, self.actor(name), decision, None, LATER, {}
        )

    @precondition(lambda self: self.request is not None and opened(self.request))
    @rule(name=people, number=numbers)
    def agree(self, name, number):
        step = opened(self.request)[number % len(opened(self.request))]
        arguments = (step.id, self.actor(name), Decision.AGREE, None, LATER, {})
        self.attempt(engine.decide, self.request, *arguments)

    @precondition(lambda self: self.request is not None)
    @rule(name=people, number=numbers, aimed=numbers)
    def return_to_an_earlier_turn(self, name, number, aimed):
        step = self.any_step(number)
        aim = self.request.steps[aimed % len(self.request.steps)]
        actor = self.actor(name)
        self.attempt(
            engine.return_to, self.request, step.id, aim.id, actor, None, LATER, self.new_id
        )

    @precondition(lambda self: self.request is not None)
    @rule(name=people, number=numbers, to=targets, by_administrator=st.booleans())
    def hand_on(self, name, number, to, by_administrator):
        step, handed = self.any_step(number), Handed(id_of(name), name, "出差", LATER)
        if by_administrator:
            self.attempt(verbs.reassign, self.request, step.id, id_of(to), handed)
        else:
            actor = self.actor(name)
            self.attempt(verbs.transfer, self.request, step.id, actor, id_of(to), handed)

    @precondition(lambda self: self.request is not None)
    @rule(
        name=people,
        number=numbers,
        signers=st.lists(targets, max_size=3),
        where=st.sampled_from(Where),
        together=st.sampled_from(Together),
    )
    def add_signers(self, name, number, signers, where, together):
        asked = [id_of(each) for each in signers]
        self.attempt(
            verbs.add_signers,
            self.request,
            self.any_step(number).id,
            self.actor(name),
            asked,
            "cosigner",
            where,
            together,
            LATER,
            self.new_id,
        )

    @precondition(lambda self: self.request is not None)
    @rule(name=people, number=numbers)
    def remove_a_signer(self, name, number):
        step = self.request.steps[number % len(self.request.steps)]
        refused = self.attempt(verbs.remove_signer, self.request, step.id, self.actor(name), LATER)
        assert refused or step.added_to

    @precondition(lambda self: self.request is not None)
    @rule(name=people, clerk=people, number=numbers)
    def consent_by_telephone(self, name, clerk, number):
        step = self.any_step(number)
        seat = next((s for s in step.seats if s in self.office.actor(name).seats), None)
        if seat is not None:
            self.attempt(
                verbs.consent_by_telephone,
                self.request,
                step.id,
                holder(name),
                self.actor(clerk),
                {"seat": seat},
                LATER + timedelta(days=3),
                LATER,
                self.new_id(),
            )

    @precondition(lambda self: self.request and self.request.status is Status.PENDING)
    @rule(route=routes(), less=st.booleans())
    def correct(self, route, less):
        try:
            steps = self.office.placed(route)
        except Refused:
            return
        steps = tuple(replace(step, id=self.new_id()) for step in steps)
        self.attempt(corrections.rerouted, self.request, steps, less=less, mark={}, now=LATER)
        self.route = steps

    @precondition(lambda self: self.request is not None)
    @rule(name=people, cancelled=st.booleans(), seldom=st.integers(0, 4))
    def end(self, name, cancelled, seldom):
        if seldom:
            return
        if cancelled:
            self.attempt(verbs.cancel, self.request, Handed(id_of(name), name, "重复", LATER))
        else:
            self.attempt(engine.withdraw, self.request, id_of(name))

    @precondition(lambda self: self.request and self.request.status is Status.RETURNED)
    @rule(route=routes())
    def resubmit(self, route):
        try:
            steps = self.office.placed(route)
        except Refused:
            return
        steps = tuple(replace(step, id=self.new_id()) for step in steps)
        version, rounds_so_far = self.request.version + 1, self.request.round + 1
        again = replace(self.request, round=rounds_so_far, version=version)
        self.request, self.route = rounds.open_round(again, steps, LATER), steps
        self.decided = {s.id: s for s in self.request.steps if s.status is StepStatus.DONE}

    @precondition(lambda self: self.request is not None)
    @rule(seat=st.sampled_from(SEATS), holders=hands, lender=people, borrower=people)
    def appoint_or_lend(self, seat, holders, lender, borrower):
        if lender == borrower:
            self.office = self.office.now(**{seat: " ".join(holders)})
        else:
            self.lent[seat] = (lender, borrower)

    @precondition(lambda self: self.request and self.request.status is not Status.PENDING)
    @rule()
    def turn_to_another_request(self):
        if not opened(self.request) and self.request.status is not Status.RETURNED:
            self.request = None

    # ---- what holds at any time ----

    @precondition(lambda self: self.request is not None)
    @invariant()
    def a_decided_step_never_changes_and_is_never_lost(self):
        current = {step.id: step for step in self.request.steps}
        for step_id, step in self.decided.items():
            assert current[step_id] == step

    @precondition(lambda self: self.request and self.request.status is Status.PENDING)
    @invariant()
    def what_is_pending_always_waits_for_a_turn_and_for_one_place_alone(self):
        turns = [step for step in opened(self.request) if not step.confirms]
        assert turns
        first = min(step.place for step in turns)
        waiting = [s for s in self.request.steps if s.status is StepStatus.WAITING]
        assert all(step.place >= first for step in waiting)

    @precondition(lambda self: self.request and self.request.status is Status.APPROVED)
    @invariant()
    def what_is_approved_has_every_agreement_that_its_route_demands(self):
        demanded = [s for s in self.route if s.status is not StepStatus.SKIPPED]
        for acts in (DECIDING, {"sign"}):
            last = max((s.place for s in demanded if s.act in acts), default=None)
            if last is not None:
                break
        wanted = Counter((s.role, s.act) for s in demanded if last is not None and s.place <= last)
        repeated = {step.repeats for step in self.request.steps}
        given = Counter(
            (s.role, s.act)
            for s in self.request.steps
            if s.decision is Decision.AGREE and s.id not in repeated and not s.added_to
        )
        assert not wanted - given
        added = [s for s in self.request.steps if s.added_to and s.id not in repeated]
        assert all(s.status in {StepStatus.DONE, StepStatus.CANCELLED} for s in added)

    @precondition(lambda self: self.request is not None)
    @invariant()
    def nobody_decides_on_their_own_request(self):
        for step in self.request.steps:
            own = step.decided_by == id_of(APPLICANT)
            asked = step.skipped and step.skipped["code"] == OWN_SIGNATURE
            if own and step.act in DECIDING:
                assert step.decided_at == NOW
            if own and step.decided_at == LATER and step.act not in {"sign", "record"}:
                assert asked
            if loan := step.particulars.get("acting_for"):
                assert loan["lender"] != id_of(APPLICANT)

    @precondition(lambda self: self.request is not None)
    @invariant()
    def what_has_ended_waits_for_nobody(self):
        if self.request.status not in {Status.PENDING, Status.APPROVED}:
            assert not opened(self.request)


TestOneRequestAndEveryVerb = OneRequestAndEveryVerb.TestCase
TestOneRequestAndEveryVerb.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
)
