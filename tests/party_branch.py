"""A party branch as tests work with it: one applicant's case, and the seats that take it on."""

from uuid import uuid4

from resolvers.requests.words import camel
from tests.office import REFUSAL, Api

HERE = "construction-bureau"
PROBLEM = "path code message clause { regulation cite }"
CASE = f"""id state path since version standing begunBy mentorId introducerId
  history {{ event from to taken at by role measures particulars comment clause {{ cite }} }}
  next {{ event to by allowed demands reasons {{ {PROBLEM} }} }}"""
KEPT = (
    f"__typename ... on PartyCaseTaken {{ partyCase {{ {CASE} }} }} ... on Refusal {{ {REFUSAL} }}"
)
BEGIN = f"mutation ($input: BeginPartyCaseInput!) {{ beginPartyCase(input: $input) {{ {KEPT} }} }}"
READ = f"query ($id: ID!) {{ partyCase(id: $id) {{ {CASE} }} }}"
LIST = """query ($state: String, $first: Int, $after: String) {
  partyCases(filter: {state: $state}, first: $first, after: $after) {
    edges { cursor node { id state } } pageInfo { hasNextPage endCursor } } }"""
RECOMMENDED = {"eligible": 12, "present": 10, "inFavour": 8, "against": 2}
CLEAR = {"family_planning_certificate": True, "family_planning_breach": False}
CLEARED = "family_planning_cleared"
CONVERTED = {"eligible": 9, "present": 6, "inFavour": 5, "against": 1}
PASSED = {
    "eligible": 9, "present": 6, "inFavour": 4, "against": 2,
    "writtenInFavour": 1, "writtenAt": "2020-01-01T09:00:00+08:00",
}  # fmt: skip


class Joining:
    """One applicant's case, and the seats that take it on."""

    def __init__(self, api: Api) -> None:
        self.api, self.case, self.people = api, None, {}

    async def of(self, role):
        if role not in self.people:
            self.people[role] = await self.api.person(f"{role}@{HERE}")
        return self.people[role]

    async def begin(self, visitor, key=None, **given):
        given = {"application": "我志愿加入中国共产党", "born": "1995-05-04", **given}
        answer = await visitor.one(BEGIN, {"input": {**given, "idempotencyKey": key or new()}})
        self.case = answer.get("partyCase", self.case)
        return answer.get("partyCase", answer)

    async def act(self, role, event, *, version=None, key=None, measures=None, **given):
        words = "".join(each.capitalize() for each in event.split("_"))
        name = f"{words}PartyCase"
        visitor = await self.of(role) if isinstance(role, str) else role
        for measure, value in (measures or {}).items():
            given[camel(measure)] = value.upper() if isinstance(value, str) else value
        given |= {
            "caseId": self.case["id"],
            "expectedVersion": version or self.case["version"],
            "idempotencyKey": key or new(),
        }
        call = f"{name[0].lower()}{name[1:]}(input: $input) {{ {KEPT} }}"
        mutation = f"mutation ($input: {name}Input!) {{ {call} }}"
        answer = await visitor.one(mutation, {"input": given})
        self.case = answer.get("partyCase", self.case)
        return answer.get("partyCase", answer)

    async def goes(self, role, event, to, **given):
        answer = await self.act(role, event, **given)
        assert answer.get("state") == to, answer

    async def branch(self, event, to, **measures):
        await self.goes("branch_secretary", event, to, measures=measures)

    async def persons(self, *roles):
        viewers = [await (await self.of(role)).one("{ viewer { id } }") for role in roles]
        return [each["id"] for each in viewers]

    async def to_activist(self):
        agreed = {"branch_committee_agreed": True}
        await self.goes(
            "branch_secretary", "confirm", "activist", measures=agreed, ballot=RECOMMENDED
        )

    async def to_proposed(self):
        await self.to_activist()
        await self.api.wait(days=365)
        await self.branch("propose", "proposed_candidate", branch_committee_agreed=True)

    async def to_vetted(self):
        await self.to_proposed()
        await self.api.wait(days=8)
        await self.branch("publicise", "publicity_passed", publicity_outcome="no_objection")
        await self.branch("vet", "vetted", vetting_recorded=True)

    async def to_form_completed(self):
        await self.to_vetted()
        await self.goes("director", "clear_family_planning", CLEARED, measures=CLEAR)
        agreed = {"branch_committee_agreed": True}
        await self.act("branch_secretary", "accept", noteOnly=True, measures=agreed)
        await self.goes(
            "party_group", "accept", "candidate", measures={"superior_party_agreed": True}
        )
        course = {"course_attended": True, "course_exam_passed": True}
        await self.goes("party_group", "train", "trained", measures=course)
        papers = {"candidate_papers_complete": True, "party_review_passed": True}
        await self.goes("party_group", "issue_form", "form_issued", measures=papers)
        both = await self.persons("director", "party_cell_leader")
        await self.goes(
            "branch_secretary",
            "complete_form",
            "form_completed",
            measures={"form_explained": True, "form_reviewed": True},
            introducerId=both[0],
            secondIntroducerId=both[1],
        )

    async def to_voted(self):
        await self.to_form_completed()
        here = {"eligible": 9, "present": 6, "inFavour": 0}
        await self.notes("candidate_reports", ballot=here)
        for event in ("introducers_speak", "committee_reports", "discuss", "candidate_answers"):
            await self.notes(event)
        await self.branch("vote", "voted", candidates_at_meeting=1)

    async def notes(self, event, **given):
        """A step of the meeting, with what was said."""
        answer = await self.act("branch_secretary", event, text="已记录", **given)
        assert self.case["history"][-1]["event"] == event, answer

    async def to_probationary(self):
        await self.to_voted()
        await self.goes("branch_secretary", "pass", "meeting_passed", ballot=PASSED)
        await self.branch("submit", "submitted", resolution_recorded=True, secretary_signed=True)
        talk = {"forum_held": True, "talk_recorded": True}
        await self.goes("district_organiser_office", "interview", "interviewed", measures=talk)
        yes = dict.fromkeys(
            ("party_group_approved", "conditions_met", "formalities_complete"), True
        )
        await self.goes("party_group", "approve", "probationary", measures=yes)


def new():
    return str(uuid4())


def demanded(answer):
    return {(each["code"], each["path"][-1]) for each in answer["problems"]}


def by_event(case):
    return {each["event"]: each for each in case["next"]}


async def put_in_cell(joining):
    """Enter in which cell the one stands whose case it is."""
    branch, [leader, staff] = (
        await joining.of("branch_secretary"),
        await joining.persons("party_cell_leader", "staff"),
    )
    given = {
        "joinedOn": joining.api.now.date().isoformat(),
        "memberId": staff,
        "cell": "第一党小组",
    }
    given |= {"leaderId": leader, "probationary": True, "partyCaseId": joining.case["id"]}
    return await branch.one(
        """mutation ($input: RecordPartyCellMemberInput!) { recordPartyCellMember(input: $input) {
          __typename ... on Refusal { code problems { path code clause { cite } } } } }""",
        {"input": {**given, "idempotencyKey": new()}},
    )
