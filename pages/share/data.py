"""Data: in from a spreadsheet, out to other programs, kept safe."""

import streamlit as st

from ect.ui.components.share.backups import show_backups
from ect.ui.components.share.exports import show_exports
from ect.ui.components.share.imports import show_imports
from ect.ui.context import t

st.title(t("Data"))
st.caption(t("Bring in a spreadsheet, take everything out, and keep a copy that can be put back."))
come_in, go_out, keep = st.tabs([t("Import"), t("Export"), t("Back up")])
with come_in:
    show_imports()
with go_out:
    show_exports()
with keep:
    show_backups()
