"""Danger over a whole talk: how much there is, what was asked and answered, what the programme is to do."""
