-- The reference bank's own database. Times are milliseconds since 1970 (UTC), amounts minor units (1 Ft = 100),
-- accounts 24 digits (or a name, for the bank's own settlement accounts), identifiers of packages and orders UUIDs.

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE customer (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('company', 'private_person')),
    authority TEXT NOT NULL,             -- JSON of domain::AuthorityTable; of its users only number and name
    own_ids TEXT NOT NULL DEFAULT '[]'   -- customer master: JSON of domain::SecondaryId, tax number or tax id
) STRICT;

-- Which users have any right at which customer: the users of the tables' rights, so that nobody reads every table to
-- find one's own.
CREATE TABLE customer_user (
    user TEXT NOT NULL,
    customer TEXT NOT NULL REFERENCES customer,
    PRIMARY KEY (user, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_user_customer ON customer_user (customer);

CREATE TABLE bank_user (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    error_points INTEGER NOT NULL DEFAULT 0,
    locked INTEGER NOT NULL DEFAULT 0,
    last_login INTEGER,
    phone TEXT,
    email TEXT,
    notify INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE revoked_certificate (
    sha256 TEXT PRIMARY KEY
) STRICT;

CREATE TABLE session (
    token_sha256 BLOB PRIMARY KEY,
    user TEXT NOT NULL REFERENCES bank_user,
    created INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    previous_login INTEGER,
    login_certificate BLOB NOT NULL      -- DER: whose key opened the session
) STRICT;

-- New certificates for old ones. The old ones end when the client says that the new ones are in the token, or
-- when their time is over.
CREATE TABLE renewal (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES bank_user,
    csn TEXT NOT NULL REFERENCES card,   -- the device whose certificates these are
    document BLOB NOT NULL,
    signature BLOB NOT NULL,
    answer TEXT NOT NULL,                -- JSON of protocol::RenewalAnswer
    old_login TEXT NOT NULL,             -- SHA-256 of certificates, lower-case hex
    old_signing TEXT NOT NULL,
    new_login TEXT NOT NULL,
    new_signing TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    old_until INTEGER NOT NULL,
    done_at INTEGER,
    replaced INTEGER NOT NULL DEFAULT 0  -- another renewal of the same certificates came before this one was done
) STRICT;
CREATE INDEX renewal_old ON renewal (old_signing) WHERE done_at IS NULL AND replaced = 0;
CREATE INDEX renewal_ended_login ON renewal (old_login) WHERE replaced = 0;
CREATE INDEX renewal_ended_signing ON renewal (old_signing) WHERE replaced = 0;

-- Tokens that the bank has handed out. PUKs are counted: the next Code opens with number puk + puk_doubt.
CREATE TABLE card (
    csn TEXT PRIMARY KEY,                -- upper-case hex
    user TEXT NOT NULL REFERENCES bank_user,
    kind TEXT NOT NULL CHECK (kind IN ('piv', 'gids')),
    issued_at INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0,
    puk INTEGER NOT NULL DEFAULT 0,
    puk_doubt INTEGER NOT NULL DEFAULT 0 CHECK (puk_doubt IN (0, 1))
) STRICT;
CREATE INDEX card_user ON card (user);

-- Which certificates are in which token: those of suspended and withdrawn tokens are not taken.
CREATE TABLE card_certificate (
    sha256 TEXT PRIMARY KEY,             -- lower-case hex
    csn TEXT NOT NULL REFERENCES card
) STRICT;
CREATE INDEX card_certificate_csn ON card_certificate (csn);

-- Virtual chip cards: the keys are in a browser and never leave it, the bank keeps their certificates.
CREATE TABLE virtual_card (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES bank_user,
    label TEXT NOT NULL,                 -- what the user calls the browser, for instance "Irodai gép"
    login_certificate BLOB NOT NULL,     -- DER
    login_sha256 TEXT NOT NULL UNIQUE,   -- lower-case hex
    login_key TEXT NOT NULL UNIQUE,      -- SHA-256 of the public key, lower-case hex: no two cards share one
    signing_certificate BLOB NOT NULL,
    signing_sha256 TEXT NOT NULL UNIQUE,
    signing_key TEXT NOT NULL UNIQUE,
    salt BLOB NOT NULL,                  -- of the personal code's scrypt hash
    personal_code BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'withdrawn')),
    registered_at INTEGER NOT NULL,
    last_login INTEGER
) STRICT;
CREATE INDEX virtual_card_user ON virtual_card (user);

-- Certificates that the bank takes no more, each from a moment on. One may stand here more than once.
CREATE VIEW ended_certificate AS
    SELECT sha256, 0 AS since FROM revoked_certificate
    UNION ALL SELECT old_login, old_until FROM renewal WHERE replaced = 0
    UNION ALL SELECT old_signing, old_until FROM renewal WHERE replaced = 0
    UNION ALL SELECT sha256, 0 FROM card_certificate JOIN card USING (csn) WHERE suspended OR withdrawn
    UNION ALL SELECT login_sha256, 0 FROM virtual_card WHERE state <> 'active'
    UNION ALL SELECT signing_sha256, 0 FROM virtual_card WHERE state <> 'active';

-- One code a user: a new one makes the old one void.
CREATE TABLE activation_code (
    user TEXT PRIMARY KEY REFERENCES bank_user,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    expires INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE web_session (
    token_sha256 BLOB PRIMARY KEY,
    user TEXT NOT NULL REFERENCES bank_user,
    card TEXT NOT NULL REFERENCES virtual_card,
    form_token TEXT NOT NULL,            -- stands in every form: a form of another site does not know it
    created INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    previous_login INTEGER,
    customer TEXT REFERENCES customer,   -- the chosen one
    notice TEXT                          -- JSON of what the next page says first
) STRICT;

-- Secrets of telephone identification; scrypt, each with its own salt.
CREATE TABLE phone_id (
    user TEXT PRIMARY KEY REFERENCES bank_user,
    salt BLOB NOT NULL,
    epin BLOB NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE operator (
    name TEXT PRIMARY KEY,
    salt BLOB NOT NULL,
    password BLOB NOT NULL
) STRICT;

-- Browsers in which operators have logged in: their wrong passwords are counted apart from strangers'.
CREATE TABLE operator_browser (
    token_sha256 BLOB PRIMARY KEY,
    operator TEXT NOT NULL REFERENCES operator,
    last_login INTEGER NOT NULL
) STRICT;
CREATE INDEX operator_browser_operator ON operator_browser (operator, last_login);

CREATE TABLE desk_session (
    token_sha256 BLOB PRIMARY KEY,
    operator TEXT NOT NULL REFERENCES operator,
    form_token TEXT NOT NULL,            -- stands in every form: a form of another site does not know it
    created INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    caller TEXT REFERENCES bank_user     -- who is on the telephone, once identified
) STRICT;

-- Until when rows of logs may be taken out; moved on only by the pruning of what is older than its time.
CREATE TABLE log_end (
    log TEXT PRIMARY KEY,
    at INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO log_end (log) VALUES ('desk'), ('desk-strangers'), ('shared');

-- What happened at the operator desk. Nothing is changed, or taken out before its time, and no Code stands here.
CREATE TABLE desk_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operator TEXT NOT NULL,
    outcome TEXT NOT NULL,
    user TEXT,
    csn TEXT,
    random TEXT,
    detail TEXT
) STRICT;
CREATE INDEX desk_log_csn ON desk_log (csn, at);
CREATE TRIGGER desk_log_stays BEFORE UPDATE ON desk_log BEGIN SELECT RAISE(ABORT, 'the log is not changed'); END;
CREATE INDEX desk_log_at ON desk_log (at);
CREATE TRIGGER desk_log_kept BEFORE DELETE ON desk_log
    WHEN old.at >= (SELECT at FROM log_end WHERE log = 'desk') AND NOT (old.outcome IN ('login-refused', 'login-locked')
        AND old.at < (SELECT at FROM log_end WHERE log = 'desk-strangers'))
    BEGIN SELECT RAISE(ABORT, 'the log is kept'); END;

CREATE TABLE account (
    key TEXT PRIMARY KEY,
    customer TEXT REFERENCES customer,   -- NULL: somebody who does not bank by Kapocs, or the bank itself
    holder TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'debit_blocked', 'closed')),
    internal INTEGER NOT NULL DEFAULT 0, -- settlement account of the bank: no limit
    position INTEGER NOT NULL DEFAULT 0,
    credit_line INTEGER NOT NULL DEFAULT 0,
    minimum INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX account_customer ON account (customer, position);

CREATE TABLE secondary_id (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    account TEXT NOT NULL,
    confirm_by TEXT,                     -- last day unless confirmed; NULL: registered elsewhere
    PRIMARY KEY (kind, value)
) STRICT;

-- One-time codes sent to telephone numbers and e-mail addresses that are to become secondary identifiers; a new
-- one makes the old one void.
CREATE TABLE one_time_code (
    customer TEXT NOT NULL REFERENCES customer,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    expires INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (customer, kind, value)
) STRICT;

-- What the bank sends to telephones and mailboxes. The demo has neither: the operator desk shows it instead.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    customer TEXT NOT NULL REFERENCES customer,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- key of its text
    detail TEXT NOT NULL                 -- what the text speaks of
) STRICT;
CREATE INDEX notice_customer ON notice (customer, at);
CREATE INDEX notice_at ON notice (at);

CREATE TABLE message (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customer,
    at INTEGER NOT NULL,
    author TEXT REFERENCES bank_user,    -- NULL: the bank
    subject TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- What became of messages, in order; cursors count its numbers.
CREATE TABLE message_event (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    message TEXT NOT NULL REFERENCES message,
    reader TEXT REFERENCES bank_user,    -- who has read it; NULL: it came
    UNIQUE (message, reader)
) STRICT;

-- Double entry: the entries of a booking add up to nothing.
CREATE TABLE booking (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    booked_at INTEGER NOT NULL,
    value_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    narrative TEXT NOT NULL,
    package TEXT,
    order_id TEXT,
    UNIQUE (package, order_id)           -- no order is ever booked twice
) STRICT;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    booking INTEGER NOT NULL REFERENCES booking,
    account TEXT NOT NULL REFERENCES account,
    amount INTEGER NOT NULL,
    balance_after INTEGER NOT NULL,
    counterparty TEXT NOT NULL,
    counterparty_account TEXT
) STRICT;
CREATE INDEX entry_account ON entry (account, id);
CREATE INDEX entry_counterparty ON entry (account, counterparty_account);

CREATE TABLE block (
    package TEXT NOT NULL,
    order_id TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account,
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (package, order_id)
) STRICT;
CREATE INDEX block_account ON block (account);

-- Attempts of which a client was told that they never arrived. What a package debits is known only when it comes: so
-- the accounts stand here on which whoever was told might record or sign, and the word holds for packages of these.
CREATE TABLE void_attempt (
    customer TEXT NOT NULL REFERENCES customer,
    package TEXT NOT NULL,
    attempt TEXT NOT NULL,
    accounts TEXT NOT NULL,              -- JSON of domain::AccountNumber, ascending
    user TEXT NOT NULL,                  -- who said it first
    at INTEGER NOT NULL,
    PRIMARY KEY (customer, package, attempt, accounts)
) STRICT;
CREATE INDEX void_attempt_user ON void_attempt (customer, user, at);
CREATE INDEX void_attempt_at ON void_attempt (at);

CREATE TABLE package (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customer,
    name TEXT NOT NULL,
    order_type TEXT NOT NULL,
    document BLOB NOT NULL,
    document_sha256 BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL UNIQUE,
    receipt_body BLOB NOT NULL,
    receipt_signature BLOB NOT NULL,
    routed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX package_unrouted ON package (customer, received_at) WHERE routed = 0;

CREATE TABLE package_signature (
    package TEXT NOT NULL REFERENCES package,
    position INTEGER NOT NULL,
    signer TEXT NOT NULL,
    cms BLOB NOT NULL,
    PRIMARY KEY (package, position)
) STRICT;

CREATE TABLE item (
    package TEXT NOT NULL REFERENCES package,
    position INTEGER NOT NULL,
    customer TEXT NOT NULL,
    order_id TEXT NOT NULL,
    content TEXT NOT NULL,               -- JSON of domain::Order, of the package's type
    account TEXT NOT NULL,               -- debited; empty for self-administration
    amount INTEGER NOT NULL,
    state TEXT NOT NULL,
    route TEXT,
    reason TEXT,
    due INTEGER,                         -- when the engine looks at it next; NULL: never again
    priority INTEGER NOT NULL DEFAULT 1, -- among items that are due together, 0 goes first
    give_up INTEGER,                     -- a queued item is refused then
    decided_at INTEGER,
    entry INTEGER,
    PRIMARY KEY (package, position),
    UNIQUE (customer, order_id)
) STRICT;
CREATE INDEX item_account ON item (account) WHERE state IN ('received', 'waiting', 'queued');
CREATE INDEX item_due ON item (due, priority, package, position) WHERE due IS NOT NULL;

-- The last moment at which the instant system got a paced order for a payee's bank.
CREATE TABLE pace (
    bank TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- Handings over by the shared area ("közös terület"), a row each; the newest of a package says who holds it.
CREATE TABLE shared_package (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    handover TEXT NOT NULL UNIQUE,
    customer TEXT NOT NULL REFERENCES customer,
    package TEXT NOT NULL,
    document BLOB NOT NULL,
    document_sha256 BLOB NOT NULL,
    about TEXT NOT NULL,                 -- JSON: name, count, sum and debited accounts, as the document says
    put_claim TEXT,                      -- under which it was held before
    put_user TEXT NOT NULL REFERENCES bank_user,
    put_channel TEXT NOT NULL,
    put_at INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken_over', 'withdrawn', 'expired')),
    ended_user TEXT REFERENCES bank_user,
    ended_channel TEXT,
    ended_at INTEGER,
    taken_claim TEXT UNIQUE,
    CHECK ((taken_claim IS NOT NULL) = (state = 'taken_over'))
) STRICT;
CREATE INDEX shared_package_newest ON shared_package (customer, package, number);
CREATE INDEX shared_package_expires ON shared_package (expires) WHERE state = 'waiting';
-- Whatever a program does wrong: no package waits twice, and none is taken twice from one handing over.
CREATE UNIQUE INDEX shared_package_waits_once ON shared_package (customer, package) WHERE state = 'waiting';
CREATE TRIGGER shared_package_ends_once BEFORE UPDATE ON shared_package WHEN old.state <> 'waiting'
    BEGIN SELECT RAISE(ABORT, 'the handing over has ended'); END;

CREATE TABLE shared_signature (
    handing_over INTEGER NOT NULL REFERENCES shared_package,
    position INTEGER NOT NULL,
    signer TEXT NOT NULL,
    cms BLOB NOT NULL,
    PRIMARY KEY (handing_over, position)
) STRICT, WITHOUT ROWID;

-- Packages that a customer has in the web client: made there, or taken over from the shared area.
CREATE TABLE web_package (
    id TEXT NOT NULL,
    customer TEXT NOT NULL REFERENCES customer,
    document BLOB NOT NULL,
    document_sha256 BLOB NOT NULL,
    about TEXT NOT NULL,                 -- as in shared_package
    claim TEXT,                          -- under which it was taken over; NULL: made in the web client
    handover TEXT,                       -- by which it came (prepared) or left (shared)
    attempt TEXT NOT NULL,               -- of sending these bytes
    state TEXT NOT NULL CHECK (state IN ('prepared', 'shared', 'sent', 'deleted')),
    created_by TEXT NOT NULL REFERENCES bank_user,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (customer, id)
) STRICT;

CREATE TABLE web_package_signature (
    customer TEXT NOT NULL,
    package TEXT NOT NULL,
    signer TEXT NOT NULL,
    cms BLOB NOT NULL,
    signed_at INTEGER NOT NULL,          -- when it came here
    position INTEGER NOT NULL,
    PRIMARY KEY (customer, package, position),
    FOREIGN KEY (customer, package) REFERENCES web_package (customer, id)
) STRICT, WITHOUT ROWID;

-- What happened in shared areas, also what was refused there. Nothing is changed, or taken out before its time.
CREATE TABLE shared_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    customer TEXT NOT NULL,
    package TEXT NOT NULL,
    handover TEXT NOT NULL,
    outcome TEXT NOT NULL,               -- put, taken, withdrawn, expired, or a problem code
    user TEXT,                           -- NULL: nobody did it, its day was over
    channel TEXT,
    device TEXT                          -- SHA-256 of the certificate that opened the session, lower-case hex
) STRICT;
CREATE INDEX shared_log_customer ON shared_log (customer, id);
CREATE INDEX shared_log_package ON shared_log (package, id);
CREATE TRIGGER shared_log_stays BEFORE UPDATE ON shared_log BEGIN SELECT RAISE(ABORT, 'the log is not changed'); END;
CREATE INDEX shared_log_at ON shared_log (at);
CREATE TRIGGER shared_log_kept BEFORE DELETE ON shared_log WHEN old.at >= (SELECT at FROM log_end WHERE log = 'shared')
    BEGIN SELECT RAISE(ABORT, 'the log is kept'); END;

-- Partners and templates that customers keep in the web client.
CREATE TABLE web_partner (
    customer TEXT NOT NULL REFERENCES customer,
    id TEXT NOT NULL,
    sort TEXT NOT NULL,                  -- short name without case and accents
    search TEXT NOT NULL,                -- everything that it is found by, without case and accents
    content TEXT NOT NULL,               -- JSON of domain::Partner
    PRIMARY KEY (customer, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX web_partner_sort ON web_partner (customer, sort, id);

CREATE TABLE web_template (
    customer TEXT NOT NULL REFERENCES customer,
    id TEXT NOT NULL,
    sort TEXT NOT NULL,
    search TEXT NOT NULL,
    content TEXT NOT NULL,               -- JSON of domain::Template
    PRIMARY KEY (customer, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX web_template_sort ON web_template (customer, sort, id);

-- Every change that a customer may want to know; cursors count its sequence.
CREATE TABLE change (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    customer TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('package', 'shared', 'balance', 'authority', 'messages')),
    package TEXT,
    account TEXT
) STRICT;
CREATE INDEX change_customer ON change (customer, sequence);
CREATE INDEX change_thing ON change (customer, kind, package, account, sequence);

-- Every arrival of a package, taken or not: what tests and the operator look at.
CREATE TABLE arrival (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    package TEXT NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX arrival_package ON arrival (package);
CREATE INDEX arrival_at ON arrival (at);
