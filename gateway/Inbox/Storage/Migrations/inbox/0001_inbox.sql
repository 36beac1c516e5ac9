CREATE TABLE agent (
    id {id},
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    active BIGINT NOT NULL,
    password_hash TEXT NOT NULL,
    stamp TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- One-time links; agent_id is null for the first administrator's. The token itself is not kept, only its hash.
CREATE TABLE invitation (
    token_hash TEXT PRIMARY KEY,
    agent_id BIGINT,
    expires_at BIGINT NOT NULL
);

CREATE TABLE audit (
    id {id},
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL
);

CREATE TABLE contact (
    id {id},
    address TEXT NOT NULL,
    address_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    written_to BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE conversation (
    id {id},
    inbox TEXT NOT NULL,
    subject TEXT NOT NULL,
    contact_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    disposition TEXT NOT NULL,
    before_trash TEXT NOT NULL DEFAULT '',
    filter_reason TEXT NOT NULL DEFAULT '',
    marked_spam BIGINT NOT NULL DEFAULT 0,
    delete_at BIGINT,
    assignee_id BIGINT,
    routing_due BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    last_direction TEXT NOT NULL,
    last_message_id BIGINT NOT NULL DEFAULT 0,
    preview TEXT NOT NULL,
    has_attachment BIGINT NOT NULL DEFAULT 0,
    participants BIGINT NOT NULL DEFAULT 1,
    waiting_since BIGINT,
    has_incoming BIGINT NOT NULL DEFAULT 0,
    has_outgoing BIGINT NOT NULL DEFAULT 0,
    send_failed BIGINT NOT NULL DEFAULT 0,
    linked_id BIGINT
);
CREATE INDEX conversation_list ON conversation (inbox, disposition, status, last_at DESC, id DESC);
CREATE INDEX conversation_place ON conversation (inbox, disposition, last_at DESC, id DESC);
CREATE INDEX conversation_tally ON conversation (inbox, disposition, status, assignee_id, has_incoming, has_outgoing);
CREATE INDEX conversation_assignee ON conversation (assignee_id, inbox, disposition, status, last_at DESC, id DESC);
CREATE INDEX conversation_sent ON conversation (inbox, disposition, last_at DESC, id DESC) WHERE has_outgoing = 1;
CREATE INDEX conversation_linked ON conversation (linked_id) WHERE linked_id IS NOT NULL;
CREATE INDEX conversation_contact ON conversation (contact_id, last_at DESC);
CREATE INDEX conversation_delete ON conversation (delete_at) WHERE delete_at IS NOT NULL;
CREATE INDEX conversation_routing ON conversation (id) WHERE routing_due = 1;

CREATE TABLE message (
    id {id},
    conversation_id BIGINT NOT NULL,
    inbox TEXT NOT NULL,
    raw_id BIGINT NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    message_id TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    to_list TEXT NOT NULL,
    cc_list TEXT NOT NULL,
    reply_to_list TEXT NOT NULL,
    subject TEXT NOT NULL,
    preview TEXT NOT NULL,
    at BIGINT NOT NULL,
    author_id BIGINT,
    has_attachment BIGINT NOT NULL DEFAULT 0,
    trace TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX message_conversation ON message (conversation_id, id);
CREATE INDEX message_message_id ON message (message_id) WHERE message_id <> '';
CREATE INDEX message_raw ON message (raw_id);

-- Message-IDs that the messages of a conversation refer to: parents that come later find their children here.
CREATE TABLE reference (
    message_id TEXT NOT NULL,
    conversation_id BIGINT NOT NULL,
    PRIMARY KEY (message_id, conversation_id)
);
CREATE INDEX reference_conversation ON reference (conversation_id);

-- Outside people of a conversation; forwarded: only because something was forwarded to them.
CREATE TABLE participant (
    conversation_id BIGINT NOT NULL,
    address_key TEXT NOT NULL,
    forwarded BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, address_key)
);

CREATE TABLE attachment (
    message_id BIGINT NOT NULL,
    part_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    inline BIGINT NOT NULL,
    PRIMARY KEY (message_id, part_id)
);

CREATE TABLE event (
    id {id},
    conversation_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX event_conversation ON event (conversation_id, id);

-- How far each agent has read.
CREATE TABLE reading (
    agent_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, agent_id)
);

-- Senders that agents have blocked.
CREATE TABLE block (
    address_key TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- One message per inbox and digest; stays when the message is deleted for ever, so that it does not come back.
CREATE TABLE digest (
    inbox TEXT NOT NULL,
    digest TEXT NOT NULL,
    message_id BIGINT,
    PRIMARY KEY (inbox, digest)
);
CREATE INDEX digest_message ON digest (message_id) WHERE message_id IS NOT NULL;

-- The ledger: one row for each raw mail and inbox, written in the transaction that files it, never deleted.
CREATE TABLE filing (
    raw_id BIGINT NOT NULL,
    inbox TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    message_id TEXT NOT NULL,
    conversation_id BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (raw_id, inbox)
);
CREATE INDEX filing_outcome ON filing (outcome, raw_id);
CREATE INDEX filing_conversation ON filing (conversation_id) WHERE conversation_id IS NOT NULL;

-- Raw mails whose conversations are deleted for ever and whose bytes are still to be erased from mail.db.
CREATE TABLE purge (
    raw_id {key}
);

-- Delivery state for each recipient of an outgoing message.
CREATE TABLE delivery (
    message_id BIGINT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    reply TEXT NOT NULL,
    at BIGINT NOT NULL,
    next_at BIGINT,
    PRIMARY KEY (message_id, address)
);

-- The queue of outgoing mail.
CREATE TABLE outgoing (
    id {id},
    message_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    inbox TEXT NOT NULL,
    raw_id BIGINT NOT NULL,
    envelope_from TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    queued_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);
CREATE INDEX outgoing_due ON outgoing (next_at) WHERE state = 'waiting';
CREATE INDEX outgoing_message ON outgoing (message_id);
CREATE INDEX outgoing_conversation ON outgoing (conversation_id);

-- Who of a team got the newest conversation.
CREATE TABLE round_robin (
    team TEXT PRIMARY KEY,
    agent_id BIGINT NOT NULL
);
