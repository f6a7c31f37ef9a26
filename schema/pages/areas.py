"""The page of an area: what a client fills in, reads and does there, and what clauses ask for."""

from collections.abc import Iterator

from domain.rules.rows import regulation_of
from policies import loading, vocabulary
from schema.pages.forms import kinds_of, requests
from schema.pages.living import objects
from schema.pages.markdown import BREAK, both, code, table
from schema.pages.rows import shapes
from schema.pages.served import own_fields

WRITTEN = """\
本页由 `guiju export-schema` 按声明与规则行生成，请勿手改。接口名在 `GraphQL:` 之后和字段、类型、
操作各列；`!` 为必填。各输入共有的字段与回答见[客户端说明](../zh-CN/clients.md)，台账、事项、检查等
各为何物见 [records.md](../records.md)。条件照规则行原样；条款写作 `制度/条目`。

Written by `guiju export-schema` of the declarations and the rows of the rulebooks; a test holds it
true. Names of the API stand after `GraphQL:` and in the columns of fields, types and mutations; `!`
marks what has to be given. [clients.md](../clients.md) tells what every input takes besides and how
a mutation answers, [records.md](../records.md) what a register, a case or a check is. A condition
stands as the rows write it; a clause is `regulation/article`."""

HEADER = ("机构 Office", "名称 Name", "制度 Texts", "条款数 Clauses")
REQUESTS, MORE = "申请 Requests", "本领域的其他接口 What else the area serves"
FIELDS = ("操作 Mutation or query", "说明 What it does")
INDEX = ("领域 Area", "申请种类 Kinds of request", "台账等 Registers and the like", "机构 Offices")
LIST = """\
# 各领域 The areas

本页由 `guiju export-schema` 生成。每个领域一页：填什么、登记什么、由谁办理、条款要求什么。

Written by `guiju export-schema`: a page for each area, with what is filled in and kept there, who
does what, and what the clauses ask for."""


def areas_page() -> str:
    """The list of the areas, with what each of them has."""
    things = vocabulary.shipped().objects.values()
    rows = (
        (
            f"[{both(label)}]({area}.md)",
            str(len(kinds_of(area)) or ""),
            str(sum(each.area == area for each in things) or ""),
            " ".join(office for office, *_ in offices(area)),
        )
        for area, label in vocabulary.areas().items()
    )
    return "\n".join([LIST, *table(INDEX, rows)]) + "\n"


def area_page(area: str) -> str:
    """Everything that the declarations and the rows say of an area."""
    lines = [f"# {both(vocabulary.areas()[area])} `{area}`", "", WRITTEN]
    lines += table(HEADER, offices(area))
    if kinds_of(area):
        lines += ["", f"## {REQUESTS}", *requests(area)]
    lines += [*objects(area), *shapes(area)]
    told = "\n".join(lines)
    more = [(code(name), said) for name, said in own_fields(area).items() if code(name) not in told]
    if more:
        lines += ["", f"## {MORE}", *table(FIELDS, more)]
    return "\n".join(lines) + "\n"


def offices(area: str) -> Iterator[tuple[str, ...]]:
    """The offices that have clauses of an area, with the texts that hold them."""
    for office, label in vocabulary.institutions().items():
        if office not in loading.institutions():
            continue
        lines = [line for line in loading.shipped(office).register.values() if line.area == area]
        titles = {regulation_of(line.clause): line.title for line in lines}
        clauses = {line.clause for line in lines}
        if clauses:
            texts = BREAK.join(f"{title} {code(name)}" for name, title in titles.items())
            yield code(office), both(label), texts, str(len(clauses))
