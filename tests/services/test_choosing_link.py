"""A choice as a link: what is written is read again, what is not understood is named."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.choice import Constraint, Demand
from ect.domain.errors import DomainError
from ect.services.choosing import eligible
from ect.services.choosing_link import MOST_SETS, Asked, read_choice, within, write_choice
from ect.storage.database import Database

named = st.builds(Constraint, st.sampled_from([Demand.REQUIRED, Demand.EXCLUDED]), st.text(max_size=20))
grouped = st.builds(
    Constraint,
    st.sampled_from([Demand.AT_LEAST, Demand.AT_MOST]),
    st.text(max_size=20).map(lambda text: f"theme/{text}"),
    st.integers(0, 999),
)
asked = st.builds(
    Asked,
    st.none() | st.integers(0, 9999),
    st.lists(named | grouped, unique=True, max_size=12).map(tuple),
    st.none() | st.fractions(0, 9, max_denominator=99),
    st.integers(1, 50),
)


@given(asked)
def test_what_is_written_is_read_again(what: Asked) -> None:
    assert read_choice(write_choice(what)) == what


def test_a_link_can_be_read_by_a_person() -> None:
    what = Asked(2, (Constraint(Demand.AT_LEAST, "theme/bois"), Constraint(Demand.REQUIRED, "sut")))
    assert write_choice(what) == "size=2,min1=theme/bois,with=sut"
    assert write_choice(Asked()) == ""
    assert write_choice(Asked(gap=Fraction(1, 2), limit=5)) == "gap=1/2,sets=5"


@pytest.mark.parametrize(
    "part", ["beaucoup", "size=x", "size=-1", "min=theme/bois", "with2=sut", "gap=1/0", "min1=a=b", "gap=-1"]
)
def test_what_is_not_understood_is_named(part: str) -> None:
    with pytest.raises(DomainError) as refusal:
        read_choice(f"size=2,{part}")
    assert (refusal.value.code, refusal.value.values) == ("choice_unreadable", {"part": part})


def test_a_link_holds_a_bounded_number_of_constraints() -> None:
    with pytest.raises(DomainError, match="choice_too_many_constraints"):
        read_choice(",".join(f"with=t{place}" for place in range(41)))


def test_a_size_nobody_chose_leaves_something_out(db: Database) -> None:
    assert within(eligible(db), Asked())[0].size == 2


def test_what_is_gone_is_set_aside_and_figures_stay_within_bounds(db: Database) -> None:
    gone = (
        Constraint(Demand.AT_LEAST, "theme/eau"),
        Constraint(Demand.REQUIRED, "vaux-sur-poligny"),
        Constraint(Demand.EXCLUDED, "theme/bois"),
    )
    kept = Constraint(Demand.AT_MOST, "theme/bois")
    found, lost = within(eligible(db), Asked(99, (*gone, kept), None, 0))
    assert (found.size, found.limit, found.constraints) == (3, 1, (kept,))
    assert lost == gone
    assert within(eligible(db), Asked(0, limit=999))[0] == Asked(1, limit=MOST_SETS)
