"""Reads texts: emotion, affect, stress, need, risk, and the signals of a skill in what a member wrote."""
