"""Which check the rows of a shape pass together when they are loaded; some pass none."""

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
)

CHECKS: Mapping[str, Callable[[Any, Faults], None]] = {
    "clocks": check_clocks,
    "cadences": check_cadences,
    "ladders": check_ladders,
    "derivations": check_derivations,
    "scores": check_scores,
    "separations": check_separations,
    "paths": check_paths,
    "orders": check_orders,
    "counts": check_counts,
    "checks": check_checks,
    "rosters": check_rosters,
    "entitlements": entitlement_rows.check,
    "publications": publication_rows.check,
    "numbers": number_rows.check,
    "doors": door_rows.check,
}
