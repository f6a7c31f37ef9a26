"""Offices as they conduct cases: somebody registers, and each event is one call."""

from uuid import uuid4

from tests.office import REFUSAL, Api

PROBLEM = "path code message clause { regulation cite }"
CASE = f"""id number kind path state version standing overdue channel receivedOn subject superior
  answer answerForm urgedAt answeredAt closedAt reportedAt archivedAt registeredBy
  complainedOf {{ text personId unitId }}
  handler {{ unit person forwardedTo assignedAt forwardedAt }}
  clocks {{ action dueAt state provisional clause {{ cite }} }}
  history {{ event from to by role comment measures particulars clause {{ regulation cite }} }}
  nextEvents {{ event to label by allowed demands reasons {{ {PROBLEM} }} clause {{ cite }} }}"""
READ = f"query ($id: ID!) {{ case(id: $id) {{ {CASE} }} }}"
SECRET = "query ($id: ID!) { case(id: $id) { complainant { name telephone } } }"
LIST = """query ($filter: CaseFilterInput, $first: Int, $after: String) {
  cases(filter: $filter, first: $first, after: $after) {
    edges { node { id number state kind } } pageInfo { hasNextPage endCursor } } }"""
ADVANCE = f"""mutation ($input: AdvanceCaseInput!) {{ advanceCase(input: $input) {{ __typename
  ... on CaseAdvanced {{ case {{ {CASE} }} }} ... on Refusal {{ {REFUSAL} }} }} }}"""
LETTER = {"name": "转办函.pdf", "sha256": "1" * 64}
COMPLAINT = {
    "explanation": "窗口人员态度生硬",
    "complaintForm": "WRITTEN",
    "complainantName": "张三丰",
    "complainantTelephone": "13800000000",
    "complainedOf": "办证窗口",
}
PETITION = {
    "explanation": "反映门前道路积水",
    "channel": "LETTER",
    "complainantName": "李桂香",
    "complainantTelephone": "13900000000",
    "inScope": True,
    "major": False,
}


class Desk:
    """One institution's desk, with the case in hand."""

    def __init__(self, api: Api, institution: str) -> None:
        self.api, self.institution, self.case, self.people = api, institution, None, {}

    async def of(self, role):
        if not isinstance(role, str):
            return role
        if role not in self.people:
            self.people[role] = await self.api.person(f"{role}@{self.institution}")
        return self.people[role]

    async def viewer(self, role):
        return await (await self.of(role)).one(
            "{ viewer { id name seats { id role unit unitId } } }"
        )

    async def seat(self, role):
        seats = (await self.viewer(role))["seats"]
        return next(seat["id"] for seat in seats if seat["role"] == role)

    async def unit(self, role):
        seats = (await self.viewer(role))["seats"]
        return next(seat["unitId"] for seat in seats if seat["role"] == role)

    async def submit(self, role, kind, **form):
        seat = await self.seat(role)
        return await (await self.of(role)).submit(kind, {"asSeat": seat, **form})

    async def register(self, role, kind, **form):
        """The case of a request that its registration approves."""
        request = await self.submit(role, kind, **form)
        assert request.get("status") == "APPROVED", request
        return await self.begun(request, role)

    async def begun(self, request, role):
        wanted = {"filter": {"number": request["number"]}}
        [edge] = (await (await self.of(role)).one(LIST, wanted))["edges"]
        self.case = await self.read(role, edge["node"]["id"])
        return self.case

    async def read(self, role, case=None):
        return await (await self.of(role)).one(READ, {"id": case or self.case["id"]})

    async def act(self, role, event, *, version=None, key=None, **given):
        visitor = await self.of(role)
        given |= {
            "caseId": self.case["id"],
            "event": event,
            "expectedVersion": version or self.case["version"],
            "idempotencyKey": key or str(uuid4()),
        }
        answer = await visitor.one(ADVANCE, {"input": given})
        self.case = answer.get("case", self.case)
        return answer.get("case", answer)

    async def goes(self, role, event, to, **given):
        answer = await self.act(role, event, **given)
        assert answer.get("state") == to, answer
        return answer


def demanded(answer):
    assert answer["__typename"] == "Refusal", answer
    return {(each["code"], each["path"][-1]) for each in answer["problems"]}


def by_event(case):
    return {each["event"]: each for each in case["nextEvents"]}
