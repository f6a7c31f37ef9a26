"""Forms as JSON and as a person sees them: what is written is read back, bad values say where."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import PROCEDURES
from domain.approval.description import described, displayed
from domain.approval.forms import form_fields, partial_form, read_form, write_form
from domain.approval.procedure import Form, asked
from domain.approval.soundness import shape_problems
from domain.areas.leave.leave import Leave, LeaveReason, PersonalLeave
from domain.errors import Refused
from domain.messages import EN, ZH
from domain.time.moments import HalfOfDay, Moment
from domain.values.names import Names
from domain.vocabulary import FactValue
from policies import vocabulary
from policies.messages import MESSAGES

WORDS = vocabulary.shipped()
FORMS = sorted(
    {procedure.form for procedure in PROCEDURES.values()}, key=lambda form: form.__name__
)

MOMENTS = st.builds(Moment, st.dates(), st.sampled_from(HalfOfDay))
VALUES: Mapping[type, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=10),
    bool: st.booleans(),
    int: st.integers(-(2**31) + 1, 2**31 - 1),
    Decimal: st.decimals(-1000, 1000, places=2),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])),
    UUID: st.uuids(),
    Moment: MOMENTS,
}
NAMED = {
    Names.TELEPHONE: st.from_regex("1[3-9][0-9]{9}", fullmatch=True),
    Names.PLATE: st.from_regex("鲁[A-HJ-NP-Z]·[A-HJ-NP-Z0-9]{5}", fullmatch=True),
}


def forms_of(form_type: type[Form]) -> st.SearchStrategy[Form]:
    strategies = {}
    for field in form_fields(form_type):
        kind: Any = field.type
        value = VALUES[kind] if kind in VALUES else st.sampled_from(list(kind))
        value = NAMED[field.names] if field.names else value
        strategies[field.name] = value | st.none() if field.optional else value
    return st.builds(form_type, **strategies)


class Everything(Form):
    """One field of every type that a form may have."""

    words: str = asked("文字", "Words", longest=10)
    number: int = asked("整数", "Number")
    amount: Decimal = asked("金额", "Amount")
    day: date = asked("日期", "Day")
    at: datetime = asked("时间", "At")
    whose: UUID = asked("编号", "Whose")
    sure: bool = asked("确定", "Sure")
    half: Moment = asked("半天", "Half-day")
    leave_reason: LeaveReason = asked("事由", "Reason")
    note: str | None = asked("备注", "Note", default=None)


GOOD: Mapping[str, Any] = {
    "words": "三天",
    "number": 3,
    "amount": "1.50",
    "day": "2026-03-01",
    "at": "2026-03-01T09:00:00+08:00",
    "whose": "0198c0de-0000-7000-8000-000000000000",
    "sure": True,
    "half": {"date": "2026-03-01", "half": "MORNING"},
    "leave_reason": "TOURISM",
}


def problems_of(form_type: type[Form], given: object) -> list[tuple[str, tuple[str, ...]]]:
    with pytest.raises(Refused, match="INVALID_INPUT") as refused:
        read_form(form_type, given)
    return [(problem.code, problem.path) for problem in refused.value.problems]


@pytest.mark.parametrize("form_type", [*FORMS, Everything], ids=lambda form: form.__name__)
@given(data=st.data())
def test_what_is_written_is_read_back(form_type: type[Form], data: st.DataObject) -> None:
    form = data.draw(forms_of(form_type))
    assert read_form(form_type, json.loads(json.dumps(write_form(form)))) == form


def test_a_whole_form_is_read_with_its_types() -> None:
    form = read_form(Everything, GOOD)
    assert form.amount == Decimal("1.50")
    assert form.half == Moment(date(2026, 3, 1), HalfOfDay.MORNING)
    assert form.at.utcoffset() == timedelta(hours=8)
    assert form.leave_reason is LeaveReason.TOURISM
    assert form.note is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("words", 3),
        ("words", ["三天"]),
        ("number", True),
        ("number", "3"),
        ("number", 3.0),
        ("number", 2**31),
        ("amount", 1.5),
        ("amount", "NaN"),
        ("amount", "1e9"),
        ("amount", "1" * 1_000_000),
        ("amount", "1_000"),
        ("day", "20260301"),
        ("day", "2026-02-30"),
        ("day", 1772323200),
        ("day", "2026-03-01T00:00:00"),
        ("at", "2026-03-01T09:00:00"),
        ("at", "2026-03-01"),
        ("at", "2026-03-01T25:00:00+08:00"),
        ("at", "2026-03-01T09:00:00+99:99"),
        ("whose", "{0198c0de-0000-7000-8000-000000000000}"),
        ("whose", 7),
        ("sure", "yes"),
        ("sure", 1),
        ("leave_reason", "tourism"),
        ("leave_reason", "__doc__"),
        ("leave_reason", []),
    ],
)
def test_a_bad_value_is_named_with_its_field(field: str, value: object) -> None:
    assert problems_of(Everything, {**GOOD, field: value}) == [("WRONG_TYPE", (field,))]


def test_all_problems_come_at_once_and_inside_values_too() -> None:
    given = {**GOOD, "half": {"date": "?", "time": "noon"}, "sure": None, "other": 1}
    assert sorted(problems_of(Everything, given)) == [
        ("REQUIRED", ("half", "half")),
        ("REQUIRED", ("sure",)),
        ("UNKNOWN_FIELD", ("half", "time")),
        ("UNKNOWN_FIELD", ("other",)),
        ("WRONG_TYPE", ("half", "date")),
    ]


@pytest.mark.parametrize("given", [None, [], "form", 3])
def test_what_is_no_object_is_no_form(given: object) -> None:
    assert problems_of(Everything, given) == [("NOT_AN_OBJECT", ())]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*GOOD, "note", "other"]), json_values) | json_values)
def test_no_json_breaks_the_reader(given: object) -> None:
    for read in (read_form, partial_form):
        with suppress(Refused):
            read(Everything, given)


def test_every_code_of_the_reader_has_its_sentence() -> None:
    given = {**GOOD, "half": {"date": "?"}, "sure": None, "other": 1}
    for code, _ in [*problems_of(Everything, given), *problems_of(Everything, None)]:
        assert code in MESSAGES


def test_a_draft_takes_any_of_the_fields_but_each_one_readable() -> None:
    assert partial_form(Everything, {}) == {}
    assert partial_form(Everything, {"note": None, "number": 3}) == {"number": 3}
    assert partial_form(Everything, {"half": GOOD["half"]}) == {"half": GOOD["half"]}
    with pytest.raises(Refused, match="INVALID_INPUT"):
        partial_form(Everything, {"half": {"date": "2026-03-01"}})
    for words in ("一" * 11, "\x00"):
        with pytest.raises(Refused, match="INVALID_INPUT"):
            partial_form(Everything, {"words": words})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "REQUIRED"),
        (" \n\u3000", "REQUIRED"),
        ("一" * 11, "TOO_LONG"),
        ("三" * 10_000_000, "TOO_LONG"),
        ("三\x00天", "UNREADABLE_CHARACTERS"),
        ("三\u202e天", "UNREADABLE_CHARACTERS"),
        ("三\x1b天", "UNREADABLE_CHARACTERS"),
        ("三\ud83d天", "UNREADABLE_CHARACTERS"),
    ],
)
def test_texts_are_visible_short_and_of_whole_characters(text: str, code: str) -> None:
    form = read_form(Everything, {**GOOD, "words": "三天"})
    problems = shape_problems(type(form)(**{**vars(form), "words": text}), WORDS.facts)
    assert [(problem.code, problem.path) for problem in problems] == [(code, ("words",))]


def test_lines_and_emoji_are_ordinary_text() -> None:
    form = read_form(Everything, {**GOOD, "words": "发烧\r\n\t🤒", "note": ""})
    assert shape_problems(form, WORDS.facts) == []


def test_an_optional_text_is_bounded_without_saying_so() -> None:
    form = read_form(Everything, GOOD)
    problems = shape_problems(type(form)(**{**vars(form), "note": "注" * 201}), WORDS.facts)
    assert [problem.details for problem in problems] == [{"limit": 200}]


def test_a_form_is_shown_in_the_words_of_its_reader() -> None:
    form = PersonalLeave(
        begins=Moment(date(2026, 3, 2), HalfOfDay.MORNING),
        ends=Moment(date(2026, 3, 4), HalfOfDay.MORNING),
        explanation="家中有事",
        leave_reason=LeaveReason.TOURISM,
        special_case=False,
    )
    facts: dict[str, FactValue] = {
        "days": Decimal("2.5"),
        "purpose": "private",
        "age": Decimal(40),
        "unknown": Decimal(1),
    }
    chinese = [(each.label, each.display) for each in displayed(form, ZH, WORDS, facts)]
    assert chinese == [
        ("开始", "2026年3月2日上午"),
        ("结束", "2026年3月4日上午"),
        ("事由", "家中有事"),
        ("事由类别", "旅游"),
        ("属特殊情况", "否"),
        ("天数", "2.5 天"),
    ]
    english = {each.name: each.display for each in displayed(form, EN, WORDS, facts)}
    assert english["begins"] == "2 March 2026, morning"
    assert english["leave_reason"] == "Tourism"
    assert english["days"] == "2.5 days"


def test_a_measure_of_nothing_or_of_a_part_of_a_month_is_not_shown() -> None:
    form = read_form(Everything, GOOD)
    little = {"months": Decimal("0.03"), "month_total_days": Decimal(0)}
    assert not little.keys() & {each.name for each in displayed(form, ZH, WORDS, little)}
    much = {each.name: each.display for each in displayed(form, ZH, WORDS, {"months": Decimal(7)})}
    assert much["months"] == "7 个月"


def test_fields_left_empty_are_not_shown() -> None:
    form = read_form(Everything, {**GOOD, "note": ""})
    assert "note" not in {each.name for each in displayed(form, ZH, WORDS)}
    assert {each.name: each.display for each in displayed(form, ZH, WORDS)}["at"] == (
        "2026年3月1日 09:00"
    )


def test_a_client_learns_type_options_and_bounds_of_each_field() -> None:
    fields = {
        each.name: each.in_language(ZH)
        for each in described(PersonalLeave, WORDS, "leave.personal")
    }
    assert fields["begins"]["type"] == "moment"
    assert fields["begins"]["options"][0] == {"value": "MORNING", "label": "上午"}
    assert fields["explanation"]["longest"] == 2000
    assert fields["explanation"]["required"]
    assert not fields["leave_reason"]["required"]
    assert fields["leave_reason"]["source"] == "judgement"
    assert {"value": "TOURISM", "label": "旅游"} in fields["leave_reason"]["options"]
    json.dumps(fields)


@pytest.mark.parametrize("kind", PROCEDURES)
def test_every_field_has_both_labels_and_a_described_type(kind: str) -> None:
    for field in described(PROCEDURES[kind].form, WORDS, kind):
        assert field.label.zh
        assert field.label.en
        assert field.type in {"text", "integer", "decimal", "boolean", "date", "datetime", "id",
                              "moment", "enum"}  # fmt: skip
        assert bool(field.options) or field.type not in {"enum", "moment"}


def test_the_sick_leave_form_asks_what_the_contract_names() -> None:
    assert [field.name for field in described(Leave, WORDS, "leave.sick")] == [
        "begins",
        "ends",
        "explanation",
    ]
