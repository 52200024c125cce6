// Checks a form at the bank while it is filled: after each field the bank is asked what it says to the form so far,
// and its words are put beside the fields. What was typed is never touched.

const DELAY = 250;

// The form goes as it would with the button "check"; refused fields are an answer too.
async function ask(form) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("action", "check");
  // The buttons are named "action", so the property of that name is not the address.
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: fields, redirect: "error" });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

export function start(form) {
  let timer;
  let asked = 0;
  const check = async () => {
    const number = ++asked;
    const answer = await ask(form).catch(() => null);
    if (!answer || number !== asked) return;
    for (const part of document.querySelectorAll("[data-checked][id]")) {
      const other = answer.getElementById(part.id);
      if (other) part.replaceChildren(...document.adoptNode(other).childNodes);
    }
    for (const field of form.querySelectorAll("[data-seen]")) {
      const place = document.getElementById(`${field.name}-error`);
      if (!place) continue;
      place.textContent = answer.getElementById(place.id)?.textContent ?? "";
      if (place.textContent) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  };
  form.addEventListener("change", (event) => {
    // A field that nobody has been in yet is not blamed.
    event.target.dataset.seen = "1";
    clearTimeout(timer);
    timer = setTimeout(check, DELAY);
  });
}
