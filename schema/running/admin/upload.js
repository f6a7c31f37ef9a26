// A file is announced, its bytes are sent past GraphQL, and it is kept once its sum is right.
import { act, bytes } from "./api.js";
import { button, h } from "./elements.js";
import { sha256 } from "./sums.js";

// A form that is refused and sent again sends its file once.
const kept = new WeakMap();

/** What `attachment` takes; none where no file was chosen. */
export async function upload(file) {
  if (!file?.size) return null;
  if (!kept.has(file)) kept.set(file, await sent(file));
  return { upload: kept.get(file) };
}

async function sent(file) {
  const body = await file.arrayBuffer();
  const { upload: begun } = await act("createUpload", "... on UploadBegun { upload { id url } }",
    { name: file.name, size: file.size });
  await bytes(begun.url, { method: "PUT", body });
  const sum = await sha256(body);
  await act("confirmUpload", "... on UploadConfirmed { upload { id } }",
    { uploadId: begun.id, size: file.size, sha256: sum });
  return begun.id;
}

/** A button that has the browser save a paper; each opening is on the ledger. */
export const opening = ({ name, upload: uploadId }) =>
  button(".quiet.small", name, async () => {
    const { url } = await act("openAttachment", "... on AttachmentOpened { url }", { uploadId });
    const kept = URL.createObjectURL(await (await bytes(url)).blob());
    h("a", { href: kept, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(kept), 60_000);
  });
