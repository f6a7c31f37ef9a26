"""Recurring duties in the API: what is due, done and missed, by whom, and recording one."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import Refused, at_fault
from domain.office.organisation import Holder
from domain.shapes import cadences as shapes
from domain.shapes.cadences import Every, due_at
from domain.vocabulary import Act
from resolvers.records.acts import titles
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duties as served
from resolvers.time.duties import Owed, Wanted, order
from resolvers.time.duty_rows import Key, clerks
from schema.ground.acts import act, ask, within
from schema.ground.connections import Cursors, PageInfo, page_info, page_size
from schema.ground.errors import sentence
from schema.ground.fields import Info
from schema.ground.ids import global_id, read_id
from schema.ground.mirrors import enum_of
from schema.ground.papers import Attachment, AttachmentInput, found_one
from schema.ground.rows import Words, told
from schema.office.organisation import Person, Seat, person_of, seat_of
from schema.records.actions import LivingAction
from schema.rules.clauses import Clause, clause_of

CURSORS = Cursors("duties", (str,) * 5)
DutyState: Any = enum_of(shapes.DutyState)
CadenceEvery: Any = enum_of(Every, "CadenceEvery")


@strawberry.type
class DutyDone:
    """One time that a duty was done."""

    done_on: Annotated[date, "On which day."]
    done_at: Annotated[datetime | None, "At what moment, where that was told."]
    late: Annotated[bool, "Whether it was done after its hour, or recorded after its day."]
    by: Annotated[Person, "Who recorded it."]
    note: Annotated[str, "What was said with it."]
    paper: Annotated[Attachment | None, "The paper that goes with it."]
    recorded_at: Annotated[datetime, "When it was recorded."]


@strawberry.type
class Duty:
    """What a clause wants done in one period."""

    id: Annotated[strawberry.ID, "Opaque; `recordDuty` takes it."]
    clause: Annotated[Clause, "The clause that wants it."]
    activity: Annotated[str, "What, in the office's words."]
    every: Annotated[CadenceEvery, "How often it comes back."]
    first: Annotated[date, "The first day of the period."]
    last: Annotated[date, "Its last day."]
    opens: Annotated[date, "The day since when it may be done."]
    due: Annotated[date, "The day by which it is due."]
    due_at: Annotated[
        datetime, "The moment: the hour that the text gives, else the end of that day."
    ]
    on_day_off: Annotated[
        bool, "Whether that day is a day off; the text moves it nowhere unless `due` tells so."
    ]
    times: Annotated[int | None, "How often; null where the text is silent."]
    times_most: Annotated[int | None, "How often at most."]
    conditional: Annotated[
        bool, "Whether the row speaks of some cases only, so that nobody is reminded."
    ]
    role: Annotated[str, "The role that the row names; empty where none is."]
    unit: Annotated[
        str | None, "The unit that owes it, or for which it is owed; null where it is the office's."
    ]
    seats: Annotated[list[Seat], "The seats that it falls to."]
    state: Annotated[DutyState, "What has become of it."]
    done: Annotated[list[DutyDone], "Each time that it was done."]
    may_record: Annotated[bool, "Whether it falls to the viewer."]
    allowed_actions: Annotated[list[LivingAction], "Recording it, and by which clause not."]


@strawberry.type
class DutyEdge:
    """A duty in a page."""

    cursor: Annotated[str, "Continue after it."]
    node: Annotated[Duty | None, "The duty."]


@strawberry.type
class DutyConnection:
    """A page of duties, what is due first coming first."""

    edges: Annotated[list[DutyEdge], "The page."]
    page_info: Annotated[PageInfo, "Where it lies."]
    total_count: Annotated[int, "How many there are on all pages."]


async def duties(
    info: Info,
    from_: date,
    to: date,
    state: Annotated[DutyState | None, "In this state alone."] = None,
    who: Annotated[str | None, "Of this role alone."] = None,
    mine: Annotated[bool, "Those alone that fall to the viewer."] = False,
    first: int | None = 50,
    after: str | None = None,
) -> DutyConnection:
    """The recurring duties of one's office that are due on these days."""
    living = await info.context.rulebook()
    asked = shapes.DutyState(state) if state else None
    wanted = Wanted(from_, to, page_size(first), CURSORS.read(after), asked, who, mine)
    found = await served.duties(info.context, living, wanted)
    edges = [
        DutyEdge(cursor=CURSORS.after(*order(each.named)), node=_duty(each, living, info))
        for each in found.page
    ]
    return DutyConnection(
        edges=edges,
        page_info=page_info([edge.cursor for edge in edges], more=found.more, after=after),
        total_count=found.count,
    )


async def record_duty(
    info: Info,
    duty_id: Annotated[strawberry.ID, "The duty."],
    done_on: Annotated[date, "On which day."],
    note: Annotated[str, "What there is to say about it."] = "",
    paper: Annotated[AttachmentInput | None, "A paper with it."] = None,
    done_at: Annotated[
        datetime | None, "At what moment that day, where the text gives an hour; else now."
    ] = None,
) -> None:
    """Record that a duty was done: by who holds its role, or by the clerk where none is named."""
    with_it = await found_one(info, paper, "paper") if paper else None
    await served.record(info.context, _name(duty_id, info), done_on, note, with_it, done_at)


async def _recorded(info: Info, answer: Any) -> Duty:
    cadence, clause, first, *more = answer["duty"]
    unit = UUID(more[0]) if more and more[0] else None
    name, living = (cadence, clause, date.fromisoformat(first), unit), await info.context.rulebook()
    return _duty(await served.one(info.context, living, name), living, info)


def _name(given: str, info: Info) -> Key:
    """The cadence, clause, period and unit that an id of one's own office names."""
    try:
        of, key = read_id(given)
        institution, cadence, period, clause = key.split(":", 3)
        first, _, unit = period.partition("@")
        if of == "Duty" and institution == info.context.viewer.institution:
            return cadence, clause, date.fromisoformat(first), UUID(unit) if unit else None
    except (Refused, ValueError):
        pass
    raise at_fault("INVALID_ID", "input", "dutyId")


def recording(owed: Owed, living: LivingRulebook, language: str) -> LivingAction:
    """It falls to the role that its own row names, or to whom the lines give the rest."""
    row = owed.duty.cadence
    whose = (row.who,) if row.who else tuple(sorted(clerks(living)))
    told = titles(living, whose)
    return LivingAction(
        act=Act.KEEP,
        stage="",
        allowed=owed.share.mine,
        reason="" if owed.share.mine else sentence("NOT_YOURS_TO_DO", told, language),
        clause=clause_of(living, row.clause),
    )


def _paper(kept: tuple[str, str, UUID | None]) -> Attachment:
    upload = global_id("Upload", kept[2]) if kept[2] else None
    return Attachment(name=kept[0], sha256=kept[1], upload=upload)


def _duty(owed: Owed, living: LivingRulebook, info: Info) -> Duty:
    row, period, language = owed.duty.cadence, owed.duty.period, info.context.language
    institution, roles = living.rulebook.institution, living.vocabulary.roles
    of = f"{period.first}@{owed.duty.unit}" if owed.duty.unit else f"{period.first}"
    return told(
        Duty,
        row,
        Words(living, language),
        id=global_id("Duty", f"{institution}:{row.id}:{of}:{row.clause}"),
        first=period.first,
        last=period.last,
        opens=period.opens,
        due=period.due,
        due_at=due_at(row, period, info.context.now),
        on_day_off=owed.day_off,
        conditional=owed.duty.conditional,
        role=row.who,
        unit=owed.share.name,
        seats=[seat_of(seat, roles, language) for seat in owed.share.seats],
        state=owed.duty.state,
        done=[
            told(
                DutyDone,
                each,
                done_on=each.day,
                by=person_of(Holder(each.person, each.name, "")),
                paper=_paper(each.paper) if each.paper else None,
            )
            for each in owed.duty.done
        ],
        may_record=owed.share.mine,
        allowed_actions=[recording(owed, living, language)],
    )


RECORDED = within(
    _recorded,
    "DutyRecorded",
    "It is on record, and stays there.",
    duty="The duty with what was done.",
)
FIELDS = (ask(duties, "registers"), act(record_duty, "registers", replay=RECORDED))
