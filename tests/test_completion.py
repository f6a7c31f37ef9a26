"""Compiled completion answers to the byte as graphql-core does, whatever is asked and found."""

import asyncio
import random
from collections import Counter
from copy import deepcopy
from typing import Any

import orjson
from graphql import DocumentNode, ExecutionResult, execute, parse, validate
from strawberry.execution import optimized_is_awaitable

from tests.completion_awkward import SCHEMA
from tests.completion_documents import Document, plain

CORE: Any = SCHEMA._schema


async def run(document: DocumentNode, variables: dict[str, Any], seed: str, *, compiled: bool) -> tuple[bytes, Any]:
    context = {"compiled": compiled, "seed": seed, "calls": []}
    result = execute(
        CORE,
        document,
        context_value=context,
        variable_values=deepcopy(variables),
        is_awaitable=optimized_is_awaitable,
        executor_class=SCHEMA.execution_context_class,
    )
    result = result if isinstance(result, ExecutionResult) else await result
    errors = [(each.formatted, repr(each.original_error)) for each in result.errors or ()]
    return orjson.dumps([result.data, errors, context["calls"]], default=repr, option=orjson.OPT_NON_STR_KEYS), result


async def test_thousands():
    seen = Counter()
    for seed in range(2500):
        chance = random.Random(seed)
        made = Document(chance, CORE, plain)
        root, fields = (CORE.mutation_type, ["put", "refuse"]) if seed % 10 == 0 else (CORE.query_type, ["atOnce", "later", "creature"])
        text = made.text(root, fields, 5)
        document = parse(text)
        if validate(CORE, document):
            seen["invalid"] += 1
            continue
        usual, result = await run(document, made.variables, str(seed), compiled=False)
        seen["errors" if result.errors else "fine"] += 1
        seen["null"] += result.data is None
        for _ in range(3):
            got, _ = await run(document, made.variables, str(seed), compiled=True)
            if got != usual:
                print(seed, text, made.variables)
                print(orjson.loads(usual)); print(orjson.loads(got))
            assert got == usual
        ways = SCHEMA.execution_context_class.plans.kept.get(id(document.definitions[0]))
        for plan in ways.plans.values() if ways else ():
            for f in plan.functions.values(): seen["compiled" if f else "declined"] += 1
    print(seen)
