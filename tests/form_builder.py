"""A builder of forms that knows nothing but what `kinds` tells: it fills in a form and sends it.

`python tests/form_builder.py <url> <account> [KIND …]` fills in the kinds that the account's office
regulates, or these, previews them and submits those that go their way.
"""

import json
import sys
from collections.abc import Generator, Iterator
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

CONDITION = "fields operator values"
FIELD = f"""name type required neededBy {{ cite }} countedBy {{ cite }} minimum maximum grid longest
  writtenLike options {{ value }} refersTo {{ query }} shownWhen {{ {CONDITION} }}"""
KINDS = f"""query Kinds($regulated: Boolean) {{ kinds(regulated: $regulated) {{
  kind kindCode area regulated formFields {{ {FIELD} fields {{ {FIELD} }} }}
  papers {{ name }} people {{ role required }} }} }}"""
ANSWER = """... on Refusal { code message problems { path code message } }"""
PREVIEW = f"""query Preview($input: PreviewInput!) {{ preview(input: $input) {{ __typename
  ... on RoutePreview {{ finding claims {{ cite }} notes }} {ANSWER} }} }}"""
SUBMIT = f"""mutation Submit($input: SubmitInput!) {{ submit(input: $input) {{ __typename
  ... on Submitted {{ request {{ id number status }} }} {ANSWER} }} }}"""
TIMES = ("DATE", "DATETIME", "MOMENT")
CHINA = timezone(timedelta(hours=8))


def asked(field: Any, form: Any) -> bool:
    """Whether to ask for a field now: it is needed, and shown beside what is filled in already."""
    needed = field["required"] or field["neededBy"]
    shown = all(
        any(holds(form.get(name), each) for name in each["fields"]) for each in field["shownWhen"]
    )
    return bool(needed) and shown and not field["countedBy"]


def holds(value: Any, condition: Any) -> bool:
    if value is None:
        return False
    if condition["operator"] == "IN":
        return value in condition["values"]
    number, limit = Decimal(str(value)), Decimal(condition["values"][0])
    return {
        "AT_LEAST": number >= limit,
        "MORE_THAN": number > limit,
        "AT_MOST": number <= limit,
        "LESS_THAN": number < limit,
    }[str(condition["operator"])]


def values(field: Any, today: date, later: int) -> Iterator[Any]:
    """What a field may hold, the first choice first; `later` counts the times before it."""
    ahead = [today + timedelta(days=each) for each in (15, 17, 0, 18, 31, -1)]
    ahead.insert(3, (today.replace(day=1) + timedelta(days=32)).replace(day=1))
    match field["type"]:
        case "ENUM":
            yield from (each["value"] for each in field["options"])
        case "BOOLEAN":
            yield from [each["value"] for each in field["options"]] or [False, True]
        case "INTEGER" | "DECIMAL":
            least, most = Decimal(field["minimum"]), Decimal(field["maximum"])
            found = [
                each for each in (Decimal(1), least, Decimal(60), most) if least <= each <= most
            ]
            yield from map(int if field["type"] == "INTEGER" else str, found)
        case "TEXT":
            yield field["writtenLike"] or "按规定办理"[: field["longest"]]
        case "DATE":
            yield from map(str, ahead)
        case "DATETIME":
            hours = time(9 if later % 2 == 0 else 17)
            yield from (datetime.combine(each, hours, CHINA).isoformat() for each in ahead)
            yield from (
                datetime.combine(each, time(19 + later % 2), CHINA).isoformat() for each in ahead
            )
        case "MOMENT":
            halves = [each["value"] for each in field["options"]]
            for each in ahead:
                yield {"date": str(each), "half": halves[min(later, 1)]}
        case "OBJECT":
            yield {each["name"]: next(values(each, today, 0)) for each in field["fields"]}


def filled(kind: Any, today: date, choice: dict[str, int]) -> dict[str, Any]:
    """The form with everything that is called needed; `choice` is which value of a field."""
    form: dict[str, Any] = {}
    times = 0
    for field in kind["formFields"]:
        name = field["name"]
        if asked(field, form) or name in choice:
            if found := [*values(field, today, times)]:
                form[name] = found[min(choice.get(name, 0), len(found) - 1)]
            times += field["type"] in TIMES
    return form


def attached(*names: str) -> list[Any]:
    """A file under the name of each paper."""
    return [{"name": f"{each}.pdf", "sha256": "0" * 64, "paper": each} for each in names]


def beside(kind: Any, colleagues: list[str], attach: Any = attached) -> dict[str, Any]:
    """What goes with a form: a file under the name of each paper, somebody for each role."""
    papers = attach(*(each["name"] for each in kind["papers"]))
    wanted = [each["role"] for each in kind["people"] if each["required"]]
    named = [
        {"role": role, "personId": person} for role, person in zip(wanted, colleagues, strict=False)
    ]
    return {"attachments": papers, "named": named}


def at_fault(answer: Any) -> set[str]:
    """The fields that a refusal finds fault with."""
    paths = [each["path"] for each in answer.get("problems", ())]
    return {path[2] for path in paths if path[:2] == ["input", "form"] and path[2:]}


def ask(url: str, query: str, variables: Any, token: str = "") -> Any:
    headers = {"content-type": "application/json"}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    body = json.dumps({"query": query, "variables": variables}).encode()
    with urlopen(Request(url, body, headers)) as got:
        [answer] = json.load(got)["data"].values()
    return answer


def attempts(kind: Any, given: dict[str, Any], today: date) -> Generator[Any, Any, None]:
    """Forms to send, each after what the answer to the one before it found fault with."""
    choice: dict[str, int] = {}
    for _ in range(8):
        form = filled(kind, today, choice)
        answer = yield {"kind": kind["kindCode"], "form": form, **given}
        faults = at_fault(answer)
        if not faults:
            return
        choice |= {name: choice.get(name, 0) + 1 if name in form else 0 for name in faults}


def main(url: str, account: str, *chosen: str) -> None:
    """Prints what becomes of each kind, and submits those that go their way."""
    sign_in = 'mutation ($a: String!) { signIn(input: {account: $a, password: "guiju"}) {'
    token = ask(url, f"{sign_in} ... on SignedIn {{ token }} }} }}", {"a": account})["token"]
    people = ask(url, '{ people(text: "s", first: 9) { id account } }', {}, token)
    colleagues = [each["id"] for each in people if each["account"] != account]
    today = datetime.now(CHINA).date()
    for kind in ask(url, KINDS, {"regulated": True}, token):
        if chosen and kind["kindCode"] not in chosen:
            continue
        building = attempts(kind, beside(kind, colleagues), today)
        form, answer = next(building), None
        while form:
            sent = form
            answer = ask(url, PREVIEW, {"input": form}, token)
            try:
                form = building.send(answer)
            except StopIteration:
                form = None
        if answer.get("finding") == "ROUTED":
            answer = ask(url, SUBMIT, {"input": {**sent, "idempotencyKey": str(uuid4())}}, token)
        sys.stdout.write(f"{kind['kindCode']} {json.dumps(answer, ensure_ascii=False)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
