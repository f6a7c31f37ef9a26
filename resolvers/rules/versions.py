"""The versions of an office's rulebook: what adopted them, and their lines as files."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from policies.drafting import Files
from policies.files import FILES, Fields, columns_of
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.rules.drafts import files_in

EVERY = statement("""
  select version, effective_from, recorded_at, document, encode(digest, 'hex') as digest
  from rulebook_versions where institution_id = :institution order by version desc""")


async def every(context: Context) -> list[Mapping[str, Any]]:
    return list(await context.rows(EVERY))


async def texts(context: Context, version: int) -> list[tuple[str, str]]:
    return written(await files_in(context, version))


def written(files: Files) -> list[tuple[str, str]]:
    """The name and the text of each file."""
    return [(f"{file}.csv", text_of(file, lines)) for file, lines in files.items()]


def text_of(file: str, lines: tuple[Fields, ...]) -> str:
    """The lines of a file as a folder would have them."""
    if file not in FILES:
        return "".join(f"p, {', '.join(fields)}\n" for fields in lines)
    kept = StringIO()
    csv.writer(kept, lineterminator="\n").writerows((columns_of(file), *lines))
    return kept.getvalue()
