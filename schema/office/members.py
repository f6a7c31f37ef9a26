"""Institutions founded, people and accounts in the API, and the one-time links that open them."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.office import changes as to
from resolvers.ground import ledger, one_time_links
from resolvers.office import accounts, founding, roll
from resolvers.office.administering import Done
from resolvers.office.spelling import account_name
from schema.ground.acts import act, acts
from schema.ground.errors import Refusal
from schema.ground.fields import PUBLIC, Info, mutation
from schema.ground.ids import Id
from schema.ground.scalars import JSON, given_object
from schema.office.administering import Administered, administered, shown
from schema.office.units import MANAGED, Document, changed


@strawberry.input
class FounderInput:
    """Who founds an institution together with another."""

    name: Annotated[str, "Their name."]
    account: Annotated[str, "What they sign in with, before the @."]


@strawberry.type
class Founder:
    """Who may do every administrative act until there are administrators; the other confirms it."""

    name: Annotated[str, "Their name."]
    account: Annotated[str, "What they sign in with."]
    link: Annotated[str | None, "A one-time link, told this once."]


@strawberry.type
class InstitutionCreated:
    """An institution, and who may sign in first."""

    institution: Annotated[str, "Its code."]
    founders: Annotated[list[Founder], "The two of them."]


async def create_institution(
    info: Info,
    code: Annotated[str, "Lower-case letters, digits and hyphens: what stands behind the @."],
    name: Annotated[str, "What it is called; its first unit too."],
    founders: Annotated[list[FounderInput], "Two people."],
    name_en: Annotated[str, "In English; the name when absent."] = "",
    second: Annotated[
        str, "The role whose holder is the second person to administrators: director."
    ] = "",
) -> InstitutionCreated:
    """Make an institution with two founders, who sign in by one-time links."""
    context, home = info.context, info.context.viewer.institution
    named = [(each.name, each.account) for each in founders]
    new = founding.Founding(code, name, name_en, named, second)
    words, new_id = context.services.vocabulary, context.services.new_id
    made = await founding.found(context.transaction, new, words, context.now, new_id)
    await context.transaction.act_as(home)
    told = [{"name": each.name, "account": each.account} for each in made]
    await context.remember({"institution": code, "founders": told})
    content = {"code": code, "person": context.viewer.person.id}
    await ledger.append(context.transaction, home, "institution_created", context.now, content)
    return InstitutionCreated(institution=code, founders=[Founder(**vars(e)) for e in made])


async def _created_again(_: Info, answer: Any) -> InstitutionCreated:
    return InstitutionCreated(
        institution=answer["institution"],
        founders=[Founder(**each, link=None) for each in answer["founders"]],
    )


@strawberry.input
class SpendLinkInput:
    """A one-time link, and the password from now on."""

    link: Annotated[str, "As it was told."]
    password: Annotated[str, "From now on."]


@strawberry.type
class LinkSpent:
    """The password is set; `signIn` takes it."""

    account: Annotated[str, "What to sign in with."]


async def spend_link(info: Info, input: SpendLinkInput) -> LinkSpent:
    """Set one's password by a one-time link: it serves once, and every session ends."""
    return LinkSpent(account=await one_time_links.spend(info.context, input.link, input.password))


SpendLinkResult = Annotated[LinkSpent | Refusal, strawberry.union("SpendLinkResult")]


async def add_person(
    info: Info,
    name: Annotated[str, "As the office writes it."],
    account: Annotated[str, "What they sign in with, before the @; of the name when absent."] = "",
    employment: Annotated[str, "formal, civil_servant, temporary …"] = "formal",
    facts: Annotated[
        JSON | None, 'What rules look at: {"gender": "female", "child_born": "2025-06-10"}'
    ] = None,
    namesake: Annotated[bool, "Another of the same name is meant to be somebody else."] = False,
    document: Document = "",
) -> Administered:
    """Add somebody to the office; `fillSeat` and `inviteAccount` come next."""
    context, key = info.context, info.context.services.new_id()
    home = context.viewer.institution
    office = await roll.read_office(context.transaction, home)
    taken = {each.account for each in office.people.values()}
    full = f"{account.strip()}@{home}" if account.strip() else account_name(name, taken, home)
    change = to.AddPerson(key, name, full, employment, given_object(facts), namesake)
    return await changed(info, change, document, person=key)


async def rename_person(
    info: Info,
    person_id: Annotated[UUID, Id("Person"), "Who."],
    name: Annotated[str, "From now on."],
    document: Document = "",
) -> Administered:
    """Write somebody's name otherwise from now on; what was signed before stays as it was."""
    return await changed(info, to.RenamePerson(person_id, name), document, person=person_id)


Account = Annotated[str, "The account: li.ming@hrss-bureau."]


async def invite_account(info: Info, account: Account) -> Administered:
    """Make a one-time link for an account, new or forgotten; earlier ones are void.

    The link is told to whoever does it: to the second person, where one has to confirm it.
    """
    return await administered(info, "invite", {"account": account})


async def disable_account(info: Info, account: Account) -> Administered:
    """Nobody signs in with an account from now on; its person's sessions end."""
    return await administered(info, "disable", {"account": account})


async def enable_account(info: Info, account: Account) -> Administered:
    """An account is signed in with again."""
    return await administered(info, "enable", {"account": account})


async def clear_second_factor(info: Info, account: Account) -> Administered:
    """Forget the second factor of an account's person, whose device is lost; their sessions end."""
    return await administered(info, "clear_factor", {"account": account})


async def demand_second_factor(
    info: Info, demanded: Annotated[bool, "Whether they are refused without one."] = True
) -> Administered:
    """Say whether administrative acts need a second factor; offices that are founded begin so."""
    return await administered(info, "demand_factor", {"demanded": demanded})


async def unlock_account(info: Info, account: Account) -> Administered:
    """Forget the failures at an account, so that it may be tried again at once."""
    await accounts.unlock(info.context, account)
    return await shown(info, Done({"account": account}))


FIELDS = (
    act(create_institution, "institutions.create", replay=_created_again),
    mutation(spend_link, PUBLIC, SpendLinkResult),
    *acts(add_person, rename_person, invite_account, disable_account, enable_account, **MANAGED),
    *acts(clear_second_factor, demand_second_factor, unlock_account, **MANAGED),
)
