"""Which article of a regulation's text a cite means: 四、2 or 三㈡3⑹ or 一、2、6 or 第九條㈠-㈣."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.rules.articles import (
    BEFORE_THE_FIRST,
    CHAPTER,
    CITED,
    IN_CITE,
    Article,
    Label,
    Path,
    below,
    is_heading,
    label_of,
)
from domain.values.characters import simplified


def paths_of(cite: str) -> tuple[Path, ...]:
    """The places that a cite names; a repeated shape is a place beside the one before."""
    paths: list[Path] = []
    path: Path = ()
    spans = False
    for match in CITED.finditer(cite):
        if match["skip"]:
            continue
        if match["to"]:
            spans = bool(path)
            continue
        label = label_of(match, IN_CITE)
        beside = any(each.shape == label.shape for each in path)
        if beside:
            paths.append(path)
            if spans and path[-1].shape == label.shape:
                between = range(path[-1].value + 1, label.value)
                paths += [(*path[:-1], Label(label.shape, value)) for value in between]
        path = below(path, label)
        spans = False
    return (*paths, path) if path else ()


def carried(
    clauses: Iterable[str], found: Sequence[Article]
) -> tuple[Mapping[int, tuple[str, ...]], tuple[str, ...]]:
    """By the index of its article each clause that the text carries, and the clauses left over."""
    placed: dict[int, list[str]] = {}
    lost: list[str] = []
    for clause in clauses:
        cite = clause.partition("/")[2]
        places = {place for place in places_of(cite, found) if place is not None}
        for place in sorted(places):
            placed.setdefault(place, []).append(clause)
        if not places:
            lost.append(clause)
    return {place: tuple(named) for place, named in placed.items()}, tuple(lost)


def places_of(cite: str, found: Sequence[Article]) -> Iterable[int | None]:
    """The articles that a cite names, each as near as the text's own numbers allow."""
    if cite.strip() in BEFORE_THE_FIRST:
        return [0 if found and not found[0].path else None]
    headed = [
        index
        for index, article in enumerate(found)
        if article.heading and mentions(cite, article.heading)
    ]
    among = headed or range(len(found))
    paths = paths_of(cite)
    return [nearest(path, among, found) for path in paths] or [named(cite, headed, found)]


def named(cite: str, headed: Sequence[int], found: Sequence[Article]) -> int | None:
    """The article of a cite without a number: under its heading, or where a line begins so."""
    words = simplified(cite.strip().partition(" ")[0])
    begins = (
        index
        for index, article in enumerate(found)
        if len(words) > 1
        and any(line.startswith(words) for line in simplified(article.text).splitlines())
    )
    return next(iter(headed), None) if headed else next(begins, None)


def mentions(cite: str, heading: str) -> bool:
    words = simplified(cite.strip().partition(" ")[0])
    return len(words) > 1 and words in simplified(heading.replace(" ", ""))


def nearest(path: Path, among: Iterable[int], found: Sequence[Article]) -> int | None:
    """The article of this path; else one that ends in it; else the one that holds it."""
    among = list(among)
    numbered = {index: without_chapter(found[index].path) for index in among}
    while path:
        for index in among:
            if numbered[index] == path:
                return index
        inside = [index for index in among if ends_in(numbered[index], path)]
        if len(inside) == 1:
            return inside[0]
        path = path[:-1]
    return None


def without_chapter(path: Path) -> Path:
    return tuple(label for label in path if label.shape != CHAPTER)


def ends_in(whole: Path, path: Path) -> bool:
    """Whether a path's numbers occur in this order, the last of them last."""
    if not whole or whole[-1] != path[-1]:
        return False
    labels = iter(whole)
    return all(any(label == wanted for label in labels) for wanted in path)


def unaccounted(found: Sequence[Article], placed: Mapping[int, tuple[str, ...]]) -> Iterator[int]:
    """The places of articles of which no clause speaks, nor of what holds them.

    A mere heading is not told of, nor what leads in to items of which clauses speak.
    """
    spoken_of = {found[index].path for index in placed}
    above = {path[:length] for path in spoken_of for length in range(1, len(path))}
    for index, each in enumerate(found):
        held = any(each.path[:length] in spoken_of for length in range(1, len(each.path) + 1))
        leads = each.path in above and each.text.endswith((":", "\uff1a"))
        opens = any(other.path[:-1] == each.path for other in found[index + 1 : index + 2])
        heads = opens and is_heading(each.text)
        if each.text and not (index in placed or held or leads or heads):
            yield index
