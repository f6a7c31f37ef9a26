"""Offices as they handle papers: each stage of a paper is one call."""

from typing import Any
from uuid import uuid4

import pytest

from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, answered
from tests.papers import file
from tests.register_examples import marks

SCIENCE, CENTRE, BUREAU = "science-bureau", "service-centre", "construction-bureau"
CLERK, OFFICER = "office_clerk", "confidentiality_officer"
LETTER = {"title": "关于报送材料的通知", "sender": "市政府办公室", "copies": 1}
SECRET = {"title": "机密〔2026〕9号", "theirNumber": "机密〔2026〕9号", "copies": 1}
PAPER = file("文稿.pdf")
LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
ALSO = {
    "IncomingDocument": "title registerNumber readingOrder reader handler",
    "OutgoingDocument": "title documentNumber docOrigin proofreadBy signedAnewBy",
    "DocumentLoan": "paper returnedAt",
    "OutsidePrinting": "paper proofreadBy",
}


SIGNED_IN: dict[str, Visitor] = {}
"""Who has signed in, so that a refusal is seen to add no session."""


class Papers:
    """One office with a paper in hand."""

    def __init__(self, api: Api, institution: str, of: str = "IncomingDocument") -> None:
        self.api, self.institution, self.of, self.case = api, institution, of, None
        self.key = of[0].lower() + of[1:]
        self.shown = f"""id path state version overdue {ALSO[of]}
          clocks {{ action dueAt state clause {{ cite }} }} history {{ event by comment }}
          next {{ event by reasons {{ code }} }}"""

    async def as_(self, role: str) -> Visitor:
        account = f"{role}@{self.institution}"
        if account not in SIGNED_IN:
            SIGNED_IN[account] = await self.api.person(account)
        return SIGNED_IN[account]

    async def person(self, role: str) -> str:
        return await person_id(await self.as_("director"), f"{role}@{self.institution}")

    async def begin(self, role: str, **given: Any) -> Any:
        return await self._call(role, "begin", {**given})

    async def act(self, role: str, event: str, **given: Any) -> Any:
        case = await self.read(role) or self.case
        return await self._call(
            role, event, {"caseId": case["id"], "expectedVersion": case["version"], **given}
        )

    async def no(self, role: str, event: str, **given: Any) -> set[tuple[str, str]]:
        """Why a stage is refused, with what it changed: nothing."""
        await self.as_(role)
        before = await self.api.counts()
        refused = why(await self.act(role, event, **given))
        assert await self.api.counts() == before
        return refused

    async def goes(self, role: str, event: str, to: str, **given: Any) -> Any:
        answer = await self.act(role, event, **given)
        assert answer.get("state") == to, answer
        return answer

    async def read(self, role: str) -> Any:
        answer = await (await self.as_(role)).ask(
            f"query ($id: ID!) {{ {self.key}(id: $id) {{ {self.shown} }} }}",
            {"id": self.case["id"]},
        )
        return (answer.body.get("data") or {}).get(self.key)

    async def listed(self, role: str, **wanted: Any) -> list[Any]:
        found = await (await self.as_(role)).one(
            f"query ($filter: {self.of}FilterInput) {{ {self.key}s(filter: $filter) {{"
            f" edges {{ node {{ {self.shown} }} }} }} }}",
            {"filter": wanted},
        )
        return [edge["node"] for edge in found["edges"]]

    async def asked(self, kind: str, by: str, **form: Any) -> Any:
        """A request on its way."""
        request = await (await self.as_(by)).submit(kind, form)
        assert request["__typename"] != "Refusal", request
        return request

    async def approved(self, request: Any) -> None:
        """Whoever's turn it is agrees, one after the other; its case is in hand."""
        while request["status"] == "PENDING":
            [step] = [each for each in request["steps"] if each["status"] == "OPEN"][:1]
            holder = step["waitingFor"][0]["holders"][0]
            holding = await self.as_(holder["account"].partition("@")[0])
            request = await holding.decide(step["id"], **answered(step["role"]))
        assert request["status"] == "APPROVED", request
        self.case = self.case or {"id": request["id"]}

    async def _call(self, role: str, event: str, given: Any) -> Any:
        words = "".join(each.capitalize() for each in event.split("_"))
        name = f"{words[0].lower()}{words[1:]}{self.of}"
        answer = await (await self.as_(role)).one(
            f"mutation ($input: {words}{self.of}Input!) {{ {name}(input: $input) {{ __typename"
            f" ... on {self.of}Taken {{ {self.key} {{ {self.shown} }} }}"
            f" ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": {**given, "idempotencyKey": str(uuid4())}},
        )
        self.case = answer.get(self.key, self.case)
        return answer.get(self.key, answer)


async def checked(keeper: Visitor, request: str, what: str, *, kept: bool, **more: Any) -> Any:
    """A sheet of a draft, all of its points alike."""
    of, institution = f"Document{what.capitalize()}Check", keeper.account.partition("@")[2]
    unit = await keeper.one("{ viewer { seats { unitId } } }")
    sheet = {
        "requestId": request, "unitId": unit["seats"][0]["unitId"], "checkedOn": "2026-03-02",
        "marks": marks(institution, f"document.{what}_check", kept=kept),
        "idempotencyKey": str(uuid4()), **more,
    }  # fmt: skip
    return await keeper.one(
        f"mutation ($input: Record{of}Input!) {{ record{of}(input: $input) {{ {LINE} }} }}",
        {"input": sheet},
    )


async def passed(api: Api, request: str) -> None:
    """A draft that the office and the deputy find in order."""
    for what, role in (("office", CLERK), ("deputy", "deputy_in_charge")):
        done = await checked(await api.person(f"{role}@{SCIENCE}"), request, what, kept=True)
        assert done["__typename"] == "LineEntered", done


def why(answer: Any) -> set[tuple[str, str]]:
    """Why it was refused, each with its article."""
    own = [(answer["code"], (answer["clause"] or {}).get("cite", ""))]
    more = [(each["code"], (each["clause"] or {}).get("cite", "")) for each in answer["problems"]]
    return {*more} or {*own}


@pytest.fixture
async def office(api: Api) -> Api:
    SIGNED_IN.clear()
    await api.empty(
        *("line_numbers", "document_office_checks", "document_deputy_checks", "check_marks"),
        *("seals", "thing_moves", "seal_uses"),
    )
    return api


async def told(papers: Papers, role: str) -> list[str]:
    seen = await (await papers.as_(role)).one("{ notices { edges { node { code } } } }")
    return [edge["node"]["code"] for edge in seen["edges"]]
