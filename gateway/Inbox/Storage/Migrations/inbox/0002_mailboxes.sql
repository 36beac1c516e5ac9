-- What is still to be done on a server with mail that was filed.
CREATE TABLE server_action (
    raw_id {key},
    source TEXT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL DEFAULT 0,
    copied BIGINT NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX server_action_due ON server_action (source, next_at);

-- Sent mail of which a folder of a server is to get a copy.
CREATE TABLE sent_copy (
    raw_id {key},
    source TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX sent_copy_due ON sent_copy (source, next_at);

-- Mails that each source brought in an hour (hours since 1970), for the alarm when it falls silent.
CREATE TABLE arrival (
    source TEXT NOT NULL,
    hour BIGINT NOT NULL,
    mails BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (source, hour)
);

-- The last mail of mail.db that is counted in arrival.
CREATE TABLE arrival_counted (
    raw_id {key}
);
