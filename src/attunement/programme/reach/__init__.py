"""Reaching a member with an offer at a moment that seems good: when, how, and whether at all."""
