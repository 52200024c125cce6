// Starts what a page asks for by its attributes.

import * as approve from "./approve.js";
import * as check from "./check.js";
import * as live from "./live.js";
import * as login from "./login.js";
import * as register from "./register.js";

const parts = {
  "[data-approve]": approve,
  "[data-check]": check,
  "[data-live]": live,
  "[data-login]": login,
  "[data-register]": register,
};

for (const [selector, part] of Object.entries(parts)) {
  for (const element of document.querySelectorAll(selector)) part.start(element);
}
