"""A draft is read by whoever confirms it, as lines and as the table that it would make."""

from tests.drafting import CENTRE, INTERPRETED, KIND, centre, drafted
from tests.office import REFUSAL, Api

__all__ = ["centre"]

DRAFT_SEEN = f"""query ($id: ID!) {{ rulebookDraft(draftId: $id) {{ __typename
  ... on RulebookDraft {{ changes {{ file added }} files {{ name text }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
TABLE = f"""query ($id: ID) {{
  approvalMatrix(institution: "{CENTRE}", area: "finance", draftId: $id) {{
    rows {{ kind cells {{ role entries {{ region }} }} }} }} }}"""


async def test_whoever_confirms_reads_the_draft_and_nobody_else_does(centre: Api) -> None:
    admin, director, auditor, clerk = [
        await centre.person(f"{name}@{CENTRE}")
        for name in ("policy_admin", "director", "audit_admin", "staff")
    ]
    draft = await drafted(admin, INTERPRETED)
    seen = {"id": draft["id"]}
    told = await auditor.one(DRAFT_SEEN, seen)
    assert told["changes"] == [{k: each[k] for k in ("file", "added")} for each in draft["changes"]]
    texts = {each["name"]: each["text"] for each in told["files"]}
    assert "500 < amount < 1000" in texts["finance.csv"]
    for stranger in (director, clerk):
        assert (await stranger.one(DRAFT_SEEN, seen))["code"] == "NOT_YOURS_TO_CONFIRM"
        assert (await stranger.ask(TABLE, seen)).codes == ["NOT_ALLOWED"]
    before, after = [
        [
            entry["region"]
            for row in (await admin.one(TABLE, {"id": given}))["rows"]
            if row["kind"] == "EXPENDITURE_GENERAL"
            for cell in row["cells"]
            if cell["role"] == "finance_deputy"
            for entry in cell["entries"]
        ]
        for given in (None, draft["id"])
    ]
    assert (before, after) == (["0 < amount <= 500"], ["0 < amount < 1000"])


async def test_a_kind_tells_its_facts_in_words(api: Api) -> None:
    admin = await api.person(f"policy_admin@{CENTRE}")
    [kind] = await admin.one(
        "{ kinds(kind: EXPENDITURE_GENERAL) { code facts { name label unit } } }"
    )
    assert kind["code"] == KIND
    assert {"name": "amount", "label": "金额", "unit": "元"} in kind["facts"]
