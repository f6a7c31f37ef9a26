"""Which check the rows of each shape pass when they are loaded."""

from collections.abc import Callable, Mapping
from typing import Any

from policies import door_rows, entitlement_rows, number_rows, publication_rows
from policies.lines import Faults
from policies.roster_rows import check_rosters
from policies.shape_checks import (
    check_cadences,
    check_checks,
    check_clocks,
    check_counts,
    check_derivations,
    check_ladders,
    check_orders,
    check_paths,
    check_scores,
    check_separations,
    nothing,
)

CHECKS: Mapping[str, Callable[[Any, Faults], None]] = {
    "clocks": check_clocks,
    "cadences": check_cadences,
    "quotas": nothing,
    "ladders": check_ladders,
    "derivations": check_derivations,
    "scores": check_scores,
    "votes": nothing,
    "eligibility": nothing,
    "separations": check_separations,
    "paths": check_paths,
    "orders": check_orders,
    "verbs": nothing,
    "occurrences": nothing,
    "counts": check_counts,
    "checks": check_checks,
    "rosters": check_rosters,
    "rounds": nothing,
    "entitlements": entitlement_rows.check,
    "publications": publication_rows.check,
    "numbers": number_rows.check,
    "law": nothing,
    "doors": door_rows.check,
}
