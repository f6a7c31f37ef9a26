"""Types of the API are made of their fields as a dataclass is, without a function for each."""

import pytest
import strawberry

from domain.values.filled import filled
from schema.ground.called_plainly import Called, ReadOff, read_by


@strawberry.input
class Asked:
    title: str
    days: int = 2
    papers: list[str] = strawberry.field(default_factory=list)


@strawberry.type
class Told(Asked):
    said: str

    @strawberry.field
    def words(self) -> int:
        return len(self.said)


def test_one_is_made_of_what_is_given_and_of_defaults_of_its_own() -> None:
    one, other = Asked(title="休假"), Asked(title="休假", days=3)
    assert (one.title, one.days, other.days) == ("休假", 2, 3)
    one.papers.append("诊断书")
    assert other.papers == []


def test_what_a_type_has_from_another_is_given_too_and_what_it_works_out_is_not() -> None:
    told = Told(title="休假", said="同意")
    assert vars(told) == {"title": "休假", "days": 2, "papers": [], "said": "同意"}
    with pytest.raises(TypeError):
        Told(title="休假", said="同意", words=2)  # type: ignore[call-arg]


@pytest.mark.parametrize("given", [{}, {"days": 1}, {"title": "休假", "colour": "red"}])
def test_what_is_missing_or_unknown_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Asked(**given)  # type: ignore[arg-type]


def test_no_function_is_written_for_a_type() -> None:
    assert Asked.__init__ is filled


@strawberry.type
class Office:
    name: str
    beds: int = strawberry.field(resolver=read_by(len))

    @strawberry.field
    def itself(self) -> str:
        return type(self).__name__

    @strawberry.field
    def asked(root: strawberry.Parent["Office"], info: strawberry.Info) -> str:  # noqa: N805
        return f"{root.name} {info.field_name} {info.context}"

    @strawberry.field
    async def later(self) -> str:
        return "later"

    @strawberry.field
    def times(self, number: int) -> str:
        return self.name * number

    def __len__(self) -> int:
        return 12


@strawberry.type
class Query:
    @strawberry.field
    def office(self) -> Office:
        return Office(name="局")


async def test_each_way_of_asking_is_answered_and_only_what_needs_one_has_a_chain() -> None:
    served = strawberry.Schema(query=Query)
    told = await served.execute(
        "{ office { name beds itself asked later times(number: 2) } }", context_value="甲"
    )
    assert told.errors is None
    assert told.data == {
        "office": {
            "name": "局",
            "beds": 12,
            "itself": "Office",
            "asked": "局 asked 甲",
            "later": "later",
            "times": "局局",
        }
    }
    fields = served._schema.type_map["Office"].fields
    kinds = {name: type(each.resolve) for name, each in fields.items()}
    assert kinds["name"] is ReadOff
    assert {kinds["beds"], kinds["itself"], kinds["asked"]} == {Called}
    assert not {kinds["later"], kinds["times"]} & {ReadOff, Called}
