"""What the project exists for: the grid, scores, rankings and comparisons, in pure Python."""
