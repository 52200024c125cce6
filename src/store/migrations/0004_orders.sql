-- One table for orders of every type: what lists, searches and totals need of an order (its face) in columns, the whole
-- of it as JSON.

-- Which packages debit an account is the order type's to say. SQLite cannot drop a check, so the table is made anew;
-- foreign keys are off while migrations run and are checked after.
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
    claim         BLOB CHECK (length(claim) = 16)
) STRICT;

INSERT INTO packages_new SELECT key, id, customer, name, order_type, debit_account, instant, scheduled, state, revision,
    document, order_count, total, currency, last_error, created_at, updated_at, sent_at, claim
FROM packages;
DROP TABLE packages;
ALTER TABLE packages_new RENAME TO packages;
CREATE INDEX packages_by_state ON packages (customer, state, updated_at);

-- The checks are written with OR: SQLite builds a small table for each longer IN list, for each row inserted,
-- which took most of the time of an import.
CREATE TABLE orders_new (
    key           INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    package       INTEGER NOT NULL REFERENCES packages (key) ON DELETE CASCADE,
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
    UNIQUE (package, position)
) STRICT;

INSERT INTO orders_new (key, id, package, position, order_type, content, debit_account, payee, payee_name, amount,
    currency, value_date, words, bank_state, route, reason, decided_at)
SELECT key, id, package, position, 'HCT',
    json_object(
        'id', lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-'
            || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21, 12)),
        'debit_account', debit_account,
        'payer_name', payer_name,
        'beneficiary', CASE payee_kind
            WHEN 'account' THEN json_object('by', 'account', 'name', payee_name, 'number', payee)
            ELSE json_object('by', 'secondary_id', 'id', json_object('kind', payee_kind, 'value', payee)) END,
        'beneficiary_country', payee_country,
        'amount', json_object(
            'amount', CASE WHEN amount % 100 = 0 THEN format('%d', amount / 100)
                ELSE format('%d.%02d', amount / 100, amount % 100) END,
            'currency', currency),
        'timing', CASE timing WHEN 'on' THEN json_object('when', 'on', 'date', value_date)
            ELSE json_object('when', timing) END,
        'urgency', urgency,
        'narrative', narrative,
        'document_number', document_number,
        'legal_code', legal_code,
        'own_reference', own_reference),
    debit_account, payee, payee_name, amount, currency, value_date,
    concat_ws(char(10), nullif(narrative, ''), document_number, own_reference),
    -- What the bank was doing with it was not told apart; it is asked anew with the next change.
    CASE bank_state WHEN 'processing' THEN 'in_execution' ELSE bank_state END, route, reason, decided_at
FROM orders;

-- Orders of the two tables never shared an identifier: the bank refuses one that it knows.
INSERT INTO orders_new (id, package, position, order_type, content, payee, words, bank_state, reason, decided_at)
SELECT id, package, position, 'ADM',
    json_set(json, '$.order', lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4)
        || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21, 12))),
    CASE json ->> 'action' WHEN 'new_account' THEN substr(replace(json ->> 'account', '-', '') || '00000000', 1, 24)
        WHEN 'secondary_id' THEN json -> 'id' ->> 'value' END,
    coalesce(CASE json ->> 'action' WHEN 'new_account' THEN '' WHEN 'secondary_id' THEN ''
        WHEN 'device' THEN json ->> 'device' ELSE json ->> 'user' END, ''),
    CASE bank_state WHEN 'processing' THEN 'in_execution' ELSE bank_state END, reason, decided_at
FROM admin_orders;

DROP TABLE orders;
DROP TABLE admin_orders;
ALTER TABLE orders_new RENAME TO orders;

-- Only orders that have left are looked up by payee, so these indexes cost nothing while recording or importing.
CREATE INDEX orders_paid ON orders (payee, amount) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_paid_by_name ON orders (payee_name COLLATE NOCASE) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_at_bank ON orders (package, bank_state) WHERE bank_state IS NOT NULL;
CREATE INDEX orders_rejected ON orders (decided_at) WHERE bank_state = 'rejected';
CREATE INDEX orders_dated ON orders (value_date) WHERE value_date IS NOT NULL;

-- Fields of templates by the keys that forms, command line and web pages know; a ticked box holds "yes".
UPDATE templates SET fields = (
    SELECT json_group_object(CASE f.key WHEN 'viber' THEN 'urgency' ELSE replace(f.key, '_', '-') END,
        CASE f.type WHEN 'true' THEN 'yes' ELSE f.value END)
    FROM json_each(templates.fields) f
    WHERE f.key NOT IN ('template', 'partner') AND (f.type = 'true' OR (f.type = 'text' AND f.value <> '')));

-- Forms that were open, of orders and of templates: what was typed is what it was, in the new shape.
WITH old (form, place) AS (
    VALUES ('order-form', '$.draft'), ('order-form-edit', '$.draft'), ('template-form', '$.fields'))
UPDATE drafts SET json = json_set(json, old.place, json_object(
    'order_type', 'HCT',
    'values', json((
        SELECT json_group_object(CASE f.key WHEN 'viber' THEN 'urgency' ELSE replace(f.key, '_', '-') END,
            CASE f.type WHEN 'true' THEN 'yes' ELSE f.value END)
        FROM json_each(json_extract(drafts.json, old.place)) f
        WHERE f.key NOT IN ('template', 'partner') AND (f.type = 'true' OR (f.type = 'text' AND f.value <> '')))),
    'template', json_extract(json, old.place || '.template'),
    'partner', json_extract(json, old.place || '.partner')))
FROM old
WHERE drafts.key = old.form AND json_type(drafts.json, old.place) = 'object';
