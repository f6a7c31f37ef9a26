"""Which article of a regulation's text a cite means: 四、2 or 三㈡3⑹ or 一、2、6 or 第九條㈠-㈣."""

from collections.abc import Iterable, Mapping, Sequence

from domain.rules.articles import (
    BEFORE_THE_FIRST,
    CHAPTER,
    CITED,
    IN_CITE,
    Article,
    Label,
    Path,
    below,
    label_of,
)


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
    return [nearest(path, among, found) for path in paths_of(cite)]


def mentions(cite: str, heading: str) -> bool:
    words = cite.strip().partition(" ")[0]
    return len(words) > 1 and words in heading.replace(" ", "")


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
