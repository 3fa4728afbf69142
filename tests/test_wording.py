"""Words that pages and documents share."""

from __future__ import annotations

import pytest

from ect.domain.robustness import Acceptance
from ect.i18n import Speaker
from ect.wording import first_words


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (0.0, "SuT n'arrive jamais premier."),
        (0.0001, "moins d'une fois"),
        (0.0099, "moins d'une fois"),
        (0.01, "1 fois."),
        (0.925, "93 fois."),
        (0.99, "99 fois."),
        (0.9999, "plus de 99 fois"),
        (1.0, "100 fois."),
    ],
)
def test_a_share_is_said_so_that_nobody_thinks_it_nothing_or_everything(first: float, said: str) -> None:
    one = Acceptance("sut", (first, 1 - first), 2 - first, 0.0, None, None)
    assert said in first_words(Speaker("fr"), "SuT", one)
