"""The minutes of a meeting: what was decided and why, the scores, how far people agreed, the proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ect.domain.agreement import Distribution
from ect.domain.meeting import Abstentions, Settings, Verdict
from ect.i18n import Speaker
from ect.reports.common import (
    formula_words,
    leader_words,
    letterhead_of,
    maxima,
    measured,
    placed,
    profile_radar,
    ranking_table,
    robustness_blocks,
)
from ect.reports.content import (
    Align,
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
    finished,
)
from ect.reports.files import file_name
from ect.services.document_settings import DocumentSettings
from ect.services.minutes import Minutes, Named, Person
from ect.wording import VERDICTS, consensus_words, numbered_labels

Spread = Mapping[str, Distribution]


def minutes_document(
    told: Minutes, head: DocumentSettings, say: Speaker, named: Named, place: str = ""
) -> Document:
    """Return the minutes, as their content; ``place`` is where the meeting was held, if told."""
    title = head.titles.get("minutes") or say.t("Minutes of a meeting")
    grid = told.found.grid
    blocks = [
        *_labels(told, say),
        _about(told, say, place),
        Heading(say.t("Decisions")),
        *_decisions(told, say),
        Heading(say.t("Ranking")),
        *_ranking(told, say),
        Heading(say.t("How sure is this ranking?")),
        *robustness_blocks(say, told.on, told.examined),
        Heading(say.t("Participants")),
        *_people(told, say, named),
        Heading(say.t("Terrain by terrain")),
        *(block for code in told.found.terrains for block in _terrain(told, say, named, code)),
        Heading(say.t("Proof")),
        *_proof(told, say),
    ]
    kind = say.t("minutes")
    document = Document(
        name=file_name(told.at, kind, told.meeting.title),
        title=title,
        subtitle=told.meeting.title,
        language=say.language,
        letterhead=letterhead_of(head, say),
        date=told.at,
        blocks=tuple(blocks),
        foot=say.t("Grid {code} {version}", code=grid.code.upper(), version=grid.version),
    )
    return finished(document)


def _labels(told: Minutes, say: Speaker) -> Iterator[Block]:
    if told.meeting.demo:
        yield Callout(say.t("Demonstration: nothing here is a real decision."), Tone.WARNING)
    if told.draft:
        words = say.t("Draft: the meeting is not closed; values and decisions may still change.")
        yield Callout(words, Tone.WARNING)
    if told.hidden:
        names = ", ".join(told.names[code] for code in told.hidden)
        words = say.t(
            "Not in this copy, because whoever made it is recused from them: {terrains}.", terrains=names
        )
        yield Callout(words, Tone.WARNING)


def _about(told: Minutes, say: Speaker, place: str) -> Facts:
    grid, status = told.found.grid, told.meeting.status
    when = say.t("Stood so on") if told.draft else say.t("Closed on")
    facts = [(when, say.moment(told.at))]
    if place.strip():
        facts.append((say.t("Place"), place.strip()))
    facts += [
        (say.t("Terrains"), ", ".join(told.names[code] for code in told.found.terrains)),
        (say.t("Grid"), f"{grid.title.read(say.language)} ({grid.code}/{grid.version})"),
        (say.t("People who rated"), say.number(len({v.participant for v in told.found.votes}), 0)),
        (say.t("Rounds"), say.number(status.visible_rounds, 0)),
        (say.t("Secrecy"), _secrecy(told.meeting.settings, say)),
        (say.t("Who does not know or abstains"), _abstentions(told.meeting.settings, say)),
    ]
    return Facts(tuple(facts))


def _secrecy(settings: Settings, say: Speaker) -> str:
    blind = say.t("rated blind, then revealed") if settings.blind else say.t("rated openly")
    names = say.t("names shown beside ratings") if settings.names_shown else say.t("ratings by pseudonym")
    return f"{blind}; {names}" if say.language == "en" else f"{blind}\N{NO-BREAK SPACE}; {names}"


def _abstentions(settings: Settings, say: Speaker) -> str:
    if settings.abstentions is Abstentions.HALF:
        return say.t("a criterion is unknown unless at least half of those who answered gave a level")
    return say.t("is left out: the mean is that of the levels given")


def _decisions(told: Minutes, say: Speaker) -> Iterator[Block]:
    rows = tuple(
        (told.names[code], _verdict(told, say, code), _motive(told, code)) for code in told.found.terrains
    )
    columns = (
        Column(say.t("Terrain"), share=2),
        Column(say.t("Decision"), share=1.1),
        Column(say.t("Motive"), share=4),
    )
    yield Table(say.t("What was decided, and why"), columns, rows)


def _verdict(told: Minutes, say: Speaker, code: str) -> str:
    ruling = told.found.rulings.get(code)
    return say.t(VERDICTS[Verdict(ruling.verdict)]) if ruling else say.t("Not decided yet")


def _motive(told: Minutes, code: str) -> str:
    ruling = told.found.rulings.get(code)
    return ruling.motive if ruling else "–"


def _ranking(told: Minutes, say: Speaker) -> Iterator[Block]:
    found = told.found
    caption = say.t("Both sections beside the total; an interval where something is unknown")
    yield ranking_table(say, found.grid, found.ranking.rows, told.names, caption)
    if found.ranking.ranked:
        yield Callout(leader_words(say, found.ranking, told.names), Tone.KEY)
    yield Paragraph(formula_words(say, found.grid), small=True)


def _people(told: Minutes, say: Speaker, named: Named) -> Iterator[Block]:
    people = [one for one in told.people if one.there]
    yield Paragraph(say.n("{count} participant.", "{count} participants.", len(people)))
    if named is not Named.COUNT and people:
        yield Paragraph(", ".join(one.called + _part(say, one) for one in people))
    recused = [(told.names[code], _recused(told, say, named, code)) for code in told.found.terrains]
    rows = tuple((terrain, who) for terrain, who in recused if who)
    if rows:
        columns = Column(say.t("Terrain"), share=2), Column(say.t("Recused"), share=3)
        yield Table(say.t("Recusals: these people neither rated nor saw the terrain"), columns, rows)
    else:
        yield Paragraph(say.t("Nobody declared a recusal."))


def _part(say: Speaker, one: Person) -> str:
    return f" ({say.t('facilitates')})" if one.facilitator else ""


def _recused(told: Minutes, say: Speaker, named: Named, code: str) -> str:
    out = [one for one in told.people if code in one.recused]
    if not out:
        return ""
    if named is Named.COUNT:
        return say.n("{count} person", "{count} people", len(out))
    return ", ".join(one.called for one in out)


def _terrain(told: Minutes, say: Speaker, named: Named, code: str) -> Iterator[Block]:
    found, name = told.found, told.names[code]
    spread = found.distributions(code)
    yield Heading(name, 2)
    verdict, motive = _verdict(told, say, code), _motive(told, code)
    if code in found.rulings:
        yield Callout(say.t("{verdict}. Motive: {motive}", verdict=verdict, motive=motive), Tone.KEY)
    else:
        yield Callout(verdict)
    yield _scores(told, say, code)
    if words := _agreement(say, spread):
        yield Paragraph(words)
    yield profile_radar(say, found.grid, {name: found.scores[code]}, say.t("Profile of {name}", name=name))
    yield _criteria(told, say, code, spread)
    yield from _settled(told, say, code, spread)
    if out := _recused(told, say, named, code):
        yield Paragraph(say.t("Recused from this terrain: {people}.", people=out))


def _scores(told: Minutes, say: Speaker, code: str) -> Facts:
    score, row = told.found.scores[code], told.found.ranking.row(code)
    ect, selection, total = maxima(say, told.found.grid)
    known = say.t("{known} criteria of {all}", known=score.total.known, all=score.total.count)
    return Facts(
        (
            (ect, measured(say, score.ect)),
            (selection, measured(say, score.selection_total)),
            (total, measured(say, score.total)),
            (say.t("Rank"), placed(say, row) if row else "–"),
            (say.t("Known"), known),
        )
    )


def _agreement(say: Speaker, spread: Spread) -> str:
    shares = [d.consensus for d in spread.values() if d.consensus is not None]
    if not shares:
        return say.t("Nobody has given a level on this terrain.")
    mean = say.number(sum(shares) / len(shares))
    return say.t(
        "Consensus of {mean} on average over the criteria (0: split in two, 1: all alike).", mean=mean
    )


def _criteria(told: Minutes, say: Speaker, code: str, spread: Spread) -> Table:
    found = told.found
    labels = numbered_labels(found.grid, say.language)
    rows = tuple(
        (
            label,
            say.short(found.scores[code].part(criterion).measure.value),
            say.short(spread[criterion].mean),
            say.short(spread[criterion].median),
            _range(say, spread[criterion]),
            _counts(say, spread[criterion]),
            consensus_words(say, spread[criterion]),
        )
        for criterion, label in labels.items()
    )
    columns = (
        Column(say.t("Criterion"), share=3.2),
        Column(say.t("Kept"), Align.RIGHT, 1.2),
        Column(say.t("Mean"), Align.RIGHT, 1.35),
        Column(say.t("Median"), Align.RIGHT, 1.35),
        Column(say.t("Range"), Align.CENTER, 1.25),
        Column(say.t("Answers"), share=2.2),
        Column(say.t("Agreement"), share=2.7),
    )
    caption = say.t("Criterion by criterion, from 0 to 2 (in the answers, – stands for no level)")
    return Table(caption, columns, rows)


def _range(say: Speaker, spread: Distribution) -> str:
    if spread.lowest is None:
        return "–"
    low, high = say.short(spread.lowest, 1), say.short(spread.highest, 1)
    return low if low == high else f"{low}–{high}"


def _counts(say: Speaker, spread: Distribution) -> str:
    words = [f"{say.short(level, 1)} × {count}" for level, count in spread.counts.items() if count]
    if silent := spread.unknown + spread.abstained:
        words.append(f"– × {silent}")
    return " · ".join(words) or "–"


def _settled(told: Minutes, say: Speaker, code: str, spread: Spread) -> Iterator[Block]:
    found = told.found
    labels = numbered_labels(found.grid, say.language)
    rows = tuple(
        (labels[criterion], say.short(spread[criterion].mean), say.short(settled.value), settled.reason)
        for (terrain, criterion), settled in found.overrides.items()
        if terrain == code
    )
    if rows:
        columns = (
            Column(say.t("Criterion"), share=3),
            Column(say.t("Mean"), Align.RIGHT, 1),
            Column(say.t("Agreed value"), Align.RIGHT, 1.7),
            Column(say.t("Reason"), share=4),
        )
        yield Table(say.t("Values the committee put in place of the mean"), columns, rows)


def _proof(told: Minutes, say: Speaker) -> Iterator[Block]:
    yield Paragraph(
        say.t(
            "Everything that happened in this meeting is chained: each event's digest covers the one before."
        )
    )
    yield Facts(
        (
            (say.t("Head of the audit chain"), _grouped(told.head)),
            (say.t("Seed of the draws"), str(told.examined.found.settings.seed)),
        )
    )
    if told.broken:
        words = say.t("The audit chain is broken: the store was changed by hand.")
        yield Callout(words, Tone.WARNING)
    else:
        yield Paragraph(say.t("The chain was checked when this document was made, and holds."))


def _grouped(digest: str) -> str:
    """Return a digest in groups of eight: it fits a line, and is read out without losing one's place."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
