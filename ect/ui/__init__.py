"""What Streamlit shows: the frame, the state, the components. The only package that imports it."""
