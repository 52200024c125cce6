// Logging in with a card of this browser.

import { onSubmit, post, showError } from "./bank.js";
import { toBase64, utf8 } from "./bytes.js";
import * as card from "./card.js";

function choice(known, n) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), {
    type: "radio",
    name: "card",
    value: known.id,
    checked: n === 0,
    required: true,
  });
  label.className = "radio";
  label.append(input, ` ${known.label} – ${known.user}`);
  return label;
}

export async function start(form) {
  onSubmit(form, async (fields) => {
    const chosen = await card.find(fields.get("card"));
    const { challenge, time } = await post("/login/challenge", { user: chosen.user });
    const statement =
      `kapocs-web-login-v1\norigin: ${location.origin}\nchallenge: ${challenge}\n` +
      `card: ${chosen.id}\nuser: ${chosen.user}\ntime: ${time}\n`;
    const signature = toBase64(await card.sign(chosen.login, utf8(statement)));
    const answer = await post("/login", {
      statement,
      signature,
      personal_code: fields.get("personal-code"),
    });
    location.assign(answer.location);
  });
  try {
    const cards = await card.all();
    const none = cards.length === 0;
    document.querySelector("[data-no-card]").hidden = !none;
    document.querySelector("[data-other-card]").hidden = none;
    form.hidden = none;
    form.querySelector("[data-cards]").append(...cards.map(choice));
  } catch (error) {
    form.hidden = false;
    showError(form, error);
  }
}
