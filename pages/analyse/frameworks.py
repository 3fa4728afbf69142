"""Frameworks: which terrain is in which, their mean scores, and what no terrain uses."""

import streamlit as st

from ect.domain.framework import FrameworkKind
from ect.services.catalogue import list_terrains
from ect.services.reference import current_grid, framework_kinds, frameworks, questions
from ect.services.scores import all_scores
from ect.ui.components.choices import choose_source
from ect.ui.components.frameworks import (
    results_of,
    show_catalogue,
    show_coverage,
    show_matrix,
    show_means,
)
from ect.ui.context import db, language, t
from ect.ui.feedback import plain

st.title(t("Frameworks"))
kinds = framework_kinds()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    kind = st.segmented_control(
        t("Kind of framework"),
        list(FrameworkKind),
        format_func=lambda kind: kinds[kind].label.read(language()),
        default=FrameworkKind.EMERGENCE,
        required=True,
        key="frameworks:kind",
    )
    source = choose_source("frameworks")

terrains = list_terrains(db())
names = {terrain.code: terrain.name for terrain in terrains}
results = results_of(kind, frameworks(), terrains, all_scores(db(), source))
if description := kinds[kind].description.read(language()):
    st.caption(plain(description))

show_matrix(results, terrains)
st.subheader(t("Mean scores by framework"))
show_means(results, names, current_grid(db()))
st.subheader(t("Coverage"))
show_coverage(results)
st.subheader(t("The catalogue"))
asked = questions() if kind is FrameworkKind.EMERGENCE else ()
show_catalogue(results, asked)
