// Keeps the parts of an open page up to date: the bank says that something changed, the page is asked for again, and
// the parts that differ are put in the place of the old ones. Focus stays where it is, and nothing that is being
// typed into is touched.

const DELAY = 150;
let source;
let timer;
let missed = false;

export function start(element) {
  source ??= listen();
  for (const kind of element.dataset.live.split(" ")) source.addEventListener(kind, soon);
}

function listen() {
  const stream = new EventSource("/events");
  // What happened while the connection was away is asked for when it is back.
  stream.addEventListener("error", () => { missed = true; });
  stream.addEventListener("open", () => {
    if (missed) soon();
    missed = false;
  });
  stream.addEventListener("session_ends", () => {
    stream.close();
    const notice = document.querySelector("[data-session-over]");
    if (notice) notice.hidden = false;
  });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  return stream;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, DELAY);
}

async function refresh() {
  let fresh;
  try {
    const answer = await fetch(location.href, { headers: { accept: "application/x-kapocs-parts" }, redirect: "error" });
    if (!answer.ok) return;
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // The next event, or the connection coming back, asks again.
  }
  for (const part of document.querySelectorAll("[data-live] [data-part][id]")) {
    const other = fresh.getElementById(part.id);
    if (other && other.outerHTML !== part.outerHTML && !isInUse(part)) swap(part, other);
  }
}

// Somebody is typing there, or has chosen something that is not sent yet.
function isInUse(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden]), textarea, select")];
  const changed = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((o) => o.selected !== o.defaultSelected && o.defaultSelected);
    return field.value !== field.defaultValue;
  };
  return fields.some((field) => field === document.activeElement || changed(field));
}

export function swap(part, other) {
  const focused = part.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  const open = [...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
  part.replaceWith(document.adoptNode(other));
  for (const summary of other.querySelectorAll("details > summary")) {
    if (open.includes(summary.textContent)) summary.parentElement.open = true;
  }
  if (focused === null) return;
  const same = [other, ...other.querySelectorAll("*")].find((element) => nameOf(element) === focused);
  (same ?? document.getElementById("content"))?.focus({ preventScroll: true });
}

// What tells a focusable element from the others of its part.
function nameOf(element) {
  const form = element.form?.getAttribute("action") ?? "";
  const label = element.getAttribute("aria-label") ?? element.textContent;
  return [element.tagName, element.id, element.getAttribute("href"), element.name, element.value, form, label].join("|");
}
