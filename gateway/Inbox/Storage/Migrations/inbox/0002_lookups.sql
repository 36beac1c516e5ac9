-- What deleting for ever and the context panel look up; without these each look reads a whole table.
CREATE INDEX filing_conversation ON filing (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX conversation_linked ON conversation (linked_id) WHERE linked_id IS NOT NULL;
CREATE INDEX digest_message ON digest (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outgoing_conversation ON outgoing (conversation_id);

-- Few of many conversations have an answer in some inboxes.
DROP INDEX conversation_sent;
CREATE INDEX conversation_sent ON conversation (inbox, disposition, last_at DESC, id DESC) WHERE has_outgoing = 1;
