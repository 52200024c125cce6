// Registering a card. It is kept before the bank hears of it, so that a lost answer loses no card; a refusal takes
// it away again.

import { onSubmit, post, Refusal } from "./bank.js";
import { sha256, toBase64, toHex, utf8 } from "./bytes.js";
import * as card from "./card.js";

function fail(text) {
  throw Object.assign(new Error(text), { text });
}

export function start(form) {
  onSubmit(form, async (fields) => {
    const text = (name) => fields.get(name).trim();
    const personalCode = fields.get("personal-code");
    if (personalCode !== fields.get("personal-code-again")) fail(form.dataset.textCodesDiffer);
    const user = text("user");
    const code = text("code").replace(/[\s-]/g, "").toUpperCase();
    const id = crypto.randomUUID();
    const [login, signing] = await Promise.all([card.makeKeys(), card.makeKeys()]);
    const [loginKey, signingKey] = await Promise.all([card.publicKey(login), card.publicKey(signing)]);
    const statement = async (key) =>
      utf8(
        `kapocs-web-card-v1\norigin: ${location.origin}\ncard: ${id}\nuser: ${user}\n` +
          `code: ${toHex(await sha256(utf8(code)))}\nlogin-key: ${toHex(await sha256(loginKey))}\n` +
          `signing-key: ${toHex(await sha256(signingKey))}\nkey: ${key}\n`,
      );
    const request = {
      card: id,
      user,
      code,
      label: text("label"),
      personal_code: personalCode,
      login_key: toBase64(loginKey),
      signing_key: toBase64(signingKey),
      login_proof: toBase64(await card.sign(login, await statement("login"))),
      signing_proof: toBase64(await card.sign(signing, await statement("signing"))),
    };
    await card.keep({ id, user, label: text("label"), login, signing });
    try {
      await post("/register", request);
    } catch (error) {
      if (error instanceof Refusal) await card.forget(id);
      throw error;
    }
    form.hidden = true;
    const done = document.querySelector("[data-done]");
    done.hidden = false;
    done.querySelector("a").focus();
  });
}
