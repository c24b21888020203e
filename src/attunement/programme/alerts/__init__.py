"""Alerts: somebody may be in danger; who is told, who looks after it, and what if nobody does."""
