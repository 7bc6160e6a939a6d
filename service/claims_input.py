"""Claims from anywhere: JSON lines that follow the contract loosely, line by line, with what is wrong said in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import ValidationError

from extractor.errors import InputError
from extractor.model import Claim, stable_id
from service.outputs import claim_line
from service.readers import OnSkip, Skip

if TYPE_CHECKING:
    from reconcile.decoding import Decoder

_AT_ONCE = 256
"""Lines that are read together."""
_CONCEPTS = ("indicator", "product", "area", "counterpart", "source")


def read_foreign_claims(path: Path, *, on_skip: OnSkip) -> Iterator[Claim]:
    """The claims of a file, one by one; a line that is none is reported with its field, and the rest is read.

    Only `value` has to be there. A slot may be a plain string instead of `{id, text}`, and `via` a list of strings.
    Raises InputError where the file cannot be opened or holds no claim at all.
    """
    seen: dict[str, int] = {}
    for number, claim in _read(path, on_skip):
        # A digest instead of the claim: a file may hold millions.
        digest = hash(claim_line(claim))
        if claim.id not in seen:
            seen[claim.id] = digest
            yield claim
        elif seen[claim.id] != digest:
            on_skip(Skip(str(path), number, f"field 'id': another claim has the id {claim.id!r}"))
    if not seen:
        raise InputError("the file holds no claim", path=path)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", path=path) from error
    with stream:
        for number, raw in enumerate(stream, start=1):
            line = raw.removeprefix(b"\xef\xbb\xbf").strip()
            if line:
                yield number, line


def _read(path: Path, on_skip: OnSkip) -> Iterator[tuple[int, Claim]]:
    """The claims of a file with the numbers of their lines, read some at a time."""
    from reconcile.decoding import Decoder

    decoder, lines = Decoder(), _lines(path)
    while some := list(islice(lines, _AT_ONCE)):
        try:
            claims: Iterable[Claim | None] = decoder.plain([line for _, line in some])
        except ValueError:
            claims = repeat(None)
        for (number, line), claim in zip(some, claims, strict=False):
            try:
                yield number, _claim(line, path.stem, decoder) if claim is None else _checked(claim)
            except ValueError as error:
                on_skip(Skip(str(path), number, str(error)))


def _claim(line: bytes, article: str, decoder: Decoder) -> Claim:
    """The claim of one line, of some that are not all as claimgraph writes them."""
    try:
        (claim,) = decoder.plain([line])
    except ValueError:
        return parse_claim(line, article=article)
    return _checked(claim)


def parse_claim(line: bytes, *, article: str) -> Claim:
    """The claim of one line; raises ValueError with the field and what is wrong with it."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise ValueError("a claim is a JSON object")
    try:
        claim = Claim.model_validate(_completed(fields, article))
    except ValidationError as error:
        raise ValueError(_faults(error)) from error
    return _checked(claim)


def _checked(claim: Claim) -> Claim:
    """A claim that sets nothing against itself. Raises ValueError for one that does."""
    from reconcile.normalise import about_itself

    circle = about_itself(claim)
    if circle is not None:
        raise ValueError(f"field {circle[0]!r}: {circle[1]}")
    return claim


def _completed(fields: dict[str, Any], article: str) -> dict[str, Any]:
    """The fields with strings made into concepts, and a place and an id where none are given."""
    full = {name: value for name, value in fields.items() if value is not None}
    for name in _CONCEPTS:
        if name in full:
            full[name] = _concept(full[name])
    source = full.get("source")
    if isinstance(source, dict) and isinstance(source.get("via"), list):
        full["source"] = {**source, "via": [_concept(relay) for relay in source["via"]]}
    full.setdefault("article", article)
    full.setdefault("quote", str(full.get("value", "")))
    full.setdefault("start", 0)
    if isinstance(full["start"], int) and isinstance(full["quote"], str):
        full.setdefault("end", full["start"] + len(full["quote"]))
    full.setdefault("id", stable_id("c", orjson.dumps(fields, option=orjson.OPT_SORT_KEYS).decode()))
    return full


def _concept(value: object) -> object:
    """`{id, text}` of a plain string; of an object without `id`, its text serves as one."""
    if isinstance(value, str):
        return {"id": value, "text": value}
    if isinstance(value, dict) and "id" not in value and isinstance(value.get("text"), str):
        return {**value, "id": value["text"]}
    return value


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"field {'.'.join(map(str, fault['loc']))!r}: {fault['msg']}" for fault in error.errors(include_url=False)
    )
