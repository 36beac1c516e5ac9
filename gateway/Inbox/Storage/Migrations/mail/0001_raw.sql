-- One row for each mail as received (or sent): it makes the chunks exist. Ids are given by the gateway, never reused.
CREATE TABLE raw (
    id {key},
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
    recipients TEXT NOT NULL,
    client TEXT NOT NULL,
    helo TEXT NOT NULL,
    tls BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE INDEX raw_waiting ON raw (id) WHERE state = 'waiting';
CREATE INDEX raw_sha256 ON raw (sha256);

-- The bytes: key = raw id * 4096 + number of the chunk.
CREATE TABLE chunk (
    id {key},
    bytes {bytes} NOT NULL
);

-- Large mails whose first chunks are written before their raw row: swept at start when the row never came.
CREATE TABLE unfinished (
    raw_id {key}
);
