"""Putting a copy back: what is in it, what would change, a question, and the way back."""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ect.exchange.backups import change_rows, change_sentences, erased_again, size_words, verdict_sentences
from ect.services import backups
from ect.services.backups import Examined, Kept, Restored
from ect.ui import keys
from ect.ui.components.table import Cell, show_table
from ect.ui.components.work import with_bar
from ect.ui.context import db, language, speaker, t
from ect.ui.feedback import plain, refusals

PAGE = "restore"
# What was looked into lately, by the file's own name for this process: looking again takes seconds.
_seen: OrderedDict[str, Examined] = OrderedDict()
SEEN = 8
# It is held in memory on its way: a larger one comes in by the command line.
UPLOAD_MB = 1000
UNNAMED = "copie.db"
# Gives the file while it is needed: an uploaded one is written for that time only.
Given = Callable[[], AbstractContextManager[Path]]


def show_restore(kept: tuple[Kept, ...]) -> None:
    """Let a copy be chosen, say what is in it and what would change, and put it back once that is clear."""
    st.subheader(t("Put a copy back"))
    st.markdown(t("The copy is checked first. What is there now is kept, and can be put back in turn."))
    # After a restore the choice is made anew: the same copy is not put back twice by a second click.
    done = st.session_state.get(keys.RESTORE_UNDO, "")
    uploaded = st.file_uploader(
        t("A copy from this device"),
        type=["db"],
        key=keys.widget(PAGE, "file", done),
        max_upload_size=UPLOAD_MB,
    )
    if uploaded is not None:
        with refusals():
            name = Path(uploaded.name).name or UNNAMED
            _propose(name, uploaded.file_id, lambda: _written(uploaded, name))
        return
    names = [one.path.name for one in kept]
    chosen = st.selectbox(
        t("Or a copy that is kept here"),
        names,
        index=None,
        placeholder=t("No copy chosen"),
        key=keys.widget(PAGE, "kept", done),
        width=460,
    )
    if chosen is not None:
        path = kept[names.index(chosen)].path
        with refusals():
            _propose(path.name, f"{path}:{path.stat().st_mtime_ns}", lambda: nullcontext(path))


def offer_undo() -> None:
    """Say what the last restore of this visit did, and offer to go back."""
    name = st.session_state.get(keys.RESTORE_UNDO)
    if name is None:
        return
    st.success(plain(st.session_state[keys.RESTORE_SAID]), icon=":material/check:")
    path = next((one.path for one in backups.kept_copies(db()) if one.path.name == name), None)
    if path and st.button(t("Undo: put back what was there"), icon=":material/undo:", key="restore:undo"):
        with refusals():
            _remember(_put_back(path))
            st.rerun()


def _propose(name: str, seen: str, given: Given) -> None:
    found = _examined(seen, given)
    say = speaker()
    st.markdown(f"**{plain(name)}**")
    made = [t("Copy made on {moment}.", moment=say.moment(found.made_at))] if found.made_at else []
    st.caption(
        plain(" ".join([size_words(say, found.size), "·", *made, *verdict_sentences(found, language())]))
    )
    if found.problems or found.contents is None:
        st.error(t("This copy is not sound: it cannot be put back."), icon=":material/error:")
        return
    changed = backups.changes(backups.held(db()), found.contents)
    show_table(
        [t("What there is"), t("In the store now"), t("In the copy")],
        [[Cell(words), Cell(b), Cell(a, strong=a != b)] for words, b, a in change_rows(say, changed)],
        t("What putting this copy back would change"),
    )
    st.markdown("\n".join(f"- {plain(line)}" for line in change_sentences(say, changed)))
    sure = st.checkbox(
        t("I have read it: what was given since this copy leaves the store, and is kept aside."),
        key=keys.widget(PAGE, "sure", seen),
    )
    if st.button(
        t("Put this copy back"),
        type="primary",
        disabled=not sure,
        icon=":material/restore:",
        key="restore:go",
    ):
        with given() as path:
            done = _put_back(path)
        _remember(done)
        st.rerun()


def _put_back(path: Path) -> Restored:
    return with_bar(
        keys.widget(PAGE, "stop"),
        t("Checking…"),
        lambda done, wanted: t("Checking and putting back: {share}", share=speaker().percent(done / wanted)),
        lambda tell: backups.restore(db(), path, tell),
    )


def _remember(done: Restored) -> None:
    words = [t("The copy was put back."), *change_sentences(speaker(), done.changes)]
    if done.erased:
        words.append(erased_again(speaker(), done.erased))
    words.append(t("What was there is kept as {file}.", file=done.kept.name))
    st.session_state[keys.RESTORE_UNDO] = done.kept.name
    st.session_state[keys.RESTORE_SAID] = " ".join(words)


def _examined(seen: str, given: Given) -> Examined:
    found = _seen.get(seen)
    if found is None:
        with given() as path:
            found = with_bar(
                keys.widget(PAGE, "stop"),
                t("Checking…"),
                lambda done, wanted: t("Checking: {share}", share=speaker().percent(done / wanted)),
                lambda tell: backups.examine(path, tell),
            )
        _seen[seen] = found
        while len(_seen) > SEEN:
            _seen.popitem(last=False)
    return found


@contextmanager
def _written(uploaded: UploadedFile, name: str) -> Iterator[Path]:
    """Give an uploaded file as a file of its own, in a folder nobody else reads."""
    with tempfile.TemporaryDirectory(prefix="ect-") as folder:
        path = Path(folder) / name
        with path.open("wb") as stream:
            stream.write(uploaded.getbuffer())
        yield path
