"""Charts: data and finished labels in, ready Vega-Lite specs out."""
