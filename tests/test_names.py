"""What names a thing is written one way: kept, compared and looked up in that form."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approval.forms import form_fields, read_form
from domain.areas.petitions.books import Contact, Reception
from domain.areas.petitions.cases import Petition
from domain.areas.vehicles.fleet import Vehicle
from domain.values.names import Names, canonical, miswritten
from tests.fleet import enter_vehicle, fleet, vehicles
from tests.lending import lend, seat_of
from tests.office import PAPER, Api, Visitor, leave, problems

__all__ = ["fleet"]

WIDE = str.maketrans({chr(each): chr(each + 0xFEE0) for each in range(0x21, 0x7F)})
PLATES = st.from_regex(r"[鲁京川湘][A-HJ-NP-Z]·[A-HJ-NP-Z0-9]{5,6}", fullmatch=True)
WAYS = st.sampled_from(["", " ", ".", "·", "•", "-", "・", "．", "\u3000"])


@given(PLATES, WAYS, st.booleans(), st.booleans(), st.sampled_from(["", "\n", " ", "\u3000"]))
def test_a_plate_has_one_form_however_it_is_typed(
    plate: str, mark: str, wide: bool, small: bool, around: str
) -> None:
    typed = plate.replace("·", mark)
    typed = typed.lower() if small else typed
    typed = typed.translate(WIDE) if wide else typed
    assert canonical(Names.PLATE, around + typed + around) == plate
    assert miswritten(Names.PLATE, plate) is None


@given(st.sampled_from(Names), st.text(max_size=30))
def test_a_name_in_its_form_stays_as_it_is(names: Names, text: str) -> None:
    once = canonical(names, text)
    if miswritten(names, once) is None:
        assert canonical(names, once) == once


@pytest.mark.parametrize(
    "plate",
    ["R0201", "鲁B", "鲁BR02", "鲁Β·R0201", "鲁B·R02O1", "鲁B·R02012345", "测B·R0201", "鲁1·R0201"],
)
def test_what_is_no_plate_is_told(plate: str) -> None:
    assert miswritten(Names.PLATE, canonical(Names.PLATE, plate)) == "鲁B·R0201"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("函[2026]1号", "函〔2026〕1号"),
        ("函(2026)1号", "函〔2026〕1号"),
        ("函（２０２６）第００１ 号", "函〔2026〕1号"),
        ("函【2026】01号", "函〔2026〕1号"),
        (" 函 〔2026〕 1 号\n", "函〔2026〕1号"),
        ("函［2026］1", "函〔2026〕1号"),
        ("函{2026}1號", "函〔2026〕1号"),
        ("函〈2026年〉第01号", "函〔2026〕1号"),
        ("人社党组(2026)3号 《关于借用干部的通知》", "人社党组〔2026〕3号 《关于借用干部的通知》"),
        ("关于(2026)3月的安排", "关于(2026)3月的安排"),
        ("收文12", "收文12"),
    ],
)
def test_a_document_number_stands_in_its_brackets(typed: str, kept: str) -> None:
    assert canonical(Names.DOCUMENT, typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("（0632）8123456", "06328123456"),
        ("0632-8123456转12", "06328123456转12"),
        ("0632-8123456-12", "06328123456转12"),
        ("0632–8123456 分机12", "06328123456转12"),
        ("138 0000-0000", "13800000000"),
        ("1380000-0000", "13800000000"),
        ("400-123-4567", "4001234567"),
        ("400 1234-567", "4001234567"),
        ("+86 400 123 4567", "4001234567"),
        ("+86-632-8123456", "06328123456"),
        ("0086 10 6600 1234", "01066001234"),
        ("+86 0632 8123456-", "06328123456"),
        ("8123456-12", "8123456转12"),
        ("8123-4567", "81234567"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_a_telephone_is_its_digits(typed: str, kept: str) -> None:
    assert canonical(Names.TELEPHONE, typed) == kept
    assert miswritten(Names.TELEPHONE, kept) is None


def test_an_identity_number_ends_in_its_check_digit() -> None:
    assert canonical(Names.IDENTITY, " 11010519491231002x\n") == "11010519491231002X"
    good = [f"1101051949123100{a}{b}" for a in range(10) for b in "0123456789X"]
    good = [each for each in good if miswritten(Names.IDENTITY, each) is None]
    assert len(good) == 10
    assert "11010519491231002X" in good
    assert miswritten(Names.IDENTITY, "110105491231002") is not None


def test_fields_that_hold_a_name_say_so() -> None:
    named = {
        (form.__name__, field.name): field.names
        for form in (Vehicle, Contact, Reception, Petition)
        for field in form_fields(form)
        if field.names
    }
    assert named == {
        ("Vehicle", "plate"): Names.PLATE,
        ("Vehicle", "engine_number"): Names.SERIAL,
        ("Vehicle", "frame_number"): Names.SERIAL,
        ("Contact", "caller_telephone"): Names.TELEPHONE,
        ("Reception", "visitor_telephone"): Names.TELEPHONE,
        ("Petition", "complainant_telephone"): Names.TELEPHONE,
    }
    stored = {
        "explanation": "路面积水",
        "channel": "LETTER",
        "complainant_telephone": "138 0000 0000",
    }
    assert read_form(Petition, stored).complainant_telephone == "13800000000"


NEW = {
    "model": "红旗H5", "engineNumber": "ca4gc20te", "frameNumber": "ｌｆｐｈ4 apc", "passengers": 4,
    "pool": "OFFICE", "parkingPlace": "院内", "purchasedOn": "2025-06-01",
}  # fmt: skip


async def add(visitor: Visitor, plate: str) -> Any:
    return await enter_vehicle(visitor, **NEW, plate=plate)


async def test_the_archive_knows_a_plate_however_it_is_typed(fleet: Api) -> None:
    manager = await fleet.person("fleet_manager@hrss-bureau")
    for typed in ("鲁BR0201", "鲁b·r0201", "鲁Ｂ·Ｒ０２０１", "鲁B·R0201\n", " 鲁B R0201"):
        assert problems(await add(manager, typed)) == {("plate", "ENTERED_ALREADY")}
    assert problems(await add(manager, "公务车一号")) == {("plate", "MISWRITTEN")}
    await add(manager, "鲁b d12345")
    car = (await vehicles(manager))["鲁B·D12345"]
    assert (car["engineNumber"], car["frameNumber"]) == ("CA4GC20TE", "LFPH4APC")
    assert problems(await add(manager, "鲁B·D12345")) == {("plate", "ENTERED_ALREADY")}


async def test_a_telephone_that_is_none_is_refused_and_a_number_kept_in_form(api: Api) -> None:
    clerk = await api.person("office_clerk@science-bureau")
    petition = {
        "explanation": "反映门前道路积水", "channel": "LETTER", "inScope": True, "major": False,
        "complainantName": "李桂香", "attachments": [PAPER],
    }  # fmt: skip
    wrong = await clerk.submit("petition.case", {**petition, "complainantTelephone": "无"})
    assert problems(wrong) == {("complainantTelephone", "MISWRITTEN")}
    await clerk.submit("petition.case", {**petition, "complainantTelephone": "+86 139-0000-0000"})
    kept = await api.value("select form ->> 'complainant_telephone' from requests")
    assert kept == "13900000000"


async def test_documents_are_kept_by_their_number_in_form(api: Api) -> None:
    chief, staff = [await api.person(f"{who}@hrss-bureau") for who in ("section_chief", "staff")]
    seat = await seat_of(chief, "section_chief")
    loan = await lend(chief, seat, staff, document="人社党组[２０２６]第０３号")
    assert loan["document"] == "人社党组〔2026〕3号"


async def test_a_number_is_looked_up_as_it_is_typed(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-09"))
    wide = request["number"].translate(WIDE)
    found = await staff.one(f'{{ requests(box: MINE, text: "{wide}") {{ totalCount }} }}')
    assert found == {"totalCount": 1}
