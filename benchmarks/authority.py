"""How long a decision, a rulebook and an analysis take: beside stock Casbin on the same rows."""

import asyncio
import gc
from collections import Counter
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import casbin
import psutil

from benchmarks.figures import Figure, said, seconds, show
from benchmarks.stage import folder
from domain.conditions.language import parse
from domain.rules.rows import ACTS, RuleRow
from domain.vocabulary import Fact, FactType, FactValue, Label, Role, RoleClass, Source
from migrations.upgrade import migrate
from policies import loading, vocabulary
from policies.authority import Authority, stock_enforcer
from policies.loading import OTHER_TABLES, SHIPPED
from resolvers.ground.database import Database
from resolvers.rules.rulebooks import MOST_INSTITUTIONS, Rulebooks
from resolvers.running import postgres

OFFICE, ROWS, KINDS = "office", 3_000, 60
SEATS = ("section_chief", "deputy_in_charge", "director", "office_clerk")
INSTITUTIONS, ROWS_EACH, ASKED = 10_000, 40, 400
ON = date(2026, 3, 2)
BLANK = Label("", "")
FACTS = {
    "days": Fact("days", FactType.DECIMAL, Source.FORM, BLANK, minimum=Decimal(0)),
    "internal": Fact("internal", FactType.BOOL, Source.FORM, BLANK),
}
ROLES = {code: Role(code, RoleClass.SEAT, BLANK) for code in SEATS}
QUESTION = frozenset({"section_chief"}), OFFICE, "kind-0", "approve"
GIVEN: dict[str, FactValue] = {"days": Decimal(5), "internal": True}
EVAL_MODEL = """
[request_definition]
r = seats, institution, kind, act, facts
[policy_definition]
p = role, institution, kind, act, sub_rule, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = eval(p.sub_rule) && r.kind == p.kind && r.act == p.act && r.institution == p.institution \
&& holds_seat(r.seats, p.role)
"""


def rows() -> list[RuleRow]:
    """A large office: 3 000 rows over 60 kinds, four seats and five acts."""
    return [
        RuleRow(
            SEATS[number // 300 % 4],
            OFFICE,
            f"kind-{number % KINDS}",
            ACTS[number // KINDS % 5],
            parse(f"{number % 7} < days <= {number % 7 + 3} and internal = true", FACTS),
            f"rule-{number}",
            1,
            False,
            "measures/一",
            "allow",
        )
        for number in range(ROWS)
    ]


def with_eval(of: list[RuleRow]) -> casbin.Enforcer:
    """Casbin's documented way with conditions: each row's expression through `eval()`."""
    model = casbin.Model()
    model.load_model_from_text(EVAL_MODEL)
    for row in of:
        days = row.when.text.replace("days", "r.facts.days").partition(" and ")[0]
        rule = f"{days} and r.facts.internal == True"
        fields = [row.role, row.institution, row.kind, row.act, rule, row.effect]
        model["p"]["p"].policy.append(fields)
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("holds_seat", lambda seats, role: role in seats)
    return enforcer


def decisions() -> list[Figure]:
    many = rows()
    plain, evaluated = stock_enforcer(many, ROLES), with_eval(many)
    thing = SimpleNamespace(**GIVEN)
    answers = {Authority(many, ROLES).may(*QUESTION, GIVEN), plain.enforce(*QUESTION, GIVEN)}
    answers.add(evaluated.enforce(*QUESTION, thing))
    if answers != {True}:
        raise RuntimeError("the engines disagree, or the question is empty")
    ours = one_decision()
    baseline = seconds(lambda: evaluated.enforce(*QUESTION, thing), rounds=3)
    function = seconds(lambda: plain.enforce(*QUESTION, GIVEN), rounds=3)
    what = f"one decision at {ROWS:,} rows"
    return [
        compared(f"{what} / stock `eval()`", ours, baseline, 10_000, 3e-6),
        compared(f"{what} / stock, our functions", ours, function, 1_000, 3e-6),
    ]


def one_decision() -> float:
    """Seconds that one question of authority takes at 3 000 rows."""
    authority = Authority(rows(), ROLES)
    return seconds(lambda: authority.may(*QUESTION, GIVEN), rounds=25, times=2_000)


def compared(what: str, ours: float, baseline: float, least: float, most: float) -> Figure:
    ratio = baseline / ours
    budget = f"≥ {least:,.0f} ×, ≤ {said(most)}"
    met = ratio >= least and ours <= most
    return Figure(what, said(ours), said(baseline), f"{ratio:,.0f} ×", budget, met)


def shipped() -> list[Figure]:
    folders = [SHIPPED / institution for institution in loading.institutions()]
    words = vocabulary.shipped()
    ours = seconds(lambda: [loading.read(folder, words) for folder in folders], rounds=5)
    files = [
        path for folder in folders for path in sorted(folder.glob("*.csv"))
        if path.stem in vocabulary.areas() and path.stem not in OTHER_TABLES
    ]  # fmt: skip
    model = str(Path(loading.__file__).parent / "model.conf")
    stock = seconds(lambda: [casbin.Enforcer(model, str(path)) for path in files], rounds=3)
    count = sum(len(loading.shipped(each).rows) for each in loading.institutions())
    found = [
        within(f"loading {len(folders)} rulebooks, {count:,} rows, checked", ours, stock,
               "stock loads the same files unchecked")
    ]  # fmt: skip
    if find_spec("domain.rules.analysis"):
        found.append(within("analysis of all of them", analysed(), ours, "loading them"))
    return found


def within(what: str, ours: float, baseline: float, against: str, most: float = 0.5) -> Figure:
    beside = f"{said(baseline)} ({against})"
    ratio = f"{baseline / ours:.2g} ×"
    return Figure(what, said(ours), beside, ratio, f"≤ {said(most)}", ours <= most)


def analysed() -> float:
    from domain.rulebook import matrix

    books = [loading.shipped(institution) for institution in loading.institutions()]
    return seconds(lambda: [list(matrix(book, ON)) for book in books], rounds=3)


STORE = f"""
insert into institutions (institution_id, name, name_en)
select 'office-' || n, 'office', 'office' from generate_series(1, {INSTITUTIONS}) n;
insert into rulebook_versions
  (institution_id, version, effective_from, digest, reason, recorded_at)
select 'office-' || n, 1, null, sha256(convert_to(cast(n as text), 'UTF8')), 'bench', now()
from generate_series(1, {INSTITUTIONS}) n;
insert into rulebook_clauses
  (institution_id, version, clause, clause_kind, request_kind, position, title, area,
   valid_from, valid_until, replaced_by, summary)
select 'office-' || n, 1, 'measures/一', 'approval', 'leave.sick', 1, '', 'leave',
       null, null, '', ''
from generate_series(1, {INSTITUTIONS}) n;
insert into rulebook_rows
  (institution_id, version, position, role, kind, act, condition, rule, step_order, clause, effect)
select 'office-' || n, 1, r, 'section_chief', 'leave.sick', 'approve',
       r || ' < days and days <= ' || r + 1, 'sick-' || r, '1', 'measures/一', 'allow'
from generate_series(1, {INSTITUTIONS}) n, generate_series(1, {ROWS_EACH}) r;
analyze;
"""
"""Written by the superuser, whom no wall holds back."""


async def many_offices(database: postgres.Database) -> list[Figure]:
    superuser = await Database.connect(database.owner_url.replace(postgres.OWNER, "postgres"))
    async with superuser.pool.acquire() as connection:
        await connection.execute(STORE)
    await superuser.close()
    app = await Database.connect(database.app_url, most=2)
    seen: Counter[str] = Counter()
    app.observe = lambda sql: seen.update([" ".join(sql.split())[:40]])
    books = Rulebooks(app, vocabulary.shipped())
    names = [f"office-{number}" for number in range(1, ASKED + 1)]
    process = psutil.Process()
    await books.load(names[0], ON)
    gc.collect()
    before, cold, sizes = process.memory_info().rss, [], []
    for name in names:
        cold.append(await timed(books, name))
        sizes.append(process.memory_info().rss)
    warm = [await timed(books, name, epoch=0) for name in names[-100:] * 20]
    await app.close()
    kept, filled = len(books._shelves), sizes[MOST_INSTITUTIONS - 1]  # noqa: SLF001
    each, later = (filled - before) / MOST_INSTITUTIONS, sizes[-1] - filled
    read = max(seen.values())
    first, again = sorted(cold)[len(cold) // 2], sorted(warm)[len(warm) // 2]
    what = f"{INSTITUTIONS:,} institutions stored, {ASKED} asked for"
    only = f"{INSTITUTIONS:,} stored"
    all_of_them = f"{each * INSTITUTIONS / 1e6:,.0f} MB for all"
    room = filled - before
    return [
        Figure(f"{what}: read", f"{read}", only, f"{INSTITUTIONS / read:.0f} ×",
               "only those asked for", read <= ASKED + 1),
        Figure("kept in memory", f"{kept}", f"{ASKED} asked for", f"{ASKED / kept:.2g} ×",
               f"≤ {MOST_INSTITUTIONS}", kept <= MOST_INSTITUTIONS),
        Figure("memory for each", f"{each / 1e6:.2f} MB", all_of_them,
               f"{INSTITUTIONS / MOST_INSTITUTIONS:.0f} ×", "≤ 1 MB", each <= 1e6),
        Figure("growth once full", f"{later / 1e6:.1f} MB", f"{room / 1e6:.1f} MB until full",
               f"{room / max(later, 1):.2g} ×", "≥ 4 ×", later <= max(room / 4, 4e6)),
        Figure("a rulebook at hand", said(again), f"{said(first)} (from the database)",
               f"{first / again:,.0f} ×", "≥ 100 ×", first / again >= 100),
    ]  # fmt: skip


async def timed(books: Rulebooks, name: str, epoch: int | None = None) -> float:
    loop = asyncio.get_running_loop()
    start = loop.time()
    await books.load(name, ON, epoch)
    return loop.time() - start


def offices() -> list[Figure]:
    with folder() as directory, postgres.running(directory, fsync="off") as database:
        asyncio.run(migrate(database.owner_url, postgres.APP))
        return asyncio.run(many_offices(database))


def main() -> None:
    """Measure and print; figures are read by people, so nothing fails here."""
    show("Decisions", decisions())
    show("Shipped rulebooks", shipped())
    show("Many institutions", offices())


if __name__ == "__main__":
    main()
