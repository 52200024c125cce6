// Approving a package: shows what stands in the document's bytes, and signs the hash of those bytes and no other.

import { bytesOf, onSubmit, post, showError } from "./bank.js";
import { fromBase64, sha256, toBase64, toHex } from "./bytes.js";
import { bind } from "./attributes.js";
import * as card from "./card.js";
import * as packages from "./document.js";

// Rows that are drawn at once; a button brings the others.
const ROWS = 100;
const HUNGARIAN = document.documentElement.lang === "hu";

function money(hundredths, currency) {
  const whole = (hundredths / 100n).toString().replace(/\B(?=(\d{3})+$)/g, HUNGARIAN ? "\u00a0" : ",");
  const part = hundredths % 100n;
  const cents = part === 0n ? "" : (HUNGARIAN ? "," : ".") + part.toString().padStart(2, "0");
  return `${whole}${cents}\u00a0${HUNGARIAN && currency === "HUF" ? "Ft" : currency}`;
}

function put(form, name, ...lines) {
  const place = form.querySelector(`[data-shown="${name}"]`);
  place.replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })),
  );
}

function day(iso) {
  const [year, month, date] = iso.split("-");
  return HUNGARIAN ? `${year}.\u00a0${month}.\u00a0${date}.` : iso;
}

// When and how an order is wanted, in words.
function wish(order, form) {
  const words = [];
  if (order.isViber) words.push("VIBER");
  if (order.isInstant) words.push(form.dataset.textInstant);
  if (order.day !== null) words.push(day(order.day));
  return words.join(" · ") || form.dataset.textSoon;
}

function row(order, form, ownAccount) {
  const tr = document.createElement("tr");
  for (const [text, name] of [
    [order.name || ownAccount],
    [order.account, "nowrap"],
    [money(order.amount, order.currency), "number"],
    [wish(order, form), "nowrap"],
    [order.narrative],
  ]) {
    const td = document.createElement("td");
    td.textContent = text;
    if (name) td.className = name;
    tr.append(td);
  }
  return tr;
}

function show(form, content, hash) {
  put(form, "name", content.name);
  const named = form.querySelector(`[data-type="${content.type}"]`);
  put(form, "type", named?.textContent ?? content.type);
  put(form, "count", String(content.orders.length));
  put(form, "total", ...[...content.totals].map(([currency, sum]) => money(sum, currency)));
  put(
    form,
    "debits",
    ...[...content.debits].map(([key, sum]) => {
      const [account, currency] = key.split(" ");
      return `${account}: ${money(sum, currency)}`;
    }),
  );
  put(form, "fingerprint", toHex(hash).replace(/(.{4})(?!$)/g, "$1 "));
  if (content.planned !== null) {
    put(form, "planned", day(content.planned));
    form.querySelectorAll("[data-planned]").forEach((part) => (part.hidden = false));
  }
  const body = form.querySelector("[data-orders]");
  // Only a transfer between own accounts names nobody; what goes to a secondary identifier stays without a word.
  const ownAccount = content.type === packages.BETWEEN_OWN ? form.dataset.textOwn : "";
  const rows = (orders) => orders.map((order) => row(order, form, ownAccount));
  body.replaceChildren(...rows(content.orders.slice(0, ROWS)));
  const more = form.querySelector("[data-more]");
  more.hidden = content.orders.length <= ROWS;
  more.addEventListener("click", () => {
    body.append(...rows(content.orders.slice(ROWS)));
    more.hidden = true;
  });
}

function fail(text) {
  throw Object.assign(new Error(text), { text });
}

export async function start(form) {
  const { package: id, card: cardId } = form.dataset;
  let hash;
  onSubmit(form, async (fields) => {
    const own = await card.find(cardId);
    if (own === undefined) fail(form.dataset.textNoKey);
    const begun = await post(`/approval/${id}/begin`, {
      sha256: toHex(hash),
      personal_code: fields.get("personal-code"),
    });
    const attributes = fromBase64(begun.attributes);
    if (!bind(attributes, hash)) fail(form.dataset.textOther);
    const signature = toBase64(await card.sign(own.signing, attributes));
    await post(`/approval/${id}/finish`, { ticket: begun.ticket, signature });
    location.assign(form.dataset.back);
  });
  try {
    const bytes = await bytesOf(`/approval/${id}/document`);
    hash = await sha256(bytes);
    let content;
    try {
      content = packages.read(bytes);
    } catch {
      fail(form.dataset.textUnreadable);
    }
    if (content.id !== id) fail(form.dataset.textOther);
    show(form, content, hash);
    form.querySelector("[data-ready]").hidden = false;
  } catch (error) {
    showError(form, error);
  }
}
