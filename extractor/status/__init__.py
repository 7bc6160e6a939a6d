"""The standing of each figure: actual, preliminary, estimate, forecast or target; and whether it is asserted at all.

`component.py` goes through a document, `figure.py` decides for one figure. Only words that govern the figure count:
what stands right behind it (`behind.py`), its noun phrase (`phrase.py`, `nouns.py`), its verb and the verbs above it
(`verbs.py`: `cue_verbs.py` of expecting and estimating, `plans.py` of what will be, `bearers.py` the forecast or
target that a verb changes), then what attributes it (`attribution.py`) and when it holds (`times.py`). What it is
compared with ("up from 2.4 million") does not inherit the standing of the rest. `assertion.py` tells what is denied or
only supposed.
"""

from extractor.status.assertion import Polarity, polarity
from extractor.status.component import StatusComponent, statuses
from extractor.status.figure import status

__all__ = ["Polarity", "StatusComponent", "polarity", "status", "statuses"]
