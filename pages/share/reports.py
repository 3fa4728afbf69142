"""Reports: documents ready to be sent."""

import streamlit as st

from ect.ui.components.share.reports import show_reports
from ect.ui.context import t

st.title(t("Reports"))
st.caption(t("Minutes, comparisons, records and blank sheets, ready to be sent without retouching."))
show_reports()
