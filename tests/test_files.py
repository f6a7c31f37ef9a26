"""A paper is a file: sent, cut off and resumed, confirmed, attached, and opened by a short link."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from obstore.store import MemoryStore

from domain.records.files import KINDS, ending_of, name_problem
from resolvers.files.looking import main
from resolvers.files.storing import InObjects, Place, Shelves
from resolvers.time import duty_jobs
from schema.ground.ids import global_id, read_id
from tests.office import Api, Visitor, leave, problems
from tests.sending import (
    archive,
    bearer,
    begin,
    confirm,
    cut_off,
    docx,
    got,
    heic,
    jpeg,
    opened,
    pdf,
    png,
    put,
    send,
    wps,
)

STAFF, CHIEF = "staff@hrss-bureau", "section_chief@hrss-bureau"
PAPER = "医务部门出具的检查、诊断、建议休假材料"
THREE_DAYS = leave("2026-03-16", "2026-03-18")
PDF = b"".join(pdf("Sick note", padding=300_000))
ATTACHMENTS = """query ($id: ID!) { node(id: $id) { ... on Request {
  attachments { upload name sha256 size paper } } } }"""


async def asked_for(who: Visitor, upload: str, first: str = "2026-03-16") -> dict:
    form = {**leave(first, first), "attachments": [{"upload": upload}]}
    return await who.submit("leave.personal", form)


def key_of(upload: dict) -> UUID:
    return UUID(read_id(upload["id"])[1])


async def test_a_paper_is_sent_attached_and_opened_by_who_acts_on_it(api: Api) -> None:
    asking, chief = await api.person(STAFF), await api.person(CHIEF)
    upload = await send(asking, "病历 1.docx", docx())
    form = {**THREE_DAYS, "attachments": [{"upload": upload["id"], "paper": PAPER}]}
    request = await asking.submit("leave.sick", form)
    assert request["status"] == "PENDING", request
    [attached] = (await chief.one(ATTACHMENTS, {"id": request["id"]}))["attachments"]
    sha256 = hashlib.sha256(docx()).hexdigest()
    told = {"name": "病历 1.docx", "sha256": sha256, "size": len(docx()), "paper": PAPER}
    assert attached == {"upload": upload["id"], **told}
    link = await opened(chief, attached["upload"])
    answer = await got(chief, link["url"])
    assert answer.content == docx()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"
    disposition = answer.headers["content-disposition"]
    assert disposition == "attachment; filename*=UTF-8''%E7%97%85%E5%8E%86%201.docx"
    events = await api.rows(
        "select event, record from ledger where event like 'file%' order by seq desc limit 3"
    )
    assert [row[0] for row in events] == ["file_opened", "files_attached", "file_confirmed"]
    assert all("病历" not in row[1] for row in events)


async def test_an_upload_that_was_cut_off_goes_on_where_it_broke(api: Api) -> None:
    asking = await api.person(STAFF)
    upload = await begin(asking, "发票.pdf", len(PDF))
    url, half = upload["url"], 120_000
    await cut_off(asking, url, PDF[:half], 0, len(PDF))
    assert "client_left" in str(api.logged.pop())
    told = await api.client.head(url, headers=bearer(asking))
    assert (told.headers["upload-offset"], told.headers["upload-length"]) == (
        str(half),
        str(len(PDF)),
    )
    refused = await confirm(asking, upload, PDF)
    assert problems(refused) == {("uploadId", "UPLOAD_INCOMPLETE")}
    wrong = await put(asking, url, PDF[half + 5 :], half + 5, len(PDF))
    assert (wrong.status_code, wrong.headers["upload-offset"]) == (409, str(half))
    await cut_off(asking, url, PDF[half : half + 1000], half, len(PDF))
    api.logged.clear()
    rest = await put(asking, url, PDF[half + 1000 :], half + 1000, len(PDF))
    assert (rest.status_code, rest.headers["upload-offset"]) == (204, str(len(PDF)))
    done = await confirm(asking, upload, PDF, "once")
    assert done["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert await confirm(asking, upload, PDF, "once") == done
    assert await confirm(asking, upload, PDF, "twice") == done
    late = await put(asking, url, PDF)
    assert late.status_code == 409
    request = await asked_for(asking, upload["id"])
    link = await opened(asking, upload["id"])
    parts = [
        await got(asking, link["url"], range=each)
        for each in ("bytes=0-9", "bytes=299990-", "bytes=-7")
    ]
    assert [each.status_code for each in parts] == [206] * 3
    assert [each.content for each in parts] == [PDF[:10], PDF[299_990:], PDF[-7:]]
    assert parts[0].headers["content-range"] == f"bytes 0-9/{len(PDF)}"
    assert (await got(asking, link["url"], range=f"bytes={len(PDF)}-")).status_code == 416
    assert request["status"] == "PENDING"


async def test_what_is_sent_is_what_was_announced(api: Api) -> None:
    asking = await api.person(STAFF)
    for size, code in ((0, "FILE_EMPTY"), (-1, "FILE_EMPTY"), (1 << 30, "FILE_TOO_LARGE")):
        assert problems(await begin(asking, "a.pdf", size)) == {("size", code)}
    upload = await begin(asking, "a.pdf", len(PDF))
    more = await put(asking, upload["url"], PDF + b"x")
    assert (more.status_code, more.json()["errors"][0]["extensions"]["code"]) == (
        413,
        "UPLOAD_SIZE_DIFFERS",
    )

    async def unstated() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield PDF

    assert (await put(asking, upload["url"], unstated())).status_code == 413
    for ranged in ("bytes 0-9", "bytes 9-3/300500", "x", f"bytes 0-{1 << 40}/{1 << 41}"):
        headers = bearer(asking, **{"content-range": ranged})
        answer = await api.client.put(upload["url"], content=b"x" * 10, headers=headers)
        assert answer.status_code in (413, 416), ranged
    assert (await put(asking, upload["url"], PDF)).status_code == 204
    wrong = {
        "sha256": ({"sha256": "0" * 64}, "UPLOAD_DIGEST_DIFFERS"),
        "size": ({"size": len(PDF) - 1}, "UPLOAD_SIZE_DIFFERS"),
    }
    for field, (other, code) in wrong.items():
        assert problems(await confirm(asking, upload, PDF, **other)) == {(field, code)}
    malformed = await confirm(asking, upload, PDF, sha256="A" * 64)
    assert problems(malformed) == {("sha256", "INVALID_SHA256")}
    attached = await asked_for(asking, upload["id"])
    assert problems(attached) == {("attachments.0.upload", "UPLOAD_NOT_CONFIRMED")}
    assert (await confirm(asking, upload, PDF))["sha256"]
    again = await confirm(asking, upload, PDF, sha256="0" * 64)
    assert problems(again) == {("sha256", "UPLOAD_DIGEST_DIFFERS")}


async def test_anothers_upload_and_anothers_link_open_nothing(api: Api) -> None:
    asking, other = await api.person(STAFF), await api.person("staff_2@hrss-bureau")
    stranger = await api.person("staff@science-bureau")
    upload = await begin(asking, "a.pdf", len(PDF))
    for who in (other, stranger):
        assert (await put(who, upload["url"], PDF)).status_code == 404
        assert (await api.client.head(upload["url"], headers=bearer(who))).status_code == 404
        refused = await confirm(who, upload, PDF)
        assert problems(refused) == {("uploadId", "UPLOAD_NOT_FOUND")}
    assert (await api.client.put(upload["url"], content=PDF)).status_code == 401
    await put(asking, upload["url"], PDF)
    await confirm(asking, upload, PDF)
    taken = await asked_for(other, upload["id"])
    assert problems(taken) == {("attachments.0.upload", "UPLOAD_NOT_FOUND")}
    await asked_for(asking, upload["id"])
    absent = await opened(other, global_id("Upload", UUID(int=7)))
    for who in (other, stranger):
        assert await opened(who, upload["id"]) == absent
    assert absent["code"] == "UPLOAD_NOT_FOUND"
    link = (await opened(asking, upload["id"]))["url"]
    anew = await api.person(STAFF)
    for who in (other, stranger, anew):
        foreign = await got(who, link)
        assert (foreign.status_code, PDF[:9] in foreign.content) == (404, False)
    assert (await api.client.get(link)).status_code == 401
    assert (await got(asking, f"{link}x")).status_code == 404
    assert (await got(asking, link)).content == PDF
    await api.wait(minutes=6)
    assert (await got(asking, link)).status_code == 404


async def test_one_upload_belongs_to_one_record(api: Api) -> None:
    asking = await api.person(STAFF)
    upload = await send(asking, "a.pdf", PDF)
    twice = {**leave("2026-03-16"), "attachments": [{"upload": upload["id"]}] * 2}
    refused = await asking.submit("leave.personal", twice)
    assert problems(refused) == {("attachments.1.upload", "NAMED_TWICE")}
    days = ("2026-03-16", "2026-03-18", "2026-03-20")
    answers = await asyncio.gather(*(asked_for(asking, upload["id"], each) for each in days))
    kept = [each for each in answers if each["__typename"] == "Request"]
    assert len(kept) == 1
    lost = next(each for each in answers if each["__typename"] == "Refusal")
    assert problems(lost) == {("attachments.0.upload", "UPLOAD_ATTACHED")}
    chief = await api.person(CHIEF)
    await chief.decide((await chief.turn())["id"], "RETURN", comment="补充材料")
    again = await asking.act(
        "resubmit", requestId=kept[0]["id"], attachments=[{"upload": upload["id"]}]
    )
    assert again["status"] == "PENDING", again


async def test_a_draft_keeps_its_papers_and_lets_them_go(api: Api) -> None:
    asking = await api.person(STAFF)
    upload = await send(asking, "a.pdf", PDF)
    given = {"kind": "LEAVE_PERSONAL", "form": {"explanation": "家中有事"}}
    attached = [{"upload": upload["id"]}]
    draft = await asking.act("saveDraft", **given, attachments=attached)
    assert [each["name"] for each in draft["attachments"]] == ["a.pdf"]
    taken = await asked_for(asking, upload["id"])
    assert problems(taken) == {("attachments.0.upload", "UPLOAD_ATTACHED")}
    await asking.one(
        "mutation ($input: DiscardDraftInput!) { discardDraft(input: $input) { __typename } }",
        {"input": {"draftId": draft["id"], "idempotencyKey": "gone"}},
    )
    second = await asking.act("saveDraft", **given, attachments=attached)
    submitted = await asking.submit(
        "leave.personal", {**leave("2026-03-16"), "draftId": second["id"]}
    )
    assert [each["name"] for each in submitted["attachments"]] == ["a.pdf"]


WORKBOOK = {"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"}
TAKEN = {
    "a.pdf": PDF,
    "a.docx": docx(),
    "a.xlsx": archive(**WORKBOOK, **{"xl/sharedStrings.xml": "<si><t>预算</t></si>"}),
    "a.ofd": archive(**{"OFD.xml": "<o/>", "Doc_0/Pages/Page_0/Content.xml": "<t>公函</t>"}),
    "a.wps": wps("关于调整作息时间的通知"),
    "a.JPG": jpeg(position=False),
    "a.heic": heic(),
    "a.png": png(),
}
REFUSED = {
    "FILE_NOT_AS_NAMED": {
        "a.pdf": b"MZ\x90\0" + bytes(900),
        "b.pdf": docx(),
        "a.docx": TAKEN["a.xlsx"],
        "a.jpg": b"<svg onload=alert(1)>",
        "a.wps": docx(),
        "a.png": b"#!/bin/sh\nrm -rf /\n",
        "a.heic": jpeg(),
    },
    "FILE_WITH_PROGRAM": {
        "a.docx": archive(**{"word/document.xml": "<p/>", "word/vbaProject.bin": "x"}),
        "a.xlsx": archive(**WORKBOOK, **{"xl/embeddings/run.exe": "MZ"}),
        "a.pdf": PDF.replace(
            b"/Catalog/Pages 2 0 R", b"/Catalog/Pages 2 0 R/OpenAction<</S/Launch>>"
        ),
    },
    "FILE_NOT_READABLE": {
        "a.docx": docx()[:-40],
        "a.wps": wps("x")[:600],
    },
    "SECRECY_MARK": {
        "a.docx": docx("机<r/>密<r/>★<r/>10年"),
        "a.xlsx": archive(**WORKBOOK, **{"xl/sharedStrings.xml": "<si><t>绝密★启用前</t></si>"}),
        "a.ofd": archive(**{"OFD.xml": "<o/>", "Doc_0/Content.xml": "<t>秘 密 ★ 5 年</t>"}),
        "a.wps": wps("机密★10年 关于某事的请示"),
    },
}


@pytest.mark.parametrize("name", TAKEN)
def test_each_kind_of_paper_is_taken_by_its_content(tmp_path, name: str) -> None:
    path = tmp_path / "part"
    path.write_bytes(TAKEN[name])
    assert main(path, ending_of(name))["code"] == ""


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, every in REFUSED.items() for name in every]
)
def test_what_is_no_paper_is_none_whatever_it_is_called(tmp_path, code: str, name: str) -> None:
    path = tmp_path / "part"
    path.write_bytes(REFUSED[code][name])
    assert main(path, ending_of(name))["code"] == code


async def test_of_a_file_that_is_refused_nothing_remains(api: Api) -> None:
    asking = await api.person(STAFF)
    folder = api.app.state.settings.data_dir / "files"
    before = {path for path in folder.rglob("*") if path.is_file()}
    for code in ("SECRECY_MARK", "FILE_NOT_AS_NAMED"):
        said = REFUSED[code]["a.docx"]
        refused = await send(asking, "a.docx", said)
        assert problems(refused) == {("uploadId", code)}
        digest = hashlib.sha256(said).hexdigest()
        for table in ("ledger", "answers", "ledger_values"):
            kept = await api.value(f"select string_agg(t::text, '') from {table} t") or ""
            assert digest not in kept, table
        assert digest not in str(api.logged)
        assert digest not in str(refused)
    assert {path for path in folder.rglob("*") if path.is_file()} == before
    assert await api.value("select count(*) from files") == 0


@pytest.mark.parametrize(
    ("name", "said"), [("a.jpg", jpeg()), ("a.png", png()), ("a.heic", heic())]
)
async def test_a_picture_loses_the_position_where_it_was_taken(
    api: Api, name: str, said: bytes
) -> None:
    asking = await api.person(STAFF)
    upload = await send(asking, name, said)
    kept = (await got(asking, (await opened(asking, upload["id"]))["url"])).content
    assert len(kept) == len(said)
    position = jpeg()[-26:-2]
    assert position in said
    assert position not in kept
    assert upload["sha256"] == hashlib.sha256(kept).hexdigest()
    assert (await confirm(asking, upload, said))["sha256"] == upload["sha256"]


UNFIT = ("../", "..\\", "/", "\0", "\x1b", "\u202e", "\u2066", "\n", "a" * 300, ":")


@settings(max_examples=40)
@given(
    st.sampled_from(UNFIT),
    st.text(st.characters(categories=("L", "N")), max_size=20),
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20),
    st.sampled_from(sorted(KINDS)),
)
def test_no_name_leads_elsewhere_or_hides_what_it_is(bad, before, after, ending) -> None:
    assert name_problem(f"{before}{bad}{after}.{ending}")
    assert not name_problem(f"x{before}{after}.{ending}")


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.pdf.exe", "a.svg", "a.html", "a.docm", "a.xlsm", "a.js", "a", "a.", ".pdf", ""],
)
async def test_a_bad_name_is_refused_at_its_field(api: Api, name: str) -> None:
    asking = await api.person(STAFF)
    refused = await begin(asking, name, 10)
    assert {field for field, _ in problems(refused)} == {"name"}
    turned = await begin(asking, f"a\u202e{name}", 10)
    assert problems(turned) == {("name", "UNREADABLE_CHARACTERS")}
    assert await api.value("select count(*) from files") == 0


async def test_memory_stays_flat_while_two_hundred_megabytes_come_and_go(api: Api) -> None:
    asking, process = await api.person(STAFF), psutil.Process()
    padding = 200 << 20
    digest, size = hashlib.sha256(), 0
    for piece in pdf(padding=padding):
        digest.update(piece)
        size += len(piece)
    upload = await begin(asking, "档案.pdf", size)
    before, most = process.memory_info().rss, 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal most
        for piece in pdf(padding=padding):
            most = max(most, process.memory_info().rss)
            yield piece

    assert (await put(asking, upload["url"], pieces())).status_code == 204
    kept = await confirm(asking, upload, b"", size=size, sha256=digest.hexdigest())
    assert kept["sha256"] == digest.hexdigest()
    link, came = (await opened(asking, upload["id"]))["url"], 0
    files: Shelves = api.services.files
    place = Place("hrss-bureau", key_of(upload))
    async for chunk in files.kept.read(place, 0, size):
        came += len(chunk)
        most = max(most, process.memory_info().rss)
    assert (came, link[:12]) == (size, "/files/open/")
    assert most - before < 24 << 20


async def test_a_full_disk_takes_nothing_in_and_lets_everybody_read(api: Api) -> None:
    asking = await api.person(STAFF)
    upload = await send(asking, "a.pdf", PDF)
    request = await asked_for(asking, upload["id"])
    begun = await begin(asking, "b.pdf", len(PDF))
    services = api.services
    try:
        full = replace(services.files, reserve=1 << 60)
        api.app.state.services = replace(services, files=full)
        before = await api.counts()
        assert (await begin(asking, "c.pdf", 10))["code"] == "STORAGE_FULL"
        assert (await put(asking, begun["url"], PDF)).status_code == 507
        refused = await asking.submit("leave.personal", leave("2026-03-23"))
        assert (refused["code"], refused["message"][:7]) == (
            "STORAGE_FULL",
            "存储空间已满，"[:6] + ",",
        )
        assert await api.counts() == before
        [attached] = (await asking.one(ATTACHMENTS, {"id": request["id"]}))["attachments"]
        link = await opened(asking, attached["upload"])
        assert (await got(asking, link["url"])).content == PDF
        quotas = replace(services.files, per_person=1 << 20, per_office=1 << 21)
        api.app.state.services = replace(services, files=quotas)
        mine = await begin(asking, "c.pdf", 1 << 20)
        assert problems(mine) == {("size", "FILES_OF_PERSON_FULL")}
        other = await api.person("staff_2@hrss-bureau")
        assert "url" in await begin(other, "c.pdf", 1 << 20)
        third = await api.person(CHIEF)
        assert problems(await begin(third, "c.pdf", 1 << 20)) == {("size", "FILES_OF_OFFICE_FULL")}
    finally:
        api.app.state.services = services


async def test_what_was_never_finished_or_attached_is_swept_and_the_rest_stays(api: Api) -> None:
    asking = await api.person(STAFF)
    kept, loose = [await send(asking, name, PDF) for name in ("a.pdf", "b.pdf")]
    await asked_for(asking, kept["id"])
    cut = await begin(asking, "c.pdf", len(PDF))
    await put(asking, cut["url"], PDF[:1000], 0, len(PDF))
    folder = api.app.state.settings.data_dir / "files"

    def there() -> set[str]:
        names = {path.name for path in folder.rglob("*") if path.is_file()}
        return names & {str(key_of(each)) for each in (kept, loose, cut)}

    assert len(there()) == 3
    await duty_jobs.daily(api.services, {"institution": "hrss-bureau"})
    assert len(there()) == 3
    # The disk tells its own time.
    api.now = api.now + timedelta(days=3650)
    await duty_jobs.daily(api.services, {"institution": "science-bureau"})
    assert len(there()) == 3
    await duty_jobs.daily(api.services, {"institution": "hrss-bureau"})
    assert there() == {str(key_of(kept))}
    assert await api.value("select count(*) from files") == 1


async def test_nobody_but_the_server_reads_its_folder_and_no_name_leads_to_a_file(api: Api) -> None:
    asking = await api.person(STAFF)
    await send(asking, "工资表.pdf", PDF)
    folder = api.app.state.settings.data_dir / "files"
    found = [folder, *folder.rglob("*")]
    assert all(path.stat().st_mode & 0o077 == 0 for path in found)
    assert not any("工资" in path.name for path in found)


async def test_a_paper_on_health_is_opened_by_whom_it_serves_and_then_by_its_keeper(
    api: Api,
) -> None:
    asking, chief = await api.person(STAFF), await api.person(CHIEF)
    upload = await send(asking, "病历.pdf", PDF)
    beside = await send(asking, "行程.pdf", PDF)
    attached = [{"upload": upload["id"], "paper": PAPER}, {"upload": beside["id"]}]
    request = await asking.submit("leave.sick", {**THREE_DAYS, "attachments": attached})
    told = await api.person("staff_2@hrss-bureau")
    seat = (await told.one("{ viewer { id } }"))["id"]
    await chief.act("copy", requestId=request["id"], to=[seat])
    assert "url" in await opened(told, beside["id"])
    assert (await opened(told, upload["id"]))["code"] == "PAPER_NOT_YOURS_TO_OPEN"
    assert "url" in await opened(chief, upload["id"])
    clerk = await api.person("office_clerk@hrss-bureau")
    for role in ("section_chief", "deputy_in_charge", "director"):
        await (await api.person(f"{role}@hrss-bureau")).agree()
    done = await clerk.agree()
    assert done["status"] == "APPROVED"
    assert "url" in await opened(clerk, upload["id"])
    assert "url" in await opened(asking, upload["id"])
    assert (await opened(chief, upload["id"]))["code"] == "PAPER_NOT_YOURS_TO_OPEN"


async def test_an_object_store_keeps_files_as_a_disk_does(tmp_path) -> None:
    kept, place = InObjects(MemoryStore()), Place("hrss-bureau", UUID(int=5))
    source = tmp_path / "a"
    source.write_bytes(PDF)
    await kept.keep(source, place)
    await kept.keep(source, place)
    assert b"".join([each async for each in kept.read(place, 10, 500)]) == PDF[10:510]
    assert list(await kept.listed("hrss-bureau")) == [place.id]
    assert not await kept.listed("science-bureau")
    await kept.remove(place)
    await kept.remove(place)
    with pytest.raises(FileNotFoundError):
        _ = [each async for each in kept.read(place, 0, 1)]
