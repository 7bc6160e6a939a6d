"""Which attribution each figure has: its own sentence's, its quotation's, or one that still stands from before."""

from __future__ import annotations

from extractor import mentions
from extractor.mentions import Attribution, Quantity, text_of
from extractor.sources.attribution.article import Reading
from extractor.sources.attribution.carried_over import DEEDS, Standing, is_deed_of_many, is_deed_of_region
from extractor.sources.layout import Printed, source_at, table_sources
from extractor.sources.speakers import Party
from extractor.sources.voices.voice import Voice
from extractor.tokens import Doc

_RELAYING = frozenset({"say", "announce", "show", "according", "cite", "estimate", "colon", "document"})
_FORESEEN = frozenset({"expect", "aim", "estimate", "revise", "put"})


def attribute(doc: Doc) -> list[Attribution]:
    """The attribution of each quantity of a document, in parallel to `doc._.quantities`."""
    quantities = mentions.quantities(doc)
    if not quantities:
        return []
    reading = Reading(doc)
    standing = Standing(reading)
    cells = table_sources(doc)
    starts = sorted(cells)
    return [
        _in_cell(cell)
        if (cell := source_at(cells, starts, quantity.start, text_of(doc)))
        else _attribution(reading, standing, quantity)
        for quantity in quantities
    ]


def _in_cell(cell: Printed) -> Attribution:
    """The attribution that a table's own words give."""
    return Attribution(
        id=cell.party.id, text=cell.party.text, kind=cell.party.kind, cue=cell.cue, cue_start=cell.cue_start
    )


def _attribution(reading: Reading, standing: Standing, quantity: Quantity) -> Attribution:
    token = _token_at(reading.doc, quantity.start)
    if reading.tells_of_speaker(token):
        return Attribution()
    # a modifier may stand apart from its number: "the minimum $20 million experts say it costs"
    own = reading.covering(token) or reading.covering(_token_at(reading.doc, quantity.end - 1))
    number = reading.quotation_of(token)
    if number is not None:
        spoken = reading.speaker_of(number)
        inside = [
            voice for voice in own if reading.quotations[number].first <= voice.anchor < reading.quotations[number].last
        ]
        own = [*inside, spoken] if spoken is not None else own
    voices = _nested(own) or reading.doing(token)
    if voices and (number is not None or not all(is_deed_of_many(v) or is_deed_of_region(v) for v in voices)):
        return _build(voices, borrowed=False)
    before = standing.at(token)
    if before is None and any(is_deed_of_region(voice) for voice in voices):
        return _build(voices, borrowed=False)
    return _build([before], borrowed=True) if before is not None else Attribution()


def _nested(voices: list[Voice]) -> list[Voice]:
    """The voices that count, the origin's first: a plan that somebody tells of is told by that somebody, and so is what
    many have done, whom nobody names ("technology firms announced 16,100 job cuts, the board said").
    """
    spoken = [voice for voice in voices if voice.kind != "aim" and not (voice.kind in DEEDS and voice.chain[0].many)]
    told = [voice for voice in spoken if not (voice.kind in _FORESEEN and voice.chain[0].of_area)]
    spoken = told or spoken  # "India raised its estimate to 129 million tonnes, the ministry said": the ministry did
    made = [voice for voice in spoken if not voice.chain[0].nameless]
    return _outlets_last(made or spoken or voices)


def _outlets_last(voices: list[Voice]) -> list[Voice]:
    """The voices with an outlet's label, which relays the rest, last: "VELDEN – Norda Wire: 93 people have died, the
    fire service said".
    """
    return sorted(voices, key=lambda voice: voice.kind == "colon" and voice.chain[0].kind == "media")


def _build(voices: list[Voice], *, borrowed: bool) -> Attribution:
    chain: list[Party] = []
    relaying = [voice for voice in voices[1:] if voice.kind in _RELAYING and voices[0].kind != "beside"]
    for voice in (voices[0], *relaying):
        chain.extend(party for party in voice.chain if all(party.id != known.id for known in chain))
    source, *relays = chain
    return Attribution(
        id=source.id,
        text=source.text,
        kind=source.kind,
        cue=voices[0].cue,
        via=tuple((relay.id, relay.text) for relay in relays if relay.proper),
        borrowed=borrowed,
        cue_start=voices[0].cue_start,
    )


def _token_at(doc: Doc, offset: int) -> int:
    """The index of the token that holds a character."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span.start if span is not None else 0
