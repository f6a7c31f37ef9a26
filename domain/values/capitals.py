"""Amounts of money in Chinese capitals, as cheques and approval forms write them.

By 《支付结算办法》附一: 整 ends what has no fen, and a gap of noughts is one 零.
"""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
FEN = Decimal("0.01")
MOST = Decimal(10) ** 15


def in_capitals(amount: Decimal) -> str:
    """1234.50 is 人民币壹仟贰佰叁拾肆元伍角整; below zero 人民币负…

    Raises: ValueError: it is no whole number of fen, or has more than fifteen digits before the
    point.
    """
    if amount != amount.quantize(FEN) or abs(amount) >= MOST:
        raise ValueError(amount)
    yuan, fen = divmod(int(abs(amount) * 100), 100)
    said = f"{_whole(yuan)}元" if yuan or not fen else ""
    if fen:
        jiao, left = divmod(fen, 10)
        said += f"{DIGITS[jiao]}角" if jiao else "零" if yuan else ""
        said += f"{DIGITS[left]}分" if left else ""
    return f"人民币{'负' if amount < 0 else ''}{said}{'' if fen % 10 else '整'}"


def _whole(number: int) -> str:
    """A whole number: in hundreds of millions 亿, then in ten thousands 万."""
    for unit, word in ((10**8, "亿"), (10**4, "万")):
        high, low = divmod(number, unit)
        if high:
            gap = "零" if 0 < low < unit // 10 else ""
            return f"{_whole(high)}{word}{gap}{_whole(low) if low else ''}"
    said, gap = "", ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            said, gap = f"{DIGITS[int(digit)]}{PLACES[place]}{gap}{said}", ""
        elif said:
            gap = "零"
    return said or DIGITS[0]
