"""The figures as people read them, in Markdown, and raw as JSON."""

from collections.abc import Mapping
from typing import Any

from benchmarks.budgets import Budget, Found, rate
from benchmarks.load import Load
from benchmarks.reads import Measured, Results
from benchmarks.screens import FLOOR, OURS


def table(title: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [f"\n## {title}\n", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g}"


def report(found: Found, kept: list[Budget]) -> str:
    tables = [side_by_side(found.results, screen) for screen in ("inbox", "request")]
    return "\n".join([*tables, waits(found.waits), writes(found), judged(kept)])


BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def placed(page: str, tables: str, conditions: str) -> str:
    """The page with these tables where its figures stand, a level below its headings."""
    before, _, rest = page.partition(BEGIN)
    told = tables.replace("\n## ", "\n### ")
    return f"{before}{BEGIN}\n{conditions}\n{told}\n{END}{rest.partition(END)[2]}"


def side_by_side(results: Results, screen: str) -> str:
    """Medians of the rounds, and each beside the floor's."""
    names = [name for name, of in results.measured if of == screen]

    def beside(name: str, figure: float, floor: float) -> str:
        return "1" if name == FLOOR else f"{figure / floor:.2f}"

    def row(name: str) -> list[str]:
        def of(figure: Any) -> float:
            return results.median(name, screen, figure)

        def of_floor(figure: Any) -> float:
            return results.median(FLOOR, screen, figure) if FLOOR in names else float("nan")

        before, after = results.memory(name)
        return [
            name, f"{of(rate):.0f}", beside(name, of(rate), of_floor(rate)),
            ms(of(lambda each: each.many.percentile(0.5))),
            ms(of(lambda each: each.many.percentile(0.99))),
            ms(of(lambda each: each.alone.percentile(0.5))),
            ms(of(_server)), beside(name, of(_server), of_floor(_server)), ms(of(_database)),
            f"{before / 1e6:.0f}, {after / 1e6:.0f}",
        ]  # fmt: skip

    head = [
        "who", "requests/s", "÷ floor", "p50 ms", "p99 ms", "p50 of one client", "CPU ms",
        "÷ floor", "database CPU ms", "MB started, loaded",
    ]  # fmt: skip
    wrong = [
        [name, f"not timed, it answers otherwise: {why}", *[""] * 8]
        for (name, of), why in results.differ.items()
        if of == screen
    ]
    rows = [row(name) for name in names] + wrong
    return table(f"{screen}: {len(results.ready[OURS])} rounds, eight clients", head, rows)


def _server(of: Measured) -> float:
    return of.server


def _database(of: Measured) -> float:
    return of.database


def waits(of: Mapping[int, Mapping[str, Load]]) -> str:
    sizes = sorted(of)
    head = ["one client", *(f"{size:,}: p50, p95 ms" for size in sizes)]
    if len(sizes) > 1:
        head.append("p95 grows")
    rows = []
    for name in of[sizes[-1]]:
        each = [of[size][name] for size in sizes]
        shown = [f"{ms(one.percentile(0.5))}, {ms(one.percentile(0.95))}" for one in each]
        grown = each[-1].percentile(0.95) / each[0].percentile(0.95)
        rows.append([name, *shown, *([f"{grown:.2f} ×"] if len(sizes) > 1 else [])])
    return table("Waits by the length of the book", head, rows)


def writes(found: Found) -> str:
    rows = []
    for name, each in found.written.items():
        acts, used = each.acts, each.used
        number = len(acts.took)
        rows.append([
            name, f"{acts.rate:.0f}", ms(acts.percentile(0.5)), ms(acts.percentile(0.99)),
            ms(used.server / number), ms(used.database / number),
        ])  # fmt: skip
    for name, ran in found.beside.items():
        rows.append([f"pgbench: {name}", f"{ran.rate:.0f}", f"mean {ms(ran.latency)}", "", "", ""])
    head = ["eight clients", "acts/s", "p50 ms", "p99 ms", "CPU ms", "database CPU ms"]
    return table("Submitting and deciding", head, rows)


def judged(kept: list[Budget]) -> str:
    rows = [[each.what, each.figure, each.must, _verdict(each)] for each in kept]
    missed = sum(not each.kept for each in kept)
    title = f"Budgets: {len(kept) - missed} kept, {missed} missed"
    return table(title, ["measured", "figure", "budget", ""], rows)


def _verdict(of: Budget) -> str:
    return "kept" if of.kept else "MISSED"


def raw(found: Found, kept: list[Budget]) -> dict[str, Any]:
    """Everything in seconds and bytes, round by round."""
    return {
        "rounds": [
            {
                "who": name, "screen": screen, "round": place, "rate": each.many.rate,
                **percentiles(each.many), "alone": percentiles(each.alone),
                "answers": len(each.many.took), "server": each.server, "database": each.database,
            }
            for (name, screen), rounds in found.results.measured.items()
            for place, each in enumerate(rounds)
        ],
        "differ": [
            {"who": name, "screen": screen, "where": why}
            for (name, screen), why in found.results.differ.items()
        ],
        "ready": found.results.ready,
        "resident": found.results.resident,
        "built": {str(size): took for size, took in found.built.items()},
        "waits": {
            str(size): {name: percentiles(each) for name, each in of.items()}
            for size, of in found.waits.items()
        },
        "written": {
            name: {"rate": each.acts.rate, **percentiles(each.acts), "server": each.used.server,
                   "database": each.used.database, "acts": len(each.acts.took)}
            for name, each in found.written.items()
        },
        "pgbench": found.beside,
        "others": found.others,
        "decision": found.decision,
        "miscounted": found.miscounted,
        "budgets": kept,
    }  # fmt: skip


def percentiles(of: Load) -> dict[str, float]:
    return {
        name: of.percentile(part) for name, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    }
