"""Files sent as a client sends them: announced, PUT in pieces, confirmed, and opened again."""

import hashlib
import io
import zipfile
from typing import Any
from uuid import uuid4

import httpx

from tests.office import REFUSAL, Visitor

UPLOAD = "upload { id name size received sha256 confirmedAt url expiresAt }"
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


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
    answer = await ask(who, "createUpload", f"... on UploadBegun {{ {UPLOAD} }}", name=name, size=size)
    return answer.get("upload", answer)


async def put(
    who: Visitor, url: str, said: Any, first: int | None = None, size: int = 0, **headers: str
) -> httpx.Response:
    if first is not None:
        headers["content-range"] = f"bytes {first}-{first + len(said) - 1}/{size}"
    return await who.api.client.put(url, content=said, headers=bearer(who, **headers))


async def confirm(who: Visitor, upload: Any, said: bytes, key: str | None = None, **other: Any) -> Any:
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
