"""A served office holds against hostile calls; `python -m tests.fuzzing` goes on for longer."""

import random
import socket
from collections.abc import Iterator
from threading import Thread

import pytest
import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from strawberry.asgi import GraphQL

from tests import fuzz_line, fuzzing
from tests.fuzz_calls import Call, Calls
from tests.fuzz_values import Pool


async def test_no_hostile_call_meets_a_failure_or_waits_long_and_health_is_told_at_once() -> None:
    done = await fuzzing.run(calls=1_000, seed=20261129, seconds=30)
    assert done.sent > 100
    # What was slow once, and asked again is not, waited for something else of this machine.
    found = done.findings.items()
    assert [str(each) for kind, each in found if each.again or not kind.startswith("slow")] == []


# The harness itself, on a server with one fault


@strawberry.input
class Order:
    amount: int
    note: str | None = None


@strawberry.type
class Receipt:
    number: int
    note: str


@strawberry.type
class Query:
    @strawberry.field
    def receipt(self, order: Order) -> Receipt:
        if order.amount < 0:
            raise RuntimeError("what nobody thought of")
        return Receipt(number=1, note=order.note or "")


class Masked(strawberry.Schema):
    """Tells of each failure as the product does."""

    def process_errors(self, errors, _=None) -> None:
        for error in errors:
            error.extensions = {"code": "INTERNAL" if error.path else "INVALID_GRAPHQL"}


FAULTY = Masked(query=Query)


@pytest.fixture
def faulty() -> Iterator[str]:
    routes = [
        Route("/healthz", lambda _: PlainTextResponse("ok")),
        Route("/graphql", GraphQL(FAULTY)),
    ]
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_config=None))
    serving = Thread(target=server.run, kwargs={"sockets": [listener]})
    serving.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    serving.join()


async def test_a_fault_is_found_and_told_with_the_smallest_call_that_meets_it(faulty: str) -> None:
    chance = random.Random(1)
    calls = Calls(FAULTY._schema, chance, Pool(), [None])
    found = fuzzing.Fuzzing(fuzz_line.Line(faulty), calls, chance)
    await found.run(many=400, seconds=60)
    call = found.findings["INTERNAL receipt"].call
    assert isinstance(call, Call)
    assert (call.times, len(call.selected)) == (1, 1)
    assert list(call.given["order"]) == ["amount"]
    assert call.given["order"]["amount"] < 0
