"""What keeps a hostile article harmless in a page: visible control characters, links to the web only, safe anchors.

Escaping itself is Jinja's (autoescape); this is what escaping does not do.
"""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import urlsplit

from extractor.model import stable_id

# Controls that a page must not hold (C0 and C1 but tab and newline), lone surrogates, and the marks that reorder or
# hide text (bidirectional embeddings, overrides, isolates and marks; zero-width space and no-break; line and paragraph
# separators).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff\ufffe\uffff]"
)
_ANCHOR = re.compile(r"[A-Za-z0-9_-]{1,80}")


def visible(text: str) -> str:
    """The text with every unseen character written out: a right-to-left override becomes ⟦U+202E⟧."""
    return _UNSEEN.sub(lambda mark: "\n" if mark[0] == "\r" else f"⟦U+{ord(mark[0]):04X}⟧", text.replace("\r\n", "\n"))


def web_address(url: str | None) -> str | None:
    """The address if it is one that a page may link to: http or https, with a host and no blanks or controls."""
    if not url or _UNSEEN.search(url) or any(character.isspace() or character in "\\<>\"'`" for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None


def anchor(prefix: str, name: str) -> str:
    """A page-wide id for something with a name of any kind."""
    return f"{prefix}-{name}" if _ANCHOR.fullmatch(name) else stable_id(f"{prefix}-x", name)


def source_hash(inline: str) -> str:
    """What a content security policy says of an inline style or script: 'sha256-…'."""
    digest = hashlib.sha256(inline.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
