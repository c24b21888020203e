"""A head hears what words say beside what the network finds."""

from __future__ import annotations

import numpy as np
import pytest
from training.wordings import COLUMNS, SHARE, beside_words

from attunement.reading.heads import Head
from attunement.reading.network import SIZE
from attunement.reading.wordings import SAID


@pytest.mark.parametrize("name", COLUMNS)
def test_each_output_hears_its_own_column_and_no_other(name: str) -> None:
    columns = COLUMNS[name]
    n = len(range(*columns.indices(SAID)))
    alone = Head(np.ones((SIZE, n), np.float32), np.zeros(n, np.float32))
    vectors = np.zeros((SAID, SIZE + SAID), np.float32)
    vectors[:, SIZE:] = np.eye(SAID)
    heard = beside_words(alone, columns)(vectors)
    expected = np.zeros((SAID, n))
    expected[columns] = np.diag(SHARE[columns])
    np.testing.assert_allclose(heard, expected, atol=1e-6)


def test_where_words_say_nothing_a_head_says_what_it_said() -> None:
    rng = np.random.default_rng(1)
    alone = Head(rng.normal(size=(SIZE, 3)).astype(np.float32), rng.normal(size=3).astype(np.float32))
    vectors = np.pad(rng.normal(size=(4, SIZE)), ((0, 0), (0, SAID))).astype(np.float32)
    np.testing.assert_allclose(beside_words(alone, COLUMNS["affect"])(vectors), alone(vectors), atol=1e-5)
