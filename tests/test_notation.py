"""How values are written: one notation each; whatever is taken is kept, read back and shown."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approval.forms import plain
from domain.conditions.language import stated_number
from domain.time.moments import OFFICE_TIME
from domain.time.wording import number
from domain.values.notation import DIGITS, HIDDEN, PLACES, read_day, read_decimal, read_moment
from tests.office import Visitor, leave, problems

STRANGE = "٣٠٠ １２３ ⅷ 一二三 _ , . + - e E x inf nan 0 1 9 T Z W :".replace(" ", "")
ALMOST = st.text(st.sampled_from(STRANGE), max_size=30)
KEPT = st.decimals(allow_nan=False, allow_infinity=False, places=PLACES).filter(
    lambda each: abs(each) < 10**DIGITS and not (each.is_zero() and each.is_signed())
)


def refuses(read: Callable[[object], object], text: object) -> bool:
    try:
        read(text)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    "text",
    [
        *("1e30", "1e-16", "1E5", "NaN", "Infinity", "-Infinity", "sNaN", "-0", "-0.00", ""),
        *(
            "1_000",
            "1,000",
            "+1",
            ".5",
            "5.",
            " 1",
            "1 ",
            "1\n",
            "٣٠٠",
            "１２",
            "１.5",
            "0x1",
            "--1",
        ),
        *("1" * (DIGITS + 1), "0." + "1" * (PLACES + 1), "1" * 100_000, "1.2.3", "\u202e1"),
    ],
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    assert refuses(read_decimal, text)
    assert stated_number(text) is None


@given(KEPT)
def test_every_number_that_is_taken_is_written_and_shown_as_it_is(value: Decimal) -> None:
    assert read_decimal(plain(value)) == value
    assert Decimal(number(round(value, 2)).replace(",", "")) == round(value, 2)


@given(ALMOST)
def test_whatever_is_taken_is_written_in_plain_digits(text: str) -> None:
    for read in (read_decimal, read_day, read_moment):
        with suppress(ValueError):
            read(text)
            assert text.isascii()
            assert not set(text) & set("_eExinfa, ")


@pytest.mark.parametrize("value", [True, 1.5, 10**DIGITS, 1e30, 1e-16, float("nan"), None, [1]])
def test_a_number_in_json_keeps_within_what_is_stored(value: object) -> None:
    assert stated_number(value) == (Decimal("1.5") if value == 1.5 else None)


@pytest.mark.parametrize(
    "text",
    [
        *("2027-W40-1", "20270301", "2027-3-1", "2027-03-01T00:00:00", "2027-02-30", "0000-01-01"),
        *("２０２７-03-01", "2027-03-01\n", "2027-060", "27-03-01", "+2027-03-01", ""),
    ],
)
def test_what_is_no_calendar_day_is_refused(text: str) -> None:
    assert refuses(read_day, text)


@pytest.mark.parametrize(
    "text",
    [
        *("20261224T110000Z", "2026-12-24T11:00:00", "2026-12-24 11:00:00Z", "2026-12-24T11Z"),
        *(
            "2026-12-24T11:00:00+0800",
            "2026-12-24T11:00:00+08",
            "2026-W52-4T11:00:00Z",
            "2026-12-24",
        ),
        *("2026-12-24T24:00:00Z", "2026-12-24T11:00:00+24:00", "2026-12-24T11:00:00+08:60"),
        *("2026-12-24T11:00:00,5Z", "2026-12-24T11:00:00.1234567Z", "2026-12-24T11:00:00z", ""),
        *("2026-12-24T１１:00:00Z", "2026-12-24T11:00:00Z\n", "2026-12-24T11:00:60Z"),
    ],
)
def test_what_is_no_moment_with_its_offset_is_refused(text: str) -> None:
    assert refuses(read_moment, text)


@given(st.dates(), st.datetimes(timezones=st.just(OFFICE_TIME) | st.just(UTC)))
def test_days_and_moments_are_read_as_they_are_written(day: date, moment: datetime) -> None:
    assert read_day(plain(day)) == day
    assert read_moment(plain(moment)) == moment


def test_every_control_and_format_character_is_hidden_but_ends_of_lines_and_tabs() -> None:
    characters = map(chr, range(0x110000))
    unseen = {each for each in characters if unicodedata.category(each) in {"Cc", "Cf", "Cs"}}
    assert {each for each in unseen if not HIDDEN.search(each)} == set("\n\r\t")


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Co", "Cn"])))
def test_private_and_unassigned_characters_are_ordinary_text(text: str) -> None:
    assert {unicodedata.category(each.group()) for each in HIDDEN.finditer(text)} <= {
        "Lo",
        "Mn",
        "Cn",
    }


def test_the_parts_of_an_emoji_are_joined() -> None:
    assert not any(map(HIDDEN.search, ("👨‍👩‍👧", "❤️‍🔥", "🏃🏽‍♀️", "发烧🤒")))
    assert all(map(HIDDEN.search, ("张\u200d三", "\u200d", "张\u200b三", "三\ufeff", "\u3164")))


SUBMIT = """mutation ($input: SubmitReceptionMealInput!) { submitReceptionMeal(input: $input) {
  __typename ... on Refusal { code problems { path code } } } }"""


@pytest.mark.parametrize("amount", ["1e30", "1e-16", "1" * 16, "0." + "1" * 11, "NaN", "-0", "1_0"])
async def test_the_scalar_takes_no_number_that_cannot_be_kept(
    unharmed: Visitor, amount: str
) -> None:
    given = {"explanation": "x", "amount": amount, "idempotencyKey": "k"}
    answer = await unharmed.ask(SUBMIT, {"input": given})
    assert (answer.status, answer.codes) == (200, ["INVALID_GRAPHQL"])
    literal = (
        "mutation { submitReceptionMeal(input: {"
        f'explanation: "x", amount: "{amount}", idempotencyKey: "k"}}) {{ __typename }} }}'
    )
    assert (await unharmed.ask(literal)).codes == ["INVALID_GRAPHQL"]


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200e", "\u200b", "\ufeff", "\x1b", "\x85", "\U000e0041"]
)
async def test_hidden_characters_are_refused_in_every_text_and_file_name(
    unharmed: Visitor, hidden: str
) -> None:
    code = "UNREADABLE_CHARACTERS"
    paper = {"upload": "x", "paper": f"诊断{hidden}fdp.exe"}
    form = leave("2026-03-09", explanation=f"家中{hidden}有事", attachments=[paper])
    refusal = await unharmed.submit("leave.personal", form)
    assert problems(refusal) == {("explanation", code), ("attachments.0.paper", code)}
    changed = await unharmed.act("saveDraft", kind="LEAVE_SICK", form={"explanation": hidden})
    assert problems(changed) == {("form.explanation", code)}


@pytest.mark.parametrize("edge", ["1900-01-01T00:00:00+14:00", "2199-12-31T23:59:59-12:00"])
async def test_a_moment_that_is_out_of_time_where_the_office_is_is_refused(
    unharmed: Visitor, edge: str
) -> None:
    answer = await unharmed.ask(
        """query ($start: DateTime!) { deadlinePreview(institution: "hrss-bureau", start: $start,
        clause: "classified-computers/第六條") { __typename } }""",
        {"start": edge},
    )
    assert answer.codes == ["INVALID_GRAPHQL"]
    [problem] = answer.body["errors"][0]["extensions"]["problems"]
    assert (problem["path"], problem["code"]) == (["start"], "OUT_OF_TIME")
