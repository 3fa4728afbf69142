"""What is seen once a round is revealed: the profile, the spread, what to discuss, who said what."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from ect.charts.bars import BarsLook, Piece, bars
from ect.charts.dots import DotsLook, dots
from ect.charts.radar import Series
from ect.domain.agenda import Topic
from ect.domain.agreement import Distribution
from ect.domain.errors import DomainError
from ect.domain.rating import Answer
from ect.domain.terrain import Terrain
from ect.sentences import sentence
from ect.services.deliberation import Results, results
from ect.services.meeting import Meeting
from ect.services.membership import Actor
from ect.ui.access import organiser
from ect.ui.components.chart import show_chart
from ect.ui.components.levels import show_levels
from ect.ui.components.meeting.words import VERDICTS, answer_words, consensus_words
from ect.ui.components.profile import numbered_labels, pillar_labels, profile_radar
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, ink, language, n, narrow, speaker, t
from ect.ui.feedback import plain

FIRST = 8
# From the level that counts most to no level: a dark blue, two lighter ones, then two greys.
COLOURS = ("#B35900", "#E0A458", "#9DB8C7", "#3D85B8", "#00507E", "#8A8A8A", "#C9C9C9")


def show_ranking(found: Results, known: Mapping[str, Terrain]) -> None:
    """Show where the terrains stand, both sections beside the total."""
    say, grid = speaker(), found.grid
    rows = [
        [
            Cell(str(row.rank) if row.rank else "–"),
            Cell(known[row.terrain].name, words=True),
            *(
                Cell(_measure(part.low, part.high))
                for part in (row.score.ect, row.score.selection_total, row.score.total)
            ),
        ]
        for row in found.ranking.rows
    ]
    headers = [
        t("Rank"),
        t("Terrain"),
        f"{t('ECT')} /{say.short(grid.ect_maximum)}",
        f"{t('Selection')} /{say.short(grid.selection_maximum)}",
        f"{t('Total')} /{say.short(grid.maximum)}",
    ]
    show_table(headers, rows, words=2)


def show_profile(found: Results, terrain: str, known: Mapping[str, Terrain]) -> None:
    """Show a terrain's radar, and beside it the spread on every criterion."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        show_chart(
            profile_radar(
                {known[terrain].name: found.scores[terrain]},
                pillar_labels(found.grid, language()),
                speaker(),
                description=t("Radar of the four pillars, at the means of the ratings given."),
                width=300 if narrow() else 400,
                label_room=96,
                wrap=14,
                ink=ink(),
            ),
            key="results:radar",
            width="content",
            picture=_saved_as(t("Radar of the pillars")),
        )
    with right:
        _spread(found, terrain)


def show_agreement(found: Results, terrain: str) -> None:
    """Say how far people agree on a terrain as a whole: never alpha alone."""
    value, interval = found.alpha(terrain)
    shares = [d.consensus for d in found.distributions(terrain).values() if d.consensus is not None]
    say = speaker()
    if not shares:
        st.caption(t("Nobody has given a level on this terrain."))
        return
    mean = sum(shares) / len(shares)
    first = t(
        "Consensus of {mean} on average over the criteria (0: split in two, 1: all alike).",
        mean=say.number(Fraction(mean)),
    )
    words = [first]
    if value is None:
        words.append(t("Krippendorff's alpha is undefined here: there is nothing to tell apart."))
    elif interval is None:
        words.append(t("Krippendorff's alpha: {alpha}.", alpha=say.number(value)))
    else:
        words.append(
            t(
                "Krippendorff's alpha: {alpha} ({low} to {high}); at 0, people agree no more than by chance.",
                alpha=say.number(value),
                low=say.number(Fraction(interval[0])),
                high=say.number(Fraction(interval[1])),
            )
        )
    st.caption(plain(" ".join(words)))


def show_agenda(found: Results, terrain: str) -> list[Topic]:
    """Show what to discuss, in the order of disagreement x effect on the ranking; return it."""
    topics = [topic for topic in found.agenda(terrain) if topic.disagreement]
    if not topics:
        st.caption(t("Nobody disagrees on any criterion of this terrain."))
        return []
    show_topics(found, terrain, topics[:FIRST], t("By disagreement, times the effect on the ranking."))
    if topics[FIRST:]:
        with st.expander(n("{count} more criterion", "{count} more criteria", len(topics) - FIRST)):
            show_topics(found, terrain, topics[FIRST:], t("Those that matter less"))
    return topics


def show_topics(found: Results, terrain: str, topics: list[Topic], caption: str) -> None:
    """Show why each of some criteria is worth discussing."""
    labels, spread = numbered_labels(found.grid, language()), found.distributions(terrain)
    moved = {movement.criterion: movement for movement in found.movements(terrain)}
    say, rows = speaker(), []
    for topic in topics:
        row = [
            Cell(labels[topic.criterion]),
            Cell(consensus_words(spread[topic.criterion]), words=True),
            Cell(_counts(spread[topic.criterion]), words=True),
            Cell(say.short(topic.swing, 1)),
            Cell(f"{topic.best}–{topic.worst}" if topic.best != topic.worst else str(topic.best)),
        ]
        if moved:
            movement = moved[topic.criterion]
            before, after = say.short(movement.before.mean), say.short(movement.after.mean)
            row.append(Cell(f"{before} → {after} ({movement.moved})" if movement.moved else "–"))
        rows.append(row)
    headers = [t("To discuss"), t("Agreement"), t("Answers"), t("Points at stake"), t("Ranks at stake")]
    if moved:
        headers.append(t("From the first round (people who moved)"))
    show_table(headers, rows, caption=caption, words=3)


def show_criterion_detail(found: Results, terrain: str, code: str) -> None:
    """Show one criterion: its descriptors, the histogram of its levels, who said what and why."""
    criterion, spread = found.grid.criterion(code), found.distributions(terrain)[code]
    st.subheader(plain(numbered_labels(found.grid, language())[code]))
    show_levels(criterion, language())
    st.markdown(f"**{consensus_words(spread)}** " + plain(_figures(spread)))
    _histogram(spread)
    voices = found.voices.get((terrain, code), ())
    rows = [
        [
            Cell(voice.voter + (" · " + t("paper sheet") if voice.on_paper else "")),
            Cell(answer_words(voice.rating), words=True),
            Cell(voice.rating.comment or "–", words=True),
        ]
        for voice in voices
    ]
    if rows:
        show_table([t("Participant"), t("Answer"), t("Comment")], rows, words=3)


def show_people(found: Results, names: Mapping[str, str]) -> None:
    """Show who rates lower or higher than the others, and whose absence would change the ranking."""
    try:
        severities = found.severities()
    except DomainError as error:
        st.caption(plain(sentence(error, language())))
    else:
        rows = [
            [Cell(names.get(s.participant, s.participant)), Cell(_signed(s.shrunk)), Cell(str(s.shared))]
            for s in severities
        ]
        show_table([t("Participant"), t("Levels above the others"), t("Criteria shared")], rows)
        st.caption(t("Shown, never corrected: nobody's ratings are changed."))
    absent = [a for a in found.leave_one_out() if a.reordered]
    if not absent:
        st.caption(t("The ranking stays the same without any one participant."))
    for absence in absent:
        who = names.get(absence.participant, absence.participant)
        st.caption(plain(t("Without {who}, the order of the terrains would change.", who=who)))
    st.caption(n("{count} participant rated.", "{count} participants rated.", _voters(found)))


def show_results_plainly(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Show the results on a phone: words and tables, no chart."""
    found = results(db(), actor, meeting.key)
    st.title(t("What the room thinks"))
    if not found.terrains:
        st.info(t("You are recused from every terrain of this meeting."), icon=":material/info:")
        return
    show_ranking(found, known)
    pointed = meeting.pointed_at if meeting.pointed_at in found.terrains else found.terrains[0]
    terrain: str = st.selectbox(
        t("Terrain"),
        found.terrains,
        index=found.terrains.index(pointed),
        format_func=lambda code: known[code].name,
    )
    show_agreement(found, terrain)
    topics = show_agenda(found, terrain)
    _one_criterion(found, terrain, topics)


def show_outcome(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Show what was decided, with its motives."""
    found = results(db(), actor, meeting.key)
    st.title(t("Decisions"))
    show_ranking(found, known)
    for code in found.terrains:
        ruling = found.rulings.get(code)
        words = t(VERDICTS[ruling.verdict]) if ruling else t("Not decided yet")
        st.markdown(f"**{plain(known[code].name)}** – {words}")
        if ruling:
            st.caption(plain(ruling.motive))


def choose_criterion(found: Results, terrain: str, topics: list[Topic], key: str) -> str:
    """Let the reader choose a criterion, those to discuss first."""
    labels = numbered_labels(found.grid, language())
    first = [topic.criterion for topic in topics]
    codes = [*first, *(code for code in labels if code not in first)]
    chosen: str = st.selectbox(t("Criterion"), codes, format_func=labels.__getitem__, key=f"{key}:{terrain}")
    return chosen


@st.fragment
def _one_criterion(found: Results, terrain: str, topics: list[Topic]) -> None:
    show_criterion_detail(found, terrain, choose_criterion(found, terrain, topics, "results:criterion"))


def _spread(found: Results, terrain: str) -> None:
    labels = numbered_labels(found.grid, language())
    spread = {c: d for c, d in found.distributions(terrain).items() if d.given}
    if not spread:
        st.caption(t("Nobody has given a level on this terrain."))
        return
    names = t("Lowest"), t("Mean"), t("Highest")
    values = [(d.lowest, d.mean, d.highest) for d in spread.values()]
    series = [
        Series(
            name,
            tuple(None if v[place] is None else float(v[place] or 0) for v in values),
            tuple(
                speaker().pair(f"{labels[code]} · {name}", speaker().short(v[place]))
                for code, v in zip(spread, values, strict=True)
            ),
        )
        for place, name in enumerate(names)
    ]
    look = DotsLook(
        axes=tuple(labels[code] for code in spread),
        series=names,
        description=t("Dot plot of each criterion: the lowest, the mean and the highest level given."),
        label_width=150 if narrow() else 260,
        row_height=26,
    )
    show_chart(dots(look, series), key="results:spread", picture=_saved_as(t("Spread of the ratings")))


def _histogram(spread: Distribution) -> None:
    say = speaker()
    parts = [(say.short(level, 1), count) for level, count in spread.counts.items()]
    parts += [(t("I do not know"), spread.unknown), (t("I abstain"), spread.abstained)]
    shown = COLOURS[:: 2 if len(spread.counts) == 3 else 1][: len(spread.counts)] + COLOURS[-2:]
    look = BarsLook(
        bars=(t("Answers"),),
        parts=tuple(name for name, _count in parts),
        colours=shown,
        maximum=max(1, sum(count for _name, count in parts)),
        title=t("How many people"),
        description=t("How many people gave each level of the criterion."),
        legend_columns=3 if narrow() else 7,
    )
    say, what = speaker(), t("Answers")
    pieces = [Piece(what, name, float(count), say.pair(name, count)) for name, count in parts if count]
    show_chart(bars(look, pieces), key="results:histogram", picture=_saved_as(t("Answers")))


def _saved_as(name: str) -> str:
    """Return what a chart is saved as by the organiser, to whom alone the shelf gives it."""
    return name if organiser() else ""


def _counts(spread: Distribution) -> str:
    say = speaker()
    words = [f"{say.short(level, 1)} × {count}" for level, count in spread.counts.items() if count]
    if silent := spread.unknown + spread.abstained:
        words.append(f"– × {silent}")
    return " · ".join(words)


def _figures(spread: Distribution) -> str:
    say = speaker()
    if spread.mean is None:
        return ""
    return t("Mean {mean}, median {median}.", mean=say.short(spread.mean), median=say.short(spread.median))


def _measure(low: Fraction, high: Fraction) -> str:
    say = speaker()
    return (
        say.short(low, 1)
        if low == high
        else t("{low} to {high}", low=say.short(low, 1), high=say.short(high, 1))
    )


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + speaker().number(Fraction(value), 2)


def _voters(found: Results) -> int:
    return len({v.participant for v in found.votes if v.rating.answer is not Answer.ABSTAIN})
