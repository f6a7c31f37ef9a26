"""Regulations cut into articles by their numbers, and cites found among them."""

import pytest

from domain.rules.articles import articles, number_of, numeral, said
from domain.rules.cites import carried, paths_of, unaccounted
from policies import loading
from resolvers.running.settings import CHECKOUT

ATTENDANCE = """考勤管理办法
为了管好考勤,制定本办法。
一、范围
全体人员适用本办法。
二、考勤
每月报送考勤表。
三、病假和事假
(一)病假。半天由科长批准;两天以内由分管局长批准,更长的由局长批准。
(二)事假。要求与病假相同:
1、旅游不准事假;
2、补休另算。
四、外出
1.因公外出先报告。2.因私外出半天以内口头报告。
五、待遇
1、补贴按月计。
3、事假六天以内不扣工资。
"""


@pytest.mark.parametrize(
    ("cite", "places"),
    [
        ("四、2", ["四、2"]),
        ("三㈡3⑹", ["三(二)3(6)"]),
        ("一、2、6", ["一、2", "一、6"]),
        ("第九條㈠-㈣", ["第九条(一)", "第九条(二)", "第九条(三)", "第九条(四)"]),
        ("1(1)、1(3)", ["1(1)", "1(3)"]),
        ("二(一)1-3", ["二(一)1", "二(一)2", "二(一)3"]),
        ("二、三、五(政务)", ["二", "三", "五"]),
        ("(第八条)㈡", ["第八条(二)"]),
        ("第十四條第2款", ["第十四条"]),
        ("三(2011年)", ["三"]),
        ("三㈡①", ["三(二)①"]),
        ("第三十二条", ["第三十二条"]),
        ("附則", []),
        ("第十二條之一㈡", ["第十二条之一(二)"]),
        ("第一百零五条", ["第一百零五条"]),
    ],
)
def test_a_cite_names_its_places(cite, places):
    assert [said(path) for path in paths_of(cite)] == places


@pytest.mark.parametrize("value", [1, 9, 10, 11, 20, 21, 99, 100, 101, 110, 123, 1005, 1105])
def test_numerals_are_read_as_they_are_written(value):
    assert number_of(numeral(value)) == value


def labels(text):
    return [article.label for article in articles(text)]


def test_numbers_of_every_shape_nest_as_the_text_opens_them():
    text = "第一章 总则\n第一条 目的。\n第二条 职责:\n㈠办公室;\n㈡财务:1、记账;2、报销。\n第三条"
    assert labels(text) == [
        *("第一章", "第一条", "第二条", "第二条(一)", "第二条(二)"),
        *("第二条(二)1", "第二条(二)2", "第三条"),
    ]


def test_numbers_inside_a_line_are_taken_only_where_they_go_on():
    text = "为了管理。一、由局长召集。二、研究:1.预算;2.人事。三、依照第二条办理。会期1.5小时。"
    assert labels(text) == ["", "一", "二", "二、1", "二、2", "三"]


def test_a_title_with_a_number_of_a_collection_is_no_article():
    assert labels("28.考勤办法\n一、范围\n全体。\n1.甲。\n2.乙。") == ["一", "一、1", "一、2"]


def test_sections_that_begin_again_are_told_apart_by_their_headings():
    text = "综合制度\n前面的话。\n公车管理\n1、登记。\n2、加油。\n食堂管理\n1、卫生。\n2、就餐。"
    found = articles(text)
    placed, lost = carried(["rules/食堂管理 2", "rules/公车管理 1", "rules/9"], found)
    headed = {found[place].heading: clauses for place, clauses in placed.items()}
    assert headed == {"食堂管理": ("rules/食堂管理 2",), "公车管理": ("rules/公车管理 1",)}
    assert lost == ("rules/9",)


def test_a_clause_below_the_numbers_of_the_text_stands_at_the_article_that_holds_it():
    found = articles("一、总则\n二、细则\n(一)甲")
    placed, lost = carried(["rules/二(一)3", "rules/三"], found)
    assert placed == {2: ("rules/二(一)3",)}
    assert lost == ("rules/三",)


def test_every_letter_of_a_text_stands_in_some_article():
    def letters(text):
        return sum(character.isalpha() and character not in "一二三四五" for character in text)

    found = articles(ATTENDANCE)
    title = ATTENDANCE.splitlines()[0]
    assert sum(letters(article.text) for article in found) == letters(ATTENDANCE) - letters(title)


def test_an_article_that_came_between_two_has_a_number_of_its_own():
    text = "第一条 甲。\n第一条之一 乙:(一)丙;(二)丁。\n第一條之二 戊。\n第二条 己。"
    assert labels(text) == [
        *("第一条", "第一条之一", "第一条之一(一)", "第一条之一(二)", "第一条之二", "第二条"),
    ]


def test_what_no_clause_speaks_of_is_told_but_no_heading_and_no_opening_words():
    found = articles(ATTENDANCE)
    placed, _ = carried(["a/三(一)", "a/三(二)", "a/四2", "a/五、3"], found)
    assert [found[each].label for each in unaccounted(found, placed)] == [
        *("", "一", "二", "四、1", "五、1"),
    ]
    placed, _ = carried(["a/四"], found)
    assert "四、1" not in {found[each].label for each in unaccounted(found, placed)}


def test_a_cite_without_a_number_stands_where_a_line_begins_so():
    found = articles("办法\n一、总则\n甲。\n附则\n自印发之日起施行。")
    placed, lost = carried(["a/附則", "a/首段", "a/末尾"], found)
    assert (placed, lost) == ({0: ("a/附則",)}, ("a/首段", "a/末尾"))


def test_the_published_text_of_an_office_carries_nearly_all_its_clauses():
    source = CHECKOUT.parent / "shared" / "regulations" / "sources" / "001_e355b5a284520c85.txt"
    if not source.exists():
        pytest.skip("the published texts are not here")
    text = source.read_text(encoding="utf-8").split("28.考勤管理辦法")[1].split("\n29.")[0]
    clauses = dict.fromkeys(
        line.clause
        for line in loading.shipped("hrss-bureau").register.values()
        if line.clause.startswith("attendance-measures/")
    )
    placed, lost = carried(clauses, articles("考勤管理办法" + text))
    assert len(lost) <= 1
    assert sum(map(len, placed.values())) >= len(clauses) - 1
