"""Traditional characters, which mean the same as simplified ones where words are compared."""

from functools import cache
from typing import Any


@cache
def _converter() -> Any:
    # Its dictionaries are read by those alone who compare what is not plain ASCII.
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters: 職務 is 职务."""
    return text if text.isascii() else str(_converter().convert(text))
