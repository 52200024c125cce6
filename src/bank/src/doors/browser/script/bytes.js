// Bytes as text, and ECDSA signatures as DER.

const encoder = new TextEncoder();

export function toBase64(bytes) {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function toHex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function utf8(text) {
  return encoder.encode(text);
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, n) => byte === other[n]);
}

// WebCrypto gives r and s side by side, CMS and X.509 want SEQUENCE { INTEGER r, INTEGER s }.
export function ecdsaToDer(raw) {
  const half = raw.length / 2;
  const body = [...integer(raw.subarray(0, half)), ...integer(raw.subarray(half))];
  return Uint8Array.from([0x30, body.length, ...body]);
}

function integer(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = Array.from(bytes.subarray(start));
  if (digits[0] & 0x80) digits.unshift(0);
  return [0x02, digits.length, ...digits];
}
