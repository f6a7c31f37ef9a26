"""Small offices with random rulebooks, for the tests that compare two ways of answering."""

from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from domain.vocabulary import Fact, FactType, Kind, Label, Role, RoleClass, Source, Vocabulary
from policies import loading

OFFICE, SICK, PERSONAL = "office", "leave.sick", "leave.personal"
BLANK = Label("", "")
SEATS = ("chief", "deputy", "director", "clerk")
CLAUSES = ("old/一", "old/二", "new/一")
WHENS = (
    "always",
    "always",
    "days <= 1",
    "0.5 < days < 2",
    "days = 1 and internal = true",
    "rank in low|top",
)
FACTS = {
    "days": Fact(
        "days", FactType.DECIMAL, Source.FORM, BLANK, minimum=Decimal(0), maximum=Decimal(366)
    ),
    "rank": Fact(
        "rank", FactType.ENUM, Source.FORM, BLANK, values={"low": BLANK, "top": BLANK, "odd": BLANK}
    ),
    "internal": Fact("internal", FactType.BOOL, Source.FORM, BLANK),
    "people": Fact("people", FactType.INT, Source.FORM, BLANK, minimum=Decimal(1)),
}
VOCABULARY = Vocabulary(
    kinds={kind: Kind(kind, "leave", BLANK, tuple(FACTS)) for kind in (SICK, PERSONAL)},
    roles={
        **{code: Role(code, RoleClass.SEAT, BLANK) for code in SEATS},
        "leader": Role("leader", RoleClass.ANY_OF, BLANK, members=("deputy", "director")),
    },
    facts=FACTS,
)
CASES = [
    {
        name: value
        for name, value in (("days", days), ("rank", rank), ("internal", internal))
        if value is not None
    }
    for days, rank, internal in product(
        (None, Decimal("0.5"), Decimal(1), Decimal("1.5")), (None, "low", "odd"), (None, True)
    )
]
ACTS = ("endorse", "approve", "sign", "record", "vote")

roles = st.sampled_from((*SEATS, "leader"))
acts = st.sampled_from(("endorse", "approve", "approve", "sign", "record"))
alternatives = st.tuples(
    st.just(""), acts, st.lists(roles, min_size=1, max_size=2, unique=True)
).map(lambda turn: [(role, turn[1], turn[0]) for role in turn[2]])
all_of = st.lists(st.tuples(roles, acts, st.just("+")), min_size=1, max_size=3, unique=True)
steps = st.one_of(
    *[st.lists(st.one_of(alternatives, alternatives, all_of), min_size=1, max_size=3)] * 6,
    st.sampled_from([[[("nobody", "approve", "")]], [[("none", "none", "")]], [[("*", "*", "")]]]),
)


@st.composite
def padded(draw, common):
    """A common chain with one more signature or record somewhere."""
    if common[0][0][0] in ("nobody", "none", "*"):
        return common
    extra = [(draw(roles), draw(st.sampled_from(("sign", "record"))), "")]
    place = draw(st.integers(0, len(common)))
    return [*common[:place], extra, *common[place:]]


@st.composite
def rows(draw, kinds=(SICK,), most=4):
    """Plain rows as a database keeps them, valid but often at odds with each other."""
    found = []
    common = draw(steps)
    turns = st.one_of(st.just(common), padded(common), steps)
    for number in range(draw(st.sampled_from((0, 2, most, most)))):
        kind, when = draw(st.sampled_from(kinds)), draw(st.sampled_from(WHENS))
        written = draw(turns)
        alone = len(written) == 1 and written[0][0][0] not in ("nobody", "none", "*")
        first = draw(st.sampled_from((1, 1, 0))) if alone else 1
        for order, turn in enumerate(written, start=first):
            for role, act, sign in turn:
                effect = "deny" if role == "*" else "allow"
                clause = draw(st.sampled_from(CLAUSES))
                rule = f"rule-{number}"
                found.append(
                    (role, OFFICE, kind, act, when, rule, f"{order}{sign}", clause, effect)
                )
    return draw(st.permutations(list(dict.fromkeys(found))))


@st.composite
def registers(draw, kinds=(SICK,)):
    """{(clause, kind, effect): (from, until, replaced by)}, mostly in force on 2026-03-02."""
    dates = st.sampled_from(
        [("", "")] * 4 + [("", "2030-01-01")] * 3 + [("2026-03-02", ""), ("", "2026-03-02")]
    )
    return {
        (clause, kind, effect): (
            *draw(dates),
            draw(st.sampled_from([""] * 4 + [each for each in CLAUSES if each != clause])),
        )
        for clause in CLAUSES
        for kind in kinds
        for effect in ("allow", "deny")
    }


def register_lines(register):
    """The register as the lines of a clauses.csv."""
    for (clause, kind, effect), (begins, ends, successor) in register.items():
        clause_kind = "prohibition" if effect == "deny" else "approval"
        yield (clause, "考勤办法", clause_kind, "leave", kind, begins, ends, successor, "摘要")


def rulebook(plain_rows, register):
    """The rulebook of these rows, through the loader."""
    source = loading.stored(OFFICE, plain_rows, register_lines(register))
    return loading.load(source, VOCABULARY)


def register_in_force(kinds=(SICK, PERSONAL)):
    """A register in which every clause stands and none replaces another."""
    return {(c, k, e): ("", "", "") for c in CLAUSES for k in kinds for e in ("allow", "deny")}
