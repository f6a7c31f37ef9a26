"""Heads of a chain that its institution has signed: what lies outside the host proves the copy."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Date, Text

from domain.ledger import plain_json
from domain.tables import ADDED, LINE, columns, moment, table

signing_keys = table(
    "signing_keys",
    Column("id", Text, primary_key=True),
    *columns(Text, "public", "sealed"),
    moment("at"),
    changes=ADDED,
    stands=LINE,
)
"""`id` is the thumbprint of the `public` key, which is a JWK; `sealed` is the private one."""

signed_heads = table(
    "signed_heads",
    Column("day", Date, primary_key=True),
    Column("line", BigInteger, nullable=False),
    *columns(Text, "digest", "signature"),
    changes=ADDED,
    stands=LINE,
)


@dataclass(frozen=True)
class SignedHead:
    """That a day began with this line as the last of a chain; its digest in hexadecimal."""

    institution: str
    day: date
    line: int
    digest: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature signs."""
        return plain_json({**asdict(self), "signature": ""}).encode()

    @property
    def written(self) -> Mapping[str, Any]:
        return {**asdict(self), "day": self.day.isoformat()}


def read_head(said: Mapping[str, Any]) -> SignedHead:
    """Raises: TypeError or ValueError where it is no head."""
    return SignedHead(**{**said, "day": date.fromisoformat(said["day"])})
