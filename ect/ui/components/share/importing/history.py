"""What came in before, and taking it back."""

from __future__ import annotations

import streamlit as st

from ect.domain.incoming import Kind
from ect.exchange.imports.wording import KINDS
from ect.services.importing import Batch, last_imports, undo
from ect.ui import keys
from ect.ui.components.share.importing.source import PAGE
from ect.ui.context import db, n, speaker, t
from ect.ui.feedback import attempt, plain


def show_history() -> None:
    """List the last imports, each with the button that undoes it."""
    st.subheader(t("What came in"))
    found = last_imports(db())
    if not found:
        st.caption(t("Nothing was imported yet."))
    for batch in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(plain(_said(batch)))
            if batch.undone_at is None:
                st.button(
                    t("Undo"),
                    icon=":material/undo:",
                    key=keys.widget(PAGE, "undo", str(batch.key)),
                    help=t("Undo the import of {file}", file=plain(batch.file)),
                    on_click=_undo,
                    args=(batch,),
                )


def _undo(batch: Batch) -> None:
    attempt(
        lambda: undo(db(), batch.key),
        t("The import of “{file}” is undone: everything is as it was before.", file=batch.file),
    )


def _said(batch: Batch) -> str:
    say = speaker()
    parts = [batch.file, t(KINDS[Kind(batch.kind)]), say.moment(batch.at), *_figures(batch)]
    if batch.undone_at:
        parts.append(t("undone {moment}", moment=say.moment(batch.undone_at)))
    return " · ".join(parts)


def _figures(batch: Batch) -> list[str]:
    words = {
        "ratings": lambda count: n("{count} rating", "{count} ratings", count),
        "scores": lambda count: n("{count} score", "{count} scores", count),
        "terrains": lambda count: n("{count} record", "{count} records", count),
        "criteria": lambda count: n("{count} criterion", "{count} criteria", count),
    }
    return [words[name](count) for name, count in batch.counts.items() if name in words]
