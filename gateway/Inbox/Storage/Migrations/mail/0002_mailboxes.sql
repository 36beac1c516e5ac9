-- Folders of polled mailboxes. Messages up to start_to were there before us, those up to compare_to before the server
-- numbered them anew; every message up to high_uid has its row in seen.
CREATE TABLE folder (
    id {id},
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    uidvalidity BIGINT NOT NULL,
    high_uid BIGINT NOT NULL,
    start_to BIGINT NOT NULL,
    compare_to BIGINT NOT NULL,
    reconciled_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX folder_name ON folder (source, name);

-- The ledger of polled mailboxes: one row for each message seen on a server, with what became of it.
CREATE TABLE seen (
    id {id},
    folder_id BIGINT NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    state TEXT NOT NULL,
    raw_id BIGINT,
    size BIGINT,
    internal_date BIGINT,
    tries BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX seen_uid ON seen (folder_id, uidvalidity, uid);
CREATE INDEX seen_state ON seen (folder_id, uidvalidity, state);
CREATE INDEX seen_waiting ON seen (folder_id, uidvalidity, tries, uid) WHERE state = 'waiting';
CREATE INDEX seen_aside ON seen (folder_id, internal_date) WHERE state IN ('before', 'dismissed');
CREATE INDEX seen_held ON seen (id) WHERE state = 'held';
CREATE INDEX seen_raw ON seen (raw_id) WHERE raw_id IS NOT NULL;
