"""The page of the living side: each word, what is declared of it, and who keeps it where."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.approval.forms import form_fields
from domain.office import administration
from domain.records import accounts, cases, checks, registers, rosters, rounds, sittings, things
from domain.rules.phrases import ANYBODY, LIVING_ACTS
from domain.rules.rows import ALLOW, ANY
from domain.vocabulary import Act, LivingObject, Word
from policies import loading, vocabulary
from resolvers.requests.words import camel
from schema.office import administering
from schema.pages.living import WORDS, graphql, kept
from schema.pages.markdown import BREAK, both, code, codes, table
from schema.pages.rows import role
from schema.pages.served import acts, reads, root_fields
from schema.records import accounts as served_accounts
from schema.records import ballots, round_acts, sitting_acts
from schema.records import checks as served_checks
from schema.records import registers as served_registers
from schema.records import rosters as served_rosters
from schema.records import things as served_things

INTRODUCTION = """\
# 台账、物、事项…… The living side

本页由 `guiju export-schema` 按声明与规则行生成，请勿手改。申请之外的事物各按一类声明;
各列、环节和由谁办理，逐条见所在领域的页。

Written by `guiju export-schema` of the declarations and the rows of the rulebooks; a test holds it
true. What lives beside the requests is declared by one of these words; the page of its area, linked
below, shows its columns, its stages and who does what with it, clause by clause."""

HEADER = (
    "名称 Name",
    "代码 Code",
    "领域 Area",
    "接口 GraphQL",
    "列 Columns",
    "设置依据 Kept by clause",
    "由谁登记或办理 Keepers",
)
SHARED = "这一类共用的操作 What all of them share"

DECLARING: Mapping[Word, Any] = {
    Word.REGISTER: registers,
    Word.THING: things,
    Word.ACCOUNT: accounts,
    Word.CASE: cases,
    Word.ROUND: rounds,
    Word.SITTING: sittings,
    Word.CHECK: checks,
    Word.ROSTER: rosters,
    Word.OFFICE: administration,
}
"""The module whose first lines say what a word is."""

SERVING: Mapping[Word, tuple[Any, ...]] = {
    Word.REGISTER: (served_registers,),
    Word.THING: (served_things,),
    Word.ACCOUNT: (served_accounts,),
    Word.ROUND: (round_acts,),
    Word.SITTING: (sitting_acts, ballots),
    Word.CHECK: (served_checks,),
    Word.ROSTER: (served_rosters,),
    Word.OFFICE: (administering,),
}
"""The modules that serve a word as a whole."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{each.name: tuple(of.name for of in form_fields(each.entry)) for each in REGISTERS},
    **{each.name: tuple(of.name for of in form_fields(each.card)) for each in THINGS},
    **{each.code: tuple(each.record.__dataclass_fields__) for each in CASE_KINDS},
}
KEEPING = (Act.KEEP, Act.ISSUE, Act.TAKE, Act.INSPECT, Act.CONFIRM, Act.PUBLISH, Act.EXPORT)


def records_page() -> str:
    """A section for each word, with a line for each of its objects."""
    every = vocabulary.shipped().objects.values()
    own = {name for each in every for name in (*reads(each.code), *acts(each.code))}
    lines = [INTRODUCTION]
    for word, label in WORDS.items():
        found = [each for each in every if each.word is word]
        lines += ["", f"## {label} `{word.value}`"]
        if declaring := DECLARING.get(word):
            lines += ["", str(declaring.__doc__).strip()]
        if shared := [name for name in _served(word) if name not in own]:
            lines += ["", f"{SHARED}. GraphQL: {codes(shared)}"]
        lines += table(HEADER, map(_row, found))
    return "\n".join(lines) + "\n"


def _served(word: Word) -> Iterator[str]:
    for module in SERVING.get(word, ()):
        for root in ("Query", "Mutation"):
            yield from root_fields(module, root)


def _row(of: LivingObject) -> tuple[str, ...]:
    area = vocabulary.areas()[of.area]
    return (
        both(of.label),
        code(of.code),
        f"[{area.zh}](areas/{of.area}.md)",
        graphql(of.code).removeprefix("GraphQL: "),
        codes(map(camel, COLUMNS.get(of.code, ()))),
        BREAK.join(f"{office} {clause}" for office, clause, _ in kept(of.code)),
        BREAK.join(_keepers(of.code)),
    )


def _keepers(of: str) -> Iterator[str]:
    """hrss-bureau 登记 keep: the roles that its lines name, office by office."""
    for office in loading.institutions():
        book = loading.shipped(office)
        for act in KEEPING:
            lines = (row for row in book.acts if row.kind == of and row.act == act)
            roles = dict.fromkeys(row.role for row in lines if row.effect == ALLOW)
            if roles:
                who = (both(ANYBODY) if each == ANY else role(book, each) for each in roles)
                yield f"{code(office)} {both(LIVING_ACTS[act])}: {'、'.join(who)}"
