"""The page of what is held on people, and the fields of forms that its rows have to tell of."""

from collections.abc import Iterator
from enum import Enum

from domain.approval.forms import form_fields
from policies import personal
from resolvers.requests.procedures import PROCEDURES
from schema.pages.markdown import both, codes, table

INTRODUCTION = """\
# 个人信息 Personal data

本页由 `guiju export-schema` 按 `policies/vocabulary/personal.csv` 生成，请勿手改。每一列、
每一表单字段都有一行交代，没有的 `guiju check` 不通过。期限自事情办结起算，到期由本机关决定
销毁(`dueRecords`)；系统只自行删除会话、重复请求的回答、导出、通知和登录地址。每个人用 `myFile`
查看所记的关于本人的一切。各台账由谁依哪一条登记，见
[records.md](records.md)。

Written by `guiju export-schema` of `policies/vocabulary/personal.csv`. A row tells of every column
and every field of a form; `guiju check` fails on one that none names. A period runs from the end of
a matter, and destroying after it is the office's decision (`dueRecords`); only sessions, answers to
repeated calls, exports, notices and addresses go by themselves. `myFile` shows each person all that
is held on them. [records.md](records.md) tells who keeps a
register by which clause. A form's field stands as `kind.field`, what refers to a person as
`table>people.column`."""

HEADER = ("用途 Purpose", "列 Columns", "条款 Clause", "保管 Keeper", "期限 Period")
PLAIN = (bool, int)


def forms() -> Iterator[tuple[str, bool]]:
    """Every field of every form, and whether a row has to tell of it."""
    for kind, procedure in PROCEDURES.items():
        for each in form_fields(procedure.form):
            plain = issubclass(each.type, (*PLAIN, Enum))
            yield f"{kind}.{each.name}", each.confidential or not (plain or each.is_number)


def personal_page() -> str:
    """A section for each class, with a row for each purpose."""
    every = [*personal.columns(), *forms()]
    found: dict[personal.Held, list[str]] = {}
    for column, must in every:
        row = personal.told(column)
        if row and (must or row.kind != "none"):
            found.setdefault(row, []).append(column)
    lines = [INTRODUCTION]
    for kind, label in personal.CLASSES.items():
        of = [_line(row, names) for row, names in found.items() if row.kind == kind]
        lines += ["", f"## {both(label)}", *table(HEADER, of)]
    return "\n".join(lines) + "\n"


def _line(row: personal.Held, names: list[str]) -> tuple[str, ...]:
    keeper, period = personal.keeping(row.keeper), personal.lasting(row.period)
    said = (both(each) if each else "" for each in (keeper, period))
    return both(row.purpose), codes(sorted(names)), row.clause, *said
