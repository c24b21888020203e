"""Estimates how a member is now, and (later) how they may be."""
