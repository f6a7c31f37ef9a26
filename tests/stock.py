"""What tests of stock share: a store that an office keeps, and lines that move an item of it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from domain.records.registers import Register
from domain.records.stock import STORE, Flow, Stock
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor
from tests.registers import BOOKS, Kept, an_example, kept

LEVEL = "item inStore promised available held difference countedOn"


async def emptied(api: Api, stock: Stock) -> None:
    """Nothing was ever in the store."""
    books = (each.lines for each in stock.registers)
    await api.empty(stock.thing.cards, "thing_moves", *books)


@dataclass
class Store:
    """A stock where an office keeps it, its books by their keepers, and an item."""

    stock: Stock
    institution: str
    books: dict[str, Kept]
    item: str

    async def enter(self, register: Register, key: str = "", **more: Any) -> Any:
        given = {"itemId": self.item, **more}
        if not any(each.name == "item_id" for each in register.entered):
            del given["itemId"]
        return await self.books[register.name].enter(key or str(uuid4()), **given)

    async def level(self, visitor: Visitor | None = None, **on: str) -> Any:
        reader = visitor or self.books[self.taking.register.name].keeper
        found = await levels(reader, self.stock, **on)
        return found.get(self.item)

    @property
    def filling(self) -> Flow:
        return self.stock.flows[0]

    @property
    def taking(self) -> Flow:
        """How it comes from the store into somebody's hands."""
        return next(
            each for each in self.stock.flows if each.leaves == STORE and each.arrives != STORE
        )


async def levels(visitor: Visitor, stock: Stock, **on: str) -> dict[str, Any]:
    """What there is of each item, by its id."""
    at = f'(on: "{on["on"]}")' if on else ""
    page = await visitor.one(
        f"{{ {camel(stock.thing.cards)}InStock{at} {{ edges {{ node {{ {LEVEL} }} }} }} }}"
    )
    return {edge["node"]["item"]: edge["node"] for edge in page["edges"]}


async def store(api: Api, stock: Stock) -> Store:
    """The store of the first office that keeps all of what the conformance asks."""
    empty = Store(stock, "", {}, "")
    wanted = [empty.filling.register, empty.taking.register, stock.counts, stock.settlements]
    for book in BOOKS:
        if {each.name for each in wanted} <= {each.register for each in book.registers}:
            books = {each.name: await keeper_of(api, each, book.institution) for each in wanted}
            item = await an_example(api, book.institution, stock.thing)
            return Store(stock, book.institution, books, item)
    raise LookupError(f"no office keeps a store of {stock.thing.name}")


async def keeper_of(api: Api, register: Register, institution: str) -> Kept:
    found = await kept(api, register)
    assert found.institution == institution, (register.name, found.institution)
    return found


async def sign(visitor: Visitor, line: str) -> Any:
    return await visitor.one(
        "mutation ($input: SignLineInput!) { signLine(input: $input) { __typename"
        f" ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"lineId": line, "idempotencyKey": str(uuid4())}},
    )


async def end(visitor: Visitor, item: str, version: int = 1) -> Any:
    return await visitor.one(
        "mutation ($input: MoveThingInput!) { moveThing(input: $input) { __typename"
        f" ... on ThingKept {{ version }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {
            "input": {
                "thingId": item, "expectedVersion": version, "move": "ENDED", "text": "不再使用",
                "idempotencyKey": str(uuid4()),
            }
        },
    )  # fmt: skip


async def differences(visitor: Visitor) -> list[Any]:
    found: list[Any] = await visitor.one(
        "{ stockDifferences { count item day expected found difference } }"
    )
    return found


async def held(visitor: Visitor, person: str = "") -> list[Any]:
    of = f'(person: "{person}")' if person else ""
    found: list[Any] = await visitor.one(f"{{ stockHeld{of} {{ item name quantity }} }}")
    return found


async def person_of(api: Api, account: str) -> str:
    person = await api.value("select person_id from accounts where account = $1", account)
    return global_id("Person", person)
