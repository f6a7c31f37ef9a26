import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fnmatch import fnmatch
from pathlib import Path
from types import NoneType
from typing import get_args, get_type_hints
from uuid import UUID, uuid4

import pytest

import domain
from domain.approval.procedure import Circumstances
from domain.office.booking import Absence
from domain.rules.rows import line_of
from domain.shapes.doors import ANYONE
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME, HalfOfDay, Moment, Period
from domain.vocabulary import Source
from policies import loading, vocabulary
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.requests.procedures import PROCEDURES
from resolvers.running.settings import CHECKOUT
from schema.areas import FORMS
from schema.ground.fields import PUBLIC
from schema.root import schema as api

LAYERS = ("schema", "resolvers", "policies", "domain", "migrations")
TOP_LEVEL = {
    *LAYERS, "tests", "docs", "benchmarks",
    "pyproject.toml", "Makefile", "LICENSE", "schema.graphql",
    "README.md", "README.zh-CN.md", "CONTRIBUTING.md",
}  # fmt: skip
LONGEST_MODULE = 300
FAMILIES = re.compile(r"(leave|outing)\.")

WITHOUT_A_FORM = {
    "leave.return": "reporting back is an act on the leave itself: reportBack",
    "openness.request": "whatever is decided, it is answered: beginOpennessApplication",
}
UNREGULATED = {
    "archive.catalogue_entry": "guidance on how a catalogue is made; nobody is asked",
    "archive.destroy": "no office's text regulates it",
    "classified.repair": "clauses say where and under whose eyes, not who permits",
    "personnel.accountant_delegation": "the text gives the stages and who pays, not who decides",
    "personnel.secondment": "its articles are missing from the text that was published",
    "web.external_link": "to be strictly controlled, but not said by whom",
}
"""Kinds that have a form though no shipped rulebook has a rule for them, with the reason."""

WITHOUT_SIGNING_IN = {"sign_in", "spend_link", "refresh_session"}
KNOWN_OF_EVERYONE = {"applicant_rank", "employment", "internal"}

WORDS = vocabulary.shipped()
BOOKS = [loading.shipped(institution) for institution in loading.institutions()]
ROOT_FIELDS = [
    field for root in ("Query", "Mutation") for field in api.get_type_by_name(root).fields
]


def ours(folder: Path = CHECKOUT) -> Iterator[Path]:
    """The project's own files: what .gitignore names is not."""
    ignored = [line.rstrip("/") for line in (CHECKOUT / ".gitignore").read_text().split()]
    for path in sorted(folder.iterdir()):
        if path.name == ".git" or any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from ours(path)
        else:
            yield path


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in ours(CHECKOUT / folder) if path.suffix == ".py"]


def named(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


# What the API declares


def test_every_root_field_names_a_permission_that_some_role_holds():
    roles = {*WORDS.roles, ANYONE}
    for field in ROOT_FIELDS:
        permission = field.metadata.get("permission")
        if field.python_name in WITHOUT_SIGNING_IN:
            assert permission == PUBLIC
        else:
            holders = ROLES_BY_PERMISSION.get(permission, frozenset())
            assert holders, f"{field.python_name}: nobody holds {permission}"
            assert holders <= roles, f"{permission}: unknown role"


def test_every_root_field_says_what_it_is_for():
    assert [field.python_name for field in ROOT_FIELDS if not field.description] == []


# What the regulations need


def test_every_kind_of_leave_or_outing_has_a_procedure_or_a_reason():
    kinds = {kind for kind in WORDS.kinds if FAMILIES.match(kind)}
    declared = {kind for kind in domain.PROCEDURES if FAMILIES.match(kind)}
    assert kinds == declared | {kind for kind in WITHOUT_A_FORM if FAMILIES.match(kind)}


def test_every_procedure_serves_a_kind_of_the_vocabulary_that_some_rulebook_regulates():
    regulated = {kind for book in BOOKS for kind in book.rows_by_kind}
    assert PROCEDURES.keys() <= WORDS.kinds.keys()
    assert PROCEDURES.keys() - regulated == UNREGULATED.keys()


def test_a_regulated_kind_without_a_form_has_a_reason():
    regulated = {kind for book in BOOKS for kind in book.rows_by_kind}
    assert regulated - PROCEDURES.keys() <= WITHOUT_A_FORM.keys()


def test_every_fact_of_a_kind_or_a_rule_stands_in_the_vocabulary():
    for kind in WORDS.kinds.values():
        assert set(kind.facts) <= WORDS.facts.keys(), kind.code
    for book in BOOKS:
        for row in (*book.rows, *book.documents):
            assert row.when.regions.keys() <= set(WORDS.kinds[row.kind].facts), row


def test_every_fact_that_a_rule_looks_at_is_stated_by_its_form_or_known_to_the_server():
    facts = WORDS.facts.items()
    of_people = {name for name, fact in facts if fact.source is Source.ORGANISATION}
    lacking = {}
    for kind, procedure in PROCEDURES.items():
        form = example(procedure.form)
        rows = [row for book in BOOKS for row in book.rows_by_kind.get(kind, ())]
        looked_at = {fact for row in rows for fact in row.when.regions}
        stated = {field.name for field in fields(form)} | procedure.facts(form, known()).keys()
        lacking[kind] = looked_at - stated - of_people - KNOWN_OF_EVERYONE
    assert {kind: facts for kind, facts in lacking.items() if facts} == {}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.institution)
def test_every_row_cites_a_clause_of_the_register(book):
    assert [row.clause for row in book.rows if line_of(row, book.register) is None] == []
    cited = {line.clause for line in book.register.values()}
    shapes = {row.clause for _, rows in book.shapes.tables() for row in rows}
    assert {document.clause for document in book.documents} | shapes <= cited
    assert {line.replaced_by for line in book.register.values()} - {""} <= cited


def test_every_requirement_that_cites_a_clause_cites_a_registered_one():
    registered = {line.clause for book in BOOKS for line in book.register.values()}
    cited = {needed.clause for each in PROCEDURES.values() for needed in each.requirements}
    assert cited - {None} <= registered


# Where things stand


@pytest.mark.parametrize("area", domain.AREAS, ids=lambda area: area.__name__)
def test_an_area_bears_its_name_in_every_layer(area):
    package = area.__name__.removeprefix("domain.areas.").split(".")[0]
    assert {WORDS.kinds[procedure.kind].area for procedure in area.PROCEDURES} == {package}
    assert any((CHECKOUT / "tests").glob(f"test_{package}*.py"))
    assert all(procedure in FORMS[package].procedures for procedure in area.PROCEDURES)


def test_the_top_level_holds_only_what_the_house_names():
    top = {named(path).split("/")[0] for path in ours()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_no_module_is_longer_than_can_be_read_at_once():
    written = [path for path in modules(*LAYERS, "tests") if path.parent.name != "versions"]
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in written}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_module_is_named_after_nothing():
    nothing = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
    stems = {word for path in modules(*LAYERS, "tests") for word in path.stem.split("_")}
    assert stems & nothing == set()


def test_every_module_says_on_top_what_it_is():
    silent = [
        named(path)
        for path in modules(*LAYERS)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_class_is_made_to_be_overridden():
    for path in modules(*LAYERS):
        text = path.read_text(encoding="utf-8")
        assert "NotImplementedError" not in text, named(path)
        assert "abstractmethod" not in text, named(path)


def test_the_project_speaks_of_itself_alone():
    """No place of the machine that it stands on, and no numbered piece of the work on it."""
    place = CHECKOUT.parent if CHECKOUT.parent.name else CHECKOUT
    elsewhere = re.compile(rf"{re.escape(str(place))}/|\b(?:issue|session|ticket)s? #?\d")
    for path in ours():
        if ".min." not in path.name:
            found = elsewhere.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert found is None, f"{named(path)}: {found}"


# A form of every kind, filled in as plainly as it can be

MORNING = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)


def example(form: type):
    hints, given = get_type_hints(form), {}
    for number, field in enumerate(fields(form)):
        alternatives = [each for each in get_args(hints[field.name]) if each is not NoneType]
        given[field.name] = value_of(alternatives[0] if alternatives else hints[field.name], number)
    return form(**given)


def value_of(kind: type, number: int):
    if issubclass(kind, Enum):
        return next(iter(kind))
    plain = {
        bool: True, int: 1, str: "-", Decimal: Decimal(1), UUID: uuid4(), date: MORNING.date(),
        datetime: MORNING + timedelta(minutes=number),
        Moment: Moment(MORNING.date(), HalfOfDay.MORNING),
    }  # fmt: skip
    return plain[kind]


def known() -> Circumstances:
    begins = MORNING.replace(tzinfo=None)
    period = Period(begins, begins + timedelta(hours=3))
    away = Absence(uuid4(), "leave.sick", period, Decimal("0.5"))
    return Circumstances(
        now=MORNING,
        calendar=calendar_of(national_days()),
        rank="staff",
        employment="formal",
        absences=(away,),
        extends=away,
    )
