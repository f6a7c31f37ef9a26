"""A paper is a file: sent, cut off and resumed, confirmed, attached, and opened by a short link."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from uuid import UUID

from resolvers.files.storing import Place
from schema.ground.ids import global_id, read_id
from tests.office import Api, Visitor, leave, problems
from tests.sending import (
    bearer,
    begin,
    confirm,
    cut_off,
    docx,
    got,
    opened,
    pdf,
    put,
    send,
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
        "select event, record from ledger where event like 'file%' and institution_id = $1"
        " order by seq desc limit 2",
        "hrss-bureau",
    )
    assert [row[0] for row in events] == ["file_opened", "file_confirmed"]
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
    second = await begin(asking, "b.pdf", len(PDF))
    with api.services.files.receiving(Place("hrss-bureau", key_of(second)), 0):
        meanwhile = await put(asking, second["url"], PDF)
    assert meanwhile.json()["errors"][0]["extensions"]["code"] == "UPLOAD_IN_HAND"
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
