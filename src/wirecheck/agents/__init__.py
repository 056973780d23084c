"""Agents: what the library does, as tools of the Model Context Protocol; `server.py` puts them together.

Nothing is concluded here. Words of articles leave only as quotations with their place; everything else that a result
says is made of words of this package, so that no article can speak in its name.
"""
