"""Copies of the store: making one, checking, putting one back, those that are kept, one person's data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from ect.domain.errors import DomainError
from ect.exchange.backups import size_words, verdict_sentences
from ect.sentences import sentence
from ect.services import backups
from ect.services.backups import Examined, Kept, Why
from ect.ui import downloads, keys
from ect.ui.components.share.person import show_person
from ect.ui.components.share.restoring import offer_undo, show_restore
from ect.ui.components.table import Cell, show_table
from ect.ui.components.work import with_bar
from ect.ui.context import db, language, n, speaker, t
from ect.ui.feedback import attempt, plain, refusals

PAGE = "backups"
MEDIA_TYPE = "application/vnd.sqlite3"


def show_backups() -> None:
    """Show everything that keeps the store safe."""
    try:
        store = backups.store_file(db())
    except DomainError as error:
        st.info(plain(sentence(error, language())), icon=":material/info:")
        return
    offer_undo()
    _make()
    _check(store)
    kept = backups.kept_copies(db())
    show_restore(kept)
    _kept(kept)
    show_person()


def _make() -> None:
    st.subheader(t("Make a copy"))
    st.markdown(
        t(
            "One file with everything: terrains, grids, meetings, answers, decisions. It can be made while"
            " people are rating."
        )
    )
    st.warning(
        t(
            "A copy holds the names of participants and answers that are not revealed yet: keep it to"
            " yourself, and do not open it during a meeting."
        ),
        icon=":material/lock:",
    )
    if st.button(t("Make a copy now"), icon=":material/save:", type="primary", key="backups:make"):
        with refusals():
            found = with_bar(
                keys.widget(PAGE, "stop"),
                t("Copying…"),
                lambda done, wanted: t(
                    "Copying and checking: {share}", share=speaker().percent(done / wanted)
                ),
                lambda tell: backups.keep(db(), tell),
            )
            _tell(found, t("The copy is made, and kept beside the store."))
            _offer(found.path, primary=True)


def _check(store: Path) -> None:
    st.subheader(t("Check the store"))
    st.markdown(t("Reads every page, every reference, the chain of the audit and every document."))
    if st.button(t("Check now"), icon=":material/fact_check:", key="backups:verify"):
        with refusals():
            found = with_bar(
                keys.widget(PAGE, "stop"),
                t("Checking…"),
                lambda done, wanted: t("Checking: {share}", share=speaker().percent(done / wanted)),
                lambda tell: backups.verify(store, tell),
            )
            _tell(found, "")


def _tell(found: Examined, done: str) -> None:
    words = " ".join([done, *verdict_sentences(found, language())]).strip()
    if found.problems:
        st.error(plain(words), icon=":material/error:")
    else:
        st.success(plain(words), icon=":material/check:")


def _kept(kept: tuple[Kept, ...]) -> None:
    st.subheader(t("Copies that are kept"))
    if not kept:
        st.caption(t("None yet. Each copy made here, one a day, and what each restore replaced are kept."))
        return
    show_table(
        [t("Made on"), t("Why it is kept"), t("Name of the file"), t("Size of the file")],
        [
            [
                Cell(speaker().moment(one.made_at)),
                Cell(why(one), words=True),
                Cell(one.path.name, words=True),
                Cell(size_words(speaker(), one.size)),
            ]
            for one in kept
        ],
        n("{count} copy, beside the store", "{count} copies, beside the store", len(kept)),
        words=3,
    )
    names = [one.path.name for one in kept]
    chosen = st.selectbox(t("A kept copy"), names, key="backups:kept", width=460)
    with st.container(horizontal=True):
        if st.button(t("Prepare the download"), icon=":material/file_save:", key="backups:fetch"):
            with refusals():
                _offer(kept[names.index(chosen)].path)
        if st.button(t("Throw this copy away"), icon=":material/delete:", key="backups:delete"):
            st.session_state[keys.BACKUP_ASKED] = chosen
    if st.session_state.get(keys.BACKUP_ASKED) == chosen:
        st.warning(plain(t("Throw {file} away for good?", file=chosen)))
        with st.container(horizontal=True):
            st.button(
                t("Throw away"),
                type="primary",
                key="backups:delete:yes",
                on_click=_throw_away,
                args=(chosen,),
            )
            st.button(t("Keep it"), key="backups:delete:no", on_click=_forget_question)


def why(one: Kept) -> str:
    """Say why a copy is kept."""
    return {
        Why.ASKED: t("Copy made here"),
        Why.DAILY: t("Copy of the day, made alone"),
        Why.BEFORE_RESTORE: t("What a restore replaced"),
        Why.DAMAGED: t("Damaged store, moved aside"),
    }[one.why]


def _throw_away(name: str) -> None:
    _forget_question()
    attempt(lambda: backups.delete_kept(db(), name), t("The copy was thrown away."))


def _forget_question() -> None:
    st.session_state.pop(keys.BACKUP_ASKED, None)


def _offer(path: Path, *, primary: bool = False) -> None:
    """Offer a copy to who is at the machine; to another organiser too once nothing in it is secret."""
    hidden = backups.unrevealed(path)
    address = downloads.keep(downloads.File(path.name, MEDIA_TYPE, path), here=hidden)
    downloads.offer(t("Save the copy elsewhere"), address, primary=primary)
    if hidden:
        st.caption(
            t(
                "Answers of a round that is being rated are in this copy: until the reveal it is given at the"
                " machine that serves only."
            )
        )
    st.caption(t("Offered until {time}.", time=speaker().time(datetime.now(UTC) + downloads.KEPT)))
