"""A request as a form to print 审批单: what was asked, who decided it by which clause, on A4."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from domain.approval.description import Shown
from domain.approval.request import STATUSES, StepStatus
from domain.ledger import SignedHead
from domain.messages import EN, say
from domain.rules.phrases import ACTS
from domain.time.moments import office_local
from domain.time.wording import clock_time, day
from domain.values.capitals import in_capitals
from domain.vocabulary import Label
from policies.overtaking import otherwise
from policies.vocabulary import institutions
from resolvers.requests.rows import RequestView
from schema.ground.markup import Markup, element, joined, lines, words
from schema.requests.history import PastAct
from schema.requests.steps import Turn, note_sentence, rules_of, steps_of
from schema.rules.clauses import Clause, clause_of

STYLE = (Path(__file__).parent / "printed.css").read_text(encoding="utf-8")

_DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'"
"""The page brings its one sheet of style, and nothing else is loaded or run; a saved one too."""


@dataclass(frozen=True)
class Chained:
    """A line of the request in the ledger: its number and its digest."""

    seq: int
    digest: str


@dataclass(frozen=True)
class Sealed:
    """By which key a page is signed, and the signed head that covers its last line, if any does."""

    key: str
    head: SignedHead | None


@dataclass(frozen=True)
class Page:
    """What is printed: the request, its fields as the viewer reads them, and what was done.

    `link` is where the office's own client shows the request, if it has one.
    """

    view: RequestView
    fields: Sequence[Shown]
    past: Sequence[PastAct]
    chain: Sequence[Chained]
    printed_by: str
    now: datetime
    language: str
    sealed: Sealed | None = None
    link: str | None = None

    def word(self, which: str, /, **told: Any) -> str:
        return say(self.language, words()[f"printed.{which}"]).format(**told)

    def when(self, at: datetime | None) -> str:
        return say(self.language, clock_time(office_local(at))) if at else ""


def page_of(of: Page) -> str:
    """The whole page, which loads and runs nothing."""
    view, living = of.view, rules_of(of.view)
    office = institutions().get(view.institution, Label(view.institution, view.institution))
    kind = say(of.language, living.vocabulary.kinds[view.kind].label)
    title = of.word("title", office=say(of.language, office), kind=kind)
    printed = of.word("printed", name=of.printed_by, at=of.when(of.now))
    head = joined(
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        element("title", f"{title} {view.number}"),
        element("style", Markup(STYLE)),
    )
    status = say(of.language, STATUSES[view.status])
    body = joined(
        element("div", printed, class_="printed"),
        element("h1", title),
        element(
            "p",
            element("span", f"{of.word('number')}: {view.number}"),
            element("span", f"{of.word('status')}: {status}"),
            class_="under",
        ),
        _asked(of),
        _opinions(of),
        _notes(of),
        _clauses(of),
        _history(of),
        _foot(of, printed),
    )
    language = "en" if of.language == EN else "zh-CN"
    html = element("html", element("head", head), element("body", body), lang=language)
    return f"<!doctype html>\n{html}\n"


def _asked(of: Page) -> Markup:
    view = of.view
    submitted = of.when(view.submitted_at)
    if view.request.round > 1:
        submitted += f" ({of.word('round', n=view.request.round)})"
    rows = [
        (of.word("applicant"), view.applicant_name, of.word("unit"), view.unit_name),
        (of.word("submitted"), submitted, of.word("completed"), of.when(view.completed_at)),
    ]
    made = [
        element("tr", *(element("th" if i % 2 == 0 else "td", x) for i, x in enumerate(row)))
        for row in rows
    ]
    made += [
        element("tr", element("th", each.label), element("td", _value(each), colspan=3))
        for each in of.fields
    ]
    papers = [element("li", _paper(of, each)) for each in view.attachments]
    if papers:
        listed = element("td", element("ul", *papers), colspan=3)
        made.append(element("tr", element("th", of.word("papers")), listed))
    table = element("table", _wide(16, 34, 16, 34), element("tbody", *made))
    return joined(element("h2", of.word("asked")), table)


def _paper(of: Page, stored: Mapping[str, Any]) -> Markup:
    """A paper under the name that it was demanded by, with its file and its digest.

    It leads to the request at the office's own address, where whoever may see it opens it.
    """
    named = element("a", stored["name"], href=of.link) if of.link else stored["name"]
    demanded = f"{stored['paper']}: " if stored.get("paper") else ""
    digest = element("span", f"SHA-256 {stored['sha256']}", class_="small")
    return lines(joined(demanded, named), digest)


def _wide(*shares: int) -> Markup:
    """How wide columns are, in hundredths: no style of an element is let in."""
    return element("colgroup", *(Markup(f'<col width="{each}%">') for each in shares))


def _value(shown: Shown) -> Markup:
    """What was filled in; an amount of money in capitals as well."""
    capitals = ""
    if shown.unit == "yuan":
        try:
            capitals = in_capitals(Decimal(shown.value))
        except ValueError:
            capitals = ""
    return lines(shown.display, element("span", capitals, class_="capitals") if capitals else None)


def _table(of: Page, title: str, heads: Sequence[str], widths: Sequence[int], rows: Any) -> Markup:
    head = element("tr", *(element("th", of.word(each)) for each in heads))
    table = element(
        "table",
        _wide(*widths),
        element("thead", head),
        element("tbody", *(element("tr", *(element("td", x) for x in row)) for row in rows)),
    )
    return joined(element("h2", of.word(title)), table)


def _opinions(of: Page) -> Markup:
    turns: Any = steps_of(of.view, of.language)
    rows = [(_step(of, t), _opinion(of, t), _by(of, t), _cites(t.clauses)) for t in turns]
    heads = ("step", "opinion", "by", "clause")
    return _table(of, "opinions", heads, (18, 34, 26, 22), rows) if rows else Markup()


def _step(of: Page, turn: Turn) -> Markup:
    roles = rules_of(of.view).vocabulary.roles
    others = [say(of.language, roles[each].label) for each in turn.alternatives if each in roles]
    instead = of.word("or", n=of.word("comma").join(others)) if others else ""
    why = [
        of.word(name)
        for name, given in (
            ("added", turn.added_to),
            ("repeats", turn.repeats),
            ("confirms", turn.confirms),
        )
        if given
    ]
    return lines(
        f"{turn.title}{instead}",
        say(of.language, ACTS[turn.act]),
        *(element("span", each, class_="small") for each in why),
    )


def _opinion(of: Page, turn: Turn) -> Markup:
    document, said = turn.document, turn.by_telephone
    told = [of.word(turn.decision)] if turn.decision else []
    if turn.status in (StepStatus.SKIPPED, StepStatus.CANCELLED):
        told = [say(of.language, STATUSES[turn.status])]
    told += [turn.comment or "", turn.skipped_because or ""]
    if said:
        told.append(of.word("telephone", at=of.when(said.said_at), name=said.recorded_by))
    if document:
        dated = say(of.language, day(document.dated, year=True))
        told.append(of.word("outside", number=document.number, dated=dated, name=document.name))
    told += [of.word("handed", name=each.name, reason=each.reason) for each in turn.handed_on]
    return lines(*told)


def _by(of: Page, turn: Turn) -> Markup:
    """Who signed in which seat; room to sign by hand where nobody has yet."""
    if turn.status in (StepStatus.OPEN, StepStatus.WAITING):
        return element("div", of.word("sign"), class_="blank")
    if turn.decided_by is None:
        return Markup()
    seat, acting = turn.on_behalf_of, turn.acting_for
    lent = acting and of.word("acting", name=acting.person.name, document=acting.document)
    held = f"{seat.unit} {seat.title}" if seat else ""
    return lines(turn.decided_by.name, held, lent, of.when(turn.decided_at))


def _cites(clauses: Sequence[Clause]) -> Markup:
    return lines(*(f"{each.title} {each.cite}" for each in clauses))


def _notes(of: Page) -> Markup:
    """What stays on record with it: after the fact, corrected, reassigned, two levels in one."""
    words = rules_of(of.view).vocabulary
    notes = dict.fromkeys(
        note_sentence(each, words, of.language) for each in (*of.view.marks, *of.view.notes)
    )
    listed = element("ul", *(element("li", each) for each in notes))
    return joined(element("h2", of.word("notes")), listed) if notes else Markup()


def _clauses(of: Page) -> Markup:
    """Every clause that it rests on, with what it says in few words."""
    living = rules_of(of.view)
    cited = dict.fromkeys(clause for step in of.view.steps for clause in step.clauses)
    cited |= dict.fromkeys(of.view.claims)
    listed = []
    for clause in cited:
        each = clause_of(living, clause)
        said = f"{each.title} {each.cite}{': ' if each.summary else ''}{each.summary}"
        law = [
            element("span", otherwise(by, of.language), class_="small")
            for by in living.rulebook.law.get(clause, ())
        ]
        listed.append(element("li", lines(said, *law) if law else said))
    return joined(element("h2", of.word("clauses")), element("ul", *listed)) if listed else Markup()


def _history(of: Page) -> Markup:
    rows = [
        (
            str(each.position),
            of.when(each.at),
            each.by.name if each.by else "",
            lines(*_did(of, each)),
        )
        for each in of.past
    ]
    heads = ("position", "at", "who", "what")
    return _table(of, "history", heads, (12, 26, 16, 46), rows) if rows else Markup()


def _did(of: Page, past: PastAct) -> Iterator[str]:
    again = past.event == "resubmitted" and past.round
    yield past.sentence + (f" ({of.word('round', n=past.round)})" if again else "")
    seats = [f"{t.seat.unit} {t.seat.title}" if t.seat else t.title for t in past.turns]
    yield of.word("comma").join(dict.fromkeys(seats))
    yield of.word("destroyed") if past.destroyed else past.comment or ""


def _foot(of: Page, printed: str) -> Markup:
    told = [of.word("rules", n=of.view.rulebook_version)] if of.view.rulebook_version else []
    if of.chain:
        told.append(of.word("chain", n=of.chain[-1].seq, hash=of.chain[-1].digest))
    if of.sealed:
        told.append(of.word("signed", key=of.sealed.key))
        head = of.sealed.head
        said = head and of.word("head", n=head.line, day=head.day, hash=head.digest)
        told.append(said or of.word("no_head"))
    return element("footer", lines(*told, printed))
