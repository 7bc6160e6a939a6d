"""Figures in tables: the text cut into cells (cutting.py), and what each cell means (reading.py, headings.py)."""
