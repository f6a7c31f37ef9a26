"""What an area is declared with: each word of the engine, its options and what they mean."""

import re
import textwrap
from collections.abc import Collection, Iterator
from importlib import import_module
from inspect import cleandoc, signature

MODULES = (
    *("domain.approval.procedure", "domain.approval.spans"),
    *("domain.records.registers", "domain.records.rules"),
    *("domain.records.cases", "domain.records.case_tables", "domain.records.stage_rules"),
    *("domain.records.stage_effects", "domain.records.case_counts"),
    *("domain.records.things", "domain.records.bookable", "domain.records.stock"),
    *("domain.records.checks", "domain.records.statements"),
    *("domain.values.bounds", "domain.values.choices"),
)
QUALIFIED = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])|<class '([\w.]+)'>")


def described(names: Collection[str] = ()) -> Iterator[str]:
    """Each word of these names, or every one: its options, then what is said of it."""
    unknown = {*names}
    for module in map(import_module, MODULES):
        for name, of in vars(module).items():
            own = getattr(of, "__module__", "") == module.__name__ and callable(of)
            if own and name[0] != "_" and (not names or name in names):
                unknown.discard(name)
                options = QUALIFIED.sub(r"\1", str(signature(of)))
                yield textwrap.fill(f"{name}{options}", 100, subsequent_indent="    ")
                yield textwrap.indent(cleandoc(of.__doc__ or ""), "  ") + "\n"
    for name in sorted(unknown):
        yield f"No word is called {name}: without a name, all of them are told."
