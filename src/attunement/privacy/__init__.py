"""Consent by purpose, and the vault that seals each member's words under a key of their own."""
