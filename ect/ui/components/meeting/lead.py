"""Leading a meeting: the private desk, and the view that is projected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from fractions import Fraction

import segno
import streamlit as st
from streamlit import config

from ect.domain.meeting import Stage
from ect.domain.rating import Answer, Rating
from ect.domain.terrain import Terrain
from ect.services import meeting as life
from ect.services.deliberation import results
from ect.services.meeting import Meeting, counters
from ect.services.membership import Actor
from ect.services.reference import grid_version
from ect.services.seating import (
    Seat,
    SeatKind,
    add_seat,
    free_seat,
    hand_over,
    remove_seat,
    seats_of,
    set_recusals,
)
from ect.services.simulation import add_players, play_round
from ect.services.voting import Progress, paper_sheets, progress, vote
from ect.ui import keys, network, presence
from ect.ui.components.meeting.results import (
    choose_criterion,
    show_agenda,
    show_agreement,
    show_criterion_detail,
    show_people,
    show_profile,
    show_ranking,
)
from ect.ui.components.meeting.words import ANSWERS, stage_words
from ect.ui.components.profile import numbered_labels
from ect.ui.components.table import Cell, show_table
from ect.ui.context import db, language, n, speaker, t
from ect.ui.feedback import attempt, plain
from ect.ui.pages import BY_ADDRESS

TICK_S = 2
PROJECTION = "projection"
FIRST_TOPICS = 3


def show_desk(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Show the desk: what comes next, who is there, what was revealed."""
    status = meeting.status
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{stage_words(status.stage, status.round)}**")
        st.link_button(
            t("Projected view"),
            f"/animer?{keys.QUERY_MEETING}={meeting.key}&{keys.QUERY_VIEW}={PROJECTION}",
            icon=":material/present_to_all:",
        )
    if meeting.demo:
        st.warning(t("Demonstration: nothing here is a real decision."), icon=":material/science:")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _steps(meeting, actor)
        if status.stage is not Stage.CLOSED:
            _in_hand(meeting, actor, known)
    with right:
        if status.stage in {Stage.OPEN, Stage.RATING}:
            _way_in(meeting)
        st.subheader(t("Participants"))
        st.session_state.pop("lead:seats", None)
        _people(meeting.key, actor, meeting.stage_revision)
        _manage(meeting, actor, known)
    if status.visible_rounds:
        show_discussion(meeting, actor, known)


def show_projection(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    """Show what the room sees: large, and without anybody's value before the reveal."""
    st.html('<div class="ect-projection"></div>')
    st.title(plain(meeting.title))
    if meeting.demo:
        st.warning(t("Demonstration: nothing here is a real decision."), icon=":material/science:")
    stage = meeting.status.stage
    if stage in {Stage.PREPARED, Stage.OPEN}:
        _join_wall(meeting)
    if stage is Stage.RATING and meeting.pointed_at:
        left, right = st.columns([3, 1], gap="large")
        with left:
            st.header(plain(known[meeting.pointed_at].name))
            _wall(meeting.key, actor, meeting.stage_revision)
        with right:
            # Whoever is late still finds the way in.
            _qr(address_of(meeting))
            st.caption(plain(address_of(meeting).removeprefix("http://")))
    else:
        _wall(meeting.key, actor, meeting.stage_revision)
    if meeting.status.visible_rounds:
        show_discussion(meeting, actor, known, projected=True)


def show_discussion(
    meeting: Meeting, actor: Actor, known: Mapping[str, Terrain], *, projected: bool = False
) -> None:
    """Show what was revealed, the terrain in hand first, and how to ask some criteria again."""
    found = results(db(), actor, meeting.key)
    st.header(t("What the room thinks"))
    show_ranking(found, known)
    terrain = meeting.pointed_at if meeting.pointed_at in found.terrains else found.terrains[0]
    st.subheader(plain(known[terrain].name))
    show_profile(found, terrain, known)
    show_agreement(found, terrain)
    topics = show_agenda(found, terrain)
    code = choose_criterion(found, terrain, topics, "discussion:criterion")
    show_criterion_detail(found, terrain, code)
    if not projected:
        if meeting.status.stage is Stage.REVEALED:
            _second_round(meeting, actor, terrain, [topic.criterion for topic in topics])
        with st.expander(t("Who rates lower or higher, and who decides the ranking")):
            show_people(found, _names(meeting, actor))


def address_of(meeting: Meeting) -> str:
    """Return the short address phones join at."""
    host = st.session_state.get("lead:host") or (network.addresses() or ("localhost",))[0]
    if not network.open_to_phones():
        host = "localhost"
    return f"http://{host}:{config.get_option('server.port')}/r/{meeting.code}"


def _steps(meeting: Meeting, actor: Actor) -> None:
    stage = meeting.status.stage
    st.subheader(t("What comes next"))
    if stage is Stage.PREPARED:
        _step(t("Open to participants"), lambda: life.open_meeting(db(), actor, meeting.key))
    elif stage is Stage.OPEN:
        st.write(t("Wait until everybody is in, then start. Whoever is late may still join."))
        _step(t("Start rating"), lambda: life.start_round(db(), actor, meeting.key))
        _back(meeting, actor, t("Back to preparing"))
    elif stage is Stage.RATING:
        st.write(t("Nobody sees a value before you reveal, you neither. You need not wait for everybody."))
        if meeting.demo:
            _play(meeting, actor)
        _step(t("Reveal"), lambda: life.reveal(db(), actor, meeting.key))
        if meeting.status.round == 1:
            _back(meeting, actor, t("Back to joining"))
    elif stage is Stage.REVEALED:
        st.write(t("Discuss what is at stake below; ask some criteria again, or go on to deciding."))
        _step(t("Go on to deciding"), lambda: life.start_deciding(db(), actor, meeting.key))
    elif stage is Stage.DECIDING:
        st.page_link(BY_ADDRESS["decider"].path, label=t("Decide"), icon=":material/gavel:")
        _back(meeting, actor, t("Back to the discussion"))
    else:
        st.page_link(BY_ADDRESS["decider"].path, label=t("What was decided"), icon=":material/gavel:")


def _step(label: str, action: Callable[[], object]) -> None:
    if st.button(label, type="primary", key="lead:step"):
        action()
        st.rerun()


def _back(meeting: Meeting, actor: Actor, label: str) -> None:
    if st.button(label, icon=":material/undo:", type="tertiary", key="lead:back"):
        life.back(db(), actor, meeting.key)
        st.rerun()


def _in_hand(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    if meeting.status.stage is Stage.PREPARED:
        return
    pointed = meeting.pointed_at or meeting.terrains[0]
    st.session_state["lead:terrain"] = pointed
    st.radio(
        t("Terrain in hand, on every screen that follows"),
        list(meeting.terrains),
        format_func=lambda code: known[code].name,
        key="lead:terrain",
        on_change=_point,
        args=(meeting.key, actor),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        minutes = st.number_input(t("Timer (minutes)"), 1, 120, 10, key="lead:minutes", width=140)
        if st.button(t("Start the timer"), icon=":material/timer:"):
            life.start_timer(db(), actor, meeting.key, int(minutes))
            st.rerun()
        if meeting.timer_ends_at and st.button(t("Stop the timer")):
            life.start_timer(db(), actor, meeting.key, None)
            st.rerun()


def _point(key: int, actor: Actor) -> None:
    attempt(lambda: life.point_at(db(), actor, key, st.session_state["lead:terrain"]))


def _way_in(meeting: Meeting) -> None:
    st.subheader(t("Way in"))
    if not network.open_to_phones():
        st.warning(
            t(
                "Phones cannot reach this computer yet: stop the application, then start it with"
                " “python3 -m ect run --lan”."
            ),
            icon=":material/wifi_off:",
        )
    elif len(network.addresses()) > 1:
        st.selectbox(t("Address phones use"), network.addresses(), key="lead:host")
    st.code(address_of(meeting), language=None)


def _join_wall(meeting: Meeting) -> None:
    if meeting.status.stage is Stage.PREPARED:
        st.write(t("This meeting is not open yet."))
        return
    address = address_of(meeting)
    left, right = st.columns([1, 1], gap="large", vertical_alignment="center")
    with left:
        _qr(address)
    with right:
        st.markdown(f"## {t('Scan, or type this address')}")
        st.code(address.removeprefix("http://"), language=None)
        st.markdown(f"### {t('Code')} : {plain(meeting.code)}")


def _qr(address: str) -> None:
    picture = segno.make(address, error="m").png_data_uri(scale=10, border=2)
    st.html(f'<img class="ect-qr" src="{picture}" alt="{t("QR code of the address to join")}">')


@st.fragment(run_every=TICK_S)
def _people(key: int, actor: Actor, shown: int) -> None:
    found = counters(db(), key)
    if found is None or found[1] != shown:
        st.rerun()
    people = progress(db(), actor, key)
    # Whoever joined or left since the desk was drawn is in none of its lists yet.
    seats = [(one.seat.key, one.seat.joined) for one in people]
    if st.session_state.setdefault("lead:seats", seats) != seats:
        st.rerun()
    here = sum(_present(one) for one in people)
    st.caption(n("{count} participant connected", "{count} participants connected", here))
    if not people:
        st.caption(t("Nobody has joined yet."))
        return
    rows = [[Cell(_who(one.seat)), Cell(_state(one), words=True), Cell(_count(one))] for one in people]
    show_table([t("Participant"), t("Connected"), t("Answers")], rows, words=2)


@st.fragment(run_every=TICK_S)
def _wall(key: int, actor: Actor, shown: int) -> None:
    found = counters(db(), key)
    if found is None or found[1] != shown:
        st.rerun()
    meeting = life.find(db(), actor, key)
    people = progress(db(), actor, key)
    here = sum(_present(one) for one in people)
    with st.container(horizontal=True, gap="large"):
        st.metric(t("Connected"), here)
        if meeting.status.stage is Stage.RATING:
            answered, asked = sum(one.answered for one in people), sum(one.asked for one in people)
            st.metric(t("Answers"), f"{answered} / {asked}")
            if meeting.pointed_at:
                done = sum(_complete(one, meeting.pointed_at) for one in people)
                st.metric(t("Have finished the terrain in hand"), f"{done} / {len(people)}")
        if meeting.timer_ends_at:
            st.metric(t("Time left"), _left(meeting.timer_ends_at))


def _left(ends_at: datetime) -> str:
    seconds = max(0, round((ends_at - datetime.now(UTC)).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}" if seconds else t("Time is up")


def _complete(one: Progress, terrain: str) -> bool:
    done, asked = one.by_terrain.get(terrain, (0, 0))
    return done == asked


def _present(one: Progress) -> bool:
    return one.seat.kind is SeatKind.SIMULATED or presence.present(one.seat.key)


def _who(seat: Seat) -> str:
    marks = [seat.name or seat.pseudonym]
    if seat.kind is SeatKind.SIMULATED:
        marks.append(t("simulated"))
    if seat.kind is SeatKind.PAPER:
        marks.append(t("on paper"))
    if seat.facilitator:
        marks.append(t("facilitator"))
    if seat.recused:
        marks.append(n("{count} recusal", "{count} recusals", len(seat.recused)))
    return " · ".join(marks)


def _state(one: Progress) -> str:
    if one.seat.kind is SeatKind.PAPER:
        return "–"
    if not one.seat.joined:
        return t("expected")
    return t("yes") if _present(one) else t("away")


def _count(one: Progress) -> str:
    return f"{one.answered}/{one.asked}" if one.asked else "–"


def _names(meeting: Meeting, actor: Actor) -> dict[str, str]:
    if not meeting.settings.names_shown:
        return {}
    return {seat.pseudonym: seat.name for seat in seats_of(db(), actor, meeting.key) if seat.name}


def _manage(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    status = meeting.status
    if status.stage is not Stage.CLOSED:
        with st.expander(t("Seats: add, remove, re-seat, recuse, hand over")):
            _seat_tools(meeting, actor, known)
    if meeting.demo and status.stage is not Stage.CLOSED:
        with st.expander(t("Simulated participants")):
            if st.button(t("Add eight simulated participants"), key="lead:players"):
                add_players(db(), actor, meeting.key, t("Simulated participant {number}"))
                st.rerun()
    if status.stage is Stage.RATING:
        with st.expander(t("Enter a paper sheet")):
            _paper(meeting, actor, known)


def _play(meeting: Meeting, actor: Actor) -> None:
    if st.button(t("Simulated participants answer"), icon=":material/smart_toy:", key="lead:play"):
        given = play_round(db(), actor, meeting.key)
        st.toast(n("{count} simulated answer.", "{count} simulated answers.", given))


def _seat_tools(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    with st.form("desk-seat", clear_on_submit=True, border=False):
        name = st.text_input(t("Name"), max_chars=60)
        paper = st.checkbox(t("Answers on paper"))
        if st.form_submit_button(t("Add the seat")):
            add_seat(db(), actor, meeting.key, name, SeatKind.PAPER if paper else SeatKind.PERSON)
            st.rerun()
    seats = {seat.key: seat for seat in seats_of(db(), actor, meeting.key)}
    if not seats:
        return
    key: int = st.selectbox(
        t("Seat"), list(seats), format_func=lambda key: _seat_label(seats[key]), key="desk:seat"
    )
    seat = seats[key]
    recused = st.multiselect(
        t("Recused from"),
        list(meeting.terrains),
        [code for code in meeting.terrains if code in seat.recused],
        format_func=lambda code: known[code].name,
        key=keys.widget("desk", "recused", str(key)),
        placeholder=t("None"),
    )
    actions: dict[str, Callable[[], object]] = {
        t("Save the recusals"): lambda: set_recusals(db(), actor, meeting.key, key, recused),
        t("Let them sit down again (another device)"): lambda: free_seat(db(), actor, meeting.key, key),
    }
    if seat.removed:
        actions[t("Bring back")] = lambda: free_seat(db(), actor, meeting.key, key)
    else:
        actions[t("Remove (votes no longer count)")] = lambda: remove_seat(db(), actor, meeting.key, key)
    label = t("Take the facilitation back") if seat.facilitator else t("Hand the facilitation over")
    actions[label] = lambda: hand_over(db(), actor, meeting.key, key, facilitator=not seat.facilitator)
    for place, (words, action) in enumerate(actions.items()):
        if st.button(words, key=keys.widget("desk", "seat", str(place))):
            action()
            st.rerun()


def _seat_label(seat: Seat) -> str:
    return f"{seat.pseudonym} · {_who(seat)}" + (f" · {t('removed')}" if seat.removed else "")


def _paper(meeting: Meeting, actor: Actor, known: Mapping[str, Terrain]) -> None:
    sheets = {seat.key: (seat, cells) for seat, cells in paper_sheets(db(), actor, meeting.key).items()}
    if not sheets:
        st.caption(t("Nobody here answers on paper: add a seat on paper first."))
        return
    key: int = st.selectbox(
        t("Whose sheet"), list(sheets), format_func=lambda key: _seat_label(sheets[key][0]), key="paper:seat"
    )
    _seat, cells = sheets[key]
    mine = list(dict.fromkeys(terrain for terrain, _criterion in cells))
    if not mine:
        st.caption(t("Nothing is asked of this seat."))
        return
    terrain: str = st.selectbox(
        t("Terrain"), mine, format_func=lambda code: known[code].name, key="paper:terrain"
    )
    grid = grid_version(db(), meeting.grid)
    labels = numbered_labels(grid, language())
    with st.form("paper", clear_on_submit=True):
        # What was entered is not shown again: it is somebody's vote.
        given = {
            code: st.segmented_control(
                labels[code],
                [*(str(value) for value in grid.criterion(code).answers), *ANSWERS],
                format_func=_stop_words,
                key=keys.widget("paper", str(key), terrain, code),
            )
            for asked, code in cells
            if asked == terrain
        }
        if st.form_submit_button(t("Save the sheet"), type="primary"):
            entered = [_entered(code, stop) for code, stop in given.items() if stop]
            for rating in entered:
                vote(db(), actor, meeting.key, terrain, rating, on_paper_for=key)
            st.toast(n("{count} answer saved.", "{count} answers saved.", len(entered)))


def _stop_words(stop: str) -> str:
    return t(ANSWERS[Answer(stop)]) if stop in ANSWERS else speaker().short(Fraction(stop), 1)


def _entered(code: str, stop: str) -> Rating:
    return Rating(code, Answer(stop)) if stop in ANSWERS else Rating(code, Answer.LEVEL, Fraction(stop))


def _second_round(meeting: Meeting, actor: Actor, terrain: str, first: list[str]) -> None:
    st.subheader(t("Ask again"))
    st.caption(t("After the discussion, some criteria are rated again; both rounds are kept."))
    labels = numbered_labels(grid_version(db(), meeting.grid), language())
    chosen = st.multiselect(
        t("Criteria to rate again on this terrain"),
        list(labels),
        first[:FIRST_TOPICS],
        format_func=labels.__getitem__,
        key=keys.widget("lead", "again", terrain),
        placeholder=t("None"),
    )
    if st.button(t("Start another round on these criteria"), key="lead:again", disabled=not chosen):
        cells = [(terrain, code) for code in chosen]
        life.start_round(db(), actor, meeting.key, cells)
        st.rerun()
