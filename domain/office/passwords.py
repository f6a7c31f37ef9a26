"""What a new password must be: long enough, nobody's name, and nothing that everybody tries first.

Nothing is said about kinds of characters: such rules make passwords that are alike.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from domain.errors import Problem, Refused

SHORTEST, LONGEST = 8, 256
FEWEST_BESIDE_A_NAME = 4
SHORTEST_NAME = 3
LONGEST_PIECE = 5
"""A password that repeats a piece so short is as good as the piece."""

BLANK = "\u115f\u1160\u2800"
"""Letters and signs that nobody sees."""

KEYBOARD = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
TRIED_FIRST = """
abcd1234 access account admin administrator asdf1234 asdfjkl baseball beijing changeme charlie
china chongqing computer dearbook default dragon football guangzhou guest guiju hello iloveyou
jingcha jordan letmein liverpool login master michael mima monkey mustang mynoob nanjing nihao
nimda office opensesame p@ssw0rd pa$$word pass passw0rd password passwort pokemon princess
q1w2e3r4 qazwsx qazwsxedc qwer qwerasdf qwert qwerty root secret shadow shanghai shenzhen
starwars sunshine superman system test tianjin trustno1 user welcome whatever woaini woaiwojia
woshishui xiaoming zaq12wsx zhongguo zxcvbn 1314520 5201314 a1b2c3d4 a1234567 abc123 admin888
aini1314 admin123 welcome1 密码 规矩
"""
COMMON = frozenset(TRIED_FIRST.split())


def must_be_strong(password: str, names: Iterable[str], field: str = "replacement") -> None:
    """Refuse a password that is guessed easily, with everything that is wrong with it.

    `names` are what the account and its person are called.

    Raises: Refused: WEAK_PASSWORD.
    """
    normal = unicodedata.normalize("NFKC", password)
    codes = []
    if sum(map(_counts, normal)) < SHORTEST or max(len(password), len(normal)) > LONGEST:
        codes.append("PASSWORD_LENGTH")
    plain = "".join(each for each in normal.casefold() if _counts(each))
    if _is_name(plain, names):
        codes.append("PASSWORD_IS_NAME")
    if _is_common(plain):
        codes.append("PASSWORD_IS_COMMON")
    if codes:
        bounds = {"shortest": SHORTEST, "longest": LONGEST}
        problems = [Problem(code, ("input", field), details=bounds) for code in codes]
        raise Refused("WEAK_PASSWORD", problems=problems)


def _counts(character: str) -> bool:
    """Whether anybody sees it: no space, no break, nothing that only steers or combines."""
    return unicodedata.category(character)[0] not in "ZCM" and character not in BLANK


def _is_name(plain: str, names: Iterable[str]) -> bool:
    """Whether little is left of it without the names."""
    known = {part.casefold() for name in names for part in (name, *name.split("@"))}
    left = plain
    for name in sorted(known, key=len, reverse=True):
        if len(name) >= SHORTEST_NAME:
            left = left.replace(name, "")
    return left != plain and len(left) < FEWEST_BESIDE_A_NAME


def _is_common(plain: str) -> bool:
    if not plain:
        return False
    core = re.sub(r"^[\d\W_]+|[\d\W_]+$", "", plain)
    size = len(plain)
    return (
        plain in COMMON
        or core in COMMON
        or any(plain == (plain[:piece] * size)[:size] for piece in range(1, LONGEST_PIECE + 1))
        or {ord(later) - ord(each) for each, later in pairwise(plain)} in ({1}, {-1})
        or any(plain in row or plain[::-1] in row for row in KEYBOARD)
    )
