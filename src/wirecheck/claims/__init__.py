"""Claims: one sentence held against documents.

What is concluded of a document depends on the claim and that document alone, so that nothing changes with the company
it is looked at in.
"""
