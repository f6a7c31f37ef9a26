"""What no word can say of outreach: that a leader of the bureau leads a team."""

from collections.abc import Mapping

from domain.areas.outreach.teams import MEMBERS, Member
from domain.errors import at_fault
from domain.records.registers import Serving
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records.registers import Check
from resolvers.records.serving import serving

LEADER = Serving(act=Act.TAKE, unfit="NOT_A_TEAM_LEADER")


async def _led_by_a_leader(context: Context, entry: Member) -> None:
    """Raises: Refused: whoever is to lead holds no seat that may."""
    if not entry.leads_team:
        return
    found = await serving(context, MEMBERS.name, LEADER, entry.person_id, entry)
    for code, _ in found.against:
        raise at_fault(code, "input", "leadsTeam")


CHECKS: Mapping[str, Check] = {MEMBERS.name: _led_by_a_leader}
"""What is asked of a line of the teams beside its form."""
