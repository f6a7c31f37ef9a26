"""A request as a receipt for programs: what was asked, who decided by which rule, its lines."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.approval.request import STATUSES
from domain.messages import say
from domain.vocabulary import Label
from policies.vocabulary import institutions
from schema.office.organisation import Seat
from schema.requests.history import PastAct
from schema.requests.printed import Page
from schema.requests.steps import Turn, note_sentence, rules_of, steps_of
from schema.rules.clauses import Clause


def receipt_of(of: Page) -> Mapping[str, Any]:
    """What the receipt says; its moments are ISO 8601."""
    view, living, language = of.view, rules_of(of.view), of.language
    office = institutions().get(view.institution, Label(view.institution, view.institution))
    head = of.sealed.head if of.sealed else None
    digests = {each.seq: each.digest for each in of.chain}
    turns: Any = steps_of(view, language)
    return {
        "institution": {"code": view.institution, "name": say(language, office)},
        "request": view.id,
        "number": view.number,
        "kind": {
            "code": view.kind,
            "label": say(language, living.vocabulary.kinds[view.kind].label),
        },
        "status": {"code": view.status, "label": say(language, STATUSES[view.status])},
        "applicant": {"id": view.applicant, "name": view.applicant_name, "unit": view.unit_name},
        "submitted_at": view.submitted_at,
        "completed_at": view.completed_at,
        "rulebook_version": view.rulebook_version,
        "form": [vars(each) for each in of.fields],
        "papers": [{"name": each["name"], "sha256": each["sha256"]} for each in view.attachments],
        "clauses": _clauses(each for turn in turns for each in turn.clauses),
        "steps": [_step(each) for each in turns],
        "notes": [note_sentence(each, living.vocabulary, language) for each in view.notes],
        "acts": [_act(each, digests) for each in of.past],
        "head": head and head.written,
        "exported_by": of.printed_by,
        "exported_at": of.now,
    }


def _step(turn: Turn) -> Mapping[str, Any]:
    lent = turn.acting_for
    return {
        "role": turn.role,
        "title": turn.title,
        "alternatives": turn.alternatives,
        "act": turn.act,
        "clauses": [*map(_cited, turn.clauses)],
        "status": turn.status,
        "decision": turn.decision,
        "seat": _seat(turn.on_behalf_of),
        "waits_for": [_seat(each) for each in turn.waiting_for],
        "decided_by": turn.decided_by and turn.decided_by.name,
        "acting_for": lent and {"name": lent.person.name, "document": lent.document},
        "decided_at": turn.decided_at,
        "comment": turn.comment,
        "fell_away": turn.skipped_because,
    }


def _seat(seat: Seat | None) -> Mapping[str, Any] | None:
    if seat is None:
        return None
    holders = [each.name for each in seat.holders]
    return {"unit": seat.unit, "title": seat.title, "role": seat.role, "holders": holders}


def _act(act: PastAct, digests: Mapping[int, str]) -> Mapping[str, Any]:
    return {
        "line": act.position,
        "digest": digests.get(act.position),
        "at": act.at,
        "event": act.event,
        "sentence": act.sentence,
        "by": act.by and act.by.name,
        "status": act.status,
        "comment": act.comment,
    }


def _cited(clause: Clause) -> str:
    return f"{clause.regulation}/{clause.cite}"


def _clauses(clauses: Iterable[Clause]) -> list[Mapping[str, Any]]:
    told = {_cited(each): {"title": each.title, "summary": each.summary} for each in clauses}
    return [{"clause": clause, **said} for clause, said in told.items()]
