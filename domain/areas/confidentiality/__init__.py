"""Confidentiality 保密: what was lent and has come back to the secrecy room."""

from datetime import datetime
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import Entry, Register


class Return(Entry):
    """密级文件退还登记; a classified paper that was lent is back."""

    request_id: UUID = referring("借阅申请", "The loan", "Request")
    returned_at: datetime = asked("退还时间", "When")


RETURNS = Register("classified.return", Return, day="returned_at", once=("request_id",))
REGISTERS = (RETURNS,)
