"""Frozen values, events and errors. A leaf: it imports nothing else of Attunement."""
