// The signed attributes of a CMS signature (RFC 5652, 5.3): before the key signs them, they must be the four that we
// know, and `messageDigest` must be the hash of the document that was shown.

import { sameBytes, toHex } from "./bytes.js";

const CONTENT_TYPE = "2a864886f70d010903";
const MESSAGE_DIGEST = "2a864886f70d010904";
const SIGNING_TIME = "2a864886f70d010905";
const SIGNING_CERTIFICATE = "2a864886f70d010910022f";
const KNOWN = [CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME, SIGNING_CERTIFICATE];

// One DER element: its tag, its content, and where the next begins.
function element(bytes, at) {
  const tag = bytes[at];
  let length = bytes[at + 1];
  let start = at + 2;
  if (length > 0x80) {
    const count = length - 0x80;
    if (count > 3) throw new Error("DER");
    length = 0;
    for (let n = 0; n < count; n += 1) length = length * 256 + bytes[start + n];
    start += count;
  }
  if (!(start + length <= bytes.length)) throw new Error("DER");
  return { tag, content: bytes.subarray(start, start + length), next: start + length };
}

function elements(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length; ) {
    const one = element(bytes, at);
    found.push(one);
    at = one.next;
  }
  return found;
}

// Whether the attributes bind exactly this hash.
export function bind(der, hash) {
  const [set, ...rest] = elements(der);
  if (set?.tag !== 0x31 || rest.length > 0) return false;
  const attributes = new Map();
  for (const sequence of elements(set.content)) {
    const [type, values, ...more] = elements(sequence.content);
    const name = toHex(type.content);
    if (sequence.tag !== 0x30 || type.tag !== 0x06 || values.tag !== 0x31 || more.length > 0) return false;
    if (!KNOWN.includes(name) || attributes.has(name)) return false;
    attributes.set(name, elements(values.content));
  }
  const digests = attributes.get(MESSAGE_DIGEST) ?? [];
  return (
    attributes.size === KNOWN.length &&
    digests.length === 1 &&
    digests[0].tag === 0x04 &&
    sameBytes(digests[0].content, hash)
  );
}
