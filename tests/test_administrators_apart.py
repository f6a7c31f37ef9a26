"""Who administers what: each role by each mutation that is not everybody's, every cell."""

import pytest

from domain.shapes.doors import ANYONE
from policies.permissions import ROLES_BY_PERMISSION, allows
from resolvers.requests.words import camel
from schema.ground.fields import PUBLIC
from schema.root import schema
from tests.moving import do
from tests.office import Api

ORGANISATION = {
    *("addUnit", "renameUnit", "moveUnit", "mergeUnit", "closeUnit", "addSeat", "closeSeat"),
    *("addPerson", "renamePerson", "fillSeat", "endAppointment", "handOver"),
    *("inviteAccount", "disableAccount", "enableAccount", "unlockAccount"),
    *("exportOffice", "importOffice"),
    *("clearSecondFactor", "demandSecondFactor", "setIdentityProvider", "dropIdentityProvider"),
}
RULES = {
    *("adoptRulebook", "uploadRegulation", "startDraft", "changeDraft", "submitDraft"),
    *("importDraft", "exportRulebook", "startReplay", "cancelReplay"),
    *("setCalendarDay", "clearCalendarDay", "confirmCalendarYear"),
    *("openChannel", "closeChannel", "reviveDeadLetters"),
}
ON_REQUESTS = {"reassign", "cancel"}
EXTENDS = {"decideExtension"}
TELEPHONE = {"recordConsent"}
MAY = {
    "system_admin": ORGANISATION,
    "policy_admin": RULES | ON_REQUESTS,
    "audit_admin": {"destroyTexts", "exportRulebook"},
    "founder": ORGANISATION | {"adoptRulebook"},
    "platform_admin": {"createInstitution"},
    "director": EXTENDS,
    "section_chief": EXTENDS,
    "staff": set[str](),
}
"""What is open to a role beside what is open to everybody."""

MUTATIONS = {
    camel(field.python_name): field.metadata["permission"]
    for field in schema.get_type_by_name("Mutation").fields
}
RESERVED = {
    name
    for name, permission in MUTATIONS.items()
    if permission != PUBLIC and ANYONE not in ROLES_BY_PERMISSION[permission]
}


@pytest.mark.parametrize("role", MAY)
def test_each_cell_of_role_and_mutation_is_as_it_is_written(role: str) -> None:
    found = {name for name in RESERVED if allows({role}, MUTATIONS[name])}
    assert found == MAY[role]


def test_nothing_reserved_is_nobody_s() -> None:
    assert RESERVED - set().union(*MAY.values()) <= TELEPHONE


async def test_a_policy_administrator_appoints_nobody_and_an_auditor_changes_nothing(
    api: Api,
) -> None:
    system, policy, audit = [
        await api.person(f"{role}@hrss-bureau")
        for role in ("system_admin", "policy_admin", "audit_admin")
    ]
    before = await api.counts()
    reserved = (
        (system, "adoptRulebook", "{areas: [], idempotencyKey: 1}"),
        (system, "cancel", '{requestId: "", reason: "", idempotencyKey: 1}'),
        (policy, "fillSeat", '{seatId: "", personId: "", document: "", idempotencyKey: 1}'),
        (policy, "inviteAccount", '{account: "", idempotencyKey: 1}'),
        (audit, "addUnit", '{name: "", parentId: "", idempotencyKey: 1}'),
        (audit, "adoptRulebook", "{areas: [], idempotencyKey: 1}"),
    )
    for who, name, given in reserved:
        answer = await who.ask(f"mutation {{ {name}(input: {given}) {{ __typename }} }}")
        assert answer.codes == ["NOT_ALLOWED"], name
    assert await api.counts() == before


async def test_what_one_administrator_asks_for_changes_nobody_who_decides(api: Api) -> None:
    system = await api.person("system_admin@hrss-bureau")
    seats = await system.one("{ seats { id role holdings { person { id } } } }")
    [chief] = [e for e in seats if e["role"] == "section_chief"][:1]
    holder = chief["holdings"][0]["person"]["id"]
    before = await api.rows("select * from appointments order by id")
    ended = {"seatId": chief["id"], "personId": holder, "lastDay": "2026-03-02", "document": "令"}
    shown = "__typename ... on PostChanged { waits { state } } ... on Refusal { code }"
    answer = await do(system, "endAppointment", shown, **ended)
    assert answer["waits"] == {"state": "PENDING"}
    assert await api.rows("select * from appointments order by id") == before
