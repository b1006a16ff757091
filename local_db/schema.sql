-- Drawn from local_db/migrations.py by `python -m local_db.schema`; user_version = 10.

CREATE TABLE counters (
    -- numbers that never reset, and counts that triggers keep so that nothing ever has to be counted
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    -- sealed opens only with the key in wrapped_key, which opens only with the holder's card or login
    case_id TEXT PRIMARY KEY,
    owner BLOB NOT NULL,
    item_code TEXT NOT NULL,
    item_name TEXT NOT NULL,
    channel TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    keep_until INTEGER,
    wrapped_key BLOB NOT NULL,
    sealed BLOB NOT NULL
, release_wrap BLOB, parked_of TEXT, parked_why TEXT) STRICT, WITHOUT ROWID;

CREATE INDEX drafts_by_owner ON drafts (owner, updated_at);

CREATE TABLE blobs (
    -- one sealed file: draft_wrap goes at submission, uses counts the events that hold it
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    extension TEXT NOT NULL,
    platform_wrap BLOB NOT NULL,
    draft_wrap BLOB,
    uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0)
, mark BLOB) STRICT;

CREATE TRIGGER blobs_in_use_stay BEFORE DELETE ON blobs WHEN OLD.uses > 0
BEGIN SELECT RAISE(ABORT, 'a file that an event holds'); END;

CREATE TABLE draft_blobs (
    case_id TEXT NOT NULL REFERENCES drafts,
    blob INTEGER NOT NULL REFERENCES blobs,
    PRIMARY KEY (case_id, blob)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_blobs_by_blob ON draft_blobs (blob);

CREATE TABLE loose_files (
    -- files that neither a draft nor an event names: being written just now, kept a moment ago, or to be deleted
    digest BLOB PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    submission_no TEXT PRIMARY KEY,
    item_code TEXT NOT NULL,
    item_name TEXT NOT NULL,
    applicant_masked TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    deliver_by TEXT,
    acceptance_no TEXT,
    reason TEXT NOT NULL DEFAULT '',
    correct TEXT NOT NULL DEFAULT '[]',
    sequence INTEGER NOT NULL DEFAULT 0,
    has_paper INTEGER NOT NULL DEFAULT 0
, taken_by TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;

CREATE INDEX cases_by_time ON cases (submitted_at);

CREATE TABLE case_owners (
    owner BLOB NOT NULL,
    submission_no TEXT NOT NULL REFERENCES cases,
    PRIMARY KEY (owner, submission_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_owners_by_case ON case_owners (submission_no);

CREATE TABLE receipts (
    submission_no TEXT PRIMARY KEY REFERENCES cases,
    item_code TEXT NOT NULL,
    item_name TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    deliver_by TEXT,
    qr_text TEXT NOT NULL,
    paper BLOB NOT NULL -- the masked paper as data, for reprints
) STRICT, WITHOUT ROWID;

CREATE TABLE refs (
    -- what `kiosk apply` was given under a reference of its caller
    ref TEXT PRIMARY KEY,
    submission_no TEXT NOT NULL REFERENCES cases,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE decision_papers (
    submission_no TEXT PRIMARY KEY REFERENCES cases,
    paper BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE outbox (
    -- one act on its way to the platform; payload and materials stand apart so that lists stay narrow;
    -- holds counts the materials whose local files have not been released
    seq INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('case', 'amendment', 'rating', 'feedback')),
    submission_no TEXT NOT NULL,
    item_code TEXT NOT NULL,
    item_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL,
    replaces TEXT,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'parked', 'settled')),
    form_taken INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    reason TEXT NOT NULL DEFAULT '',
    bytes_left INTEGER NOT NULL,
    holds INTEGER NOT NULL,
    acknowledgement BLOB,
    settled_at INTEGER
) STRICT;

CREATE INDEX outbox_due ON outbox (form_taken, next_attempt) WHERE state = 'queued';

CREATE INDEX outbox_open ON outbox (submission_no) WHERE state <> 'settled' AND kind <> 'rating';

CREATE INDEX outbox_to_release ON outbox (settled_at) WHERE state = 'settled' AND holds > 0;

CREATE TRIGGER outbox_unsent_stays BEFORE DELETE ON outbox WHEN OLD.state <> 'settled'
BEGIN SELECT RAISE(ABORT, 'an event the platform has not acknowledged'); END;

CREATE TRIGGER outbox_identity_stays BEFORE UPDATE OF event_id, kind, submission_no, created_at, replaces ON outbox
BEGIN SELECT RAISE(ABORT, 'an event is what it was'); END;

CREATE TABLE outbox_payloads (
    seq INTEGER PRIMARY KEY REFERENCES outbox,
    payload BLOB NOT NULL
) STRICT;

CREATE TRIGGER outbox_payload_stays BEFORE UPDATE ON outbox_payloads
BEGIN SELECT RAISE(ABORT, 'a payload is what it was'); END;

CREATE TRIGGER outbox_unsent_payload_stays BEFORE DELETE ON outbox_payloads
WHEN (SELECT state FROM outbox WHERE seq = OLD.seq) <> 'settled'
BEGIN SELECT RAISE(ABORT, 'a payload the platform has not acknowledged'); END;

CREATE TABLE outbox_materials (
    seq INTEGER NOT NULL REFERENCES outbox,
    place INTEGER NOT NULL,
    material_id TEXT NOT NULL,
    member TEXT,
    file_index INTEGER NOT NULL,
    blob INTEGER NOT NULL,
    digest BLOB NOT NULL,
    size INTEGER NOT NULL,
    extension TEXT NOT NULL,
    wrap BLOB NOT NULL,
    released INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (seq, place)
) STRICT, WITHOUT ROWID;

CREATE VIEW case_summaries AS
-- what lists show: what the platform said of a case, and what of it is still on its way
SELECT
    c.submission_no, c.item_code, c.item_name, c.applicant_masked, c.state, c.submitted_at, c.acceptance_no,
    c.deliver_by, o.seq IS NOT NULL AS pending, coalesce(o.state = 'parked', 0) AS parked,
    coalesce(o.attempts, 0) AS attempts, nullif(o.next_attempt, 0) AS next_attempt, o.failure,
    CASE WHEN o.state = 'parked' THEN o.reason ELSE c.reason END AS reason, c.correct, c.has_paper
FROM cases c LEFT JOIN outbox o ON o.seq = (
    SELECT min(seq) FROM outbox WHERE submission_no = c.submission_no AND state <> 'settled' AND kind <> 'rating'
);

CREATE TRIGGER outbox_counted AFTER INSERT ON outbox
BEGIN
    UPDATE counters SET value = value + CASE name
        WHEN 'outbox.cases' THEN NEW.kind <> 'rating' AND NEW.state <> 'settled'
        WHEN 'outbox.parked' THEN NEW.kind <> 'rating' AND NEW.state = 'parked'
        ELSE NEW.bytes_left END
    WHERE name IN ('outbox.bytes', 'outbox.cases', 'outbox.parked');
END;

CREATE TRIGGER outbox_recounted AFTER UPDATE OF state, bytes_left ON outbox
BEGIN
    UPDATE counters SET value = value + CASE name
        WHEN 'outbox.cases' THEN (NEW.kind <> 'rating') * ((NEW.state <> 'settled') - (OLD.state <> 'settled'))
        WHEN 'outbox.parked' THEN (NEW.kind <> 'rating') * ((NEW.state = 'parked') - (OLD.state = 'parked'))
        ELSE NEW.bytes_left - OLD.bytes_left END
    WHERE name IN ('outbox.bytes', 'outbox.cases', 'outbox.parked');
END;

CREATE TABLE journal (
    -- append-only and hash-chained; details is a JSON object of texts
    position INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    details TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE papers (
    -- every print that was begun; run names the opening of the store that began it
    entry INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    digest TEXT NOT NULL,
    copy INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'printed', 'failed', 'uncertain', 'parked')),
    run TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX papers_by_subject ON papers (kind, subject);

CREATE INDEX papers_without_end ON papers (entry) WHERE outcome IN ('running', 'uncertain');

CREATE UNIQUE INDEX papers_one_original ON papers (kind, subject)
    WHERE copy = 0 AND outcome IN ('running', 'printed', 'uncertain');

CREATE TABLE staff (
    staff_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    login_salt BLOB NOT NULL,
    wrong INTEGER NOT NULL DEFAULT 0,
    locked_at INTEGER,
    locked_seconds INTEGER NOT NULL DEFAULT 0
, state TEXT NOT NULL DEFAULT 'active', release_wrap BLOB) STRICT;

CREATE TABLE shelf_head (
    -- the catalogue in force: its head, and its items one a row so that opening the store reads none of them
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    head BLOB NOT NULL,
    holidays BLOB NOT NULL,
    entries BLOB NOT NULL
, others BLOB) STRICT;

CREATE TABLE shelf_items (
    code TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    item BLOB NOT NULL
) STRICT;

CREATE TABLE shelf_retention (
    item_code TEXT NOT NULL,
    material_id TEXT NOT NULL,
    days INTEGER NOT NULL,
    PRIMARY KEY (item_code, material_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_materials (
    -- what a person handed in here before and need not hand in again, newest of its kind; owner and member are tags
    -- (member is empty where the material is of the applicant), kind says what it is across items
    owner BLOB NOT NULL,
    member BLOB NOT NULL,
    kind TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES outbox,
    material_id TEXT NOT NULL,
    member_ref TEXT,
    collected_at INTEGER NOT NULL,
    PRIMARY KEY (owner, member, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX blobs_by_mark ON blobs (mark) WHERE mark IS NOT NULL;

CREATE TABLE postings (
    -- what the platform posted for everybody, the newest under each name of a topic; gone ones stay, without content,
    -- so that an earlier one that comes late does not bring them back
    topic TEXT NOT NULL,
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    posted_at INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (topic, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE arrangements (
    -- delivery, appointment and fee of a case: as chosen here, then as the platform says; JSON of
    -- kiosk.model.afterwards.Arranged, which names nobody
    submission_no TEXT PRIMARY KEY REFERENCES cases,
    arranged BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX cases_by_taker ON cases (taken_by, submitted_at);

CREATE TABLE shelf_parts (
    -- a catalogue package on its way: pieces from the first byte on, of the package with this hash of the whole
    start INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE feedback (
    -- guides said to be wrong, complaints, suggestions: what was written went up sealed and is not here;
    -- code_tag stands for the query code on the slip, owner for the card that was tapped, if any
    number TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    item_name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    code_tag BLOB NOT NULL,
    owner BLOB,
    sequence INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    answered_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_of_feedback ON outbox (submission_no) WHERE kind = 'feedback';

CREATE INDEX feedback_by_owner ON feedback (owner) WHERE owner IS NOT NULL;

CREATE TABLE past_journal (
    -- chains this terminal did not write itself: of a machine it was rescued from, or of a database that was damaged;
    -- origin is terminal, epoch and the beginning of the first digest
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    details TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (origin, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER past_journal_never_changes BEFORE UPDATE ON past_journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER past_journal_never_shrinks BEFORE DELETE ON past_journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
