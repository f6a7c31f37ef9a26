"""Pictures without the position where they were taken: not a dot of them is changed."""

import mmap
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from struct import pack_into, unpack_from
from typing import Any

from exifread.core.find_exif import determine_type

GPS = 0x8825
SIZES = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""The bytes of a value by its type in EXIF; of all others one."""

HEADER = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
IN_XMP = re.compile(rb"""(\w+:GPS\w+\s*(?:=\s*["']|>))([^"'<]+)""")
PNG, TEXTS = b"\x89PNG\r\n\x1a\n", (b"eXIf", b"iTXt")


def without_position(path: Path, cleaned: Path) -> bool:
    """Whether a picture told its position; a copy without it then lies where said."""
    shutil.copyfile(path, cleaned)
    cleaned.chmod(0o600)
    with cleaned.open("r+b") as opened, mmap.mmap(opened.fileno(), 0) as picture:
        found = [each.end() for each in HEADER.finditer(picture)]
        # It stumbles over boxes that are not there; those of cameras it finds.
        with suppress(Exception):
            found.append(determine_type(opened)[0])
        told = any(list(map(partial(_blanked, picture), dict.fromkeys(found))))
        for each in list(IN_XMP.finditer(picture)):
            picture[each.start(2) : each.end(2)] = b" " * len(each[2])
            told = True
        if told and picture[:8] == PNG:
            _sum_anew(picture)
    if not told:
        cleaned.unlink()
    return told


def _blanked(picture: Any, base: int) -> bool:
    """Whether the tags at this header told a position, which they no longer do."""
    order = {b"I": "<", b"M": ">"}.get(picture[base : base + 1])
    if order is None:
        return False
    told = False
    (first,) = unpack_from(f"{order}I", picture, base + 4)
    for tag, _, _, value in _entries(picture, base + first, order):
        if tag == GPS:
            for _, kind, count, where in _entries(picture, base + value, order):
                length = SIZES.get(kind, 1) * count
                if length > 4:
                    _zero(picture, base + where, length)
            (entries,) = unpack_from(f"{order}H", picture, base + value)
            told = told or entries > 0
            _zero(picture, base + value, 2 + 12 * entries)
    return told


def _entries(picture: Any, at: int, order: str) -> Iterator[tuple[int, int, int, int]]:
    """Tag, type, count, and the value or its place."""
    (entries,) = unpack_from(f"{order}H", picture, at)
    for place in range(at + 2, at + 2 + 12 * entries, 12):
        yield unpack_from(f"{order}HHII", picture, place)


def _zero(picture: Any, at: int, length: int) -> None:
    if at + length > len(picture):
        raise ValueError
    picture[at : at + length] = bytes(length)


def _sum_anew(picture: Any) -> None:
    at = len(PNG)
    while at + 8 <= len(picture):
        length, kind = unpack_from(">I4s", picture, at)
        if kind in TEXTS:
            total = zlib.crc32(picture[at + 4 : at + 8 + length])
            pack_into(">I", picture, at + 8 + length, total)
        at += 12 + length
