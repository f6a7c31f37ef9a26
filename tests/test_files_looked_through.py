"""What is taken for a paper by its content and its name, and what is not."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.records.files import KINDS, ending_of, name_problem
from resolvers.files.looking import main
from tests.office import Api, problems
from tests.sending import (
    archive,
    begin,
    confirm,
    docx,
    got,
    heic,
    jpeg,
    opened,
    pdf,
    png,
    send,
    wps,
)

STAFF = "staff@hrss-bureau"
PDF = b"".join(pdf("关于国家秘密的宣传提纲"))


def page(*pieces: tuple[float, str]) -> bytes:
    """An OFD with these pieces of text, each so far down its one page."""
    drawn = "".join(
        f'<ofd:TextObject ID="{at}" Boundary="{30 * at} {top} 30 6"><ofd:TextCode>{text}'
        "</ofd:TextCode></ofd:TextObject>"
        for at, (top, text) in enumerate(pieces)
    )
    return archive(**{"OFD.xml": "<o/>", "Doc_0/Pages/Page_0/Content.xml": drawn})


WORKBOOK = {"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"}
TAKEN = {
    "a.pdf": PDF,
    "a.docx": docx(),
    "a.xlsx": archive(**WORKBOOK, **{"xl/sharedStrings.xml": "<si><t>预算</t></si>"}),
    "a.ofd": archive(**{"OFD.xml": "<o/>", "Doc_0/Pages/Page_0/Content.xml": "<t>公函</t>"}),
    "b.ofd": page((10, "不得泄露商业秘密"), (18, "★重点工作")),
    "b.docx": archive(**{"word/document.xml": "<p/>", "word/embeddings/a.docx": docx()}),
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
        "a.txt": b"#!/bin/sh\nrm -rf /\n",
    },
    "FILE_WITH_PROGRAM": {
        "a.docx": archive(**{"word/document.xml": "<p/>", "word/vbaProject.bin": "x"}),
        "a.xlsx": archive(**WORKBOOK, **{"xl/embeddings/run.exe": "MZ"}),
        "a.pdf": PDF.replace(
            b"/Catalog/Pages 2 0 R", b"/Catalog/Pages 2 0 R/OpenAction<</S/Launch>>"
        ),
        "b.pdf": PDF.replace(b"/Type/Page/", b"/Type/Page/Annots[<</Subtype/FileAttachment>>]/"),
    },
    "FILE_NOT_READABLE": {
        "a.docx": docx()[:-40],
        "a.wps": wps("x")[:600],
    },
    "SECRECY_MARK": {
        "a.pdf": b"".join(pdf("机密★10年 关于某事的请示")),
        "a.docx": docx("机<r/>密<r/>★<r/>10年"),
        "a.xlsx": archive(**WORKBOOK, **{"xl/sharedStrings.xml": "<si><t>绝密★启用前</t></si>"}),
        "a.ofd": archive(**{"OFD.xml": "<o/>", "Doc_0/Content.xml": "<t>秘 密 ★ 5 年</t>"}),
        "a.wps": wps("机密★10年 关于某事的请示"),
        "b.xlsx": archive(**WORKBOOK, **{"xl/worksheets/sheet1.xml": '<s name="机密★10年"/>'}),
        "b.ofd": page((10, "机密"), (10.2, "★"), (10, "10年")),
        "b.docx": archive(
            **{"word/document.xml": "<p/>", "word/embeddings/a.docx": docx("机密★10年")}
        ),
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
    folder = api.app.state.settings.data_dir
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
