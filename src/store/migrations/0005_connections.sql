-- Several connections, each with its customers. What the bank's own identifiers name is unique within a customer only;
-- everything of a customer hangs on the customer's key, and nothing of one can refer to something of another.

-- Ways to banks, any number of them.
CREATE TABLE connections (
    -- Never given twice: settings may still name one that is gone.
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL CHECK (name <> ''),
    kind         TEXT NOT NULL CHECK (kind = 'kapocs'),
    -- What its kind reaches the bank by (the connection file, word for word); NULL: known only by what it told.
    content      TEXT,
    state        TEXT NOT NULL CHECK (state IN ('active', 'paused', 'archived')),
    position     INTEGER NOT NULL,
    connected_at INTEGER NOT NULL,
    last_sync    INTEGER
) STRICT;

CREATE UNIQUE INDEX connections_by_name ON connections (name COLLATE NOCASE);

-- What an older program kept was all of one bank. A store that holds nothing of any gets no connection.
INSERT INTO connections (name, kind, content, state, position, connected_at, last_sync)
SELECT
    coalesce(nullif((SELECT json ->> '$.profile.name' FROM bank_snapshots WHERE kind = 'server'), ''), 'Bank'),
    'kapocs', (SELECT content FROM bank_connection), 'active', 1,
    coalesce((SELECT connected_at FROM bank_connection), (SELECT min(fetched_at) FROM bank_snapshots), 0),
    (SELECT last_sync FROM bank_connection)
WHERE EXISTS (SELECT 1 FROM bank_connection) OR EXISTS (SELECT 1 FROM bank_snapshots)
    OR EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM users) OR EXISTS (SELECT 1 FROM cursors)
    OR EXISTS (SELECT 1 FROM packages) OR EXISTS (SELECT 1 FROM renewals) OR EXISTS (SELECT 1 FROM messages)
    OR EXISTS (SELECT 1 FROM handovers) OR EXISTS (SELECT 1 FROM shared_packages);

DROP TABLE bank_connection;

-- Tokens that have logged in there, by their serial number.
CREATE TABLE connection_tokens (
    connection INTEGER NOT NULL REFERENCES connections (key) ON DELETE CASCADE,
    csn        TEXT NOT NULL,
    last_login INTEGER NOT NULL,
    PRIMARY KEY (connection, csn)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots_new (
    connection INTEGER NOT NULL REFERENCES connections (key) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    json       TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (connection, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO snapshots_new SELECT c.key, s.kind, s.json, s.fetched_at FROM bank_snapshots s, connections c;
DROP TABLE bank_snapshots;
ALTER TABLE snapshots_new RENAME TO bank_snapshots;

CREATE TABLE users_new (
    connection INTEGER NOT NULL REFERENCES connections (key) ON DELETE CASCADE,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    last_login INTEGER,
    PRIMARY KEY (connection, id)
) STRICT, WITHOUT ROWID;

INSERT INTO users_new SELECT c.key, u.id, u.name, u.last_login FROM users u, connections c;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;

CREATE TABLE customers_new (
    -- Never given twice: the log and settings may still name one that is gone.
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    connection INTEGER NOT NULL REFERENCES connections (key) ON DELETE CASCADE,
    -- The bank's own.
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('company', 'private_person')),
    -- Customers of one mark are one company at several banks.
    company    INTEGER,
    UNIQUE (connection, id)
) STRICT;

INSERT INTO customers_new (connection, id, name, kind)
SELECT c.key, o.id, o.name, o.kind FROM customers o, connections c ORDER BY o.id;
-- Customers that only something of theirs names: no row of theirs is lost.
INSERT INTO customers_new (connection, id, name, kind)
SELECT c.key, m.customer, m.customer, 'company'
FROM (SELECT customer FROM packages UNION SELECT customer FROM shared_packages UNION SELECT customer FROM handovers
    UNION SELECT customer FROM messages UNION SELECT substr(name, instr(name, '/') + 1) FROM cursors
    WHERE name LIKE '%/_%') m, connections c
WHERE m.customer NOT IN (SELECT id FROM customers) ORDER BY m.customer;

DROP TABLE customers;
ALTER TABLE customers_new RENAME TO customers;
CREATE INDEX customers_of_company ON customers (company) WHERE company IS NOT NULL;
CREATE TRIGGER customers_keep_their_connection BEFORE UPDATE OF connection, id ON customers
BEGIN SELECT RAISE(ABORT, 'a customer keeps its connection'); END;

-- Cursors are a customer's: 'packages/<customer>' is the customer's 'packages'.
CREATE TABLE cursors_new (
    customer INTEGER NOT NULL REFERENCES customers (key) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (customer, name)
) STRICT, WITHOUT ROWID;

INSERT INTO cursors_new SELECT c.key, substr(o.name, 1, instr(o.name, '/') - 1), o.value
FROM cursors o JOIN customers c ON c.id = substr(o.name, instr(o.name, '/') + 1);
DROP TABLE cursors;
ALTER TABLE cursors_new RENAME TO cursors;

CREATE TABLE authority_new (
    customer   INTEGER PRIMARY KEY REFERENCES customers (key) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    json       TEXT NOT NULL,
    fetched_at INTEGER NOT NULL
) STRICT;

INSERT INTO authority_new SELECT c.key, o.version, o.json, o.fetched_at
FROM authority_tables o JOIN customers c ON c.id = o.customer;
DROP TABLE authority_tables;
ALTER TABLE authority_new RENAME TO authority_tables;

CREATE TABLE accounts_new (
    customer INTEGER NOT NULL REFERENCES customers (key) ON DELETE CASCADE,
    number   TEXT NOT NULL CHECK (length(number) = 24),
    name     TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    position INTEGER NOT NULL,
    PRIMARY KEY (customer, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE balances_new (
    customer        INTEGER NOT NULL,
    account         TEXT NOT NULL,
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    booked          INTEGER NOT NULL,
    available       INTEGER NOT NULL,
    blocked         INTEGER NOT NULL,
    pending_debits  INTEGER NOT NULL,
    pending_credits INTEGER NOT NULL,
    credit_line     INTEGER NOT NULL,
    minimum         INTEGER NOT NULL,
    as_of           INTEGER NOT NULL,
    PRIMARY KEY (customer, account),
    FOREIGN KEY (customer, account) REFERENCES accounts (customer, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Kept when an account closes, so no reference to accounts.
CREATE TABLE transactions_new (
    key                  INTEGER PRIMARY KEY,
    customer             INTEGER NOT NULL REFERENCES customers (key) ON DELETE CASCADE,
    account              TEXT NOT NULL,
    bank_id              TEXT NOT NULL,
    booking_date         TEXT NOT NULL,
    value_date           TEXT NOT NULL,
    amount               INTEGER NOT NULL,
    currency             TEXT NOT NULL CHECK (length(currency) = 3),
    counterparty_name    TEXT,
    counterparty_account TEXT,
    narrative            TEXT NOT NULL,
    reference            TEXT,
    kind                 TEXT NOT NULL,
    UNIQUE (customer, account, bank_id)
) STRICT;

INSERT INTO accounts_new SELECT c.key, o.number, o.name, o.currency, o.position
FROM accounts o JOIN customers c ON c.id = o.customer;
INSERT INTO balances_new SELECT c.key, o.account, o.currency, o.booked, o.available, o.blocked, o.pending_debits,
    o.pending_credits, o.credit_line, o.minimum, o.as_of
FROM balances o JOIN accounts a ON a.number = o.account JOIN customers c ON c.id = a.customer;
-- Of an account that is gone it is told by what debited it, or else it was the first customer's; such transactions are
-- in no list.
INSERT INTO transactions_new SELECT o.key,
    coalesce(
        (SELECT c.key FROM accounts a JOIN customers c ON c.id = a.customer WHERE a.number = o.account),
        (SELECT min(c.key) FROM packages p JOIN customers c ON c.id = p.customer WHERE p.debit_account = o.account),
        (SELECT min(key) FROM customers)),
    o.account, o.bank_id, o.booking_date, o.value_date, o.amount, o.currency, o.counterparty_name,
    o.counterparty_account, o.narrative, o.reference, o.kind
FROM transactions o;

DROP TABLE balances;
DROP TABLE transactions;
DROP TABLE accounts;
ALTER TABLE accounts_new RENAME TO accounts;
ALTER TABLE balances_new RENAME TO balances;
ALTER TABLE transactions_new RENAME TO transactions;

CREATE INDEX accounts_in_order ON accounts (customer, position);
CREATE INDEX accounts_by_number ON accounts (number);
CREATE INDEX transactions_by_day ON transactions (customer, account, booking_date);
CREATE INDEX transactions_by_payee ON transactions (customer, counterparty_account, amount) WHERE amount < 0;
CREATE INDEX transactions_by_payee_name ON transactions (customer, counterparty_name COLLATE NOCASE)
    WHERE amount < 0;

-- Partners and templates are common to all customers (NULL) or one's own.
ALTER TABLE partners ADD COLUMN customer INTEGER REFERENCES customers (key) ON DELETE CASCADE;
ALTER TABLE templates ADD COLUMN customer INTEGER REFERENCES customers (key) ON DELETE CASCADE;
CREATE INDEX partners_of_customer ON partners (customer) WHERE customer IS NOT NULL;
CREATE INDEX templates_of_customer ON templates (customer) WHERE customer IS NOT NULL;

-- So is what is being typed: it was for the customer that was shown last.
CREATE TABLE drafts_new (
    key        TEXT NOT NULL,
    customer   INTEGER REFERENCES customers (key) ON DELETE CASCADE,
    json       TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

INSERT INTO drafts_new SELECT o.key,
    (SELECT c.key FROM settings s JOIN customers c ON c.id = s.value ->> '$' WHERE s.key = 'last-customer'),
    o.json, o.updated_at
FROM drafts o;
DROP TABLE drafts;
ALTER TABLE drafts_new RENAME TO drafts;
CREATE UNIQUE INDEX drafts_by_key ON drafts (coalesce(customer, 0), key);

UPDATE settings SET value = (SELECT c.key FROM customers c WHERE c.id = settings.value ->> '$')
WHERE key = 'last-customer' AND value ->> '$' IN (SELECT id FROM customers);
DELETE FROM settings WHERE key = 'last-customer' AND json_type(value) <> 'integer';

-- A package's document is one of its own.
CREATE UNIQUE INDEX documents_of_package ON documents (key, package);

CREATE TABLE packages_new (
    key           INTEGER PRIMARY KEY,
    customer      INTEGER NOT NULL REFERENCES customers (key),
    id            BLOB NOT NULL CHECK (length(id) = 16),
    name          TEXT NOT NULL,
    order_type    TEXT NOT NULL,
    debit_account TEXT CHECK (length(debit_account) = 24),
    instant       INTEGER NOT NULL CHECK (instant IN (0, 1)),
    scheduled     TEXT,
    state         TEXT NOT NULL CHECK (state IN (
        'recorded', 'checked', 'partly_signed', 'signed', 'sending', 'sent', 'completed', 'partly_rejected',
        'rejected', 'in_shared_area', 'taken_over', 'deleted')),
    -- Rises with every change of content; a document belongs to one revision.
    revision      INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
    document      INTEGER,
    order_count   INTEGER NOT NULL DEFAULT 0 CHECK (order_count >= 0),
    total         INTEGER NOT NULL DEFAULT 0 CHECK (total >= 0),
    currency      TEXT NOT NULL CHECK (length(currency) = 3),
    last_error    TEXT,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    -- When sending began, last.
    sent_at       INTEGER,
    -- The claim under which we took it over from the shared area; the bank takes it from no other hand.
    claim         BLOB CHECK (length(claim) = 16),
    UNIQUE (customer, id),
    UNIQUE (key, customer),
    FOREIGN KEY (document, key) REFERENCES documents (key, package)
) STRICT;

INSERT INTO packages_new (key, customer, id, name, order_type, debit_account, instant, scheduled, state, revision,
    document, order_count, total, currency, last_error, created_at, updated_at, sent_at, claim)
SELECT o.key, c.key, o.id, o.name, o.order_type, o.debit_account, o.instant, o.scheduled, o.state, o.revision,
    o.document, o.order_count, o.total, o.currency, o.last_error, o.created_at, o.updated_at, o.sent_at, o.claim
FROM packages o JOIN customers c ON c.id = o.customer;

-- The checks are written with OR: SQLite builds a small table for each longer IN list, for each row inserted,
-- which took most of the time of an import.
CREATE TABLE orders_new (
    key           INTEGER PRIMARY KEY,
    customer      INTEGER NOT NULL,
    id            BLOB NOT NULL CHECK (length(id) = 16),
    package       INTEGER NOT NULL,
    position      INTEGER NOT NULL,
    -- domain::OrderType, by its code: how the content is read.
    order_type    TEXT NOT NULL,
    -- The whole order as JSON, domain::Order::content.
    content       TEXT NOT NULL,
    -- Its face, from here to words. Accounts and identifiers stand without separators.
    debit_account TEXT,
    payee         TEXT,
    payee_name    TEXT,
    amount        INTEGER CHECK (amount > 0),
    currency      TEXT,
    value_date    TEXT,
    -- What searches look through beside payee_name and payee.
    words         TEXT NOT NULL,
    -- domain::OrderState; NULL while the order is only ours.
    bank_state    TEXT CHECK (bank_state = 'sending' OR bank_state = 'received' OR bank_state = 'waiting'
                      OR bank_state = 'queued' OR bank_state = 'in_execution' OR bank_state = 'executed'
                      OR bank_state = 'rejected'),
    -- domain::Route.
    route         TEXT,
    reason        TEXT,
    -- When the bank will look at it next.
    due           INTEGER,
    decided_at    INTEGER,
    CHECK ((amount IS NULL) = (currency IS NULL)),
    UNIQUE (customer, id),
    UNIQUE (package, position),
    FOREIGN KEY (package, customer) REFERENCES packages (key, customer) ON DELETE CASCADE
) STRICT;

INSERT INTO orders_new (key, customer, id, package, position, order_type, content, debit_account, payee, payee_name,
    amount, currency, value_date, words, bank_state, route, reason, due, decided_at)
SELECT o.key, p.customer, o.id, o.package, o.position, o.order_type, o.content, o.debit_account, o.payee, o.payee_name,
    o.amount, o.currency, o.value_date, o.words, o.bank_state, o.route, o.reason, o.due, o.decided_at
FROM orders o JOIN packages_new p ON p.key = o.package;

DROP TABLE orders;
DROP TABLE packages;
ALTER TABLE packages_new RENAME TO packages;
ALTER TABLE orders_new RENAME TO orders;

CREATE INDEX packages_by_state ON packages (customer, state, updated_at);
-- Only orders that have left are looked up by payee, so these indexes cost nothing while recording or importing.
CREATE INDEX orders_paid ON orders (customer, payee, amount) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_paid_by_name ON orders (customer, payee_name COLLATE NOCASE) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_at_bank ON orders (package, bank_state) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_rejected ON orders (customer, decided_at) WHERE bank_state = 'rejected';
CREATE INDEX orders_dated ON orders (customer, value_date) WHERE value_date IS NOT NULL;

CREATE TRIGGER packages_keep_their_customer BEFORE UPDATE OF customer, id ON packages
BEGIN SELECT RAISE(ABORT, 'a package keeps its customer'); END;
CREATE TRIGGER orders_keep_their_customer BEFORE UPDATE OF customer, id ON orders
BEGIN SELECT RAISE(ABORT, 'an order keeps its customer'); END;
CREATE TRIGGER submissions_send_an_own_document BEFORE INSERT ON submissions
WHEN NOT EXISTS (SELECT 1 FROM documents WHERE key = NEW.document AND package = NEW.package)
BEGIN SELECT RAISE(ABORT, 'the document is another package''s'); END;

-- An account that only another customer has is not debited. A key cannot say it: accounts go when they close, and a
-- package taken over may debit one that this user does not see.
CREATE TRIGGER packages_debit_own_accounts BEFORE INSERT ON packages
WHEN EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer <> NEW.customer)
    AND NOT EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'the account is another customer''s'); END;
CREATE TRIGGER packages_go_on_debiting_own_accounts BEFORE UPDATE OF debit_account ON packages
WHEN EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer <> NEW.customer)
    AND NOT EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'the account is another customer''s'); END;
CREATE TRIGGER orders_debit_own_accounts BEFORE INSERT ON orders
WHEN EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer <> NEW.customer)
    AND NOT EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'the account is another customer''s'); END;
CREATE TRIGGER orders_go_on_debiting_own_accounts BEFORE UPDATE OF debit_account ON orders
WHEN EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer <> NEW.customer)
    AND NOT EXISTS (SELECT 1 FROM accounts WHERE number = NEW.debit_account AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'the account is another customer''s'); END;

CREATE TABLE shared_new (
    customer INTEGER NOT NULL REFERENCES customers (key) ON DELETE CASCADE,
    handover BLOB NOT NULL CHECK (length(handover) = 16),
    package  BLOB NOT NULL CHECK (length(package) = 16),
    -- protocol::SharedPackage
    json     TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (customer, handover)
) STRICT, WITHOUT ROWID;

INSERT INTO shared_new SELECT c.key, o.handover, o.package, o.json, o.position
FROM shared_packages o JOIN customers c ON c.id = o.customer;
DROP TABLE shared_packages;
ALTER TABLE shared_new RENAME TO shared_packages;
CREATE INDEX shared_in_order ON shared_packages (customer, position);
CREATE INDEX shared_of_package ON shared_packages (customer, package);

CREATE TABLE handovers_new (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    customer   INTEGER NOT NULL REFERENCES customers (key),
    kind       TEXT NOT NULL CHECK (kind IN ('put', 'take', 'withdraw')),
    package    BLOB NOT NULL CHECK (length(package) = 16),
    handover   BLOB NOT NULL CHECK (length(handover) = 16),
    -- Our claim, when taking over.
    claim      BLOB CHECK (length(claim) = 16),
    -- State of the package before it was parked, to go back to when the bank refuses.
    before     TEXT,
    expires    TEXT,
    state      TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
    problem    TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((kind = 'take') = (claim IS NOT NULL))
) STRICT;

INSERT INTO handovers_new (key, customer, kind, package, handover, claim, before, expires, state, problem, created_at,
    updated_at)
SELECT o.key, c.key, o.kind, o.package, o.handover, o.claim, o.before, o.expires, o.state, o.problem, o.created_at,
    o.updated_at
FROM handovers o JOIN customers c ON c.id = o.customer;
DROP TABLE handovers;
ALTER TABLE handovers_new RENAME TO handovers;
CREATE UNIQUE INDEX handovers_open ON handovers (customer, package) WHERE state = 'asked';
CREATE INDEX handovers_of_package ON handovers (customer, package, key);

CREATE TABLE messages_new (
    customer INTEGER NOT NULL REFERENCES customers (key) ON DELETE CASCADE,
    id       BLOB NOT NULL CHECK (length(id) = 16),
    at       INTEGER NOT NULL,
    -- Who wrote it for the customer; NULL: the bank.
    author   TEXT,
    name     TEXT,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    read     INTEGER NOT NULL CHECK (read IN (0, 1)),
    -- What of it the bank does not know yet: a new message of ours, or that it was read.
    pending  TEXT CHECK (pending IN ('write', 'read')),
    PRIMARY KEY (customer, id),
    CHECK ((author IS NULL) = (name IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO messages_new SELECT c.key, o.id, o.at, o.author, o.name, o.subject, o.body, o.read, o.pending
FROM messages o JOIN customers c ON c.id = o.customer;
DROP TABLE messages;
ALTER TABLE messages_new RENAME TO messages;
CREATE INDEX messages_in_order ON messages (customer, at);

-- A renewal is asked of the bank that gave the certificates. Still at most one of a token is under way: it is the
-- token's keys that change.
CREATE TABLE renewals_new (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    connection  INTEGER NOT NULL REFERENCES connections (key),
    csn         TEXT NOT NULL,
    user        TEXT NOT NULL,
    document    BLOB NOT NULL,
    signature   BLOB NOT NULL,
    login_key   BLOB NOT NULL,
    signing_key BLOB NOT NULL,
    answer      TEXT,
    state       TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'installed', 'done', 'abandoned')),
    problem     TEXT,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO renewals_new SELECT o.id, c.key, o.csn, o.user, o.document, o.signature, o.login_key, o.signing_key,
    o.answer, o.state, o.problem, o.created_at, o.updated_at
FROM renewals o, connections c;
DROP TABLE renewals;
ALTER TABLE renewals_new RENAME TO renewals;
CREATE UNIQUE INDEX renewals_open ON renewals (csn) WHERE state IN ('asked', 'answered', 'installed');

-- The log says whose a deed was. No reference: it outlives customers. What the hash of an entry covers is told by its
-- version; entries of version 1 did not know of customers and get them here by the package that they speak of.
ALTER TABLE audit_log ADD COLUMN customer INTEGER;
ALTER TABLE audit_log ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version IN (1, 2));
DROP TRIGGER audit_log_never_changes;
-- For this one look: a log may have a hundred thousand entries, and packages are found by their customer otherwise.
CREATE INDEX packages_by_id ON packages (id);
UPDATE audit_log SET customer = (SELECT p.customer FROM packages p WHERE p.id = unhex(replace(subject, '-', '')))
WHERE length(subject) = 36;
DROP INDEX packages_by_id;
CREATE TRIGGER audit_log_never_changes BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END;
