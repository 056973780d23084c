"""Comparison: what two statements have to do with each other, and the values in them."""
