"""Terrains: the catalogue with its filters, a record, and its making, changing and archiving."""

import streamlit as st

from ect.services.catalogue import list_terrains
from ect.ui import keys
from ect.ui.components.terrain_form import show_form
from ect.ui.components.terrain_list import choose_filters, matching, show_list
from ect.ui.components.terrain_record import show_record
from ect.ui.context import db, t

MODE = "terrains:mode"

everyone = {terrain.code: terrain for terrain in list_terrains(db(), archived=True)}
mode = st.session_state.get(MODE, "list")
asked = st.query_params.get(keys.QUERY_TERRAIN)
if asked and asked not in everyone:
    st.info(t("There is no terrain “{terrain}” any more.", terrain=asked), icon=":material/info:")
    del st.query_params[keys.QUERY_TERRAIN]
    asked = None

if mode in {"new", "edit"}:
    show_form(everyone.get(asked or "") if mode == "edit" else None, everyone)
elif asked:
    show_record(everyone[asked], everyone)
else:
    st.title(t("Terrains"))
    show_list(matching(everyone.values(), choose_filters()), everyone)
