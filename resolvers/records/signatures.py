"""Who signs for a line, and whether it waits for that."""

from collections.abc import Mapping
from typing import Any

from domain.office.notices import Notice
from domain.records.lines import AWAITS
from domain.records.registers import Register
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.notices import announce
from resolvers.records.acts import clauses_of, may, rows_of
from resolvers.records.verdicts import Verdict


async def awaits_signature(context: Context, register: Register, row: Mapping[str, Any]) -> bool:
    """Whether a line counts only once another has signed: whoever wrote it is not that other."""
    signer = row[register.signed_by]
    if row["void"] or signer is None or signer == context.viewer.person.id:
        return False
    living = await context.rulebook()
    asked = clauses_of(living, register.name, register.signed_by)
    return bool(asked) or not register.signed_if_asked


async def ask_to_sign(context: Context, register: Register, line: Mapping[str, Any]) -> None:
    """Tell whoever a line waits for."""
    if not register.signed_by or not line[AWAITS]:
        return
    me, label = context.viewer.person, context.services.vocabulary.objects[register.name].label
    details = {**label.both, "name": me.name}
    to = line[register.signed_by]
    notice = Notice("LINE_TO_SIGN", to, me.institution, details, subject=line["id"])
    await announce(context, notice)


async def signs_for(
    context: Context, register: Register, row: Mapping[str, Any]
) -> tuple[bool, Verdict]:
    """Whether the viewer signs: who is named, or whose it is where the office's lines say that."""
    living = await context.rulebook()
    verdict = await may(context, register.name, Act.CONFIRM)
    named = row[register.signed_by] == context.viewer.person.id
    said = bool(rows_of(living, register.name, Act.CONFIRM))
    return verdict.allowed if said else named, verdict
