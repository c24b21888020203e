"""Chooses a practice with known probabilities, learns from outcomes, and says why."""
