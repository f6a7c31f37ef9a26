"""Household papers 户籍资料: bound, filed, and which of them are kept for a long time."""

from datetime import date

from domain.approval.procedure import asked
from domain.records.registers import Entry, Register
from domain.values.choices import Choice


class HouseholdPaper(Choice):
    """户籍资料种类; which paper of household registration it is."""

    IDENTITY_CARD = "identity_card", "居民身份证办理材料: papers of identity cards."
    REGISTRATION = "registration", "户口登记材料: papers of registrations."
    MIGRATION = "migration", "迁移材料: papers of migrations."
    CORRECTION = "correction", "户口项目变更更正材料: papers of corrections."
    REPLACED_FORM = (
        "replaced_form",
        "更换的旧《常住人口登记表》: resident forms that were replaced.",
    )
    BIRTH_CERTIFICATE = "birth_certificate", "《出生医学证明》: birth certificates."
    ENTRY_PERMIT = "entry_permit", "《准迁证》: permits to move in."
    MIGRATION_CERTIFICATE = "migration_certificate", "《迁移证》: certificates of migration."
    CORRECTION_APPROVAL = (
        "correction_approval",
        "《居民户口项目变更、更正审批表》: approvals of corrections.",
    )
    IDENTITY_CARD_APPLICATION = (
        "identity_card_application",
        "《居民身份证申领登记表》: applications for identity cards.",
    )


class HouseholdFile(Entry):
    """户籍资料立卷归档; a volume of household papers as it was bound."""

    filed_on: date = asked("归档日期", "Filed on")
    household_paper: HouseholdPaper = asked("资料种类", "Which papers")
    volume: str = asked("卷号", "The volume", longest=100)
    bound: bool = asked("已装订", "It is bound", default=True)
    kept_long: bool = asked("长期保存", "It is kept for a long time", default=False)
    place: str = asked("保管处", "Where it is kept", longest=200)


FILES = Register(
    "household.file", HouseholdFile, day="filed_on", word="HouseholdFile", once=("volume",)
)
