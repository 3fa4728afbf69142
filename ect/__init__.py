"""ECT: score local projects on the grid of cooperative entrepreneurship of territory."""

__version__ = "0.1.0"
