"""What clauses say of the verbs: consent by telephone, papers afterwards, seats lent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shapes.verbs import Verb, forbidden, ruled
from policies import loading
from tests.small_shapes import codes, shapes

ROWS = """
oral_consent; ~; seals; always; allow
oral_consent; ~; seal.use; filed = true; deny
delegation; ~; household; always; deny
delegation; ~; seal.use; late > 3; deny
after_the_fact; ~; ; grade = staff; allow
"""
BOOK = shapes(verbs=ROWS)
APPROVALS = ("household.birth", "household.move_in", "household.rename")


def effect(verb, kind, area, **facts):
    row = ruled(BOOK.verbs, verb, kind, area, facts)
    return row and row.effect.value


def test_a_denial_of_a_kind_wins_over_what_its_area_allows():
    assert effect("oral_consent", "seal.use", "seals", filed=True) == "deny"
    assert effect("oral_consent", "seal.use", "seals", filed=False) == "allow"
    assert effect("oral_consent", "seal.engrave", "seals", filed=True) == "allow"


def test_where_no_clause_speaks_there_is_no_ruling():
    assert effect("oral_consent", "leave.sick", "leave") is None
    assert effect("after_the_fact", "leave.sick", "leave", grade="chief") is None
    assert effect("after_the_fact", "leave.sick", "leave", grade="staff") == "allow"


def test_only_an_unconditional_denial_forbids_a_kind_beforehand():
    assert forbidden(BOOK.verbs, Verb.DELEGATION, "household.birth", "household") is not None
    assert forbidden(BOOK.verbs, Verb.DELEGATION, "seal.use", "seals") is None
    assert forbidden(BOOK.verbs, Verb.ORAL_CONSENT, "household.birth", "household") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("lending; ~; ; always; deny", (1, "verb", "UNKNOWN_WORD")),
        ("delegation; ~; leave.none; always; deny", (1, "kind", "UNKNOWN_WORD")),
        ("delegation; ~; ; sometimes; deny", (1, "when", "UNKNOWN_FACT")),
        ("delegation; ~; ; always; maybe", (1, "effect", "UNKNOWN_WORD")),
        ("delegation; a/1; ; always; deny", (1, "clause", "CLAUSE_UNKNOWN")),
    ],
)
def test_a_row_that_cannot_stand_is_refused(line, expected):
    assert codes(verbs=line) == [expected]


@given(st.permutations(ROWS.strip().splitlines()), st.integers(0, 6), st.booleans())
def test_the_order_of_the_rows_settles_nothing(order, late, filed):
    book = shapes(verbs="\n".join(order))
    for verb in Verb:
        for kind, area in (("seal.use", "seals"), ("household.birth", "household")):
            said = [
                ruled(rows, verb, kind, area, {"late": late, "filed": filed})
                for rows in (book.verbs, BOOK.verbs)
            ]
            assert [row and row.effect for row in said[:1]] == [
                row and row.effect for row in said[1:]
            ]


@pytest.mark.parametrize("kind", APPROVALS)
def test_the_power_to_approve_a_household_registration_is_not_lent(kind):
    rows = loading.shipped("household-registration").shapes.verbs
    row = forbidden(rows, Verb.DELEGATION, kind, "household")
    assert row is not None
    assert row.clause == "responsibility/二(二)"
    assert {each.clause for each in rows} == {"responsibility/二(二)", "responsibility/二(三)"}


@pytest.mark.parametrize("kind", ["seal.use", "seal.use_party"])
def test_a_seal_is_consented_to_by_telephone_for_what_is_major_and_in_a_special_case(kind):
    science = loading.shipped("science-bureau").shapes.verbs

    def by_telephone(**facts):
        return ruled(science, Verb.ORAL_CONSENT, kind, "seals", facts)

    said = by_telephone(major=True, special_case=True)
    assert said is not None
    assert not said.denies
    assert said.clause == "seals/2"
    assert by_telephone(major=True, special_case=False) is None
    assert by_telephone(major=True) is None
    assert by_telephone(major=False, special_case=True) is None


def test_a_signature_in_person_admits_neither_telephone_nor_substitute():
    rows = loading.shipped("service-centre").shapes.verbs
    for verb in (Verb.ORAL_CONSENT, Verb.DELEGATION):
        said = ruled(rows, verb, "seal.legal_rep", "seals", {"seal_kind": "legal_rep"})
        assert said is not None
        assert said.denies
        assert said.clause == "seals/印鉴管理 5"


@pytest.mark.parametrize(
    ("institution", "kind", "facts", "allowed"),
    [
        ("hrss-bureau", "leave.sick", {}, True),
        ("hrss-bureau", "leave.personal", {"special_case": True}, True),
        ("hrss-bureau", "leave.personal", {"special_case": False}, None),
        ("construction-bureau", "leave.personal", {"special_case": True}, True),
        ("construction-bureau", "leave.marriage", {}, False),
        ("township-government", "leave.extension", {}, True),
        ("service-centre", "leave.sick", {"applicant_rank": "window_staff"}, False),
        ("service-centre", "leave.sick", {"applicant_rank": "staff"}, None),
        ("science-bureau", "leave.personal", {}, False),
    ],
)
def test_leave_is_asked_afterwards_only_where_a_clause_allows_it(institution, kind, facts, allowed):
    rows = loading.shipped(institution).shapes.verbs
    said = ruled(rows, Verb.AFTER_THE_FACT, kind, "leave", facts)
    assert (said and not said.denies) is allowed


async def test_anybody_reads_which_verbs_a_clause_rules(api):
    staff = await api.person("staff@household-registration")
    asked = (
        '{ shapeRows(institution: "household-registration", shape: "verbs") { id when fields } }'
    )
    assert (
        await staff.one(asked)
        == [
            {
                "id": "delegation.household",
                "when": "always",
                "fields": {"verb": "delegation", "kind": "household", "effect": "deny"},
            }
        ]
        * 2
    )
