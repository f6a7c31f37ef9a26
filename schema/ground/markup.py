"""Pages as markup: whatever is no markup itself is escaped on its way in; and what they say."""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from domain.vocabulary import Label
from policies import vocabulary


@cache
def words() -> Mapping[str, Label]:
    """What pages say that are printed, or opened by a link: `printed.title`, `welcome.set`."""
    return vocabulary.labels(vocabulary.SHIPPED / "pages.csv", ("word", "zh", "en"))


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, *inside: Any, **attributes: str | int) -> Markup:
    """An element; `None` and empty texts inside leave no trace."""
    said = "".join(f' {key.rstrip("_")}="{escape(str(each))}"' for key, each in attributes.items())
    return Markup(f"<{name}{said}>{joined(*inside)}</{name}>")


def joined(*inside: Any, by: str = "") -> Markup:
    """These one behind the other."""
    parts = [each for each in inside if each not in (None, "")]
    return Markup(by.join(each if type(each) is Markup else escape(str(each)) for each in parts))


def lines(*inside: Any) -> Markup:
    """Each on a line of its own, and so the lines of a text."""
    parts = [each for each in inside if each not in (None, "")]
    broken = [
        joined(*each.splitlines(), by="<br>") if type(each) is str else joined(each)
        for each in parts
    ]
    return joined(*broken, by="<br>")
