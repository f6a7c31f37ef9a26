"""What is filled in, as the pages tell it: each field with its type, its bounds and its options."""

from collections.abc import Iterator

from domain.approval.description import FieldDescription, described
from domain.approval.forms import form_fields
from domain.approval.procedure import Form
from domain.rules.phrases import plain
from domain.vocabulary import Kind
from policies import loading, vocabulary
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.words import camel
from schema.pages.markdown import BREAK, both, code, codes, condition, table
from schema.pages.served import columns_in, enum_code, known, members, word_of

WORDS = vocabulary.shipped()
HEADER = ("字段 Field", "名称 Label", "类型 Type", "单位 Unit", "限制 Limits", "选项 Options")
OFFICES = ("机构 Office", "条款 Clauses")
PAPERS = ("机构 Office", "附件 Papers", "条件 When", "条款 Clause")
NO_FORM = "没有表单，另有办法办理 · No form: it is served otherwise."


def columns(form: type[Form], served_as: str, kind: str = "") -> list[str]:
    """A table of a form's fields; `served_as` is the type or input that serves them."""
    types = columns_in(served_as)
    rows = [
        (
            code(camel(each.name)),
            both(each.label),
            code(types[camel(each.name)]),
            both(each.unit),
            _limits(each),
            BREAK.join(_options(each, types[camel(each.name)])),
        )
        for each in described(form, WORDS, kind)
        if camel(each.name) in types
    ]
    return table(HEADER, rows)


def _limits(field: FieldDescription) -> str:
    """0 … 100, 间隔 step 0.5; 最长 longest 200."""
    low, high, grid = field.bounds.minimum, field.bounds.maximum, field.bounds.grid
    said = []
    if low is not None or high is not None:
        said.append(f"{'' if low is None else plain(low)} … {'' if high is None else plain(high)}")
    if grid is not None:
        said.append(f"间隔 step {plain(grid)}")
    if field.longest is not None:
        said.append(f"最长 longest {field.longest}")
    return ", ".join(each.strip() for each in said)


def _options(field: FieldDescription, served: str) -> Iterator[str]:
    """Each option with its label; where the form knows none, the API says it."""
    said = members(served)
    for value, label in field.options.items():
        name = str(value).lower() if isinstance(value, bool) else value
        told = both(label) if label.zh != name else said.get(name, "").replace(";", "")
        yield f"{code(name)} {told}".strip()


def kinds_of(area: str) -> list[Kind]:
    return [kind for kind in WORDS.kinds.values() if kind.area == area]


def requests(area: str) -> Iterator[str]:
    """A section for each kind of request of an area."""
    for kind in kinds_of(area):
        word, procedure = word_of(kind.code), PROCEDURES.get(kind.code)
        yield from ("", f"### {both(kind.label)} `{kind.code}`", "")
        served = known(f"submit{word}", f"preview{word}")
        yield f"GraphQL: {codes([f'RequestKind.{enum_code(kind.code)}', *served])}"
        if procedure is None:
            yield from ("", NO_FORM)
        else:
            yield from columns(procedure.form, f"Submit{word}Input", kind.code)
        yield from table(OFFICES, _regulated(kind.code))
        yield from table(PAPERS, _papers(kind.code))


def _regulated(kind: str) -> Iterator[tuple[str, str]]:
    """The offices whose rules speak of a kind, with the clauses that do."""
    for office in loading.institutions():
        rows = loading.shipped(office).rows_by_kind.get(kind, ())
        if rows:
            yield code(office), codes(dict.fromkeys(row.clause for row in rows))


def _papers(kind: str) -> Iterator[tuple[str, ...]]:
    for office in loading.institutions():
        for each in loading.shipped(office).documents:
            if each.kind == kind:
                papers = "、".join(each.documents)
                yield code(office), papers, condition(each.when), code(each.clause)


def filled(form: type[Form], served_as: str) -> str:
    """A form in one cell: its fields with their labels, one on a line."""
    types = columns_in(served_as)
    return BREAK.join(
        f"{code(f'{camel(each.name)}: {types[camel(each.name)]}')} {both(each.label)}"
        for each in form_fields(form)
        if camel(each.name) in types
    )
