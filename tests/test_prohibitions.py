"""docs/prohibitions.md lists every shipped row that forbids, and nothing else."""

from policies import loading
from resolvers.running.settings import CHECKOUT

PAGE = CHECKOUT / "docs" / "prohibitions.md"


def test_every_row_that_forbids_is_listed_and_no_other():
    rows = [
        (row.institution, row.kind, row.when.text, row.clause)
        for institution in loading.institutions()
        for row in loading.shipped(institution).rows
        if row.effect == "deny"
    ]
    lines = [line.replace("\\|", "¦") for line in PAGE.read_text().splitlines()[8:]]
    listed = [
        tuple(cell.strip(" `").replace("¦", "|") for cell in line.strip("|").split("|"))
        for line in lines
    ]
    assert listed == rows
    assert rows
