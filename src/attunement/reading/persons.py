"""Whom people write of when somebody hurts or keeps them, as parts of patterns."""

from __future__ import annotations

PARTNER = r"(?:husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc\w+|ex)"
KIN = r"(?:dad|father|mum|mom|mother|parents|brother|sister|uncle|son|family|(?:room|flat)mate)"
ELDER = r"(?:dad|father|pa|uncle|brother|cousin|mother|mum|mom|coach|teacher|neighbou?r|priest|pastor)"
"""Who may touch a child, or not, by what they are to it."""
LOVER = rf"my (?:own |ex[ -]?)?{PARTNER}"
CLOSE = rf"my (?:own |ex[ -]?|step[ -]?)?(?:{PARTNER}|{KIN})"
WHO = rf"(?:he|she|they|{CLOSE})"
MAN = (
    r"(?:my (?:own )?(?:step[ -]?|grand ?|foster |god ?)?"
    r"(?:dad|daddy|father|pa|uncle|brother|cousin|coach|teacher|tutor|neighbou?r|priest|pastor)|"
    r"my step ?-?(?:mum|mom|mother)|(?:my )?(?:grandad|grandpa)|the (?:coach|teacher|priest|pastor|lodger)|"
    r"(?:my )?(?:mum|mom|mother|sister|aunt)'?s (?:boyfriend|partner|husband|new man))"
)
"""Those a child most often tells such things of, in its family and near it."""
ADULT = rf"(?:{MAN}|my (?:mum|mom|mother))"
