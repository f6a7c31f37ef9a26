"""Second factors in the API: set up, confirmed, proved in a session, given up."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import strawberry

from domain.errors import Refused
from resolvers.ground import second_factors as factors
from schema.ground.acts import act, result_of
from schema.ground.fields import Info, Replay, mutation, query, written

Told = TypeVar("Told")


@strawberry.type
class SecondFactor:
    """Whether codes of the viewer's device stand beside their password."""

    confirmed_at: Annotated[
        datetime | None, "When its first code counted; null where there is none yet."
    ]
    recovery_codes_left: Annotated[int, "How many are not spent."]
    owed: Annotated[
        bool, "Whether administrative acts of the viewer's seats are refused without one."
    ]


@strawberry.type
class SecondFactorBegun:
    """A secret, told once, that counts when `confirmSecondFactor` brings its first code."""

    secret: Annotated[str | None, "Base32; null when the call is repeated."]
    uri: Annotated[str | None, "otpauth://…, to be shown as a QR code."]


@strawberry.type
class SecondFactorProved:
    """This session is proved by a second factor."""

    account: Annotated[str, "Whose it is."]
    recovery_codes: Annotated[
        list[str], "New ones, told once, each of which stands for a code once; else none."
    ]


@strawberry.type
class SecondFactorEnded:
    """There is no second factor any more; administrative acts may be refused."""

    account: Annotated[str, "Whose it was."]


@strawberry.input
class SecondFactorCodeInput:
    """A code of the viewer's device, or a recovery code where one counts already."""

    code: Annotated[str, "Six digits; it counts once."]
    idempotency_key: Annotated[strawberry.ID, "The same key is answered once."]


async def second_factor(info: Info) -> SecondFactor:
    """The viewer's second factor."""
    found, owed = await factors.mine(info.context)
    return SecondFactor(
        confirmed_at=found["confirmed_at"] if found else None,
        recovery_codes_left=found["codes_left"] if found else 0,
        owed=owed,
    )


async def begin_second_factor(info: Info) -> SecondFactorBegun:
    """Make a secret for the viewer's device; one that was never confirmed is void."""
    secret, uri = await factors.begin(info.context)
    return SecondFactorBegun(secret=secret, uri=uri)


async def confirm_second_factor(info: Info, input: SecondFactorCodeInput) -> SecondFactorProved:
    """Confirm a secret by its first code: from now on signing in asks for one."""
    return await _by_code(info, input, "second_factor_confirmed", _with_codes, first=True)


async def prove_second_factor(info: Info, input: SecondFactorCodeInput) -> SecondFactorProved:
    """Prove a session that was opened without a code."""
    return await _by_code(info, input, "second_factor_proved", _proved)


async def renew_recovery_codes(info: Info, input: SecondFactorCodeInput) -> SecondFactorProved:
    """New recovery codes; those before are void."""
    return await _by_code(info, input, "recovery_codes_renewed", _with_codes)


async def end_second_factor(info: Info, input: SecondFactorCodeInput) -> SecondFactorEnded:
    """Give the second factor up, as before another device."""
    return await _by_code(info, input, "second_factor_ended", _ended, _ended_again)


async def _by_code(
    info: Info,
    input: SecondFactorCodeInput,
    event: str,
    then: Callable[[Info], Awaitable[Told]],
    again: Replay | None = None,
    *,
    first: bool = False,
) -> Told:
    context, key = info.context, str(input.idempotency_key)
    attempt = await factors.reserved(context, key)

    async def act() -> Told:
        if attempt:
            await factors.prove(context, input.code, attempt, first=first)
        answer = await then(info)
        await context.remember({})
        await context.record(event, {"person": context.viewer.person.id})
        return answer

    try:
        told: Told = await written(
            info, act, factors.PERMISSION, replay=again or _proved_again, idempotency_key=key,
            asked=[info.field_name],
        )  # fmt: skip
    except Refused as refused:
        if attempt and refused.code == "WRONG_CODE":
            await factors.missed(context, attempt)
        raise
    return told


async def _proved(info: Info) -> SecondFactorProved:
    return SecondFactorProved(account=info.context.viewer.person.account, recovery_codes=[])


async def _proved_again(info: Info, _: Any) -> SecondFactorProved:
    return await _proved(info)


async def _with_codes(info: Info) -> SecondFactorProved:
    codes = await factors.new_codes(info.context)
    return SecondFactorProved(account=info.context.viewer.person.account, recovery_codes=codes)


async def _ended(info: Info) -> SecondFactorEnded:
    await factors.forget(info.context, info.context.viewer.person.id)
    return await _ended_again(info, None)


async def _ended_again(info: Info, _: Any) -> SecondFactorEnded:
    return SecondFactorEnded(account=info.context.viewer.person.account)


async def _begun_again(info: Info, answer: Any) -> SecondFactorBegun:  # noqa: ARG001
    return SecondFactorBegun(secret=None, uri=None)


CODED = confirm_second_factor, prove_second_factor, renew_recovery_codes, end_second_factor
FIELDS = (
    query(second_factor, factors.PERMISSION),
    act(begin_second_factor, factors.PERMISSION, replay=_begun_again),
    *(mutation(does, factors.PERMISSION, result_of(does), each=True) for does in CODED),
)
