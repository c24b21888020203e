"""Conversation: composing and ranking replies, language models, guards, and the coach for people's own drafts."""
