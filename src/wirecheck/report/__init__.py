"""The report: sections, and one module per form in which it is written."""
