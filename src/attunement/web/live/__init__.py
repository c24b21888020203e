"""Server-sent events: what happens in a conversation, or in the queue, as it happens."""
