"""The batch on a cluster: the same two stages on Ray Data, with the same outputs as on one machine.

storage.py      a folder or URL that every node reaches, and the Parquet files in it
inputs.py       files anywhere → drafts of articles, checked one by one
portions.py     which drafts become articles, and in which portions they are read
extraction.py   a portion → its articles and claims, by actors that load the model once
findings.py     claims, block by block → findings
run.py          the stages one after the other, and the outputs

Needs the optional extra `ray`. What is read of a portion is written under a name that its articles and the software
decide, so that a portion which is read twice, because a node died or the run was killed, is there once.
"""
