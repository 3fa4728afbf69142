"""Tests of the domain: pure values, published figures, properties."""
