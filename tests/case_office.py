"""Offices as they conduct cases: somebody registers, and each event is one call."""

from uuid import uuid4

from tests.office import REFUSAL, Api
from tests.papers import file

PROBLEM = "path code message clause { regulation cite }"
CASE = f"""id number kind path state version standing overdue channel receivedOn subject superior
  answer answerForm urgedAt answeredAt closedAt reportedAt archivedAt begunBy approvedBy
  complainedOf complainedPersonId complainedUnitId
  handlerUnit handlerName forwardedTo assignedAt forwardedAt
  clocks {{ action dueAt state provisional clause {{ cite }} }}
  history {{ event from to by role comment measures particulars clause {{ regulation cite }} }}
  next {{ event to label by allowed demands reasons {{ {PROBLEM} }} clause {{ cite }} }}"""
READ = f"query ($id: ID!) {{ %s(id: $id) {{ {CASE} }} }}"
SECRET = "query ($id: ID!) { %s(id: $id) { complainantName complainantTelephone } }"
LIST = """query ($filter: %(Of)sFilterInput, $first: Int, $after: String) {
  %(of)ss(filter: $filter, first: $first, after: $after) {
    edges { node { id number state kind } } pageInfo { hasNextPage endCursor } } }"""
TAKE = f"""mutation ($input: %(Event)s%(Of)sInput!) {{
  %(event)s%(Of)s(input: $input) {{ __typename
    ... on %(Of)sTaken {{ %(of)s {{ {CASE} }} }} ... on Refusal {{ {REFUSAL} }} }} }}"""
LETTER = file("转办函.pdf")
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
        self.of_kind = "petition"

    def secret(self):
        return SECRET % self.of_kind

    def listed(self):
        return LIST % {"of": self.of_kind, "Of": self.of_kind.capitalize()}

    def taking(self, event):
        words = "".join(each.capitalize() for each in event.split("_"))
        of = self.of_kind
        names = {"Event": words, "event": words[0].lower() + words[1:]}
        return TAKE % {**names, "of": of, "Of": of.capitalize()}

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
        self.of_kind = kind.split(".")[0]
        return await self.begun(request, role)

    async def begun(self, request, role):
        wanted = {"filter": {"number": request["number"]}}
        [edge] = (await (await self.of(role)).one(self.listed(), wanted))["edges"]
        self.case = await self.read(role, edge["node"]["id"])
        return self.case

    async def read(self, role, case=None):
        return await (await self.of(role)).one(READ % self.of_kind, {"id": case or self.case["id"]})

    async def act(self, role, event, *, version=None, key=None, **given):
        visitor = await self.of(role)
        given |= {
            "caseId": self.case["id"],
            "expectedVersion": version or self.case["version"],
            "idempotencyKey": key or str(uuid4()),
        }
        answer = await visitor.one(self.taking(event), {"input": given})
        self.case = answer.get(self.of_kind, self.case)
        return answer.get(self.of_kind, answer)

    async def goes(self, role, event, to, **given):
        answer = await self.act(role, event, **given)
        assert answer.get("state") == to, answer
        return answer


def demanded(answer):
    assert answer["__typename"] == "Refusal", answer
    return {(each["code"], each["path"][-1]) for each in answer["problems"]}


def by_event(case):
    return {each["event"]: each for each in case["next"]}
