// Calls to the bank by script. Each carries the page's form token; a refusal becomes an error with the bank's text.

export class Refusal extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

function formToken() {
  return document.querySelector('meta[name="csrf"]')?.content ?? "";
}

async function call(path, options) {
  const response = await fetch(path, {
    credentials: "same-origin",
    redirect: "error",
    ...options,
    headers: { ...options.headers, "x-csrf": formToken() },
  });
  if (response.ok) return response;
  const refusal = await response.json().catch(() => ({ code: "internal", text: response.statusText }));
  throw new Refusal(refusal.code, refusal.text);
}

export async function post(path, content) {
  const response = await call(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(content),
  });
  return response.json();
}

export async function bytesOf(path) {
  const response = await call(path, { method: "GET" });
  return new Uint8Array(await response.arrayBuffer());
}

// Shows an error in the form's own place for it: the bank's words, or that the bank cannot be reached.
export function showError(form, error) {
  const place = form.querySelector("[data-error]");
  if (error instanceof Refusal) place.textContent = error.message;
  else if (error instanceof TypeError) place.textContent = form.dataset.textNetwork;
  else place.textContent = error.text ?? form.dataset.textKey;
  place.hidden = false;
}

// Runs the work of a form once at a time.
export function onSubmit(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector('button[type="submit"]');
    const place = form.querySelector("[data-error]");
    if (button.disabled) return;
    button.disabled = true;
    place.hidden = true;
    try {
      await work(new FormData(form));
    } catch (error) {
      showError(form, error);
    } finally {
      button.disabled = false;
    }
  });
}
