"""The filters of the queue as they stand in an address: the API's and the pages' are the same words."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from service.store.queries import MOST, Wanted

Word = Annotated[str, Query(max_length=300)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Limit = Annotated[int, Query(ge=1, le=MOST)]


def _by_words(
    indicator: Word = "", product: Word = "", area: Word = "", source: Word = "", article: Word = "", q: Word = ""
) -> Wanted:
    """What the findings are to be about: slots by their ids, and `q` through sentences and slots."""
    return Wanted(indicator=indicator, product=product, area=area, source=source, article=article, q=q)


ByWords = Annotated[Wanted, Depends(_by_words)]
