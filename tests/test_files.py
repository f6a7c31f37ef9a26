"""A paper is a file: sent, cut off and resumed, confirmed, attached, and opened by a short link."""

import hashlib

from tests.office import Api, leave, problems
from tests.sending import PDF, begin, bearer, confirm, docx, got, opened, put, send

STAFF, CHIEF = "staff@hrss-bureau", "section_chief@hrss-bureau"
PAPER = "医务部门出具的检查、诊断、建议休假材料"
THREE_DAYS = leave("2026-03-16", "2026-03-18")


async def test_a_paper_is_sent_attached_and_opened_by_who_acts_on_it(api: Api) -> None:
    asking, chief = await api.person(STAFF), await api.person(CHIEF)
    upload = await send(asking, "病历 1.docx", docx())
    request = await asking.submit(
        "leave.sick", {**THREE_DAYS, "attachments": [{"upload": upload["id"], "paper": PAPER}]}
    )
    assert request["status"] == "PENDING", request
    shown = await chief.one(
        "query ($id: ID!) { node(id: $id) { ... on Request {"
        " attachments { upload name sha256 size paper } } } }",
        {"id": request["id"]},
    )
    [attached] = shown["attachments"]
    assert attached == {
        "upload": upload["id"],
        "name": "病历 1.docx",
        "sha256": hashlib.sha256(docx()).hexdigest(),
        "size": len(docx()),
        "paper": PAPER,
    }
    link = await opened(chief, attached["upload"])
    answer = await got(chief, link["url"])
    assert answer.content == docx()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"
    disposition = answer.headers["content-disposition"]
    assert disposition == "attachment; filename*=UTF-8''%E7%97%85%E5%8E%86%201.docx"
    part = await got(chief, link["url"], range="bytes=2-9")
    assert (part.status_code, part.content) == (206, docx()[2:10])
