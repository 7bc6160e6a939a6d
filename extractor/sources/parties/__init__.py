"""Whom a noun phrase names as a source.

`finder.py` is asked for any phrase; names and common nouns are read by `bodies.py`, pronouns by `pronouns.py`, what
somebody made or only saw by `documents.py`, bodies in sentences that were not parsed by `unparsed_bodies.py`.
"""
