"""Compiled completion answers to the byte as graphql-core does, whatever is asked and found."""

import gc
import random
import re
import weakref
from collections import Counter
from copy import deepcopy
from typing import Any

import orjson
import pytest
from graphql import DocumentNode, ExecutionResult, execute, parse
from strawberry.execution import optimized_is_awaitable
from structlog.testing import capture_logs

from schema.completion.executor import compiling
from schema.completion.plans import MOST_FIELDS, OPERATIONS_KEPT, WAYS_KEPT
from tests.completion_awkward import CALM, SCHEMA
from tests.completion_documents import Document, plain

CORE: Any = SCHEMA._schema
MANY = 2_000
QUERIES, MUTATIONS = ["atOnce", "later", "creature"], ["put", "refuse"]


class Asked:
    """A schema that is asked with compiled completion, and without."""

    def __init__(self) -> None:
        self.executor: Any = compiling(lambda context: context["compiled"])

    async def run(
        self, document: DocumentNode, variables: Any, seed: str, *, compiled: bool
    ) -> bytes:
        """All that comes of a document: data, errors, and each call of a resolver in its order."""
        context = {"compiled": compiled, "seed": seed, "calls": []}
        came = execute(
            CORE,
            document,
            context_value=context,
            variable_values=deepcopy(variables),
            is_awaitable=optimized_is_awaitable,
            executor_class=self.executor,
        )
        result = came if isinstance(came, ExecutionResult) else await came
        errors = [(each.formatted, repr(each.original_error)) for each in result.errors or ()]
        parts = [result.data, errors, context["calls"]]
        told = orjson.dumps(parts, default=repr, option=orjson.OPT_NON_STR_KEYS)
        return re.sub(rb" at 0x[0-9a-f]+", b"", told)

    async def alike(self, document: DocumentNode, variables: Any = None, seed: str = "1") -> Any:
        """What comes, the same without, before it is compiled, and twice after."""
        usual = await self.run(document, variables, seed, compiled=False)
        for _ in range(3):
            assert await self.run(document, variables, seed, compiled=True) == usual
        return orjson.loads(usual)

    @property
    def functions(self) -> Counter[str]:
        """How many selections of each type are compiled."""
        plans = [plan for each in self.executor.plans.kept.values() for plan in each.plans.values()]
        made = [key for plan in plans for key, function in plan.functions.items() if function]
        return Counter(kind.name for kind, _ in made)


@pytest.fixture
def asked() -> Asked:
    return Asked()


async def test_two_thousand_documents_are_answered_to_the_byte_as_by_graphql_core(
    asked: Asked,
) -> None:
    with capture_logs() as logged:
        met = await compared(asked)
    gc.collect()
    assert logged == []
    assert min(met[each] for each in ("errors", "none", "Box", "Cat", "Dog", "Trouble")) >= 5, met


async def compared(asked: Asked) -> Counter[str]:
    """What was met while each document was answered three times."""
    met: Counter[str] = Counter()
    for seed in range(MANY):
        chance = random.Random(seed)
        made = Document(chance, CORE, plain)
        mutates = seed % 10 == 0
        root, fields = (CORE.mutation_type, MUTATIONS) if mutates else (CORE.query_type, QUERIES)
        text = made.text(root, fields, 3 + (seed % 16 == 0))
        document = parse(text)
        usual = await asked.run(document, made.variables, str(seed), compiled=False)
        for _ in range(2):
            got = await asked.run(document, made.variables, str(seed), compiled=True)
            assert got == usual, (seed, text, made.variables)
        data, errors, _ = orjson.loads(usual)
        met += Counter(data=data is not None, errors=len(errors), none=data is None)
        if seed % OPERATIONS_KEPT == 0:
            met += asked.functions
    return met


async def test_each_selection_is_one_function_from_the_second_time_on(asked: Asked) -> None:
    document = parse("{ atOnce { text } }")
    await asked.run(document, {}, "1", compiled=True)
    assert not asked.functions
    await asked.run(document, {}, "1", compiled=True)
    assert asked.functions == {"Box": 1}
    assert not Asked().functions


async def test_an_asynchronous_field_is_not_compiled_but_all_around_and_below_it_is(
    asked: Asked,
) -> None:
    document = parse("{ atOnce { code slow { code seen { own told(times: 1) } } } }")
    data, _, calls = await asked.alike(document, seed=CALM)
    assert data["atOnce"]["slow"]["seen"], "the values are as they ought to be"
    assert asked.functions == {"Box": 3}
    assert len(calls) == 4


async def test_a_mutation_acts_once_whatever_becomes_of_its_answer(asked: Asked) -> None:
    document = parse("""mutation { a: put(of: {amount: 1}) { text } b: put(of: {amount: 2}) { evens
      colours must { even must { flag boxes { rows { count } } } } } }""")
    for seed in range(12):
        _, _, calls = await asked.alike(document, seed=str(seed))
        assert [call.startswith("('put'") for call in calls] == [True, True]


async def test_what_directives_leave_out_is_judged_anew_each_time(asked: Asked) -> None:
    document = parse("""query ($a: Boolean!, $b: Boolean = false) {
      atOnce { code @skip(if: $a) ... @include(if: $b) { code own } flag @include(if: true) } }""")
    for given in ({"a": True}, {"a": False}, {"a": True, "b": True}, {"a": False, "b": True}):
        data, _, _ = await asked.alike(document, given, seed=CALM)
        assert ("code" in data["atOnce"]) == (not given["a"] or given.get("b", False))
        assert ("own" in data["atOnce"]) == given.get("b", False)
    assert asked.functions == {"Box": 4}


async def test_arguments_are_read_anew_where_variables_are_in_them(asked: Asked) -> None:
    document = parse("""query ($of: Order, $times: Int = 1) { atOnce {
      told(times: $times, of: $of) x: told(of: {amount: 3, more: {note: "n"}}) } }""")
    said = set()
    for of in ({"amount": 1}, {"amount": 2, "colours": ["RED"]}, None):
        data, errors, _ = await asked.alike(document, {"of": of})
        assert not errors
        said.add(data["atOnce"]["told"])
    assert len(said) == 3


async def test_other_directives_and_the_settings_of_errors_are_left_to_graphql_core(
    asked: Asked,
) -> None:
    await asked.alike(parse("query @unheard { atOnce { code } }"))
    await asked.alike(parse("{ atOnce { code @unheard } }"))
    await asked.alike(parse("{ __schema { queryType { name fields { name } } } atOnce { code } }"))
    assert asked.functions == {"Box": 1, "__Type": 1, "__Schema": 1, "__Field": 1}


# Bad input


async def test_a_flood_of_documents_stays_within_bounds_and_each_is_answered(asked: Asked) -> None:
    first = parse("{ atOnce { code } }")
    await asked.alike(first, seed=CALM)
    [compiled] = asked.executor.plans.kept.values()
    gone = weakref.ref(compiled)
    del compiled
    for number in range(3_000):
        document = parse(f"{{ atOnce {{ a{number}: code }} }}")
        came = await asked.run(document, {}, CALM, compiled=True)
        assert orjson.loads(came)[0]["atOnce"].keys() == {f"a{number}"}
    assert len(asked.executor.plans.kept) == OPERATIONS_KEPT
    assert not asked.functions, "nothing is compiled of what comes once"
    gc.collect()
    assert gone() is None
    await asked.alike(first, seed=CALM)


@pytest.mark.parametrize("many", [500, 4_000])
async def test_as_many_aliases_as_one_likes_are_answered_and_too_many_not_compiled(
    asked: Asked, many: int
) -> None:
    document = parse(f"{{ atOnce {{ {' '.join(f'a{n}: own' for n in range(many))} }} }}")
    data, _, _ = await asked.alike(document, seed=CALM)
    assert len(data["atOnce"]) == many
    assert asked.functions == ({"Box": 1} if many <= MOST_FIELDS else {})


async def test_three_hundred_fragments_in_each_other_are_one_function(asked: Asked) -> None:
    parts = [f"fragment F{n} on Box {{ a{n}: code ...F{n + 1} }}" for n in range(300)]
    document = parse("\n".join(["{ atOnce { ...F0 } }", *parts, "fragment F300 on Box { own }"]))
    data, _, _ = await asked.alike(document, seed=CALM)
    assert len(data["atOnce"]) == 301
    assert asked.functions == {"Box": 1}


async def test_of_many_ways_through_one_document_some_are_compiled_and_all_are_right(
    asked: Asked,
) -> None:
    names = [f"c{number}" for number in range(6)]
    declared = ", ".join(f"${name}: Boolean!" for name in names)
    fields = " ".join(f"{name}: code @include(if: ${name})" for name in names)
    document = parse(f"query ({declared}) {{ atOnce {{ own {fields} }} }}")
    for number in range(2 ** len(names)):
        given = {name: bool(number >> place & 1) for place, name in enumerate(names)}
        data, _, _ = await asked.alike(document, given, seed=CALM)
        assert set(data["atOnce"]) == {"own", *(name for name in names if given[name])}
    assert asked.functions == {"Box": WAYS_KEPT}
