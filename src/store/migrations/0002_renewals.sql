-- Renewals of a token's certificates. The row is written before anything is sent to the bank, so that a renewal that
-- was cut off is taken up again and never begun twice. No secret is in it: keys are public ones.
CREATE TABLE renewals (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
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

-- At most one renewal of a token is under way.
CREATE UNIQUE INDEX renewals_open ON renewals (csn) WHERE state IN ('asked', 'answered', 'installed');
