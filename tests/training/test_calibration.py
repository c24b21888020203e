"""Scores become probabilities, and probabilities answers."""

import numpy as np
from training.calibration import cross_fitted, fit_thresholds, folds, sigmoid

RNG = np.random.default_rng(7)


def test_the_threshold_gives_the_greatest_expected_f1() -> None:
    p = RNG.beta(0.4, 2.0, (200, 3))
    found = fit_thresholds(p)
    for k in range(3):
        expected = {t: 2 * p[p[:, k] >= t, k].sum() / ((p[:, k] >= t).sum() + p[:, k].sum()) for t in p[:, k]}
        assert np.isclose(expected[found[k]], max(expected.values()))


def test_calibrated_scores_tell_how_often_they_are_right() -> None:
    truth = RNG.random((4000, 1))
    scores = 3 * np.log(truth / (1 - truth)) + 1  # too sure, and shifted
    y = (RNG.random((4000, 1)) < truth).astype(float)
    p, _ = cross_fitted(scores, y)
    assert np.abs(p - truth).mean() < 0.03
    assert np.abs(sigmoid(scores) - truth).mean() > 0.15


def test_answers_of_a_fold_do_not_hang_on_its_own_labels() -> None:
    scores = RNG.normal(size=(500, 2))
    y = (RNG.random((500, 2)) < sigmoid(2 * scores)).astype(float)
    changed = y.copy()
    own = folds(500) == 3
    changed[own] = 1 - changed[own]
    (p, found), (q, refound) = cross_fitted(scores, y), cross_fitted(scores, changed)
    assert (p[own] == q[own]).all()
    assert (found[own] == refound[own]).all()
    assert (p[~own] != q[~own]).any()
