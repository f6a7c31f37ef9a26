"""What is filled in beside requests explains itself as forms of requests do."""

from collections.abc import Iterator
from datetime import date

from domain import REGISTERS, THINGS
from domain.approval.description import described
from domain.approval.forms import Field, form_fields
from domain.records.exports import column_of
from domain.time.wording import unit_said
from policies import loading, vocabulary
from resolvers.records.asked_records import asked_records
from resolvers.rules.rulebooks import living_of
from tests.fleet import fleet
from tests.office import Api
from tests.registers import ENTERED, kept

__all__ = ["fleet"]
FORMS = """query ($of: String, $regulated: Boolean) {
  recordForms(object: $of, regulated: $regulated) {
  object label area areaLabel help regulated stage mutation input clauses { cite summary }
  formFields { name label type required many shownWhen { fields } options { value label }
    fields { name type options { value } } }
  papers { name clause { cite } } example { form papers lacks } } }"""
OF_ITS_FORM = {"REQUIRED", "WRONG_TYPE", "UNKNOWN_FIELD", "UNKNOWN_VALUE", "NEEDED_BY_RULES"}
OF_ITS_FORM |= {"TOO_SMALL", "TOO_LARGE", "NOT_ON_GRID", "TOO_LONG", "MISWRITTEN"}
"""What is said of a form that was filled in wrongly, whatever the records of the office are."""


async def test_registers_things_and_stages_tell_their_fields_as_their_mutations_take_them(
    api: Api,
) -> None:
    asking = await api.person("staff@hrss-bureau")
    types = {}
    for each in (await asking.one("{ __schema { types { name inputFields { name } } } }"))["types"]:
        types[each["name"]] = {field["name"] for field in each["inputFields"] or ()}
    forms = await asking.one(FORMS)
    regulated = {each["object"] for each in forms if each["regulated"]}
    assert {"vehicle.refuelling", "complaint"} <= regulated
    assert "openness.appraisal" in {each["object"] for each in forms} - regulated
    for form in forms:
        fields = {each["name"]: each for each in form["formFields"]}
        assert fields.keys() <= types[form["input"]], form["input"]
        assert all(each["options"] for each in fields.values() if each["type"] == "ENUM")
        example = form["example"]
        assert {*example["form"], *example["lacks"]} <= fields.keys()
        needed = {name for name, each in fields.items() if each["required"]}
        if form["regulated"]:
            assert needed <= {*example["form"], *example["lacks"]}, form["mutation"]
        assert form["area"]
        assert form["areaLabel"]
        assert bool(form["help"]) is bool(form["clauses"])


async def test_an_example_of_a_line_is_one_that_its_keeper_enters(fleet: Api) -> None:
    entered = 0
    for register in ENTERED:
        book = await kept(fleet, register)
        [form] = await book.keeper.one(FORMS, {"of": register.name, "regulated": True})
        if form["example"]["lacks"]:
            continue
        book.entry = form["example"]["form"]
        said = await book.enter(f"an example of {register.name}")
        entered += said["__typename"] == "LineEntered"
        assert {each["code"] for each in said.get("problems", ())}.isdisjoint(OF_ITS_FORM), said
    assert entered >= 8


async def test_the_marks_of_a_check_are_told_item_by_item(fleet: Api) -> None:
    [register] = [each for each in ENTERED if each.name == "openness.check"]
    book = await kept(fleet, register)
    [form] = await book.keeper.one(FORMS, {"of": register.name, "regulated": True})
    [marks] = [each for each in form["formFields"] if each["name"] == "marks"]
    items = [each["value"] for each in marks["fields"][0]["options"]]
    example = form["example"]["form"]
    assert (marks["many"], [each["item"] for each in example["marks"]]) == (True, items)
    assert form["example"]["lacks"] == ["unitId"]
    book.entry = {**example, "unitId": book.entry["unitId"]}
    assert (await book.enter("as it should be"))["__typename"] == "LineEntered"


def test_a_stage_tells_the_paper_that_its_clause_demands() -> None:
    living = living_of(1, loading.shipped("service-centre"), date(2026, 3, 2))
    of = {each.act: each for each in asked_records(living)}
    [paper] = of["ForwardPetition"].papers
    assert (paper.name, paper.clause) in {
        (each.field.label.zh, clause)
        for each in of["ForwardPetition"].fields
        for clause in of["ForwardPetition"].clauses
    }
    assert [*of["UrgePetition"].papers] == []


def numbers() -> Iterator[tuple[type, Field]]:
    for form in (*(each.entry for each in REGISTERS), *(each.card for each in THINGS)):
        yield from ((form, each) for each in form_fields(form) if each.is_number)


def test_a_number_counts_the_same_on_its_form_and_in_an_export() -> None:
    words = vocabulary.shipped()
    for form, field in numbers():
        told = {each.name: each.unit for each in described(form, words)}
        column = column_of(field, words)
        if not field.served and field.bounds:
            assert unit_said(column.unit) == told[field.name], (form, field.name)
