"""The page for administrators as files: what they load, what they say, how they are served."""

import re
from hashlib import sha256
from pathlib import Path

from domain.conditions.language import parse
from policies import loading, vocabulary
from schema.running import admin
from tests.browsing import desk
from tests.office import Api

FILES = Path(admin.__file__).parent / "admin"


def test_the_page_is_files_that_load_nothing_from_elsewhere_and_make_no_markup() -> None:
    texts = {each.name: each.read_text("utf-8") for each in FILES.iterdir()}
    scripts = "\n".join(text for name, text in texts.items() if name.endswith(".js"))
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(", scripts)
    loaded = scripts + texts["index.html"] + texts["style.css"]
    assert not re.findall(r"""["'(](?:https?:)?//""", loaded)
    assert not re.findall(r"<style|style=|<script>|\son[a-z]+=", texts["index.html"])
    for name, module in re.findall(r'from "\./(\w+)(\.js)"', scripts):
        assert name + module in texts
    said = set(re.findall(r'\bt\("([^"$]+)"', scripts))
    known = set(
        re.findall(r'^  "?([^\s":]+(?:\.[^\s":]+)?)"?: \[', texts["words.js"], re.MULTILINE)
    )
    assert said <= known, said - known


async def test_the_page_is_served_with_a_policy_that_lets_in_nothing_else(api: Api) -> None:
    for path in ("/admin", "/admin/start.js", "/admin/style.css"):
        got = await api.client.get(path)
        assert got.status_code == 200
        assert (
            "default-src 'none'; script-src 'self'; style-src 'self'"
            in got.headers["content-security-policy"]
        )
        assert "unsafe" not in got.headers["content-security-policy"]
        assert got.headers["x-content-type-options"] == "nosniff"
        again = await api.client.get(path, headers={"if-none-match": got.headers["etag"]})
        assert again.status_code == 304
    for path in ("/admin/admin.py", "/admin/..%2fadmin.py", "/admin/nothing"):
        assert (await api.client.get(path)).status_code == 404


RECKONED = """async (sizes) => {
  const { reckoned } = await import("/admin/sums.js");
  return sizes.map((size) => [...reckoned(new Uint8Array(size).fill(37))]);
}"""


async def test_a_sum_is_reckoned_where_the_browser_does_not(api: Api) -> None:
    sizes = [0, 1, 55, 56, 63, 64, 65, 119, 120, 10_000]
    async with desk(api) as office:
        sums = await (await office.opens()).evaluate(RECKONED, sizes)
    assert [bytes(each) for each in sums] == [sha256(b"%" * size).digest() for size in sizes]


READ_BY_FIELDS = """async (whens) => {
  const { parse, written } = await import("/admin/conditions.js");
  return whens.map((when) => { const parts = parse(when); return parts && written(parts); });
}"""


async def test_every_condition_of_the_shipped_rules_is_filled_in_by_fields(api: Api) -> None:
    facts = vocabulary.shipped().facts
    whens = sorted(
        {
            row.when.text
            for each in loading.institutions()
            for rows in loading.shipped(each).rows_by_kind.values()
            for row in rows
        }
    )
    assert len(whens) > 100
    async with desk(api) as office:
        again = await (await office.opens()).evaluate(READ_BY_FIELDS, whens)
    for when, filled in zip(whens, again, strict=True):
        assert parse(filled, facts).regions == parse(when, facts).regions, when
