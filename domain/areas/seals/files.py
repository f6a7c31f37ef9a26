"""Household papers 户籍资料: bound, filed, and which of them are kept for a long time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.approval.procedure import asked
from domain.records.registers import Entry, Register
from domain.records.rules import happened


class HouseholdPaper(StrEnum):
    """户籍资料种类; which paper of household registration it is."""

    IDENTITY_CARD = "identity_card"
    REGISTRATION = "registration"
    MIGRATION = "migration"
    CORRECTION = "correction"
    REPLACED_FORM = "replaced_form"
    BIRTH_CERTIFICATE = "birth_certificate"
    ENTRY_PERMIT = "entry_permit"
    MIGRATION_CERTIFICATE = "migration_certificate"
    CORRECTION_APPROVAL = "correction_approval"
    IDENTITY_CARD_APPLICATION = "identity_card_application"


@dataclass(frozen=True, kw_only=True)
class HouseholdFile(Entry):
    """户籍资料立卷归档; a volume of household papers as it was bound."""

    filed_on: date = asked("归档日期", "Filed on")
    household_paper: HouseholdPaper = asked("资料种类", "Which papers")
    volume: str = asked("卷号", "The volume", longest=100)
    bound: bool = asked("已装订", "It is bound", default=True)
    kept_long: bool = asked("长期保存", "It is kept for a long time", default=False)
    place: str = asked("保管处", "Where it is kept", longest=200)


FILES = Register(
    "household.file",
    HouseholdFile,
    lines="household_files",
    day="filed_on",
    word="HouseholdFile",
    once=("volume",),
    rules=happened("filed_on"),
)
VALUES = {
    "HouseholdPaper": {
        "IDENTITY_CARD": "居民身份证办理材料: papers of identity cards.",
        "REGISTRATION": "户口登记材料: papers of registrations.",
        "MIGRATION": "迁移材料: papers of migrations.",
        "CORRECTION": "户口项目变更更正材料: papers of corrections.",
        "REPLACED_FORM": "更换的旧《常住人口登记表》: resident forms that were replaced.",
        "BIRTH_CERTIFICATE": "《出生医学证明》: birth certificates.",
        "ENTRY_PERMIT": "《准迁证》: permits to move in.",
        "MIGRATION_CERTIFICATE": "《迁移证》: certificates of migration.",
        "CORRECTION_APPROVAL": "《居民户口项目变更、更正审批表》: approvals of corrections.",
        "IDENTITY_CARD_APPLICATION": "《居民身份证申领登记表》: applications for identity cards.",
    },
}
