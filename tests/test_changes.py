"""No change of the schema or the codes breaks a client unless docs/changes.md names it."""

from policies.messages import MESSAGES
from resolvers.running.settings import CHECKOUT
from schema.running.changes import bare, misused, retired, unnamed
from schema.running.codes import codes_page

LANDED = (CHECKOUT / "docs" / "schema-landed.graphql").read_text(encoding="utf-8")
PRINTED = (CHECKOUT / "schema.graphql").read_text(encoding="utf-8")
PAGE = (CHECKOUT / "docs" / "changes.md").read_text(encoding="utf-8")
CODES = (CHECKOUT / "docs" / "codes.md").read_text(encoding="utf-8")
COMMENT = "  comment: String\n"


def without_comment() -> str:
    begins = LANDED.index("type Step ")
    at = LANDED.index(COMMENT, begins)
    return LANDED[:at] + LANDED[at + len(COMMENT) :]


def test_the_landed_schema_is_the_committed_one_without_its_descriptions() -> None:
    assert bare(PRINTED) == LANDED


def test_what_the_committed_schema_breaks_is_named() -> None:
    assert unnamed(LANDED, PRINTED, PAGE) == []


def test_a_field_that_is_gone_fails_until_the_page_names_it() -> None:
    gone = "Field Step.comment was removed."
    assert unnamed(LANDED, without_comment(), PAGE) == [gone]
    assert unnamed(LANDED, without_comment(), f"{PAGE}\n{gone}\n") == [gone]
    assert unnamed(LANDED, without_comment(), f"{PAGE}\n- {gone}\n") == []


def test_one_name_excuses_no_other_change() -> None:
    named = f"{PAGE}\n- Field Step.comment was removed.\n"
    less = without_comment().replace("= Decided | Refusal", "= Decided")
    assert unnamed(LANDED, less, named) == ["Refusal was removed from union type DecideResult."]


def test_an_argument_that_is_demanded_breaks_and_what_only_adds_does_not() -> None:
    demanded = LANDED.replace("  node(id: ID!): Node\n", "  node(id: ID!, on: Date!): Node\n")
    assert len(unnamed(LANDED, demanded, PAGE)) == 1
    added = LANDED.replace(COMMENT, f"{COMMENT}  aside: String\n", 1)
    assert added != LANDED
    assert unnamed(LANDED, added, PAGE) == []


def test_a_landed_schema_in_conflict_is_no_excuse() -> None:
    [said] = unnamed(f"<<<<<<< HEAD\n{LANDED}", PRINTED, PAGE)
    assert said.startswith("The landed schema cannot be read")


# Codes


def test_no_listed_code_is_gone_unnamed_and_no_retired_one_is_used_again() -> None:
    assert misused(CODES, MESSAGES, PAGE) == []


def test_every_code_stands_on_the_landed_list_and_a_new_one_breaks_nothing() -> None:
    for code in MESSAGES:
        assert len(misused(CODES, MESSAGES.keys() - {code}, PAGE)) == 1
    assert misused(CODES, {*MESSAGES, "QUITE_NEW"}, PAGE) == []


def test_a_code_that_is_gone_fails_until_the_page_retires_it() -> None:
    less, line = MESSAGES.keys() - {"NO_SEAT"}, "Code NO_SEAT was retired."
    assert misused(CODES, less, PAGE) == [f"docs/changes.md lacks: - {line}"]
    assert misused(CODES, less, f"{PAGE}\n{line}\n") == [f"docs/changes.md lacks: - {line}"]
    assert misused(CODES, less, f"{PAGE}\n- {line}\n") == []


def test_a_retired_code_is_never_taken_again() -> None:
    assert retired(PAGE)
    for code in retired(PAGE):
        assert f"- `{code}`" in codes_page(PAGE).splitlines()
        [said] = misused(CODES, {*MESSAGES, code}, PAGE)
        assert said.startswith(f"{code} is retired for good")
