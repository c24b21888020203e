"""The reader of replies, made from an organisation's own exchanges alone."""

import argparse
from pathlib import Path

import numpy as np
import pytest
import yaml
from training.reply_card import write_reply_card
from training.reply_choice import LevelChoice, TurnChoice, choose, macro, reflects_from
from training.reply_data import HERE, own_replies
from training.reply_heads import write_reply_heads
from training.reply_sources import (
    FOLDS,
    NOWHERE,
    add_run_options,
    fold_of,
    learned_from,
    left_out_together,
    read_by,
    read_together,
    sets_of,
    sources_of,
    untaught,
)
from training.reply_wordings import N, TurnWords
from training.sums import write_sums

from attunement.domain.reply import Mechanism
from attunement.reading.model_files import WORDINGS
from attunement.reading.network import SIZE
from attunement.reading.reply_heads import SHAPES, WIDTHS, load_reply_heads
from attunement.reading.reply_windows import BEFORE
from attunement.reading.wordings import Wordings

RNG = np.random.default_rng(5)
CHOICES = [LevelChoice(1.0, np.array([0.0, 0.2, -0.1]), 0.5)] * len(Mechanism)
MEAN = RNG.normal(size=SIZE).astype(np.float32)


def reply(text: str) -> dict[str, object]:
    return {"text": text, "emotional_reactions": 1, "interpretations": 0, "explorations": 0, "spans": {}}


def write(folder: Path, posts: list[str], *, strategies: bool = True) -> Path:
    """A folder of own exchanges: two replies to each post, and a turn."""
    folder.mkdir()
    replies = [{"post": post, "replies": [reply("I am sorry."), reply("Oh no.")]} for post in posts]
    (folder / "data_replies.yaml").write_text(yaml.safe_dump(replies))
    if strategies:
        turns = [{"before": "I lost it.", "turn": "Where?", "strategy": "question"}]
        (folder / "data_strategies.yaml").write_text(yaml.safe_dump(turns))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write(tmp_path / "own", [f"post {k}" for k in range(7)])


def asked(cache: Path, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_run_options(parser)
    return parser.parse_args([*words, "--cache", str(cache)])


def test_of_own_exchanges_alone_only_empathy_is_held_out(own: Path) -> None:
    data, folder = sources_of(asked(own / "cache", "--only-own", "--own", str(own)))
    assert (data, folder) == (NOWHERE, own)
    sets = sets_of(data, folder)
    assert list(sets) == ["empathy"]
    assert len(sets["empathy"]) == 14
    assert {task: len(found) for task, found in learned_from(data, folder).items()} == {
        "empathy": 14, "strategy": 1, "behaviour+skill": 0, "reaction": 0,
    }  # fmt: skip


def test_all_that_answers_a_post_is_in_one_fold_and_no_fold_is_empty(tmp_path: Path) -> None:
    """Also where a post stands in the file twice."""
    own = write(tmp_path / "own", [*(f"post {k}" for k in range(6)), "post 0\n"])
    exchanges = own_replies(own)
    folds = fold_of(exchanges, seed=1)
    assert set(folds.values()) == set(range(FOLDS))
    by_post: dict[str, set[int]] = {}
    for exchange in exchanges:
        by_post.setdefault(exchange.before.strip(), set()).add(folds[exchange.group])
    assert len(by_post) == 6
    assert all(len(found) == 1 for found in by_post.values())


def test_with_public_sets_epitome_is_held_out_and_own_exchanges_are_not(tmp_path: Path, own: Path) -> None:
    folder = tmp_path / "data" / "epitome"
    folder.mkdir(parents=True)
    for mechanism in Mechanism:
        (folder / f"{mechanism.replace('_', '-')}-reddit.csv").write_text(
            "sp_id,rp_id,seeker_post,response_post,level,rationales\ns1,r1,I failed.,So sorry.,1,So sorry.\n"
        )
    data, _ = sources_of(asked(tmp_path / "cache", "--data", str(tmp_path / "data")))
    assert [e.group for e in sets_of(data, own)["empathy"]] == ["s1"]
    assert [e.group for e in learned_from(data, own)["empathy"]] == ["s1"]
    assert not (tmp_path / "cache").exists()


def test_every_level_of_our_replies_has_words_that_carry_it_and_no_reply_stands_twice() -> None:
    """A span that is no part of its reply would be left out without a word."""
    replies = own_replies()
    assert len({(e.before, e.reply) for e in replies}) == len(replies) > 1000
    for exchange in replies:
        assert [level > 0 for level in exchange.target] == [bool(spans) for spans in exchange.spans], exchange.reply


def test_too_few_posts_are_refused_before_anything_is_learned(tmp_path: Path) -> None:
    own = write(tmp_path / "own", ["one", "two"])
    with pytest.raises(SystemExit, match="2 posts; at least 5"):
        sources_of(asked(tmp_path / "cache", "--only-own", "--own", str(own)))
    with pytest.raises(SystemExit, match="0 posts"):
        sources_of(asked(tmp_path / "cache", "--only-own", "--own", str(tmp_path / "mistyped")))


@pytest.mark.parametrize("begun", ["replies.first.pt", "replies.pt", "replies-1-0.npz", "replies-1-0.run.pt"])
def test_a_run_never_goes_on_with_weights_of_other_exchanges(tmp_path: Path, own: Path, begun: str) -> None:
    """Neither from public sets to own ones, nor back, nor once own files have changed."""
    cache, alone = tmp_path / "cache", ("--only-own", "--own", str(own))
    cache.mkdir()
    (cache / begun).touch()
    sources_of(asked(cache))
    with pytest.raises(SystemExit, match="other exchanges"):
        sources_of(asked(cache, *alone))
    (cache / begun).unlink()
    sources_of(asked(cache, *alone))
    (cache / begun).touch()
    sources_of(asked(cache, *alone))
    with pytest.raises(SystemExit, match="other exchanges"):
        sources_of(asked(cache))
    (own / "data_strategies.yaml").unlink()
    with pytest.raises(SystemExit, match="other exchanges"):
        sources_of(asked(cache, *alone))
    sources_of(asked(cache, *alone, "--name", "another"))


def test_what_no_exchange_tells_of_is_untaught(tmp_path: Path, own: Path) -> None:
    assert untaught(NOWHERE, own) == ("behaviour", "skill", "reaction")
    bare = write(tmp_path / "bare", ["one"], strategies=False)
    assert untaught(NOWHERE, bare) == ("strategy", "behaviour", "skill", "reaction")


def state() -> dict[str, np.ndarray]:
    """Weights of a network, as they are named there."""
    names = {name: f"heads.{name}" for name in WIDTHS} | {"carries": "carries"}
    shapes = {key: (WIDTHS[name], SIZE) for name, key in names.items()}
    shapes |= {f"levels.{k}": SHAPES["levels"][:0:-1] for k in range(len(Mechanism))}
    found = {f"{key}.weight": RNG.normal(size=shape).astype(np.float32) for key, shape in shapes.items()}
    return found | {f"{key}.bias": RNG.normal(size=shape[0]).astype(np.float32) for key, shape in shapes.items()}


def test_untaught_heads_say_nothing_and_taught_ones_what_they_learned(tmp_path: Path, own: Path) -> None:
    """As they are loaded when they serve."""
    weights, file = state(), tmp_path / "heads.npz"
    write_reply_heads(
        file, weights, CHOICES, words=TurnWords.of([]), turn=None, scale=None, untaught=untaught(NOWHERE, own),
        version="v",
    )  # fmt: skip
    write_sums(tmp_path)
    heads, words = load_reply_heads(file), Wordings.open(tmp_path / WORDINGS, said=N, made_by="training.reply_reader")
    assert np.allclose(heads.behaviours(MEAN, words([7, 8, 9])), 1 / 6)
    assert heads.skill_of(MEAN) == 0.5
    assert not heads.reflects(np.array([0.5, 0.5, 0, 0, 0, 0]))
    assert heads.reactions(MEAN).tolist() == [4, 4]
    scores = weights["heads.strategy.weight"] @ MEAN + weights["heads.strategy.bias"]
    assert np.allclose(heads.strategy(MEAN), scores, atol=1e-3)
    assert np.ptp(heads.strategies(MEAN)) > 0.1
    assert np.allclose(heads.levels[1], weights["levels.1.weight"].T)


def test_taught_heads_are_calibrated_and_in_points(tmp_path: Path) -> None:
    weights, file = state(), tmp_path / "heads.npz"
    scale = argparse.Namespace(mean=np.array([3.0, 5.0], np.float32), sd=np.array([0.5, 2.0], np.float32))
    turn = TurnChoice(slope=2.0, offset=-1.0, reflects_from=0.4)
    write_reply_heads(file, weights, CHOICES, words=TurnWords.of([]), turn=turn, scale=scale, version="v")
    heads = load_reply_heads(file)
    assert heads.reflects(np.array([0.25, 0.25, 0.5, 0, 0, 0]))
    assert not heads.reflects(np.array([0.25, 0.125, 0.625, 0, 0, 0]))
    skill, reaction = (weights[f"heads.{n}.weight"] @ MEAN + weights[f"heads.{n}.bias"] for n in ("skill", "reaction"))
    assert np.allclose(heads.skill(MEAN), 2 * skill - 1, atol=1e-3)
    assert np.allclose(heads.reaction(MEAN), scale.mean + scale.sd * reaction, atol=1e-3)


def test_the_card_says_what_it_was_made_from_and_what_was_not_taught(tmp_path: Path, own: Path) -> None:
    file = tmp_path / "card.md"
    figures = {"Own exchanges, explorations: macro-F1": [0.5, 0.7]}
    write_reply_card(file, figures, CHOICES, "2027-01-02", data=NOWHERE, own=own)
    card = file.read_text()
    assert "14 replies to 7 posts" in card
    assert "MiniLM (all-MiniLM-L6-v2) | Apache-2.0" in card
    assert f"the last {BEFORE} tokens" in card
    assert "| Own exchanges, explorations: macro-F1 | 0.600 (0.500 to 0.700) | 2 |" in card
    assert "**Not taught**" in card
    assert all(f"`{head}` (" in card for head in ("behaviour", "skill", "reaction"))
    assert "`strategy` (" not in card
    assert not any(word in card for word in ("non-commercial", "EPITOME", "ESConv", "AnnoMI"))
    write_reply_card(file, figures, CHOICES, "2027-01-02", data=NOWHERE, own=own, start="models/text")
    assert "--own FOLDER --start models/text\n" in file.read_text()
    assert "| the network `models/text` | see its card |" in file.read_text()
    write_reply_card(file, figures, CHOICES, "2027-01-02", data=NOWHERE, own=HERE)
    assert "Apache-2.0" in file.read_text()


@pytest.mark.parametrize(
    ("n_folds", "told"), [(1, ", of which 1 was run;"), (2, ", of which 2 were run;"), (5, "recipe;")]
)
def test_the_card_says_where_not_all_folds_were_run(tmp_path: Path, n_folds: int, told: str) -> None:
    file = tmp_path / "card.md"
    write_reply_card(file, {}, CHOICES, "2027-01-02", data=tmp_path, n_folds=n_folds)
    assert told in file.read_text().replace("\n", " ")


def test_the_card_of_public_sets_keeps_their_terms(tmp_path: Path) -> None:
    file = tmp_path / "card.md"
    write_reply_card(file, {}, CHOICES, "2027-01-02", data=tmp_path)
    assert "**Research, non-commercial.**" in file.read_text()


def test_a_rare_level_is_found_though_it_is_seldom_the_likeliest() -> None:
    levels = np.repeat([0, 1, 2], [160, 20, 20])
    scores = np.eye(3)[levels] * 1.5 + np.array([1.0, 0.0, 0.0]) + 0.6 * RNG.normal(size=(200, 3))
    tokens = [np.full(3, 0.3) if level == 0 else np.array([0.9, 0.6, 0.1]) for level in levels]
    carried = [np.zeros(3) if level == 0 else np.array([1.0, 1.0, 0.0]) for level in levels]
    how = choose(scores, levels, tokens, carried)
    assert macro(levels, how.levels(scores)) > macro(levels, scores.argmax(axis=1)) + 0.02
    assert 0.1 < how.cut <= 0.6


def test_a_lucky_corner_is_not_taken() -> None:
    """One weak reply of twenty that only a far offset would find does not move what all others are taken for."""
    levels = np.repeat([0, 2, 1], [100, 80, 20])
    scores = np.eye(3)[np.repeat([0, 2, 0], [100, 80, 20])] * 3.0
    scores[-1] = (1.6, 0.0, 0.0)
    how = choose(scores, levels, [np.zeros(1)] * 200, [np.zeros(1)] * 200)
    assert np.abs(how.offset).max() < 1.0
    assert (how.levels(scores) == scores.argmax(axis=1)).all()


def test_a_turn_reflects_from_where_about_as_many_are_found_as_there_are() -> None:
    """Of 100 turns at .4 half are reflections, at .25 none and at .9 all: from anywhere in between F1 is the best."""
    p = np.repeat([0.25, 0.4, 0.9], 100)
    reflects = np.concatenate([np.zeros(100, bool), np.arange(100) % 2 == 0, np.ones(100, bool)])
    assert 0.25 < reflects_from(p, reflects) <= 0.4
    assert reflects_from(p, p > 0.5) > 0.4


@pytest.mark.parametrize("seeds", [(1,), (1, 2), (2, 4, 5)])
def test_no_network_reads_what_it_learned_from_and_each_row_is_read_once(own: Path, seeds: tuple[int, ...]) -> None:
    """Whatever folds the networks of a mean left out, it reads those exchanges alone that all of them left out."""
    exchanges = own_replies(own)
    groups = {"empathy": [e.group for e in exchanges]}
    folds_of = {seed: {"empathy": fold_of(exchanges, seed)} for seed in seeds}
    read = []
    for k in range(FOLDS):
        for left, rows in left_out_together(groups, folds_of, seeds[0], k):
            assert left[seeds[0]] == k
            for row in rows["empathy"]:
                assert all(folds_of[seed]["empathy"][groups["empathy"][row]] == fold for seed, fold in left.items())
            read += rows["empathy"]
    assert sorted(read) == list(range(len(exchanges)))


def test_answers_tell_which_networks_read_together(tmp_path: Path) -> None:
    """So that those of one network alone, or of other seeds, are not taken for these."""
    assert [read_together(range(1, 6), seed) for seed in (1, 5)] == [[1, 2, 3], [5, 1, 2]]
    assert read_together(range(1, 3), 2) == [2, 1]
    np.savez(tmp_path / "old.npz", empathy_rows=[0])
    np.savez(tmp_path / "new.npz", empathy_rows=[0], read_by=[5, 1, 2])
    assert (read_by(tmp_path / "old.npz"), read_by(tmp_path / "new.npz")) == ([], [5, 1, 2])


@pytest.mark.parametrize(("n_together", "told"), [(1, None), (2, "of two networks"), (3, "of three networks")])
def test_the_card_says_how_many_networks_read_an_exchange(tmp_path: Path, n_together: int, told: str | None) -> None:
    file = tmp_path / "card.md"
    for data in (NOWHERE, tmp_path):
        write_reply_card(file, {}, CHOICES, "2027-01-02", data=data, n_together=n_together)
        said = file.read_text().replace("\n", " ")
        assert "mean of the weights of three networks" in said
        assert told in said if told else "reads each exchange" not in said
