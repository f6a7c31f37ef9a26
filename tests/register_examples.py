"""What the conformance of registers is told beside a form: entries, and approved requests."""

from typing import Any

from domain import REGISTERS
from domain.shapes.checks import Marked
from policies import loading
from resolvers.requests.words import camel


def marks(institution: str, check: str, points: str = "8", *, kept: bool = True) -> list[Any]:
    """Each item of an office's check, marked alike."""
    return [
        {
            "item": each.item,
            **({"kept": kept} if each.marked is Marked.TICK else {"points": points}),
        }
        for each in loading.shipped(institution).shapes.checks
        if each.id == check and each.item
    ]


def all_true(name: str) -> dict[str, bool]:
    entered = next(each.entered for each in REGISTERS if each.name == name)
    return {camel(each.name): True for each in entered if each.type is bool}


OTHERWISE: dict[str, dict[str, Any]] = {
    "supervisors.change": {"adjustmentGround": "MOVED"},
    "vehicle.sealing": {"keysAtOffice": True},
    "reception.companion": {"exception": "局长确定"},
    "supplies.computer_repair": {"repairer": "蓝天电脑服务部"},
    "canteen.fee": {"month": "2026-03-01", "canteenFeeMonth": "40"},
    "canteen.worker": all_true("canteen.worker"),
    "classified.brought_back": {"number": "2026-14号"},
    "classified.copying": {
        **dict.fromkeys(("original", "firstNumber", "lastNumber"), "2026-14号"),
        "secrecy": "SECRET", "printedOn": "TYPING_ROOM",
    },
    "publication.online_entry": {"groupReviewedOn": "2026-03-02"},
    "infosec.incident_report": {"reportAddressee": "SECRECY_BUREAU"},
    "infosec.idle_check": {"idleMinutes": 31, "shutDown": True},
    "contact_register": {"event": "handle", "askedScope": "OWN", "handledAtOnce": True},
    "hygiene.check": {"jointly": True},
    "occurrence": {"what": "games"},
    "driver.incident": {"what": "ACCIDENT", "atFault": True},
    "driver.appraisal": {"month": "2026-03-01"},
    "party.member_sheet": {"rater": "MASSES"},
    "openness.circular": {"opennessVerdict": "PROGRESS"},
    "finance.cash_paid_out": {"leftOver": "0"},
    "finance.loan_settlement": {"how": "REPAID"},
    "finance.bank_reconciliation": {"month": "2026-03-01"},
    "leave.file": {"returnedOn": "2026-03-02"},
    "leave.withheld": {"month": "2026-03-01"},
    "vehicle.refuelling": {"odometerFrom": "10", "odometerTo": "20", "exception": "外出"},
    "supervisors.appointment": {
        **all_true("supervisors.appointment"), "supervisorOrigin": "EMPLOYER_HR", "certificate": "1"
    },
    "approval.notice": {
        "inWriting": True,
        **dict.fromkeys(("scope", "authority", "hours", "materials", "procedure"), "写明"),
    },
    "section.referral": {"reason": "局长办公会确定"},
    "enforcement.section": {"section": "section_inspection"},
    "enforcement.document": {"uniform": True},
    "integrity.letter": {"year": 2026},
    "outreach.attendance": {"civilityPresence": "CAME"},
    "outreach.summary": all_true("outreach.summary"),
    "proposal.point": {"proposalProblem": "SOLVABLE", "event": "solve"},
    "household.officer": all_true("household.officer"),
    "household.survey": {**all_true("household.survey"), "surveyOf": "OTHER", "papersOnly": False},
    "personnel.departure_formalities": all_true("personnel.departure_formalities"),
    "personnel.posting": all_true("personnel.posting"),
    "study.expense": all_true("study.expense"),
}  # fmt: skip
"""What an area asks of an entry beside its form."""

NAMED = {"classified.count": ("carrier_id",)}
"""What a line names that its form leaves open and the only office that keeps it demands."""

APPROVED: dict[str, dict[str, tuple[str, dict[str, str]]]] = {
    "household.birth_notice": {"requestId": ("household.birth", {})},
    "household.transfer": {"requestId": ("personnel.rotation", {})},
    "finance.payment": {
        "requestId": ("reimbursement.general", {"amount": "100"}),
        "planId": ("expenditure.budget", {"amount": "100"}),
    },
    "finance.cheque": {"requestId": ("cheque.issue", {"amount": "100"})},
    "finance.business_end": {"loanId": ("loan.cash", {"amount": "100"})},
    "leave.file": {"requestId": ("leave.personal", {})},
    "study.own": {"requestId": ("study.absence", {})},
    "seal.use_log": {"requestId": ("seal.use", {"seal_type": "administrative"})},
    "household.survey": {"requestId": ("household.late_entry", {})},
    "research.item": {"requestId": ("research.report", {})},
    "reception.companion": {"requestId": ("reception.meal", {})},
    "finance.activity_settlement": {"requestId": ("expenditure.activity", {"amount": "100"})},
}
"""The approved requests that a line rests on: of which kind, with which facts."""
