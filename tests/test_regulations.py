"""Regulations: what the register names, texts uploaded as versions, articles beside their rules."""

from hashlib import sha256
from uuid import uuid4

import pytest

from resolvers.ground.database import statement
from resolvers.rules.regulations import LONGEST_REGULATION
from tests.office import CLAUSE, PREVIEW, REFUSAL, Api, leave, problems
from tests.sending import archive, send
from tests.test_articles import ATTENDANCE

FIELDS = f"""regulation {{ regulation title areas clauseCount uploaded {{ version }} }}
  uploaded {{ version uploadedAt uploadedBy sha256 characters }} text
  articles {{ label heading text clauses {{ {CLAUSE} enforcedBy decided }} }}
  unmatched {{ {CLAUSE} }} unaccounted {{ label }}"""
UPLOAD = f"""mutation ($input: UploadRegulationInput!) {{ uploadRegulation(input: $input) {{
  __typename ... on RegulationUploaded {{ regulation {{ {FIELDS} }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
READ = f"""query ($institution: String!, $regulation: String!, $version: Int) {{
  regulation(institution: $institution, regulation: $regulation, version: $version)
  {{ {FIELDS} }} }}"""
LIST = """query ($institution: String!) { regulations(institution: $institution) {
  id regulation title areas clauseCount uploaded { version uploadedBy characters } } }"""
HRSS = {"institution": "hrss-bureau"}


@pytest.fixture
async def administrator(api: Api):
    await api.empty("regulation_texts")
    return await api.person("policy_admin@hrss-bureau")


async def uploaded(visitor, text=ATTENDANCE, key=None, **more):
    given = {**HRSS, "regulation": "attendance-measures", "text": text, **more}
    return await visitor.one(UPLOAD, {"input": {**given, "idempotencyKey": key or str(uuid4())}})


def by_label(regulation):
    return {each["label"]: each for each in regulation["articles"]}


async def test_regulations_are_those_of_the_register_with_their_areas_and_clauses(
    api, administrator
):
    clerk = await api.person("staff@hrss-bureau")
    found = {each["regulation"]: each for each in await clerk.one(LIST, HRSS)}
    measures = found["attendance-measures"]
    assert {"leave", "attendance"} <= set(measures["areas"])
    assert measures["clauseCount"] > 5
    assert measures["uploaded"] is None
    assert len({each["id"] for each in found.values()}) == len(found) > 10


async def test_an_uploaded_text_shows_each_article_beside_its_rules(administrator, api):
    answer = await uploaded(administrator)
    assert answer["__typename"] == "RegulationUploaded", answer
    clerk = await api.person("staff@hrss-bureau")
    found = await clerk.one(READ, {**HRSS, "regulation": "attendance-measures"})
    assert found["text"] == ATTENDANCE.strip()
    sick = by_label(found)["三(一)"]
    assert sick["text"].startswith("病假。半天")
    assert [clause["cite"] for clause in sick["clauses"]] == ["三(一)"]
    assert "rule leave-sick-6: leave.sick" in sick["clauses"][0]["enforcedBy"]
    personal = by_label(found)["三(二)"]
    assert {clause["cite"] for clause in personal["clauses"]} == {"三(二)", "三(二)末段"}
    assert [clause["cite"] for clause in by_label(found)["四、2"]["clauses"]] == ["四2"]
    assert [clause["cite"] for clause in found["unmatched"]] == ["附則"]
    assert [each["label"] for each in found["unaccounted"]] == [""]
    upload = found["uploaded"]
    assert upload["version"] == 1
    assert upload["sha256"] == sha256(ATTENDANCE.strip().encode()).hexdigest()
    assert upload["characters"] == len(ATTENDANCE.strip())
    assert upload["uploadedBy"]


NUMBERED = """<w:document xmlns:w="{W}"><w:body>
<w:p><w:r><w:t>考勤管理办法</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Item"/></w:pPr><w:r><w:t>范围</w:t></w:r></w:p>
<w:p><w:r><w:t>全体</w:t></w:r><w:r><w:t>适用。</w:t></w:r><w:r><w:delText>不</w:delText></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Item"/></w:pPr><w:r><w:t>假别</w:t></w:r></w:p>
<w:p>{LIST}<w:r><w:t>病假。</w:t></w:r></w:p><w:p>{LIST}<w:r><w:t>事假。</w:t></w:r></w:p>
</w:body></w:document>"""
LEVEL = """<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="{1}"/></w:lvl>"""


def word(document: str = NUMBERED) -> bytes:
    """A text whose numbers are lists, as word processors write them."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    listed = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    lists = f"""<w:numbering xmlns:w="{name}"><w:abstractNum w:abstractNumId="3">
      {LEVEL.format(0, "%1、")}{LEVEL.format(1, "(%2)")}</w:abstractNum>
      <w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"""
    styles = f"""<w:styles xmlns:w="{name}"><w:style w:styleId="Item"><w:pPr><w:numPr>
      <w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>"""
    return archive(
        **{
            "[Content_Types].xml": "<T/>",
            "word/document.xml": document.replace("{W}", name).replace("{LIST}", listed),
            "word/numbering.xml": lists,
            "word/styles.xml": styles,
        }
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("考勤办法.txt", ATTENDANCE.encode("gb18030")),
        ("考勤办法.txt", ATTENDANCE.encode("utf-16")),
        ("考勤办法.docx", word()),
    ],
)
async def test_a_text_comes_as_a_file_with_the_numbers_of_its_lists(administrator, name, content):
    upload = await send(administrator, name, content)
    answer = await uploaded(administrator, None, upload=upload["id"])
    found = by_label(answer["regulation"])
    labels = [*("一", "二", "二(一)", "二(二)")] if name.endswith("docx") else ["三(一)", "四、2"]
    assert set(labels) <= set(found), found
    if name.endswith("docx"):
        assert found["一"]["text"] == "范围\n全体适用。"
        assert found["二(二)"]["text"] == "事假。"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"a,b", "FILE_HOLDS_NO_TEXT"),
        ("a.docx", word("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "FILE_NOT_READABLE"),
        ("a.docx", word("<a>"), "FILE_NOT_READABLE"),
    ],
)
async def test_a_file_without_a_text_is_refused(administrator, api, name, content, code):
    upload = await send(administrator, name, content)
    refused = await uploaded(administrator, None, upload=upload["id"])
    assert problems(refused) == {("upload", code)}
    both = await uploaded(administrator, ATTENDANCE, upload=upload["id"])
    assert problems(both) == {("text", "ONE_OF_TWO")}
    clerk = await api.person("policy_admin@science-bureau")
    other = {**HRSS, "institution": "science-bureau", "regulation": "finance"}
    theirs = await uploaded(clerk, None, upload=upload["id"], **other)
    assert problems(theirs) == {("upload", "UPLOAD_NOT_FOUND")}
    assert await api.value("select count(*) from regulation_texts") == 0


async def test_each_upload_is_a_version_and_a_line_of_the_ledger(administrator, api):
    ledger = "select count(*) from ledger where event = 'regulation_uploaded'"
    before = await api.value(ledger)
    await uploaded(administrator)
    await uploaded(administrator, "一、从简\n从简办理。")
    assert await api.value(ledger) == before + 2
    asked = {**HRSS, "regulation": "attendance-measures"}
    newest = await administrator.one(READ, asked)
    first = await administrator.one(READ, {**asked, "version": 1})
    assert newest["uploaded"]["version"] == 2
    assert first["text"] == ATTENDANCE.strip()
    assert first["regulation"]["uploaded"]["version"] == 2


async def test_the_same_key_uploads_once(administrator, api):
    key = str(uuid4())
    first, again = await uploaded(administrator, key=key), await uploaded(administrator, key=key)
    assert first == again
    assert await api.value("select count(*) from regulation_texts") == 1
    other = await uploaded(administrator, "一、别的", key=key)
    assert other["code"] == "KEY_REUSED"


async def test_only_a_policy_administrator_of_the_institution_uploads(administrator, api):
    clerk = await api.person("staff@hrss-bureau")
    given = {**HRSS, "regulation": "finance", "text": "一、", "idempotencyKey": "k"}
    assert (await clerk.ask(UPLOAD, {"input": given})).codes == ["NOT_ALLOWED"]
    refused = await uploaded(administrator, institution="science-bureau")
    assert refused["code"] == "OTHER_INSTITUTION"
    assert await api.value("select count(*) from regulation_texts") == 0


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"regulation": "no-such"}, "regulation", "UNKNOWN_REGULATION"),
        ({"text": " \n\t"}, "text", "REQUIRED"),
        ({"text": "x" * (LONGEST_REGULATION + 1)}, "text", "TOO_LONG"),
        ({"text": "一、\x00"}, "text", "UNREADABLE_TEXT"),
    ],
)
async def test_an_upload_that_cannot_be_kept_is_refused(administrator, api, given, field, code):
    refused = await uploaded(administrator, **given)
    assert [(each["path"][-1], each["code"]) for each in refused["problems"]] == [(field, code)]
    assert await api.value("select count(*) from regulation_texts") == 0


async def test_a_long_text_is_taken_whole(administrator):
    text = "一、" + "x" * (LONGEST_REGULATION - 2)
    answer = await uploaded(administrator, text)
    assert answer["regulation"]["uploaded"]["characters"] == LONGEST_REGULATION


async def test_without_a_text_every_clause_is_unmatched(administrator):
    found = await administrator.one(READ, {**HRSS, "regulation": "finance"})
    assert found["text"] is None
    assert found["articles"] == []
    assert len(found["unmatched"]) == found["regulation"]["clauseCount"]


async def test_an_unknown_regulation_is_told(administrator):
    answer = await administrator.ask(READ, {**HRSS, "regulation": "no-such"})
    assert answer.codes == ["INVALID_INPUT"]


async def test_a_text_stays_behind_the_wall_of_its_institution(administrator, api):
    await uploaded(administrator)
    other = await api.person("staff@science-bureau")
    assert (await other.ask(READ, {**HRSS, "regulation": "attendance-measures"})).codes == [
        "OTHER_INSTITUTION"
    ]
    database = api.services.database
    async with database.transaction("science-bureau", read_only=True) as transaction:
        seen = await transaction.value(statement("select count(*) from regulation_texts"))
    assert seen == 0


CLAUSES = """{ clauses(institution: "hrss-bureau", area: "leave", first: 100)
  { edges { node { cite decided } } } }"""


async def test_a_clause_counts_the_requests_that_it_decided_in_one_statement(api):
    staff = await api.person("staff@hrss-bureau")
    submitted = await staff.submit("leave.sick", leave("2026-03-03"))
    assert "code" not in submitted, submitted
    api.statements.clear()
    found = await staff.one(CLAUSES)
    assert {edge["node"]["decided"] for edge in found["edges"]} == {0}
    deputy = await api.person("deputy_in_charge@hrss-bureau")
    chief = await api.person("section_chief@hrss-bureau")
    for person in (chief, deputy):
        if await person.inbox():
            await person.agree()
    api.statements.clear()
    found = await staff.one(CLAUSES)
    decided = {edge["node"]["cite"]: edge["node"]["decided"] for edge in found["edges"]}
    assert decided["三(一)"] == 1
    assert sum("unnest(r.claims)" in sql for sql in api.statements) == 1
    api.statements.clear()
    await staff.one('{ clauses(institution: "hrss-bureau") { edges { node { cite } } } }')
    assert not any("unnest(r.claims)" in sql for sql in api.statements)


async def test_a_clause_counts_its_requests_in_the_answer_of_a_mutation_too(api):
    staff = await api.person("staff@hrss-bureau")
    preview = PREVIEW.replace(CLAUSE, f"{CLAUSE} decided")
    query = """mutation ($input: SubmitLeaveSickInput!) { submitLeaveSick(input: $input) {
      ... on Submitted { request { steps { clause { decided } } } } } }"""
    given = {**leave("2026-03-03"), "idempotencyKey": str(uuid4())}
    answer = await staff.one(query, {"input": given})
    assert "request" in answer, await staff.preview("leave.sick", leave("2026-03-03"))
    assert [step["clause"]["decided"] for step in answer["request"]["steps"]]
    looked = await staff.one(
        f"query ($input: SubmitLeaveSickInput!)"
        f" {{ previewLeaveSick(input: $input) {{ {preview} }} }}",
        {"input": {**leave("2026-03-10"), "idempotencyKey": str(uuid4())}},
    )
    assert all(step["clause"]["decided"] == 0 for step in looked["steps"])
