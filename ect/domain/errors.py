"""The one exception the domain raises: a code and its values, never a sentence."""

from __future__ import annotations


class DomainError(Exception):
    """A rule of the domain was broken.

    The interface turns ``code`` and ``values`` into a sentence in the reader's language; the domain
    itself holds no wording.

    Parameters
    ----------
    code
        What rule was broken, in snake case (``"level_out_of_range"``).
    values
        What the sentence needs: the offending value, the criterion's code, the bounds. Any name
        will do, ``code`` included.

    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values = values
        details = ", ".join(f"{name}={value!r}" for name, value in values.items())
        super().__init__(f"{code}({details})")
