"""Secrecy marks: 机密★10年 says that a text belongs on no ordinary computer."""

import re
import unicodedata

MARK = re.compile(
    "(?:[绝絕]密|[机機]密|秘密)"
    "(?:[★☆⭐✩✪✫✬✭✮✯⚝🌟]|[*·](?:[0-9〇零一二三四五六七八九十百]+[年月个個]|[长長]期|[启啟啓]用前))"
)


def bears_mark(text: str) -> bool:
    """Whether a text bears a mark, however wide or far apart its characters are written.

    The star, or a period behind an asterisk, makes the mark: of secrets anybody may speak.
    """
    if "密" not in text:
        return False
    folded = unicodedata.normalize("NFKC", text)
    written = (each for each in folded if each == "\n" or not _is_blank(each))
    return MARK.search("".join(written)) is not None


def _is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cf", "Cc", "Mn")
