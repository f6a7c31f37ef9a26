"""Every column that may hold something on a person has its row, and a column without one fails."""

import pytest
from sqlalchemy import Column, Table, Text

from domain.tables import metadata
from policies import personal
from policies.loading import institutions, shipped
from resolvers.time.sweeps import SWEEPS
from schema.pages.personal import forms


def test_every_column_and_field_is_told_of_by_a_row():
    assert [*personal.complaints(forms())] == []


@pytest.mark.parametrize("name", ["home_address", "mood"])
def test_a_new_column_that_no_row_names_fails_the_build(name):
    made = Table("visits", metadata, Column("institution_id", Text), Column(name, Text))
    try:
        assert f"personal.csv: no row names visits.{name}." in [*personal.complaints(forms())]
    finally:
        metadata.remove(made)


def test_a_new_field_of_a_form_that_no_row_names_fails_the_build():
    fields = [*forms(), ("leave.sick.blood_group", True)]
    assert [*personal.complaints(fields)] == ["personal.csv: no row names leave.sick.blood_group."]


def test_a_column_that_two_rows_tell_of_fails_the_build(monkeypatch):
    rows = personal.rows()
    monkeypatch.setattr(personal, "rows", lambda: (*rows, rows[0]))
    name = rows[0].columns[0]
    assert f"personal.csv: {name} is named twice." in [*personal.complaints(forms())]


@pytest.mark.parametrize("office", institutions())
def test_no_row_lets_an_administrator_read_contents(office):
    book = shipped(office)
    said = {row.role for row in (*book.rows, *book.acts)}
    assert not said & {"policy_admin", "system_admin", "audit_admin", "platform_admin"}


def test_what_refers_to_a_person_or_is_sealed_is_never_called_impersonal():
    for column, _ in [*personal.columns(), *forms()]:
        row = personal.told(column)
        if ">people" in column or column.endswith((".born", "_by_name", "_telephone")):
            assert "by_telephone" in column or (row and row.kind != "none"), column


@pytest.mark.parametrize("table", ["answers", "deliveries", "notices"])
def test_what_is_swept_is_said_to_be_kept_as_long_as_it_is(table):
    said = {personal.told(name) for name, must in personal.columns() if must}
    days = SWEEPS[table].kept_for.days
    assert any(
        each and each.period == f"P{days}D" and table in " ".join(each.columns) for each in said
    )
