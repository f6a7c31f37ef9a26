"""What no word says of finance, by what it is asked of."""

from collections.abc import Mapping

from resolvers.areas.finance import audits, books
from resolvers.records.registers import Check

BEGINS = audits.BEGINS
CHECKS: Mapping[str, Check] = {**audits.CHECKS, **books.CHECKS}
