"""The rules that say what a figure measures, by the names that `claimgraph extract --explain` prints.

Those that something asks for stand here; a rule that is only told has its words where it is applied.
"""

from __future__ import annotations

from typing import Final

KNOWN_NOUN: Final = "noun of the packs"
SPLIT_NOUN: Final = "noun of the packs, split"
KNOWN_VERB: Final = "verb of the packs"
VERB_WITH_OBJECT: Final = "verb with its object"
WHAT_IS_DONE: Final = "what is done"
EVENT_ON_STOCK: Final = "event on a stock"
STATE_OF_THINGS: Final = "state of what is counted"
STATE_OF_PEOPLE: Final = "state of who is counted"
DIMENSION: Final = "dimension of what is measured"
WITH_ADJECTIVE: Final = "adjective with a measure"
FOR_ONE: Final = "money for one of something"
WORTH: Final = "what things are worth"
SHARE_OF_MARKET: Final = "share of a market"
POLICY_RATES: Final = "interest rates"
CURRENCY: Final = "currency that moves"
NUMBER_OF_THINGS: Final = "number of things"
THEME: Final = "theme of the clause"
FOR_WANT: Final = "counted noun, for want of a measure"

CLEAR: Final = frozenset(
    {
        KNOWN_NOUN,
        SPLIT_NOUN,
        KNOWN_VERB,
        VERB_WITH_OBJECT,
        WHAT_IS_DONE,
        EVENT_ON_STOCK,
        STATE_OF_THINGS,
        STATE_OF_PEOPLE,
        DIMENSION,
        WITH_ADJECTIVE,
        FOR_ONE,
        WORTH,
        SHARE_OF_MARKET,
        POLICY_RATES,
        CURRENCY,
        NUMBER_OF_THINGS,
    }
)
"""Those that read the measure off the figure's own clause: no other figure of the article knows better."""
