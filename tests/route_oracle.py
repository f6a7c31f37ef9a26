"""A second reading of how rows make a route, written from the text alone and slow on purpose.

It takes rows and register as plain strings and shares no code with what it checks.
"""

import re
from fractions import Fraction

DECIDES = ("endorse", "approve", "vote")
COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
}
PART = re.compile(
    r"(?:(?P<left>-?[\d.]+) (?P<first><=|<|>=|>|=) )?(?P<fact>\w+)"
    r"(?: (?P<second><=|<|>=|>|=|in) (?P<right>\S+))?"
)


def true_of(when, facts):
    return when == "always" or all(part_holds(part, facts) for part in when.split(" and "))


def part_holds(part, facts):
    found = PART.fullmatch(part)
    if found["fact"] not in facts:
        return False
    value = facts[found["fact"]]
    if found["left"] and not COMPARE[found["first"]](Fraction(found["left"]), Fraction(value)):
        return False
    if found["second"] == "in":
        return value in found["right"].split("|")
    if not found["second"]:
        return True
    right = found["right"]
    if right in ("true", "false"):
        right = right == "true"
    elif re.fullmatch(r"-?[\d.]+", right):
        right, value = Fraction(right), Fraction(value)
    return COMPARE[found["second"]](value, right)


def in_force(rows, register, on, regulation):
    """Rows that count: of one regulation, or those whose own register line is in force."""
    for row in rows:
        clause, kind, effect = row[7], row[2], row[8]
        if regulation is not None:
            if clause.split("/")[0] == regulation:
                yield row
            continue
        begins, ends, successor = register[clause, kind, effect]
        if successor and not ends:
            continue
        if (not begins or begins <= on) and (not ends or on < ends):
            yield row


def expected(rows, register, kind, facts, *, on="2026-03-02", regulation=None, own=None):
    """(finding, stages, claims): each stage is a list of (roles, act, clauses), open together."""
    rules = {}
    for row in in_force(rows, register, on, regulation):
        if row[2] == kind:
            rules.setdefault(row[5], []).append(row)
    hits = [rule for rule in rules.values() if true_of(rule[0][4], facts)]
    if not hits:
        return "GAP", [], []

    def denies(rule):
        return rule[0][8] == "deny"

    def cites(rule):
        return {row[7] for row in rule}

    def succeeded_by_the_other_effect(rule):
        successors = {register[row[7], kind, row[8]][2] for row in rule} - {""}
        return any(denies(other) != denies(rule) and successors & cites(other) for other in hits)

    hits = [rule for rule in hits if not succeeded_by_the_other_effect(rule)]
    claims = list(dict.fromkeys(row[7] for rule in hits for row in rule))
    forbidding = set().union(*(cites(rule) for rule in hits if denies(rule)))
    allowing = [rule for rule in hits if not denies(rule) and not cites(rule) <= forbidding]
    if not allowing:
        return ("FORBIDDEN" if forbidding else "GAP"), [], claims
    first = [rule for rule in allowing if rule[0][6].startswith("0")]
    later = [rule for rule in allowing if rule not in first]
    first, allowing = (first, later) if later else ([], first)
    chains = [chain for rule in allowing if (chain := chain_as_written(rule)) is not None]
    if forbidding or any(chain != chains[0] for chain in chains):
        return "OVERLAP", [], claims
    if chains and chains[0] == [{("approve", ("nobody",))}]:
        return "GAP", [], claims
    stages = before(first) + together(allowing, len(chains[0]) if chains else 0)
    return ("ROUTED", stages, claims) if own is None else without(stages, own, claims)


def turns(rule):
    """[(order, [(roles, act, clauses)])] of a rule; alternatives are one turn."""
    found = []
    for order in sorted({int(row[6].rstrip("+")) for row in rule}):
        here = [row for row in rule if int(row[6].rstrip("+")) == order]
        if here[0][6].endswith("+"):
            found.append((order, [((row[0],), row[3], (row[7],)) for row in here]))
        else:
            roles = tuple(dict.fromkeys(row[0] for row in here))
            found.append((order, [(roles, here[0][3], tuple(dict.fromkeys(r[7] for r in here)))]))
    return found


def chain_as_written(rule):
    if rule[0][0] == "none":
        return []
    groups = [
        {(act, tuple(sorted(roles))) for roles, act, _ in turn if act in DECIDES}
        for _, turn in turns(rule)
    ]
    return [group for group in groups if group] or None


def before(rules):
    """What rules of the order 0 ask before all others; the same asked twice cites both."""
    stages = []
    for rule in rules:
        [(_, turn)] = turns(rule)
        fresh = []
        for roles, act, clauses in turn:
            for stage in stages:
                for index, (others, done, cited) in enumerate(stage):
                    if done == act and set(others) == set(roles):
                        stage[index] = (others, act, tuple(dict.fromkeys(cited + clauses)))
                        break
                else:
                    continue
                break
            else:
                fresh.append((roles, act, clauses))
        stages += [fresh] if fresh else []
    return stages


def together(rules, length):
    """Every turn gets a sorting key; equal turns at one place fold into the first of them."""
    keyed = []
    for number, rule in enumerate(rules):
        parts = [part for part in turns(rule) if part[1][0][1] != "none"]
        passed = 0
        for position, (order, turn) in enumerate(parts):
            decides = any(act in DECIDES for _, act, _ in turn)
            at = (passed, 1) if decides else (passed, 0)
            if chain_as_written(rule) is None:
                later = parts[position:]
                signs_later = any(act == "sign" for _, rest in later for _, act, _ in rest)
                at = (0, 0) if signs_later else (length, 0)
            stage = () if decides else (number, order)
            keyed.extend((at, stage, step) for step in turn)
            passed += decides
    keyed.sort(key=lambda each: each[0])
    stages = {}
    for at, stage, (roles, act, clauses) in keyed:
        same = [
            (key, index)
            for key, steps in stages.items()
            if key[0] == at
            for index, step in enumerate(steps)
            if step[1] == act and set(step[0]) == set(roles)
        ]
        if same:
            key, index = same[0]
            first, _, cited = stages[key][index]
            stages[key][index] = (first, act, tuple(dict.fromkeys(cited + clauses)))
        else:
            stages.setdefault((at, stage), []).append((roles, act, clauses))
    return list(stages.values())


def without(stages, own, claims):
    """The applicant holds the seat `own` alone."""
    decisions = [i for i, stage in enumerate(stages) for s in stage if s[1] in ("approve", "vote")]
    left = []
    for index, stage in enumerate(stages):
        kept = []
        for roles, act, clauses in stage:
            others = tuple(role for role in roles if role != own)
            if others:
                kept.append((others, act, clauses))
            elif act in ("approve", "vote"):
                return "GAP", [], claims
            elif act == "sign" and decisions and index >= decisions[0]:
                kept.append((roles, act, clauses))
        left.append(kept)
    return "ROUTED", [stage for stage in left if stage], claims
