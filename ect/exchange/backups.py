"""What is in a copy of the store, and what putting it back changes, in words for a screen or a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.sentences import sentence
from ect.services.backups import Changes, Contents, Examined, Restored

LISTED = 8

KIND_WORDS = {
    "grids": _("Versions of the grid"),
    "terrains": _("Terrains"),
    "ratings": _("Levels given at the projector"),
    "assessments": _("Dated scores"),
    "meetings": _("Meetings"),
    "seats": _("Participants"),
    "votes": _("Answers in meetings"),
    "scenarios": _("Scenarios"),
    "events": _("Events of the audit"),
}


def size_words(say: Speaker, size: int) -> str:
    """Write a size in bytes as people read it."""
    if size < 1_000_000:
        return say.t("{size} kB", size=say.number(max(1, size // 1000), 0))
    return say.t("{size} MB", size=say.number(size / 1_000_000, 1))


def count_rows(say: Speaker, held: Contents) -> list[tuple[str, str]]:
    """Return how many there are of each kind, as words and a figure."""
    return [(say.t(words), say.number(held.counts[kind], 0)) for kind, words in KIND_WORDS.items()]


def change_rows(say: Speaker, found: Changes) -> list[tuple[str, str, str]]:
    """Return how many there are of each kind before and after."""
    return [
        (
            say.t(words),
            say.number(found.before.counts[kind], 0),
            say.number(found.after.counts[kind], 0),
        )
        for kind, words in KIND_WORDS.items()
    ]


def change_sentences(say: Speaker, found: Changes) -> list[str]:
    """Say which terrains and meetings come back, go away or change, and when the last answers are from."""
    lists = (
        (say.t("Terrains that come back: {names}."), found.terrains_back),
        (say.t("Terrains that go away: {names}."), found.terrains_gone),
        (say.t("Terrains whose record changes: {names}."), found.terrains_changed),
        (say.t("Meetings that come back: {names}."), found.meetings_back),
        (say.t("Meetings that go away: {names}."), found.meetings_gone),
    )
    said = [words.format(names=_listed(say, names)) for words, names in lists if names]
    if found.before.last_answer != found.after.last_answer:
        said.append(
            say.t(
                "Last answer: {after}, instead of {before}.",
                after=_moment(say, found.after),
                before=_moment(say, found.before),
            )
        )
    return said or [say.t("Neither a terrain, a meeting nor an answer differs.")]


def examined_text(found: Examined, language: str) -> str:
    """Say what is in a store and whether it is sound, for a terminal."""
    say = Speaker(language)
    lines = [say.t("{file}, {size}", file=found.path.name, size=size_words(say, found.size))]
    if found.made_at:
        lines.append(say.t("Copy made on {moment}.", moment=say.moment(found.made_at)))
    if found.contents:
        rows = count_rows(say, found.contents)
        lines += [f"  {say.pair(words, figure)}" for words, figure in rows]
        lines.append(say.t("Last answer: {moment}.", moment=_moment(say, found.contents)))
        lines.append(say.t("Head of the audit: {head}", head=found.contents.head))
    return "\n".join([*lines, *verdict_sentences(found, language)])


def verdict_sentences(found: Examined, language: str) -> Iterator[str]:
    """Say that a store is sound, or what is wrong with it: one sentence each."""
    say = Speaker(language)
    if found.older:
        yield say.t("It was made by an older version of ECT: it is brought up to date when it is put back.")
    if not found.problems:
        yield say.t("Sound: pages, references, audit and documents were checked.")
    for problem in found.problems:
        yield sentence(problem, language)


def restored_text(found: Restored, language: str) -> str:
    """Say what putting a copy back changed, for a terminal."""
    say = Speaker(language)
    rows = [
        f"  {say.pair(words, f'{before} → {after}')}"
        for words, before, after in change_rows(say, found.changes)
        if before != after
    ]
    lines = [say.t("The copy was put back."), *rows, *change_sentences(say, found.changes)]
    if found.erased:
        lines.append(erased_again(say, found.erased))
    return "\n".join([*lines, say.t("What was there is kept in {path}", path=found.kept)])


def erased_again(say: Speaker, count: int) -> str:
    """Say that persons erased since the copy were erased in it too."""
    return say.n(
        "{count} person erased since the copy was erased again.",
        "{count} persons erased since the copy were erased again.",
        count,
    )


def _listed(say: Speaker, names: Sequence[str]) -> str:
    shown = ", ".join(names[:LISTED])
    rest = len(names) - LISTED
    return (
        say.n("{names} and {count} more", "{names} and {count} more", rest, names=shown)
        if rest > 0
        else shown
    )


def _moment(say: Speaker, held: Contents) -> str:
    return say.moment(held.last_answer) if held.last_answer else say.t("no answer yet")
