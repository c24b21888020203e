"""Conversations: who owns each, what is said in it, and the people who take over. One file a noun."""
