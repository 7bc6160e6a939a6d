"""What the components of the pipeline hand to one another.

Each component writes one list of named tuples of plain values. A Doc that survived `to_bytes` or `n_process` has bare
lists instead, of which the functions here make named tuples again. Offsets named `start` and `end` are half-open
**character** offsets of `doc.text`; those named `first` and `last` are half-open **token** indices.

| extension         | component                | what                                                    |
| ----------------- | ------------------------ | ------------------------------------------------------- |
| `_.furniture`     | claimgraph_furniture     | `(start, end)` of text on the page but not in the article |
| `_.quantities`    | claimgraph_quantities    | number expressions                                      |
| `_.periods`       | claimgraph_periods       | period expressions                                      |
| `_.names`         | claimgraph_names         | areas, organisations, people                            |
| `_.measures`      | claimgraph_measures      | kind of each quantity, its sign, its base               |
| `_.timings`       | claimgraph_timings       | period and base period of each quantity                 |
| `_.scopes`        | claimgraph_scope         | indicator, product, area, counterpart of each quantity  |
| `_.sources`       | claimgraph_sources       | source of each quantity                                 |
| `_.statuses`      | claimgraph_status        | status of each quantity                                 |
| `_.superseded`    | claimgraph_superseded    | whether the text says that a quantity was replaced      |
| `_.claims`        | claimgraph_claims        | the contract's claims, as dicts                         |

`_.published` is set by the caller: an ISO date or None; `_.article_id` likewise.
`_.measures`, `_.timings`, `_.scopes`, `_.sources`, `_.statuses`, `_.superseded` run parallel to
`_.quantities`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import spacy.tokens

if TYPE_CHECKING:
    from extractor.tokens import Doc

    AnyDoc: TypeAlias = Doc | spacy.tokens.Doc
Row = TypeVar("Row", bound=tuple[Any, ...])
_TEXT = "claimgraph_text"
_SLOTS = 4  # the first fields of a Scope are slots
_LISTS = (
    "furniture",
    "quantities",
    "periods",
    "names",
    "measures",
    "timings",
    "scopes",
    "sources",
    "statuses",
    "superseded",
    "claims",
)
COMPARING = frozenset({"growth", "difference", "multiple"})
"""Kinds of figures that compare with another time or thing."""


class Quantity(NamedTuple):
    """A number expression, read from the words alone (no parse)."""

    start: int
    end: int
    value: float
    """In full: 4910000.0 for "4.91 million", 53.2 for "53.2%", 25.0 for "a quarter", 1.0 for "largest"."""
    low: float | None
    high: float | None
    modifier: str
    unit: str
    """`count`, `percent`, `percentage_point`, `basis_point`, `times`, an ISO 4217 code, a unit name ("tonne",
    "barrel per day"), or the lemma of the counted noun where the words after the number name one ("vehicle")."""
    form: str
    """How it is written: `number` `percent` `money` `measure` `fraction` `multiple` `rank` `range`."""
    noun_start: int = -1
    """Where the counted noun phrase or the unit words after the number begin (-1: none)."""
    noun_end: int = -1
    per: str = ""
    """The denominator of a rate: "tonne" in "$1,200 a tonne", "1000 people" in "5 per 1,000 people"."""


class Measure(NamedTuple):
    """What a quantity measures, once its sentence is parsed."""

    kind: str
    """level, growth, difference, share, multiple, rank; or "" when it is no claim (an age, a model name …)."""
    value: float
    """Signed for growth and difference: -2.6 for "fell 2.6%"."""
    low: float | None
    high: float | None
    unit: str
    direction: int = 0
    """1 after words of rise, -1 after words of fall, 0 for neither, whatever the kind ("rose to 3.9 million": 1)."""
    head: int = -1
    """Token index of the verb or noun that governs the figure ("rose", "exports"), -1 unknown."""
    partner: int = -1
    """Index of the quantity whose base or companion this is ("to 3.9 million, up from 2.4 million"), -1 none."""
    base: bool = False
    """True for the earlier figure of a comparison: the 2.4 million of "up from 2.4 million"."""
    other: tuple[str, float, float | None, float | None, str] | None = None
    """Another reading, as (kind, value, low, high, unit)."""


class PeriodMention(NamedTuple):
    """A period expression, resolved; None where an end is open or unknown."""

    start: int
    end: int
    first_day: str | None
    """ISO date, inclusive."""
    last_day: str | None
    """ISO date, exclusive."""
    role: str = "period"
    """`period`, or `base` for what something is compared with ("from a year earlier", "on a yearly basis"), or
    `release` for the day on which somebody spoke ("said on Tuesday").
    """
    text: str = ""


class Timing(NamedTuple):
    """When a quantity holds: `(first_day, last_day, text)`, half-open ISO dates, either None where open; or None."""

    period: tuple[str | None, str | None, str] | None = None
    base: tuple[str | None, str | None, str] | None = None
    borrowed: tuple[str, ...] = ()
    """`period` or `base_period` where it comes from another sentence."""


class Name(NamedTuple):
    """A name in the text, tied to the taxonomy where it is known."""

    first: int
    last: int
    id: str
    """Taxonomy node, else the normalised words."""
    type: str
    """`area`, `organisation`, `person`, `name` (a run of proper nouns of unknown type)."""
    kind: str = ""
    """For organisations and people: the contract's `source.kind`; for areas: `country`, `region`, `place`."""
    adjective: bool = False
    """True for demonyms and adjectives: "Chinese"."""


class Slot(NamedTuple):
    """What fills a slot: an id, the words of the article, and why."""

    id: str
    text: str
    rule: str = ""
    """The rule that filled the slot, in a few words: `extractor.explain` shows it."""
    start: int = -1
    """Character offset of the words; -1 where the slot was filled without any."""


class Scope(NamedTuple):
    """Four slots of a quantity, each may be None, and which were borrowed from another sentence."""

    indicator: Slot | None = None
    product: Slot | None = None
    area: Slot | None = None
    counterpart: Slot | None = None
    includes: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()


class Attribution(NamedTuple):
    """Who gave a figure; empty `id` means the article's own voice."""

    id: str = ""
    text: str = ""
    kind: str = "other"
    cue: str = ""
    via: tuple[tuple[str, str], ...] = ()
    borrowed: bool = False
    """True where the source comes from another sentence."""
    cue_start: int = -1


for _extension in _LISTS:
    if not spacy.tokens.Doc.has_extension(_extension):
        spacy.tokens.Doc.set_extension(_extension, default=[])
for _extension in ("published", "article_id"):
    if not spacy.tokens.Doc.has_extension(_extension):
        spacy.tokens.Doc.set_extension(_extension, default=None)


def text_of(doc: AnyDoc) -> str:
    """The document's text. spaCy puts it together anew at every call of `doc.text`; this does so once."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def text_between(doc: Doc, first: int, last: int) -> str:
    """The words of the tokens between two indices: a faster `doc[first:last].text`."""
    if first >= last:
        return ""
    final = doc[last - 1]
    return doc.text[doc[first].idx : final.idx + len(final.text)]


def set_text(doc: AnyDoc, text: str) -> None:
    """Tells a document its text, so that nobody need put it together again from the tokens."""
    doc.user_data[_TEXT] = text


def quantities(doc: AnyDoc) -> list[Quantity]:
    """The number expressions of a document, in the order of the text."""
    return as_written(Quantity, doc._.quantities)


def measures(doc: AnyDoc) -> list[Measure]:
    """Kind, sign and base of each quantity, in parallel to `quantities`."""
    return as_written(Measure, doc._.measures)


def periods(doc: AnyDoc) -> list[PeriodMention]:
    """The period expressions of a document, in the order of the text."""
    return as_written(PeriodMention, doc._.periods)


def timings(doc: AnyDoc) -> list[Timing]:
    """Period and base period of each quantity, in parallel to `quantities`."""
    return as_written(Timing, doc._.timings)


def names(doc: AnyDoc) -> list[Name]:
    """The names of a document, in the order of the text; they do not overlap."""
    return as_written(Name, doc._.names)


def scopes(doc: AnyDoc) -> list[Scope]:
    """Indicator, product, area and counterpart of each quantity, in parallel to `quantities`."""
    return as_written(Scope, doc._.scopes, _scope)


def as_written(kind: type[Row], rows: list[Any], make: Callable[..., Row] | None = None) -> list[Row]:
    """Rows as a component wrote them, of a document that was read from bytes too; `make` makes one of its fields."""
    if {kind}.issuperset(map(type, rows)):
        return list(rows)
    return [(make or kind)(*row) for row in rows]


def _scope(*row: Any) -> Scope:
    """A scope of its fields, the slots among which may be bare lists."""
    indicator, product, area, counterpart = (None if slot is None else Slot(*slot) for slot in row[:_SLOTS])
    return Scope(indicator, product, area, counterpart, *row[_SLOTS:])


def attributions(doc: AnyDoc) -> list[Attribution]:
    """Who gave each quantity, in parallel to `quantities`."""
    return as_written(Attribution, doc._.sources)
