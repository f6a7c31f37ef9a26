"""What an office makes of adopted clauses that laws in force have overtaken: kept or left out."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from domain.rules.rows import INTERPRETATION
from domain.shapes.law import SURE, LawInForce
from policies.files import CLAUSES, columns_of
from policies.lines import Fault, Line
from policies.loading import Source
from policies.messages import MESSAGES

LAW, TITLE = "law", "本机关的解释"
REASONED, AREA = columns_of(LAW).index("interpretation"), CLAUSES.index("area")
OWN = re.compile(rf"{INTERPRETATION}/([0-9]+)")


def about(each: LawInForce) -> dict[str, Any]:
    """What a sentence on a law tells."""
    sure, law = SURE[each.sure], each.law + each.article
    return {"clause": each.clause, "law": law, "sure": sure, "differs": each.differs}


def otherwise(each: LawInForce, language: str) -> str:
    """That a law says otherwise than a clause, in a sentence."""
    return MESSAGES["LAW_SAYS_OTHERWISE"].say(language, about(each))


def last_of(*sources: Source) -> int:
    """The highest number of an interpretation."""
    cites = (OWN.fullmatch(line.fields[0]) for each in sources for line in each.clauses)
    return max((int(found[1]) for found in cites if found), default=0)


def reasoned(
    part: Source, kept: Source, reasons: Mapping[str, str], areas: Collection[str]
) -> Source:
    """With an interpretation, its reason, for each overtaken clause that is to stand."""
    lines = [line.fields for line in reversed(part.clauses) if line.fields[AREA] in areas]
    area_of = {fields[0]: fields[AREA] for fields in lines}
    standing = [clause for clause, reason in reasons.items() if reason and clause in area_of]
    begins = last_of(part, kept) + 1
    cites = {clause: f"{INTERPRETATION}/{n}" for n, clause in enumerate(standing, start=begins)}

    def with_cite(line: Line) -> Line:
        cite = line.fields[REASONED] or cites.get(line.fields[0], "")
        return replace(line, fields=(*line.fields[:REASONED], cite, *line.fields[REASONED + 1 :]))

    tables = part.tables()
    said = [
        Line("", 0, (cite, TITLE, INTERPRETATION, area_of[clause], *[""] * 4, reasons[clause]))
        for clause, cite in cites.items()
    ]
    law = tuple(map(with_cite, tables.get(LAW, ())))
    return part.having({**tables, "clauses": (*part.clauses, *said), LAW: law})


def unwanted(part: Source, reasons: Mapping[str, str]) -> Iterator[Fault]:
    """The lines that rest on an overtaken clause which the office does not take."""
    for clause in (clause for clause, reason in reasons.items() if not reason):
        for name, lines in part.tables().items():
            for line in lines:
                if name not in ("clauses", LAW) and clause in line.fields:
                    details = {"clause": clause}
                    yield Fault(line.file, line.number, "clause", "LAW_LEFT_OUT", details)
