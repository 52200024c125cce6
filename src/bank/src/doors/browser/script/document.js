// Reads a package document: what is shown for approval comes from these bytes and from nowhere else. Counts and sums
// are added up anew; a document that contradicts itself is refused.

const PACKAGE = "urn:kapocs:package:1";
const PAIN = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

// What is asked of a transfer besides: the words of the message.
const VIBER = "VIBER";
const INSTANT = "INST";

// The types of transfers that travel as this message.
const DOMESTIC = "HCT";
export const BETWEEN_OWN = "HVE";
const TYPES = [DOMESTIC, BETWEEN_OWN, "VIB"];

class Unreadable extends Error {}

function only(parent, name, namespace) {
  const found = children(parent, name, namespace);
  if (found.length !== 1) throw new Unreadable(name);
  return found[0];
}

function children(parent, name, namespace) {
  return Array.from(parent.children).filter(
    (child) => child.localName === name && child.namespaceURI === namespace,
  );
}

// The text at the end of a path of single children, or nothing.
function textAt(parent, path) {
  let element = parent;
  for (const name of path.split("/")) {
    const [next] = children(element, name, PAIN);
    if (next === undefined) return null;
    element = next;
  }
  return element.textContent;
}

// Hundredths, exactly.
function amount(text) {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new Unreadable("amount");
  return BigInt(match[1]) * 100n + BigInt((match[2] ?? "").padEnd(2, "0"));
}

// A Hungarian IBAN as people know the account: 8-8 or 8-8-8 digits.
function account(iban) {
  const match = /^HU\d\d(\d{8})(\d{8})(\d{8})$/.exec(iban);
  if (match === null) throw new Unreadable("account");
  const [, bank, middle, last] = match;
  return last === "00000000" ? `${bank}-${middle}` : `${bank}-${middle}-${last}`;
}

// Whom the money goes to. A transfer between own accounts names nobody, and no other one leaves an account unnamed.
function payee(transaction, type, debited) {
  const name = textAt(transaction, "Cdtr/Nm");
  const proxy = textAt(transaction, "CdtrAcct/Prxy/Id");
  if (proxy !== null) {
    if (type !== DOMESTIC) throw new Unreadable("proxy");
    // Whoever gave only a secondary identifier sees only that.
    return { name: name ?? "", account: proxy };
  }
  const credited = account(textAt(transaction, "CdtrAcct/Id/IBAN"));
  const isOwn = type === BETWEEN_OWN;
  if (isOwn !== (name === null) || (isOwn && credited === debited)) throw new Unreadable("payee");
  return { name: name ?? "", account: credited };
}

// When and how it is wanted. A word that is not known may change what is signed, so nothing is shown beside it.
function wish(payment) {
  const priority = textAt(payment, "PmtTpInf/InstrPrty");
  const service = textAt(payment, "PmtTpInf/SvcLvl/Prtry");
  const instrument = textAt(payment, "PmtTpInf/LclInstrm/Cd");
  const isViber = service === VIBER && priority === "HIGH";
  const isInstant = instrument === INSTANT;
  if ((service ?? priority) !== null && !isViber) throw new Unreadable("SvcLvl");
  if (instrument !== null && !isInstant) throw new Unreadable("LclInstrm");
  return { isViber, isInstant, day: textAt(payment, "ReqdExctnDt/Dt") };
}

function order(payment, transaction, type) {
  const instructed = only(only(transaction, "Amt", PAIN), "InstdAmt", PAIN);
  const debited = account(textAt(payment, "DbtrAcct/Id/IBAN"));
  return {
    ...payee(transaction, type, debited),
    debited,
    ...wish(payment),
    currency: instructed.getAttribute("Ccy"),
    amount: amount(instructed.textContent),
    narrative: textAt(transaction, "RmtInf/Ustrd") ?? "",
  };
}

function add(sums, key, value) {
  sums.set(key, (sums.get(key) ?? 0n) + value);
}

function sameSums(sums, declared) {
  return sums.size === declared.size && [...sums].every(([key, value]) => declared.get(key) === value);
}

export function read(bytes) {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const tree = new DOMParser().parseFromString(text, "application/xml");
  // A browser does not throw for broken XML: it puts what is wrong into the tree beside what it could read.
  if (tree.getElementsByTagName("parsererror").length > 0) throw new Unreadable("XML");
  const root = tree.documentElement;
  if (root.localName !== "Package" || root.namespaceURI !== PACKAGE) throw new Unreadable("Package");
  const header = only(root, "Header", PACKAGE);
  const type = only(header, "OrderType", PACKAGE).textContent;
  if (!TYPES.includes(type)) throw new Unreadable("OrderType");
  const payload = only(root, "Payload", PACKAGE);
  const initiation = only(only(payload, "Document", PAIN), "CstmrCdtTrfInitn", PAIN);
  const orders = children(initiation, "PmtInf", PAIN).flatMap((payment) =>
    children(payment, "CdtTrfTxInf", PAIN).map((transaction) => order(payment, transaction, type)),
  );
  const totals = new Map();
  const debits = new Map();
  for (const one of orders) {
    add(totals, one.currency, one.amount);
    add(debits, `${one.debited} ${one.currency}`, one.amount);
  }
  const declared = (name, key) =>
    new Map(children(header, name, PACKAGE).map((element) => [key(element), amount(element.textContent)]));
  const fits =
    Number(only(header, "Count", PACKAGE).textContent) === orders.length &&
    sameSums(totals, declared("Total", (element) => element.getAttribute("Currency"))) &&
    sameSums(
      debits,
      declared("Debit", (element) => `${element.getAttribute("Account")} ${element.getAttribute("Currency")}`),
    );
  if (!fits || orders.length === 0) throw new Unreadable("sums");
  return {
    id: only(header, "Id", PACKAGE).textContent,
    name: only(header, "Name", PACKAGE).textContent,
    type,
    planned: children(header, "Scheduled", PACKAGE)[0]?.textContent ?? null,
    orders,
    totals,
    debits,
  };
}
