"""What a clause's list demands of a request is held against what is worked out of its form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.conditions.language import parse
from domain.shapes.eligibility import Effect, Requirement
from domain.vocabulary import Label
from policies import loading
from resolvers.requests.demands import ineligible
from resolvers.requests.procedures import procedure_of
from resolvers.rules.rulebooks import living_of

KIND, CLAUSE = "reception.meal", "reception/四、3"


@pytest.mark.parametrize(("amount", "refused"), [("500", False), ("501", True)])
def test_a_list_looks_at_what_derivations_work_out_of_a_form(amount, refused) -> None:
    shipped = living_of(1, loading.shipped("service-centre"), date(2026, 3, 2))
    measures = shipped.shapes.measures
    dear = parse("per_head_amount > 50", measures)
    row = Requirement("dear", CLAUSE, KIND, Effect.EXCLUDES, "", dear, Label("过高", "Too dear"))
    living = replace(shipped, shapes=replace(shipped.shapes, eligibility=(row,)))
    facts = {"amount": Decimal(amount), "people": Decimal(10)}
    found = list(ineligible(living, procedure_of(KIND, living), facts))
    assert [each.clause for each in found] == [CLAUSE] * refused
    assert list(ineligible(living, procedure_of(KIND, living), {"people": Decimal(10)})) == []
