"""Joining the party: the stages of a case, and what each seat states of them.

Regulations: 入党积极分子培养考察制度, 预备党员接收制度, 预备党员教育、考察和转正制度.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text

from domain.approval.procedure import Form, Requirement, asked, referring
from domain.records.case_counts import Since, Term, Times
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party, Stage, Tells
from domain.records.stage_forms import fill
from domain.shapes.clocks import Unit
from domain.shapes.points import months_later
from domain.shapes.votes import Ballot
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Act, Label

CHAIN = ("party.candidate", "party.probationary", "party.full_member")
"""The paths, one after the other: each begins in a state that the one before leads to."""
CANDIDATE, PROBATIONARY, FULL_MEMBER = CHAIN
ACTIVIST = "party.activist"

# The office's text gives neither figure but binds itself to the Party Constitution, whose
# articles 1 and 7 do: probation runs from the day on which the branch meeting passed it.
OF_AGE = 18
PROBATION_MONTHS = 12
COUNTS = (
    Since("cultivation_months", "activist", Unit.MONTH),
    Since("publicity_days", "proposed_candidate", Unit.DAY),
    Times("prior_extensions", "extend"),
    Term("probation_over", "meeting_passed", PROBATION_MONTHS),
    Term("extension_over", "probation_over", "extension_months"),
)


class PublicityOutcome(Choice):
    """What publicity brought about."""

    NO_OBJECTION = "no_objection", "无不同意见: nobody objects."
    OBJECTION_HARMLESS = "objection_harmless", "查实影响不大: verified, and harmless."
    OBJECTION_HINDERS = "objection_hinders", "查实影响发展: verified, and it hinders."
    OBJECTION_UNVERIFIED = "objection_unverified", "尚未查实: not yet verified."


class CourseAbsence(Choice):
    """Why the course was missed."""

    OBJECTIVE = "objective", "客观原因: an objective reason."
    NO_REASON = "no_reason", "无故: no reason."


class ProbationOutcome(Choice):
    """What the observation during probation found."""

    QUALIFIED = "qualified", "合格: qualified."
    PARTLY = "partly", "基本合格: partly qualified."
    UNQUALIFIED = "unqualified", "不合格: unqualified."


STATED: dict[str, tuple[Any, str, str]] = {
    "branch_committee_agreed": (bool, "支委会同意", "The branch committee agrees"),
    "superior_party_agreed": (bool, "上级党委同意", "The superior party committee agrees"),
    "party_review_passed": (bool, "党委审查合格", "Passed the party committee's review"),
    "party_group_approved": (bool, "党组批准", "The party group approves"),
    "publicity_outcome": (PublicityOutcome, "公示结果", "Outcome of publicity"),
    "vetting_recorded": (bool, "政审情况已记实", "Political vetting is recorded"),
    "family_planning_certificate": (bool, "计生证明", "Family planning certificate"),
    "family_planning_breach": (bool, "违反计生政策", "Breach of family planning"),
    "course_attended": (bool, "参加培训", "Attended the course"),
    "course_exam_passed": (bool, "考试合格", "Passed the exam"),
    "course_absence": (CourseAbsence, "未参训原因", "Why the course was missed"),
    "assigned_reading_done": (bool, "完成指定学习", "Did the assigned reading"),
    "candidate_papers_complete": (bool, "材料齐备", "The papers are complete"),
    "form_explained": (bool, "已解释志愿书内容", "What the form asks is explained"),
    "form_reviewed": (bool, "志愿书已审阅", "The form is reviewed"),
    "resolution_recorded": (bool, "决议已填写", "The resolution is recorded"),
    "secretary_signed": (bool, "支部书记已签名", "The branch secretary has signed"),
    "forum_held": (bool, "召开座谈会", "A forum was held"),
    "talk_recorded": (bool, "谈话已记录", "The talk is recorded"),
    "conditions_met": (bool, "符合条件", "Conditions are met"),
    "formalities_complete": (bool, "手续完备", "Formalities are complete"),
    "oath_taken": (bool, "已宣誓", "The oath is taken"),
    "cell_opinion_given": (bool, "党小组已提出意见", "The cell has given its opinion"),
    "masses_consulted": (bool, "已征求群众意见", "The masses are consulted"),
    "committee_reviewed": (bool, "支委会已审查", "The committee has reviewed"),
    "probation_finding": (ProbationOutcome, "预备期考察结论", "Finding on probation"),
    "extension_months": (Decimal, "延长月数", "Months of extension"),
    "branch_talked": (bool, "支部负责同志已谈话", "The branch's head has talked with them"),
    "mentor_talked": (bool, "培养联系人已谈话", "A mentor has talked with them"),
    "problem_found": (bool, "发现问题", "A problem was found"),
    "problem_talked": (bool, "已就问题同本人谈话", "It was talked over with them"),
    "papers_in_personal_file": (bool, "材料归入档案", "The papers are in the personal file"),
    "candidates_at_meeting": (int, "本次讨论入党人数", "Candidates at the meeting"),
    "voted_one_by_one": (bool, "逐个讨论和表决", "Discussed and voted one by one"),
}
"""What a seat states, by measure."""
UNLESS_SAID = {"problem_found": False}
BOUNDS = {"extension_months": between(0, 120, 1, "month"),
          "candidates_at_meeting": between(1, 1000, unit="person")}  # fmt: skip
NAMED = {"mentors": ("mentor_id", "second_mentor_id"),
         "introducers": ("introducer_id", "second_introducer_id")}  # fmt: skip
"""Who is counted of those that a stage names; each must be a full member."""
ONE: dict[str, Any] = {"to": "Person", "default": None}


class Application(Form):
    """入党申请: one's own application to join the party."""

    application: str = asked("入党申请书", "The application as it is handed in", longest=20_000)
    born: date = asked("出生日期", "The applicant's date of birth")


class Joining(Application):
    """发展党员档案: a person's case of joining the party."""

    mentor_id: UUID | None = referring("培养联系人", "Mentor", **ONE)
    second_mentor_id: UUID | None = referring("另一名培养联系人", "Second mentor", **ONE)
    introducer_id: UUID | None = referring("入党介绍人", "Introducer", **ONE)
    second_introducer_id: UUID | None = referring("另一名入党介绍人", "Second introducer", **ONE)


def is_of_age(born: date, today: date) -> bool:
    return born <= today and months_later(born, OF_AGE * 12) <= today


ADULT: Requirement[Any] = Requirement(
    "NOT_OF_AGE",
    ("born",),
    lambda form, at: is_of_age(form.born, at.today),
    details={"age": OF_AGE},
)
TEXT = ("text", str | None, asked("备注", "Comment", default=None, longest=2000))
BALLOT = ("ballot", Ballot | None, asked("表决计票", "A vote, counted", default=None))
NOTED = ("text", str, asked("写实", "What is put down in the book", longest=2000))


def _stage(
    *measures: str, ballot: bool = False, people: str = "", noting: bool = False, **more: Any
) -> Stage:
    """A stage with what its seats state, the count of a vote, whom it names, or what it notes."""
    stated = [(each, *STATED[each]) for each in measures]
    shape = [
        (name, of | None, asked(zh, en, default=UNLESS_SAID.get(name), bounds=BOUNDS.get(name)))
        for name, of, zh, en in stated
    ]
    shape += [BALLOT] if ballot else []
    return Stage(
        fill(Joining, *NAMED.get(people, ()), also=(*shape, NOTED if noting else TEXT)), **more
    )


AGREED, APPROVED = "branch_committee_agreed", "party_group_approved"
DECIDING = APPROVED, "conditions_met", "formalities_complete", "probation_finding"
HEARD = ("announce", "introducers_speak", "committee_reports", "discuss", "hear",
         "counsel", "candidate_answers", "applicant_reports", "cell_reports", "verify")  # fmt: skip
OPENING = "candidate_reports", "applicant_reports"
STATED_ALONE = {
    "publicise": "publicity_outcome", "vet": "vetting_recorded", "swear_in": "oath_taken",
    "cell_opinion": "cell_opinion_given", "consult": "masses_consulted",
    "review": "committee_reviewed", "propose": AGREED, "archive": "papers_in_personal_file",
}  # fmt: skip
OF_ONE = "institution_id", "begun_by"
PARTY_CASE = CaseKind(
    "party.case",
    Label("发展党员档案", "Case of joining the party"),
    table=case_table(
        "party_cases",
        Joining,
        Index("party_cases_standing_idx", *OF_ONE, unique=True, postgresql_where=text("standing")),
    ),
    record=Joining,
    entry=Entry(Application, rules=(ADULT,), fit_for=ACTIVIST),
    parties=(
        Party("begun_by", Label("申请人", "the applicant")),
        Party("mentor_id", Label("培养联系人", "the mentor")),
        Party("second_mentor_id", Label("另一名培养联系人", "the second mentor")),
    ),
    chain=CHAIN,
    noted=True,
    alone=True,
    counts=COUNTS,
    stated_in="party.statement",
    stages={
        **dict.fromkeys(HEARD, _stage(noting=True)),
        **dict.fromkeys(("pass", "reject"), _stage(ballot=True, met_by=OPENING)),
        **{each: _stage(measure) for each, measure in STATED_ALONE.items()},
        "confirm": _stage(AGREED, ballot=True, votes_on=ACTIVIST),
        "pass_over": _stage(ballot=True, votes_on=ACTIVIST),
        "assign_mentors": _stage(people="mentors", needs=(("mentor_id",),)),
        "note_probation": _stage("problem_found", "problem_talked", noting=True),
        "reflect": _stage(noting=True, tells=Tells("MENTOR_REFLECTED", act=Act.KEEP)),
        "examine": _stage("branch_talked", "mentor_talked", noting=True),
        "clear_family_planning": _stage("family_planning_certificate", "family_planning_breach"),
        "accept": _stage(AGREED, "superior_party_agreed", fit_for=CANDIDATE),
        "train": _stage(
            "course_attended", "course_exam_passed", "course_absence", "assigned_reading_done"
        ),
        "issue_form": _stage("candidate_papers_complete", "party_review_passed"),
        "complete_form": _stage(
            "form_explained", "form_reviewed", people="introducers", fit_for=PROBATIONARY
        ),
        "candidate_reports": _stage(ballot=True, noting=True),
        "vote": _stage("candidates_at_meeting", "voted_one_by_one"),
        "submit": _stage("resolution_recorded", "secretary_signed"),
        "interview": _stage("forum_held", "talk_recorded"),
        "approve": _stage(*DECIDING, tells=Tells("PARTY_APPROVED", ("begun_by",))),
        "refuse": _stage(APPROVED, tells=Tells("PARTY_REFUSED", ("begun_by",))),
        "apply": _stage(states={"written_application": True}),
        "extend": _stage("probation_finding", "extension_months", APPROVED, ballot=True),
        "cancel": _stage("probation_finding", APPROVED, ballot=True),
    },
)
