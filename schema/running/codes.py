"""Every code that the API answers with, as docs/codes.md tells them to the authors of clients."""

import re
from collections.abc import Mapping

from domain.messages import Message
from domain.vocabulary import Label
from policies import vocabulary
from policies.messages import BY_FAMILY
from schema.running.changes import retired

INTRODUCTION = """\
# Codes

What a client may depend on is the code; its sentences may be worded better any day. An expected no
is a `Refusal` in the field's result union, with a code of its own and one for each of its
`problems`. Signing in, permissions, limits and bugs are entries of `errors` with
`extensions.code`, and so are documents and variables that GraphQL refuses, and a refusal where a
field returns no union; `extensions.problems` names each place, from the argument down, with its
code. Sentences are Chinese unless `Accept-Language` prefers English; `{name}` stands for a detail
of the case.

This page is written by `guiju export-schema` from `policies.messages`; a test holds it true."""

COUNTED = re.compile(r"\{\w+:[^|}]*\|([^}]*)\}")
"""A word that goes with a number; the page shows the one for many."""


def codes_page(changes: str) -> str:
    """The page: a table for each family of messages, then the codes that the changes retired."""
    titles = {**vocabulary.families(), **vocabulary.areas()}
    sections = (_section(titles[family], said) for family, said in BY_FAMILY.items())
    return "\n\n".join([INTRODUCTION, *sections, _retired(changes)]) + "\n"


def _retired(changes: str) -> str:
    codes = "\n".join(f"- `{code}`" for code in sorted(retired(changes)))
    return f"## Retired, and never used again ([changes](changes.md))\n\n{codes}"


def _section(title: Label, said: Mapping[str, Message]) -> str:
    rows = [
        f"| `{code}` | {_cell(message.zh)} | {_cell(message.en)} |"
        for code, message in said.items()
    ]
    return "\n".join(
        [f"## {title.en} {title.zh}", "", "| code | 中文 | English |", "|---|---|---|", *rows]
    )


def _cell(sentence: str) -> str:
    return COUNTED.sub(r"\1", sentence).replace("|", "\\|")
