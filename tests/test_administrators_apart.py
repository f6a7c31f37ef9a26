"""Who administers what: each role by each mutation that is not everybody's, every cell."""

import pytest

from domain.shapes.doors import ANYONE
from policies import loading, vocabulary
from policies.door_rows import changeable
from policies.permissions import GRANTS, HARD_ROLES, ROLES_BY_PERMISSION, allows
from resolvers.requests.words import camel
from schema.ground.fields import PUBLIC
from schema.root import schema
from tests.moving import do
from tests.office import Api
from tests.test_arguments import SCHEMA, cases, document, keyed, real_ids

ORGANISATION = {
    *("addUnit", "renameUnit", "moveUnit", "mergeUnit", "closeUnit", "addSeat", "closeSeat"),
    *("addPerson", "renamePerson", "fillSeat", "endAppointment", "handOver"),
    *("inviteAccount", "disableAccount", "enableAccount", "unlockAccount"),
    *("exportOffice", "importOffice"),
    *("clearSecondFactor", "demandSecondFactor", "setIdentityProvider", "dropIdentityProvider"),
    "recordNetworkGrade",
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
    "founder": ORGANISATION | RULES | ON_REQUESTS | {"destroyTexts"},
    "platform_admin": {"createInstitution"},
    "director": EXTENDS,
    "section_chief": EXTENDS,
    "staff": set[str](),
}
"""What is open to a role beside what is open to everybody."""

AT_THE_DOOR = {"signIn", "refreshSession", "spendLink"}
OWN = {
    *("requests.decide", "sessions.end", "password.change", "second_factor.keep"),
    *("notices.read", "viewer.read", "regulations.acknowledge", "administration.confirm"),
    "personal.file",
}
"""Hard permissions of everybody: one's own turn, session, password, notices and file."""

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


@pytest.mark.parametrize("role", vocabulary.shipped().roles)
def test_no_other_role_of_the_vocabulary_opens_more_than_its_lines_say(role: str) -> None:
    """Every role by every mutation: what is reserved is open by its own line and no other."""
    lines = {tuple(each.split(", ")) for each in GRANTS.read_text(encoding="utf-8").splitlines()}
    for name, permission in MUTATIONS.items():
        everybody = permission == PUBLIC or ("p2", ANYONE, permission) in lines
        by_line = ("p2", role, permission) in lines
        assert allows({role}, permission) is (everybody or by_line) or permission == PUBLIC, name
        if name in RESERVED and role not in MAY:
            assert not by_line or name in EXTENDS | TELEPHONE, name


def test_every_mutation_is_public_everybody_s_by_a_line_of_the_office_or_reserved() -> None:
    """What everybody may call is one's own, or a line says who may do it: these are all doors."""
    own = {MUTATIONS[name] for name in MUTATIONS.keys() - RESERVED} - {PUBLIC} - changeable()
    assert own == OWN
    assert {name for name, permission in MUTATIONS.items() if permission == PUBLIC} == AT_THE_DOOR


@pytest.mark.parametrize("institution", loading.institutions())
def test_no_line_of_a_shipped_rulebook_gives_an_administrator_anything(institution: str) -> None:
    book = loading.shipped(institution)
    assert {row.role for row in (*book.rows, *book.acts)} & HARD_ROLES == set()


@pytest.mark.parametrize(
    "role", ["system_admin", "policy_admin", "audit_admin", "staff", "section_chief", "director"]
)
async def test_each_closed_cell_is_closed_when_it_is_called_and_nothing_is_changed(
    api: Api, role: str
) -> None:
    visitor, ids = await api.person(f"{role}@hrss-bureau"), await real_ids(api)
    before = await api.counts()
    for name in sorted(RESERVED - MAY[role]):
        field = SCHEMA.type_map["Mutation"].fields[name]
        given = next(cases(field, ids))
        answer = await visitor.ask(document("Mutation", name, field), keyed(given))
        assert answer.codes == ["NOT_ALLOWED"], (name, answer.body)
    assert await api.counts() == before


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
