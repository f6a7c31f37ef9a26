"""Files sent as a client sends them: announced, PUT in pieces, confirmed, and opened again."""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx

from tests.office import REFUSAL, Visitor

UPLOAD = "upload { id name size received sha256 confirmedAt url expiresAt }"


def archive(**parts: str) -> bytes:
    """An archive of these parts, as OFD, DOCX and XLSX are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, text in parts.items():
            whole.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


def docx(text: str = "请假说明") -> bytes:
    return archive(**{"[Content_Types].xml": "<T/>", "word/document.xml": f"<p>{text}</p>"})


async def ask(who: Visitor, act: str, told: str, key: str | None = None, **given: Any) -> Any:
    words = act[0].upper() + act[1:]
    return await who.one(
        f"mutation ($input: {words}Input!) {{ {act}(input: $input) {{ __typename"
        f" ... on Refusal {{ {REFUSAL} }} {told} }} }}",
        {"input": {**given, "idempotencyKey": key or str(uuid4())}},
    )


async def begin(who: Visitor, name: str, size: int) -> Any:
    answer = await ask(
        who, "createUpload", f"... on UploadBegun {{ {UPLOAD} }}", name=name, size=size
    )
    return answer.get("upload", answer)


async def put(
    who: Visitor, url: str, said: Any, first: int | None = None, size: int = 0, **headers: str
) -> httpx.Response:
    if first is not None:
        headers["content-range"] = f"bytes {first}-{first + len(said) - 1}/{size}"
    return await who.api.client.put(url, content=said, headers=bearer(who, **headers))


async def confirm(
    who: Visitor, upload: Any, said: bytes, key: str | None = None, **other: Any
) -> Any:
    given = {"size": len(said), "sha256": hashlib.sha256(said).hexdigest(), **other}
    told = f"... on UploadConfirmed {{ {UPLOAD} }}"
    answer = await ask(who, "confirmUpload", told, key, uploadId=upload["id"], **given)
    return answer.get("upload", answer)


async def send(who: Visitor, name: str, said: bytes) -> Any:
    """The confirmed upload, or the refusal."""
    upload = await begin(who, name, len(said))
    if "url" not in upload:
        return upload
    assert (await put(who, upload["url"], said)).status_code == 204
    return await confirm(who, upload, said)


async def opened(who: Visitor, upload: str) -> Any:
    """The link, or the refusal."""
    told = "... on AttachmentOpened { url expiresAt name mediaType size sha256 }"
    return await ask(who, "openAttachment", told, uploadId=upload)


async def got(who: Visitor, url: str, **headers: str) -> httpx.Response:
    return await who.api.client.get(url, headers=bearer(who, **headers))


def bearer(who: Visitor, **more: str) -> dict[str, str]:
    return {"authorization": f"Bearer {who.token}", **more}


def pdf(text: str = "", padding: int = 0) -> Iterator[bytes]:
    """A PDF of one page with this text, and as many bytes more."""
    shown = f"BT /F1 12 Tf 9 9 Td <{text.encode('gbk').hex()}> Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources %s>>" % FONT,
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
    ]
    yield b"%PDF-1.4\n"
    at, places = 9, []
    for number, each in enumerate(objects, start=1):
        said = b"%d 0 obj%s endobj\n" % (number, each)
        places.append(at)
        at += len(said)
        yield said
    for start in range(0, padding, len(LINE)):
        piece = LINE[: padding - start - 1] + b"\n" if padding - start < len(LINE) else LINE
        at += len(piece)
        yield piece
    table = b"".join(b"%010d 00000 n \n" % each for each in places)
    yield b"xref\n0 5\n0000000000 65535 f \n%s" % table
    yield b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % at


FONT = (
    b"<</Font<</F1<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H"
    b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>>>>>"
)
LINE = b"%" + b"0" * (256 * 1024 - 2) + b"\n"


def wps(text: str) -> bytes:
    """A file of WPS: streams in a container, its text in one of them."""
    said = text.encode("utf-16-le").ljust(4096, b" ")
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    chain = [0xFFFFFFFD, end, *range(3, 2 + len(said) // 512), end]
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        spelt = name.encode("utf-16-le")
        head = spelt.ljust(64, b"\0") + struct.pack("<HBB", len(spelt) + 2 if name else 0, kind, 1)
        return (
            head
            + struct.pack("<III", free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, end, 0) + entry("WordDocument", 2, free, 2, len(said))
    folder += (entry("", 0, free, 0, 0)) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
    )
    head += struct.pack("<109I", 0, *[free] * 108)
    return head + fat + folder + said


def jpeg(*, position: bool = True) -> bytes:
    """A picture's beginning and end, with the tags that a camera writes between them."""
    latitude = struct.pack("<6I", 39, 1, 54, 1, 20, 1)
    gps = struct.pack("<H", 1) + struct.pack("<HHII", 2, 5, 3, 26 + 18) + struct.pack("<I", 0)
    first = struct.pack("<H", 1) + (
        struct.pack("<HHII", 0x8825, 4, 1, 26)
        if position
        else struct.pack("<HHII", 0x0112, 3, 1, 6)
    )
    tags = b"II*\0" + struct.pack("<I", 8) + first + struct.pack("<I", 0) + gps + latitude
    body = b"Exif\0\0" + tags
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def png() -> bytes:
    """A picture whose tags lie in a chunk with a sum."""
    tags = jpeg()[12:-2]

    def chunk(kind: bytes, said: bytes) -> bytes:
        return (
            struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"eXIf", tags) + dots + chunk(b"IEND", b"")


def heic() -> bytes:
    """The boxes of a picture of a telephone, as far as its tags."""
    return struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + jpeg()[6:-2]


async def cut_off(who: Visitor, url: str, said: bytes, first: int, size: int) -> None:
    """Send a part of a body that was to be longer, and break off."""
    sent = iter(
        [{"type": "http.request", "body": said, "more_body": True}, {"type": "http.disconnect"}]
    )

    async def receive() -> Any:
        return next(sent)

    async def send_nothing(message: Any) -> None:
        raise AssertionError(message)

    ranged = f"bytes {first}-{size - 1}/{size}"
    headers = bearer(who, **{"content-range": ranged, "content-length": str(size - first)})
    scope = {
        "type": "http", "method": "PUT", "path": url, "raw_path": url.encode(), "query_string": b"",
        "root_path": "", "scheme": "http", "http_version": "1.1", "asgi": {"version": "3.0"},
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1), "server": ("office", 80),
    }  # fmt: skip
    await who.api.app(scope, receive, send_nothing)
