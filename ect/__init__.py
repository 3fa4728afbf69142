"""ECT: score local projects on the grid of cooperative entrepreneurship of territory."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ect.laboratory import CODEBOOK, Store, open  # noqa: A004

__all__ = ["CODEBOOK", "Store", "__version__", "open"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Bring the laboratory's API in when it is asked for: what makes the environment has no library yet."""
    if name in {"CODEBOOK", "Store", "open"}:
        from ect import laboratory

        return getattr(laboratory, name)
    raise AttributeError(f"module 'ect' has no attribute {name!r}")
