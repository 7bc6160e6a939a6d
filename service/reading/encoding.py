"""Bytes to text: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a gzip archive"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LABELS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
_GUESSABLE = ["cp1252", "mac_roman", "latin_1", "cp1250", "cp1251", "koi8_r", "gb18030", "big5", "shift_jis", "euc_kr"]
_MOST_CHAOS = 0.2
_WESTERN = ("cp1252", "mac_roman")
"""The old encodings of English text, the likelier first."""
_TYPOGRAPHY = re.compile("[‘’“”–—…€£]")
_SAMPLE = 200_000


class Decoded(NamedTuple):
    """The text of some bytes, or why there is none."""

    text: str | None
    problem: str = ""
    """Why there is no text; or, beside a text, what the reader should know of it."""


def decode(raw: bytes, *, markup: bool = False) -> Decoded:
    """The text of a file with line ends as in Python (`\\n`); `markup` allows a charset declared inside the page."""
    decoded = _decode(raw, markup=markup)
    if decoded.text is None:
        return decoded
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROL.findall(text[:100_000])) * 200 > len(text[:100_000]):
        return Decoded(None, "binary file: not text")
    return Decoded(text, decoded.problem)


def _decode(raw: bytes, *, markup: bool) -> Decoded:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _strictly(raw, encoding)
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            return Decoded(None, f"binary file: this is {name}, not text")
    if b"\x00" in raw:
        return _utf16_without_mark(raw)
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _other_than_utf8(raw, error, markup=markup)


def _strictly(raw: bytes, encoding: str) -> Decoded:
    name = encoding.removesuffix("-sig").upper()
    try:
        return Decoded(raw.decode(encoding))
    except UnicodeDecodeError as error:
        return Decoded(None, f"wrong encoding: starts as {name}, but breaks off at byte {error.start}")


def _utf16_without_mark(raw: bytes) -> Decoded:
    """UTF-16 of mostly Latin text has its NUL bytes in every other place; any other NUL makes a file binary."""
    sample = raw[:4000]
    half = len(sample) // 2
    for encoding, nul, letters in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if nul.count(0) > 0.7 * half and letters.count(0) == 0 and len(raw) % 2 == 0:
            return _strictly(raw, encoding)
    return Decoded(None, "binary file: it holds NUL bytes")


def _other_than_utf8(raw: bytes, error: UnicodeDecodeError, *, markup: bool) -> Decoded:
    if markup and (declared := _declared(raw)) is not None:
        return declared
    # A few bad bytes among many good sequences: damaged UTF-8, which any one-byte encoding would turn into "â€™".
    replaced = raw.decode("utf-8", errors="replace")
    bad = replaced.count("\ufffd")
    if len(_MULTIBYTE.findall(raw)) > 2 * bad:
        line = raw.count(b"\n", 0, error.start) + 1
        return Decoded(replaced, f"damaged UTF-8 (first in line {line}): {bad} bad bytes read as \ufffd")
    return _guessed(raw)


def _declared(raw: bytes) -> Decoded | None:
    found = _META_CHARSET.search(raw[:4096])
    if found is None:
        return None
    label = found.group(1).decode("ascii", "replace").lower()
    try:
        return Decoded(raw.decode(_LABELS.get(label, label)))
    except (LookupError, UnicodeDecodeError):
        return None


def _guessed(raw: bytes) -> Decoded:
    """Mostly ASCII: whichever old one-byte encoding gives more quotation marks and dashes; else a statistical guess."""
    beyond_ascii = sum(byte > 127 for byte in raw[:_SAMPLE])
    if 10 * beyond_ascii < len(raw[:_SAMPLE]):
        texts = [(encoding, text) for encoding in _WESTERN if (text := _readable(raw, encoding)) is not None]
        if texts:
            encoding, text = max(texts, key=lambda candidate: len(_TYPOGRAPHY.findall(candidate[1])))
            return Decoded(text, f"not UTF-8; read as {encoding}")
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE], cp_isolation=_GUESSABLE).best()
    if best is None or best.chaos > _MOST_CHAOS:
        return Decoded(None, "unknown encoding: neither UTF-8 nor another that fits; save it as UTF-8")
    text = _readable(raw, best.encoding)
    if text is None:
        return Decoded(None, f"wrong encoding: starts as {best.encoding} and does not stay so; save it as UTF-8")
    return Decoded(text, f"not UTF-8; read as {best.encoding}")


def _readable(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
