"""What lives beside the requests, as the pages tell it: columns, stages, and who does what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain import ACCOUNTS, CASE_KINDS, CHECKS, REGISTERS, SITTINGS, THINGS
from domain.records.accounts import Flow
from domain.records.cases import CaseKind
from domain.rules.phrases import ANYBODY, LIVING_ACTS
from domain.rules.rows import ALLOW, ANY
from domain.time.wording import unit_said
from domain.vocabulary import Label, LivingObject, Word
from policies import loading, vocabulary
from resolvers.requests.words import camel
from schema.pages.forms import columns, filled
from schema.pages.markdown import BREAK, both, code, codes, condition, table
from schema.pages.rows import role
from schema.pages.served import acts, columns_in, named, reads, type_of, word_of

WORDS: Mapping[Word, str] = {
    Word.REGISTER: "台账 Registers",
    Word.THING: "物 Things",
    Word.ACCOUNT: "额度 Accounts",
    Word.CASE: "事项 Cases",
    Word.STATEMENT: "报表 Statements",
    Word.ROUND: "评议 Rounds",
    Word.SITTING: "会议 Sittings",
    Word.CHECK: "检查 Checks",
    Word.ROSTER: "值班表 Rosters",
    Word.EXPORT: "导出 Exports",
    Word.OFFICE: "机构 The office",
}
"""What each word of the living side is called."""

OFFICE, CLAUSE = "机构 Office", "条款 Clause"
KEEPERS = (OFFICE, "行为 Act", "由谁 By whom", "条件 When", CLAUSE)
KEPT = (OFFICE, "凭以设置的条款 Kept by clause", "要求的列 Columns demanded")
STAGES = ("环节 Stage", "操作 Mutation", "填写 Filled in")
COLUMNS = ("字段 Field", "名称 Label", "类型 Type")
FLOWS = ("增减 Moves", "来源 Of", "数量取自 How much")
CREDIT, DEBIT = "增加 credited", "减少 debited"
DENIED = "禁止 forbidden"

ENTRIES = {each.name: each.entry for each in REGISTERS}
CARDS = {each.name: each.card for each in THINGS}
CASES = {each.code: each for each in CASE_KINDS}
CALLS = {each.code: each.entry for each in SITTINGS if each.entry}
BALANCES = {each.name: each for each in ACCOUNTS}
SHEETS = {each.name: each for each in CHECKS}


def objects_of(area: str, word: Word) -> list[LivingObject]:
    every = vocabulary.shipped().objects.values()
    return [each for each in every if (each.area, each.word) == (area, word)]


def objects(area: str) -> Iterator[str]:
    """A section for each word that an area has objects of, and in it one for each object."""
    for word, label in WORDS.items():
        found = objects_of(area, word)
        if found:
            yield from ("", f"## {label}")
        for each in found:
            yield from ("", f"### {both(each.label)} `{each.code}`", "")
            yield graphql(each.code)
            yield from declared(each.code)
            yield from table(KEPT, kept(each.code))
            yield from table(KEEPERS, keepers(each.code))


def graphql(of: str) -> str:
    """The names by which the API serves an object."""
    names = [type_of(of), *named(of), *reads(of), *acts(of)]
    return f"GraphQL: {codes(filter(None, names)) or '—'}"


def declared(of: str) -> list[str]:
    """What a declaration says of an object: its columns, its stages, what moves it."""
    if of in CASES:
        return _case(CASES[of])
    word, entry = word_of(of), ENTRIES.get(of) or CARDS.get(of) or CALLS.get(of)
    found = columns(entry, input_of(word)) if entry else []
    if of in BALANCES:
        account = BALANCES[of]
        unit = both(unit_said(account.unit))
        found = ["", f"单位 Unit: {unit}", *_flows(account.credited, account.debited), *found]
    return found


def input_of(word: str) -> str:
    """The input that a declaration is filled in by, or the type that shows what the server adds."""
    inputs = (f"{verb}{word}Input" for verb in ("Record", "Add", "Call"))
    return next((each for each in inputs if columns_in(each)), word)


def _flows(credited: Sequence[Flow], debited: Sequence[Flow]) -> list[str]:
    rows = [
        (label, code(each.of), code(each.column))
        for label, flows in ((CREDIT, credited), (DEBIT, debited))
        for each in flows
    ]
    return table(FLOWS, rows)


def _case(kind: CaseKind[Any]) -> list[str]:
    word = word_of(kind.code)
    lines: list[str] = []
    begun = [*kind.kinds]
    if begun:
        lines += ["", f"由获批的申请产生 Begun by approved requests: {codes(begun)}"]
    if kind.entry:
        lines += columns(kind.entry.form, f"Begin{word}Input")
    types = columns_in(word)
    told = ((each, camel(each)) for each in kind.record.__dataclass_fields__)
    shown = {name: said for name, said in told if said in types}
    of: Any = kind.record.__dataclass_fields__
    rows = [
        (
            code(said),
            both(Label(of[name].metadata.get("zh", name), of[name].metadata.get("en", name))),
            code(types[said]),
        )
        for name, said in shown.items()
    ]
    return [*lines, *table(COLUMNS, rows), *table(STAGES, _stages(kind))]


def _stages(kind: CaseKind[Any]) -> Iterator[tuple[str, ...]]:
    served = {*acts(kind.code)}
    for event, stage in kind.stages.items():
        name = camel(f"{event}_{kind.code.replace('.', '_')}")
        given = f"{name[:1].upper()}{name[1:]}Input"
        yield code(event), code(name) if name in served else "", filled(stage.fills, given)


def kept(of: str) -> Iterator[tuple[str, ...]]:
    """By which clause each office keeps an object, and the columns that it demands."""
    for office in loading.institutions():
        for each in loading.shipped(office).registers:
            if each.register == of:
                yield code(office), code(each.clause), codes(map(camel, each.columns))


def keepers(of: str) -> Iterator[tuple[str, ...]]:
    """Who may do what with an object, office by office, with the clause that says so."""
    for office in loading.institutions():
        book = loading.shipped(office)
        who: dict[tuple[str, ...], list[str]] = {}
        for row in book.acts:
            if row.kind == of:
                denied = "" if row.effect == ALLOW else f"{DENIED}: "
                act = f"{denied}{both(LIVING_ACTS[row.act])}"
                said = both(ANYBODY) if row.role == ANY else role(book, row.role)
                who.setdefault((act, condition(row.when), code(row.clause)), []).append(said)
        for (act, when, clause), roles in who.items():
            yield code(office), act, BREAK.join(roles), when, clause
