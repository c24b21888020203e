"""Words that turn what somebody wrote into what is told back to them."""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    """``a=b`` pairs, apart by commas."""
    return dict(pair.strip().split("=") for pair in text.split(","))


PLAIN = _pairs(
    "im=i'm, ive=i've, ill=i'll, id=i'd, iam=i am, dont=don't, cant=can't, didnt=didn't, doesnt=doesn't, wont=won't,"
    "isnt=isn't, wasnt=wasn't, couldnt=couldn't, havent=haven't, wanna=want to, gonna=going to, gotta=have to,"
    "thats=that's, hes=he's, shes=she's, theyre=they're, bc=because, cuz=because, abt=about, rn=right now, ppl=people"
)
"""What is written in haste, and how it is spelt."""

SECOND_PERSON = _pairs(
    "i=you, i'm=you're, i've=you've, i'd=you'd, i'll=you'll, me=you, my=your, mine=yours, myself=yourself, we=you,"
    "we're=you're, we've=you've, we'd=you'd, we'll=you'll, us=you, our=your, ours=yours, ourselves=yourselves"
)
"""First person to second."""

_ENDS = (
    "a an the to of and but or so because as at in on for with from by about into my your his their our i he "
    "she they we it's that's than that which who whom whose when while if is are was were be been am do does did "
    "don't can can't could would will won't should have has had not very really too just more most also even i'm "
    "you're i've you've such this these those no any some every its what how why where much being like until since "
    "after before without only want need feel get got make think know never always going"
)
DANGLING = frozenset(_ENDS.split())
"""What a clause does not end with."""

WHICH = (
    "(?:best|old|new|older|younger|little|big|only|twin|late|mental|high|close|closest|online|baby|step|whole|entire|"
    "current|last|first)"
)
PEOPLE = (
    "mum|mom|mother|dad|father|parents?|family|sister|brother|siblings?|son|daughter|kids?|child|children|baby|husband|"
    "wife|partner|boyfriend|girlfriend|bf|gf|ex|fianc[e\u00e9]e?|friends?|friendship|roommates?|flatmate|boss|manager|"
    "coworkers?|colleagues?|teachers?|professor|therapist|psychiatrist|counsell?or|doctor|grandma|grandpa|grandmother|"
    "grandfather|grandparents|nan|aunt|uncle|cousin|niece|nephew|neighbou?rs?|dog|cat|pet|puppy|crush"
)
"""Whom people speak of as theirs."""

MATTERS = (
    "school|college|university|uni|jobs?|work|home|feelings|body|confidence|past|future|childhood|appearance|weight"
)
"""What people speak of as theirs, and as nobody's ("at work") too often to name it without them."""

ANY_MATTERS = (
    "career|exams?|finals|test|grades|degree|studies|homework|thesis|marriage|relationships?|divorce|breakup|break up|"
    "wedding|health|illness|diagnosis|anxiety|depression|panic attacks?|insomnia|sleep|medication|meds|therapy|surgery|"
    "hospital|pain|grief|loneliness|loss|guilt|shame|fears?|anger|memories|self[- ]esteem|drinking|addiction|debts?|"
    "money|finances|rent|apartment|flat|birthday|christmas|holidays|funeral|interview|promotion|music|painting|writing|"
    "art|emptiness|stress|bullying|social life|social anxiety|social skills|silence"
)
"""What people speak of, theirs or not."""
