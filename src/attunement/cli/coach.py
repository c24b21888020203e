"""``attune coach``: drafts in; how they read, what could be added and what may hurt out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.cli.opening import DEFAULT_URL, Models, Url
from attunement.cli.replies import empathy_face

if TYPE_CHECKING:
    from attunement.domain.coaching import DangerNotice, Feedback
    from attunement.programme.coach_trial import CoachedLine

BATCH = 8
EXAMPLES = """
Example:

  echo '{"post": "My dad left us last week.", "draft": "You can look for a cheaper flat."}' | attune coach

  attune coach --trial > coached.jsonl
"""


def add_to(app: typer.Typer) -> None:
    """Add ``coach``."""
    app.command("coach", epilog=EXAMPLES)(coach)


def coach(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines with fields 'post' and 'draft'; standard input by default.")
    ] = None,
    trial: Annotated[
        bool, typer.Option("--trial", help="Write what came of the coach in a programme instead.")
    ] = False,
    url: Url = DEFAULT_URL,
    models: Models = None,
) -> None:
    """Give feedback on drafts of replies: JSON lines in, JSON lines out, order kept.

    Each line has what 'attune empathy' says of the draft, what it "mostly" does ("asks", "reflects" or "informs", null
    where that is not clear), up to three "suggestions", best first, "cautions", and whether the post may point to
    "danger"; then "danger_of" names its kind ("suicide", "violence", "child", "threat", "another" or "emergency"),
    "notice" says it in a sentence, and "asks" is a plain question about it until the draft asks one. Else these three
    are null.
    A suggestion inserts "text" at "start", or replaces the draft from "start" to "end" by it; the reason says why.
    Other fields of a line are left unread. A line that cannot be read gives a line with "error" in its place, and the
    command ends with 3.

    With --trial, a line for each line supporters sent where features of the coach had been drawn: "talk" (lines of one
    conversation share a number), "drawn" and "chances" by feature, "probability" of the whole draw, whether the coach
    was "on", the "levels" the line reads at and the "fates" of its suggestions. Nobody is named.
    """
    if trial:
        _write_trial(url)
        return
    from attunement.cli.jsonl import answer_lines, required_text
    from attunement.dialogue.coach import open_coach

    ours = open_coach(models=models)
    answer_lines(
        file,
        lambda line: (required_text(line, "post"), required_text(line, "draft")),
        lambda pairs: [coach_face(ours.feedback(post, draft)) for post, draft in pairs],
        batch=BATCH,
    )


def _write_trial(url: str) -> None:
    from attunement.cli.jsonl import as_line, sink_of
    from attunement.cli.opening import opened
    from attunement.programme.coach_trial import access_coach_trial

    with opened(url) as house, sink_of(None) as sink:
        for line in access_coach_trial(house):
            sink.write(as_line(trial_face(line)))
        sink.flush()


def trial_face(line: CoachedLine) -> dict[str, Any]:
    """A line of a trial as JSON."""
    return {
        "talk": line.talk, "drawn": {str(f): drawn for f, drawn in line.drawn.items()},
        "chances": {str(f): chance for f, chance in line.chances.items()}, "probability": line.probability,
        "on": line.on, "levels": {str(m): level for m, level in line.levels.items()},
        "fates": {str(fate): times for fate, times in line.fates.items()},
    }  # fmt: skip


def coach_face(feedback: Feedback) -> dict[str, Any]:
    """Feedback as JSON, with the fields others rely on."""
    suggestions = [
        {
            "kind": str(s.change), "start": s.start, "end": s.end, "text": s.text, "reason": s.reason,
            "adds": str(s.adds),
        }
        for s in feedback.suggestions
    ]  # fmt: skip
    cautions = [{"kind": str(c.harm), "start": c.start, "end": c.end, "reason": c.reason} for c in feedback.cautions]
    return empathy_face(feedback.reading) | {
        "mostly": str(feedback.mostly) if feedback.mostly else None, "suggestions": suggestions, "cautions": cautions,
    } | danger_face(feedback.notice)  # fmt: skip


def danger_face(notice: DangerNotice | None) -> dict[str, Any]:
    """What is told of danger as JSON: null where there is none, and the question where it is asked already."""
    return {
        "danger": notice is not None, "danger_of": str(notice.of) if notice else None,
        "notice": notice.says if notice else None, "asks": (notice.asks or None) if notice else None,
    }  # fmt: skip
