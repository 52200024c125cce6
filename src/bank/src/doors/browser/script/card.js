// The virtual chip card: two key pairs in this browser's own database. They cannot be exported, not even by us:
// the database holds handles of keys, the browser the keys.

import { ecdsaToDer } from "./bytes.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
const STORE = "cards";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("kapocs-virtual-card", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export function all() {
  return run("readonly", (store) => store.getAll());
}

export function find(id) {
  return run("readonly", (store) => store.get(id));
}

export function keep(card) {
  return run("readwrite", (store) => store.put(card));
}

export function forget(id) {
  return run("readwrite", (store) => store.delete(id));
}

export function makeKeys() {
  return crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
}

export async function publicKey(pair) {
  return new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
}

export async function sign(pair, bytes) {
  return ecdsaToDer(new Uint8Array(await crypto.subtle.sign(SIGNING, pair.privateKey, bytes)));
}
