"""`make bench`: build the books, let every contender answer in turn, and tell the figures."""

import argparse
import asyncio
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import orjson

from benchmarks import authority, peers
from benchmarks.book import MISCOUNTED
from benchmarks.budgets import Found, budgets
from benchmarks.contenders import CHECKOUT, Contender
from benchmarks.lists import waits
from benchmarks.others import others
from benchmarks.reads import rounds
from benchmarks.screens import FLOOR, OURS, floor, ours, screens
from benchmarks.stage import Place, Stage, build, folder, served, value
from benchmarks.told import placed, raw, report
from benchmarks.writes import beside, written

SHORT = 20_000


def chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    say = parser.add_argument
    say("--requests", type=int, default=200_000, help="how long the book is (200000)")
    say("--rounds", type=int, default=3, help="how often each contender's turn comes (3)")
    say("--seconds", type=float, default=4, help="how long each is asked in a turn (4)")
    say("--acts", type=int, default=800, help="how many are submitted, and decided (800)")
    say("--without-peers", action="store_true", help="neither Node nor a registry is needed")
    say("--keep", type=Path, help="keep the books in this directory, or use those kept there")
    say("--json", type=Path, default=CHECKOUT / ".bench" / "figures.json", help="the raw figures")
    say("--page", type=Path, help="a page whose figures are replaced by these")
    return parser.parse_args()


def said(text: str) -> None:
    """Progress stands beside the figures, not among them."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def built(directory: Path, size: int) -> Place:
    place = directory / f"{size}"
    if place.exists():
        return Place(size, place, 0)
    said(f"building a book of {size:,} requests …")
    return build(place, size)


def conditions() -> str:
    """When and on what it was measured, and what else the machine did."""
    busy = os.getloadavg()[2]
    return (
        f"Measured on {time.strftime('%Y-%m-%d')} on {os.cpu_count()} cores, where"
        f" {busy:.1f} processes wanted one on an average of the last quarter of an hour."
    )


async def contenders(stage: Stage, *, with_peers: bool) -> list[Contender]:
    """Ours first: what it answers is what the others must say."""
    found = [ours(stage), floor(stage)]
    if with_peers:
        try:
            peers.install()
            found += await peers.contenders(stage)
        except peers.NoPeers as missing:
            said(f"without peers: {missing}")
    return found


async def measured(stages: list[Stage], options: argparse.Namespace) -> Found:
    """Everything that servers are asked; side by side and acts on the longest book."""
    longest = stages[-1]
    everybody = await contenders(longest, with_peers=not options.without_peers)
    said(f"{options.rounds} rounds of {', '.join(each.name for each in everybody)} …")
    results = await rounds(
        longest, everybody, await screens(longest), number=options.rounds, seconds=options.seconds
    )
    for (name, screen), why in results.differ.items():
        said(f"{name} is not timed, its {screen} differs: {why}")
    said("what else a person opens …")
    opened = await waits(stages)
    said("bytes, delays …")
    once = await others(longest)
    said(f"{options.acts} submissions, and decisions on them …")
    acts = await written(longest, options.acts)
    wrong = await value(longest, MISCOUNTED)
    built = {each.place.size: each.place.built for each in stages if each.place.built}
    return Found(results, built, opened, acts, {}, once, authority.one_decision(), wrong)


def main() -> int:
    """Measure and print. A missed budget is told and fails nothing; a wrong answer does."""
    options = chosen()
    with folder() as temporary:
        directory = options.keep or temporary
        directory.mkdir(mode=0o711, exist_ok=True)
        places = [built(directory, size) for size in sorted({SHORT, options.requests})]
        with ExitStack() as stack:
            stages = [stack.enter_context(served(place)) for place in places]
            found = asyncio.run(measured(stages, options))
            said("pgbench …")
            found = replace(found, beside=beside(stages[-1], options.acts))
    kept = budgets(found)
    tables = report(found, kept)
    print(tables)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_bytes(orjson.dumps(raw(found, kept), option=orjson.OPT_INDENT_2))
    said(f"raw figures: {options.json}")
    if options.page:
        page = options.page.read_text(encoding="utf-8")
        options.page.write_text(placed(page, tables, conditions()), encoding="utf-8")
    return 1 if found.results.differ or not {OURS, FLOOR} <= found.results.ready.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
