"""Which attribution each figure has.

`article.py` reads an article's sentences and quotations (`quotations.py`) once, `carried_over.py` says which voice goes
on where a sentence has none, `finder.py` decides. `any_number.py` does so for numbers that need not be claims.
"""
