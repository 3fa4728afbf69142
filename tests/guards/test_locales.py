"""The French catalogue is complete, and says what the English says."""

from __future__ import annotations

import re
from string import Formatter

from babel.messages.pofile import read_po

from ect.i18n import LOCALES
from tests.guards.messages import messages


def catalogue() -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    found: dict[str | tuple[str, ...], str | tuple[str, ...]] = {}
    for path in sorted((LOCALES / "fr").glob("*.po")):
        with path.open("rb") as stream:
            found.update(
                {message.id: message.string for message in read_po(stream, locale="fr") if message.id}
            )
    return found


def fields(text: str | tuple[str, ...]) -> set[str]:
    words = text if isinstance(text, tuple) else (text,)
    return {name for word in words for _, name, _, _ in Formatter().parse(word) if name}


def test_every_message_is_in_the_french_catalogue() -> None:
    known = catalogue()
    assert [message for message in messages() if message not in known] == []


def test_the_catalogue_holds_nothing_the_interface_does_not_say() -> None:
    said = messages()
    assert [message for message in catalogue() if message not in said] == []


def test_every_message_is_translated() -> None:
    assert [
        key for key, said in catalogue().items() if not all(said if isinstance(said, tuple) else [said])
    ] == []


def test_a_translation_has_the_same_fields() -> None:
    assert {key: said for key, said in catalogue().items() if fields(key) != fields(said)} == {}


def test_french_signs_stand_after_a_space_that_does_not_break() -> None:
    wrong = [
        word
        for said in catalogue().values()
        for word in (said if isinstance(said, tuple) else (said,))
        if re.search(r" [:;?!»]|« |[^\s\N{NO-BREAK SPACE}][;?!]", word)
    ]
    assert wrong == []
