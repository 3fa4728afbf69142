"""The domain's one exception: a code and its values, no wording."""

from ect.domain.errors import DomainError


def test_an_error_carries_its_code_and_its_values() -> None:
    error = DomainError("level_out_of_range", criterion="mirror", value=3)
    assert error.code == "level_out_of_range"
    assert error.values == {"criterion": "mirror", "value": 3}


def test_a_value_may_itself_be_called_code() -> None:
    assert DomainError("framework_unknown", code="x").values == {"code": "x"}


def test_a_developer_reads_the_code_and_the_values() -> None:
    assert str(DomainError("comparison_size", found=1)) == "comparison_size(found=1)"
