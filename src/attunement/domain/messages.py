"""Marks words for people wherever they stand, so that translators' tools find them (gettext, ``-k N_``)."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name translators' tools look for
    """The message itself; it is translated where it is shown.

    >>> N_("All right.")
    'All right.'
    """
    return message
