"""What a new password must be."""

import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.office.passwords import LONGEST, SHORTEST, must_be_strong
from tests.office import Api, problems
from tests.test_sign_in import SIGN_IN, STAFF

NAMES = ("section_chief@hrss-bureau", "dujie@hrss-bureau", "杜洁")
BLANKS = " \t\r\n\u00a0\u2003\u200b\u200d\u3000\ufeff\u3164\u2060"
CHANGE = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename
  ... on Refusal { code message problems { path code message } } } }"""


def complaints(password: str) -> set[str]:
    try:
        must_be_strong(password, NAMES)
    except Refused as refused:
        return {problem.code for problem in refused.problems}
    return set()


@pytest.mark.parametrize(
    "password",
    ["tall green hills", "Ein Fisch im Wasser", "春眠不觉晓处处闻啼", "kq7mzp2w", "5!8#2@9%",
     "the section_chief walks home", "password of my grandmother", "🐟 🐠 🐡 🦐 🦑 🐙 🦀 🐚"],
)  # fmt: skip
def test_a_good_password_is_taken_whatever_it_is_made_of(password):
    assert complaints(password) == set()


@given(st.text(alphabet=BLANKS, max_size=60))
def test_blanks_alone_are_never_a_password(blanks):
    assert "PASSWORD_LENGTH" in complaints(blanks)


@given(st.text(alphabet="kqmzpwvj", max_size=SHORTEST - 1), st.text(alphabet=BLANKS, max_size=40))
def test_blanks_make_no_short_password_long(short, blanks):
    assert "PASSWORD_LENGTH" in complaints(short[:3] + blanks + short[3:] + blanks)


@given(st.integers(LONGEST + 1, 5_000))
def test_a_password_has_an_upper_bound(size):
    assert complaints(("kq7mzp2w tall" * 500)[:size]) == {"PASSWORD_LENGTH"}


def test_the_bound_holds_for_what_a_character_becomes():
    assert len(unicodedata.normalize("NFKC", "ﷺ")) > 1
    assert "PASSWORD_LENGTH" in complaints("ﷺ" * (LONGEST // 2))


@pytest.mark.parametrize(
    "password",
    ["section_chief", "Section_Chief1", "section_chief@hrss-bureau", "hrss-bureau",
     "HRSS-bureau99", " section _ chief ", "ｓｅｃｔｉｏｎ_ｃｈｉｅｆ",
     "dujie@hrss-bureau!", "hrss-bureauhrss-bureau"],
)  # fmt: skip
def test_the_name_of_the_account_is_no_password(password):
    assert "PASSWORD_IS_NAME" in complaints(password)


@pytest.mark.parametrize(
    "password",
    ["password", "Password", "PASSWORD123", "passw0rd!", "1234567890", "12345678", "87654321",
     "aaaaaaaa", "abcabcabc", "abababab", "12121212", "abcdefgh", "qwertyuiop", "qwertyui",
     "iloveyou1", "woaini1314", "1qaz2wsx", "admin888", "guijuguiju", "ｐａｓｓｗｏｒｄ",
     "p a s s w o r d", "密码密码密码密码", "88888888", "guiju2026", "Admin@123"],
)  # fmt: skip
def test_what_everybody_tries_first_is_no_password(password):
    assert "PASSWORD_IS_COMMON" in complaints(password)


@given(st.text(min_size=1, max_size=4), st.integers(8, 40))
def test_a_short_piece_repeated_is_no_password(piece, times):
    assume(unicodedata.is_normalized("NFKC", piece))
    assert complaints(piece * times)


@given(st.text(max_size=60))
def test_what_looks_alike_is_judged_alike(password):
    assert complaints(password) == complaints(unicodedata.normalize("NFKC", password))


async def test_a_weak_password_is_refused_at_its_field_and_changes_nothing(api: Api) -> None:
    signed: Any = await api.ask(SIGN_IN, {"input": {"account": STAFF, "password": "guiju"}})
    hashes = "select account, password_hash from accounts order by 1"
    before = await api.rows(hashes)
    for weak, code in (
        (" " * 8, "PASSWORD_LENGTH"),
        ("staff@hrss-bureau", "PASSWORD_IS_NAME"),
        ("password1", "PASSWORD_IS_COMMON"),
    ):
        given_ = {"current": "guiju", "replacement": weak, "idempotencyKey": "k"}
        answer = await api.ask(CHANGE, {"input": given_}, signed.data["signIn"]["token"])
        assert problems(answer.data["changePassword"]) == {("replacement", code)}
    assert await api.rows(hashes) == before
