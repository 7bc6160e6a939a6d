"""Label Studio: tasks with regions over the figures (`labels`), and the slots as text fields of each region.

Gold becomes annotations, a run's claims become predictions; both may stand in one task. `CONFIG` is the labelling
interface that shows them. Offsets count code points; exports whose offsets count UTF-16 units are understood too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import orjson

from extractor.errors import InputError
from extractor.model import Kind, stable_id
from service.interchange.sheets import Mark, Sheet
from service.interchange.slots import NAMES, Slots

_LABELS, _TEXT, _OPTIONAL = "kind_label", "text", "optional"


def config() -> str:
    """The labelling interface: one label a kind, one text field a slot, and whether the claim is optional."""
    labels = "".join(f'    <Label value="{kind}"/>\n' for kind in get_args(Kind))
    fields = "".join(
        f'  <Header value="{name}" size="5"/>\n'
        f'  <TextArea name="{name}" toName="{_TEXT}" perRegion="true" editable="true" maxSubmissions="20"/>\n'
        for name in NAMES
    )
    return (
        f'<View>\n  <Labels name="{_LABELS}" toName="{_TEXT}">\n{labels}  </Labels>\n'
        f'  <Text name="{_TEXT}" value="$text" granularity="symbol"/>\n{fields}'
        f'  <Choices name="{_OPTIONAL}" toName="{_TEXT}" perRegion="true" choice="multiple">\n'
        f'    <Choice value="optional"/>\n  </Choices>\n</View>\n'
    )


def write(sheets: Iterable[Sheet]) -> bytes:
    """A list of tasks, as Label Studio imports it."""
    return orjson.dumps([_task(sheet) for sheet in sheets], option=orjson.OPT_INDENT_2)


def _task(sheet: Sheet) -> dict[str, Any]:
    task: dict[str, Any] = {"data": {**sheet.meta, "text": sheet.text}}
    if sheet.gold is not None:
        task["annotations"] = [{"result": _regions(sheet, sheet.gold)}]
    if sheet.predicted is not None:
        task["predictions"] = [{"model_version": "claimgraph", "result": _regions(sheet, sheet.predicted)}]
    return task


def _regions(sheet: Sheet, marks: Sequence[Mark]) -> list[dict[str, Any]]:
    return [part for mark in marks for part in _region(sheet, mark)]


def _region(sheet: Sheet, mark: Mark) -> Iterable[dict[str, Any]]:
    name = stable_id("r", sheet.meta["id"], mark.start, mark.end)
    where = {"start": mark.start, "end": mark.end, "text": sheet.text[mark.start : mark.end]}
    common = {"id": name, "to_name": _TEXT}
    value = {**where, "labels": [mark.label]}
    label: dict[str, Any] = {**common, "from_name": _LABELS, "type": "labels", "value": value}
    if mark.claim is not None:
        label |= {"meta": {"claim": mark.claim}, "score": mark.claim.get("confidence")}
    yield label
    for slot, answers in mark.slots.items():
        place = {"start": mark.start, "end": mark.end}
        yield {**common, "from_name": slot, "type": "textarea", "value": {**place, "text": answers}}
    if mark.optional:
        place = {"start": mark.start, "end": mark.end}
        yield {**common, "from_name": _OPTIONAL, "type": "choices", "value": {**place, "choices": ["optional"]}}


def read(content: bytes, file: Path) -> list[Sheet]:
    """The sheets of a JSON export; of several annotations of a task, the last that was not cancelled."""
    tasks = orjson.loads(content)
    if not isinstance(tasks, list):
        raise ValueError("a list of tasks is wanted (export as JSON, not as JSON-MIN)")
    return [_sheet(task, f"[{place}]", file) for place, task in enumerate(tasks)]


def _sheet(task: dict[str, Any], place: str, file: Path) -> Sheet:
    data = dict(task["data"])
    text = data.pop("text")
    done = [each for each in task.get("annotations") or () if not each.get("was_cancelled")]
    guessed = task.get("predictions") or ()
    gold = _marks(done[-1]["result"], text, f"{place}.annotations", file) if done else None
    predicted = _marks(guessed[-1]["result"], text, f"{place}.predictions", file) if guessed else None
    return Sheet(data, text, gold, predicted)


def _marks(result: Sequence[dict[str, Any]], text: str, place: str, file: Path) -> list[Mark]:
    slots: dict[str, Slots] = {}
    optional: set[str] = set()
    for part in result:
        if part["type"] == "textarea":
            answers = part["value"]["text"]
            slots.setdefault(part["id"], {})[part["from_name"]] = [answers] if isinstance(answers, str) else answers
        elif part["type"] == "choices" and "optional" in part["value"]["choices"]:
            optional.add(part["id"])
    marks = []
    for index, part in enumerate(result):
        if part["type"] == "labels":
            start, end = _offsets(part["value"], text, f"{place}.result[{index}]", file)
            claim = (part.get("meta") or {}).get("claim")
            label, name = part["value"]["labels"][0], part["id"]
            marks.append(Mark(start, end, label, slots.get(name, {}), name in optional, claim))
    return marks


def _offsets(value: dict[str, Any], text: str, place: str, file: Path) -> tuple[int, int]:
    start, end = int(value["start"]), int(value["end"])
    quote = value.get("text")
    if quote is None or text[start:end] == quote:
        return start, end
    units = text.encode("utf-16-le")
    first = len(units[: 2 * start].decode("utf-16-le", "replace"))
    last = len(units[: 2 * end].decode("utf-16-le", "replace"))
    if text[first:last] == quote:
        return first, last
    raise InputError(f"the text has {text[start:end]!r} at {start}, the region says {quote!r}", path=file, field=place)
