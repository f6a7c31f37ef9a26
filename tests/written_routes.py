"""Routes of rows written in a few words, for the tests of routes."""

from datetime import date
from itertools import groupby

from domain.rules.routes import route
from tests.random_rulebooks import OFFICE, SICK, register_in_force, rulebook

TODAY = date(2026, 3, 2)


def routed(*lines, facts=None, own=None, register=None, on=TODAY, regulation=None):
    """The route by rows written as `rule order role act clause [deny]`."""
    book = rulebook([plain(line) for line in lines], register or register_in_force())
    return route(book.rules_for(SICK, on, regulation), facts or {}, own)


def plain(line, when="always"):
    rule, order, role, act, clause, *effect = line.split()
    return (role, OFFICE, SICK, act, when, rule, order, clause, *(effect or ["allow"]))


def shown(found):
    """`a:endorse > b/c:approve`, with `&` between steps that are open together."""
    stages = groupby(found.steps, key=lambda step: step.place)
    return " > ".join(
        " & ".join(f"{'/'.join(step.roles)}:{step.act}" for step in stage) for _, stage in stages
    )
