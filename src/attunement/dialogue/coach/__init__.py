"""The coach on a supporter's own draft."""

from attunement.dialogue.coach.coach import Coach, open_coach

__all__ = ["Coach", "open_coach"]
