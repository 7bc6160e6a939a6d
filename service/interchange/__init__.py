"""Gold and predictions in the forms of annotation tools, and back: Label Studio, Prodigy, spaCy's DocBin.

sheets.py   an article with marked figures: what all forms hold     slots.py   slots as lines that people can edit
labelstudio.py  prodigy.py  docbin.py   the three forms             tokens.py  words that every marked figure fits
files.py    folders and runs in, files out; files in, gold folders and runs out
"""
