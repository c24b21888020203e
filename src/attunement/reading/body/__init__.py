"""Reads body signals: files people have, cleaned, in windows, against the person's own baseline."""
