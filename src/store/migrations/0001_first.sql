-- First schema of the store.
--
-- Forms of values, everywhere:
--   money         INTEGER, minor units of the currency beside it (1 Ft = 100)
--   moments       INTEGER, microseconds since 1970-01-01T00:00:00Z
--   days          TEXT, YYYY-MM-DD
--   our ids       BLOB, the 16 bytes of the UUID
--   accounts      TEXT, 24 digits without separators (foreign ones: IBAN without spaces)
--   states, kinds TEXT, the stable names that `domain` gives them

PRAGMA application_id = 0x4B415043; -- "KAPC"

-- Bank ----------------------------------------------------------------------------------------------------

CREATE TABLE bank_connection (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    content      TEXT NOT NULL,
    connected_at INTEGER NOT NULL,
    last_sync    INTEGER
) STRICT;

CREATE TABLE bank_snapshots (
    kind       TEXT PRIMARY KEY,
    json       TEXT NOT NULL,
    fetched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cursors (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('company', 'private_person'))
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    last_login INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE authority_tables (
    customer   TEXT PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    json       TEXT NOT NULL,
    fetched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    number   TEXT PRIMARY KEY CHECK (length(number) = 24),
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX accounts_of_customer ON accounts (customer, position);

CREATE TABLE balances (
    account         TEXT PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    booked          INTEGER NOT NULL,
    available       INTEGER NOT NULL,
    blocked         INTEGER NOT NULL,
    pending_debits  INTEGER NOT NULL,
    pending_credits INTEGER NOT NULL,
    credit_line     INTEGER NOT NULL,
    minimum         INTEGER NOT NULL,
    as_of           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Booked transactions as the bank told them; kept when an account closes, so no reference to accounts.
CREATE TABLE transactions (
    key                  INTEGER PRIMARY KEY,
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
    UNIQUE (account, bank_id)
) STRICT;

CREATE INDEX transactions_by_day ON transactions (account, booking_date);
CREATE INDEX transactions_by_payee ON transactions (counterparty_account, amount) WHERE amount < 0;
CREATE INDEX transactions_by_payee_name ON transactions (counterparty_name COLLATE NOCASE) WHERE amount < 0;

CREATE VIRTUAL TABLE transaction_search USING fts5 (
    words,
    content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

-- Master data ---------------------------------------------------------------------------------------------

CREATE TABLE partners (
    key               INTEGER PRIMARY KEY,
    id                BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    short_name        TEXT NOT NULL,
    name              TEXT,
    secondary_kind    TEXT CHECK (secondary_kind IN ('mobile', 'email', 'tax_number', 'tax_id')),
    secondary_value   TEXT,
    narrative         TEXT NOT NULL,
    country           TEXT,
    legal_code        TEXT,
    note              TEXT NOT NULL,
    updated_at        INTEGER NOT NULL,
    -- Either a name with accounts or a secondary identifier, never both.
    CHECK ((name IS NULL) = (secondary_value IS NOT NULL)),
    CHECK ((secondary_kind IS NULL) = (secondary_value IS NULL))
) STRICT;

CREATE INDEX partners_by_secondary ON partners (secondary_value) WHERE secondary_value IS NOT NULL;

CREATE TABLE partner_accounts (
    partner  INTEGER NOT NULL REFERENCES partners (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    account  TEXT NOT NULL CHECK (length(account) = 24),
    PRIMARY KEY (partner, position),
    UNIQUE (partner, account)
) STRICT, WITHOUT ROWID;

CREATE INDEX partners_by_account ON partner_accounts (account);

CREATE VIRTUAL TABLE partner_search USING fts5 (
    words,
    content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE templates (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    name       TEXT NOT NULL,
    order_type TEXT NOT NULL,
    fields     TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    key        TEXT PRIMARY KEY,
    json       TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Packages ------------------------------------------------------------------------------------------------

CREATE TABLE packages (
    key           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    customer      TEXT NOT NULL,
    name          TEXT NOT NULL,
    order_type    TEXT NOT NULL,
    debit_account TEXT NOT NULL CHECK (length(debit_account) = 24),
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
    sent_at       INTEGER
) STRICT;

CREATE INDEX packages_by_state ON packages (customer, state, updated_at);

-- The checks are written with OR: SQLite builds a small table for each longer IN list, for each row inserted,
-- which took most of the time of an import.
CREATE TABLE orders (
    key             INTEGER PRIMARY KEY,
    id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    package         INTEGER NOT NULL REFERENCES packages (key) ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    debit_account   TEXT NOT NULL,
    payer_name      TEXT,
    payee_kind      TEXT NOT NULL CHECK (payee_kind = 'account' OR payee_kind = 'mobile' OR payee_kind = 'email'
                        OR payee_kind = 'tax_number' OR payee_kind = 'tax_id'),
    payee           TEXT NOT NULL,
    payee_name      TEXT,
    payee_country   TEXT,
    amount          INTEGER NOT NULL CHECK (amount > 0),
    currency        TEXT NOT NULL,
    timing          TEXT NOT NULL CHECK (timing = 'soon' OR timing = 'instant' OR timing = 'on'),
    value_date      TEXT,
    urgency         TEXT NOT NULL CHECK (urgency = 'normal' OR urgency = 'viber'),
    narrative       TEXT NOT NULL,
    document_number TEXT,
    legal_code      TEXT,
    own_reference   TEXT,
    -- NULL while the order is only ours.
    bank_state      TEXT CHECK (bank_state = 'sending' OR bank_state = 'received' OR bank_state = 'processing'
                        OR bank_state = 'executed' OR bank_state = 'rejected'),
    route           TEXT,
    reason          TEXT,
    decided_at      INTEGER,
    CHECK ((payee_kind = 'account') = (payee_name IS NOT NULL)),
    CHECK ((timing = 'on') = (value_date IS NOT NULL)),
    UNIQUE (package, position)
) STRICT;

-- Only orders that have left are looked up by payee, so these indexes cost nothing while recording or importing.
CREATE INDEX orders_paid ON orders (payee, amount) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_paid_by_name ON orders (payee_name COLLATE NOCASE) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_at_bank ON orders (package, bank_state) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_rejected ON orders (decided_at) WHERE bank_state = 'rejected';
CREATE INDEX orders_dated ON orders (value_date) WHERE value_date IS NOT NULL;

CREATE TABLE documents (
    key        INTEGER PRIMARY KEY,
    package    INTEGER NOT NULL REFERENCES packages (key),
    revision   INTEGER NOT NULL,
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32),
    bytes      BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (package, revision)
) STRICT;

CREATE TRIGGER documents_never_change BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'documents never change'); END;
CREATE TRIGGER documents_stay BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'documents stay'); END;

CREATE TABLE signatures (
    key         INTEGER PRIMARY KEY,
    document    INTEGER NOT NULL REFERENCES documents (key),
    user_id     TEXT NOT NULL,
    user_name   TEXT NOT NULL,
    certificate BLOB NOT NULL CHECK (length(certificate) = 32),
    signed_at   INTEGER NOT NULL,
    p7s         BLOB NOT NULL,
    UNIQUE (document, user_id)
) STRICT;

CREATE TRIGGER signatures_never_change BEFORE UPDATE ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures never change'); END;

CREATE TABLE submissions (
    key             INTEGER PRIMARY KEY AUTOINCREMENT,
    package         INTEGER NOT NULL REFERENCES packages (key),
    document        INTEGER NOT NULL REFERENCES documents (key),
    document_sha256 BLOB NOT NULL CHECK (length(document_sha256) = 32),
    state           TEXT NOT NULL CHECK (state IN (
        'created', 'sending', 'unknown', 'received', 'never_seen', 'refused')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    last_problem    TEXT,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;

-- A package has one open submission at most, or the bank could get it twice.
CREATE UNIQUE INDEX submissions_open ON submissions (package) WHERE state IN ('created', 'sending', 'unknown');
CREATE INDEX submissions_of_package ON submissions (package, key);
CREATE TRIGGER submissions_stay BEFORE DELETE ON submissions
BEGIN SELECT RAISE(ABORT, 'submissions stay'); END;
CREATE TRIGGER submissions_keep_their_document BEFORE UPDATE OF package, document, document_sha256 ON submissions
BEGIN SELECT RAISE(ABORT, 'a submission keeps its document'); END;

CREATE TABLE receipts (
    key         INTEGER PRIMARY KEY,
    package     INTEGER NOT NULL REFERENCES packages (key),
    sha256      BLOB NOT NULL CHECK (length(sha256) = 32),
    bytes       BLOB NOT NULL,
    cms         BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (package, sha256)
) STRICT;

CREATE TRIGGER receipts_never_change BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts never change'); END;
CREATE TRIGGER receipts_stay BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts stay'); END;

-- Program -------------------------------------------------------------------------------------------------

CREATE TABLE audit_log (
    seq      INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    actor    TEXT,
    action   TEXT NOT NULL,
    subject  TEXT,
    detail   TEXT NOT NULL,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX audit_by_subject ON audit_log (subject) WHERE subject IS NOT NULL;
CREATE TRIGGER audit_log_never_changes BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END;
CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log stays'); END;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
