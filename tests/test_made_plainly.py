"""Types of the API are made of their fields as a dataclass is, without a function for each."""

import pytest
import strawberry

from domain.values.filled import filled


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
