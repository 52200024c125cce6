-- The hand-off: the shared area, self-administration, messages.

-- Self-administration packages debit no account. SQLite cannot loosen a column, so the table is made anew; foreign
-- keys are off while migrations run and are checked after.
CREATE TABLE packages_new (
    key           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    customer      TEXT NOT NULL,
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
    document      INTEGER REFERENCES documents (key),
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
    CHECK ((order_type = 'ADM') = (debit_account IS NULL))
) STRICT;

INSERT INTO packages_new (key, id, customer, name, order_type, debit_account, instant, scheduled, state, revision,
    document, order_count, total, currency, last_error, created_at, updated_at, sent_at)
SELECT key, id, customer, name, order_type, debit_account, instant, scheduled, state, revision, document, order_count,
    total, currency, last_error, created_at, updated_at, sent_at
FROM packages;

DROP TABLE packages;
ALTER TABLE packages_new RENAME TO packages;
CREATE INDEX packages_by_state ON packages (customer, state, updated_at);

-- What the bank last told of the shared area, for the list that is shown without a connection.
CREATE TABLE shared_packages (
    handover   BLOB PRIMARY KEY CHECK (length(handover) = 16),
    customer   TEXT NOT NULL,
    package    BLOB NOT NULL CHECK (length(package) = 16),
    -- protocol::SharedPackage
    json       TEXT NOT NULL,
    position   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX shared_of_customer ON shared_packages (customer, position);
CREATE INDEX shared_of_package ON shared_packages (package);

-- What we asked of the shared area. The row is written before anything is sent, so that a lost answer is asked
-- again with the same identifiers and nothing is parked or taken twice.
CREATE TABLE handovers (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind IN ('put', 'take', 'withdraw')),
    package    BLOB NOT NULL CHECK (length(package) = 16),
    customer   TEXT NOT NULL,
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

CREATE UNIQUE INDEX handovers_open ON handovers (package) WHERE state = 'asked';

-- Orders of self-administration packages.
CREATE TABLE admin_orders (
    key        INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    package    INTEGER NOT NULL REFERENCES packages (key) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    -- domain::AdminAction
    json       TEXT NOT NULL,
    -- NULL while the order is only ours.
    bank_state TEXT CHECK (bank_state IN ('sending', 'received', 'processing', 'executed', 'rejected')),
    reason     TEXT,
    decided_at INTEGER,
    UNIQUE (package, position)
) STRICT;

-- Messages of the bank and to it.
CREATE TABLE messages (
    id       BLOB PRIMARY KEY CHECK (length(id) = 16),
    customer TEXT NOT NULL,
    at       INTEGER NOT NULL,
    -- Who wrote it for the customer; NULL: the bank.
    author   TEXT,
    name     TEXT,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    read     INTEGER NOT NULL CHECK (read IN (0, 1)),
    -- What of it the bank does not know yet: a new message of ours, or that it was read.
    pending  TEXT CHECK (pending IN ('write', 'read')),
    CHECK ((author IS NULL) = (name IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX messages_of_customer ON messages (customer, at);
