"""What areas add to the engine that no word can say, by what each adds it to."""

from collections.abc import Mapping

from resolvers.areas import (
    admin_approval,
    archives,
    attendance,
    canteen,
    confidentiality,
    decisions,
    enforcement,
    evaluation,
    finance,
    gate,
    hygiene,
    meetings,
    openness,
    outreach,
    party,
    printing,
    proposals,
    seals,
    supervisors,
    supplies,
    vehicles,
)
from resolvers.areas.documents import circulating, drafts
from resolvers.records.case_beginnings import Check
from resolvers.records.rosters import CHECKS as OF_ROSTERS
from resolvers.records.stock import CHECKS as OF_STOCKS

BEGINS: Mapping[str, Check] = {
    **admin_approval.BEGINS,
    **enforcement.BEGINS,
    **finance.BEGINS,
    **party.BEGINS,
}
"""What is asked of a case before it begins without a request."""
EFFECTS = {
    **admin_approval.EFFECTS,
    **confidentiality.EFFECTS,
    **enforcement.EFFECTS,
    **openness.EFFECTS,
    **seals.EFFECTS,
}
"""What stages of a case bring about, by event."""
CARDS = seals.CARDS
"""What is known of a card that is entered, for the lists of clauses."""
LINES = {
    **drafts.CHECKS,
    **admin_approval.CHECKS,
    **attendance.CHECKS,
    **canteen.CHECKS,
    **enforcement.CHECKS,
    **evaluation.CHECKS,
    **finance.CHECKS,
    **gate.CHECKS,
    **hygiene.CHECKS,
    **meetings.CHECKS,
    **openness.CHECKS,
    **outreach.CHECKS,
    **seals.CHECKS,
    **OF_ROSTERS,
    **OF_STOCKS,
    **supervisors.CHECKS,
    **supplies.CHECKS,
    **vehicles.CHECKS,
}
"""What is asked of a line of a register beside its form."""
LOOKS = {
    **admin_approval.LOOKS,
    **archives.LOOKS,
    **circulating.LOOKS,
    **decisions.LOOKS,
    **drafts.LOOKS,
    **openness.LOOKS,
    **party.LOOKS,
    **printing.LOOKS,
    **proposals.LOOKS,
}
"""What is looked up of a case before a stage is judged."""
