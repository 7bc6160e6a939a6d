"""Files and folders → articles, one by one; whatever cannot be read is reported with its reason, and the rest goes on.

folders.py says which files, formats.py what each holds; folders are searched recursively. The articles and their order
depend on the files alone, not on the order in which the paths are given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from pydantic import ValidationError

from extractor.model import Article
from service.reading.folders import article_files
from service.reading.formats import MOST_TEXT, Draft, drafts_of
from service.reading.language import language_name, other_language
from service.reading.skips import OnSkip, Skip, shown

LONGEST_WORD = 3_000
"""Characters without a space: more is no prose, and a tokeniser takes the square of their number to cut them up."""
_METADATA = ("title", "publisher", "author", "url", "language")


def read_articles(paths: Iterable[Path | str], *, on_skip: OnSkip) -> Iterator[Article]:
    """Every article of some files and folders, in the order of their paths; `on_skip` hears of all that is left out."""
    register = Register()
    for path in article_files(paths, on_skip=on_skip):
        for draft in drafts(path, on_skip=on_skip):
            name = register.admit(shown(draft.path), draft.line, draft.wanted, draft.digest, on_skip)
            if name is not None:
                yield built(draft, name, on_skip)


def drafts(path: Path, *, on_skip: OnSkip) -> Iterator[Draft]:
    """The articles of one file that can be read, whatever other files hold."""
    for draft in drafts_of(path, on_skip):
        text: str = draft.fields["text"]
        reason = _why_not(text)
        if reason is None:
            yield draft._replace(digest=text_digest(" ".join(text.split())))
        else:
            on_skip(Skip(shown(draft.path), draft.line, reason))


def text_digest(text: str) -> str:
    """The SHA-256 of an article's text, which tells whether the offsets still refer to it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Register:
    """Sees to it that a text is kept once, and that every article has an id of its own."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._ids: set[str] = set()

    def admit(self, place: str, line: int | None, wanted: str, digest: str, on_skip: OnSkip) -> str | None:
        """The article's id: its own; without one, the file's name and a few digits of its text, as where it is taken.

        None for a text that is there already.
        """
        if digest in self._texts:
            on_skip(Skip(place, line, f"the same article as {self._texts[digest]}: kept once"))
            return None
        name = wanted
        if not wanted or wanted in self._ids:
            name = f"{wanted or PurePath(place).stem}-{digest[:8]}"
        if name != wanted and wanted:
            reason = f"another article has the id {wanted!r}; this one is called {name!r}"
            on_skip(Skip(place, line, reason, lost=False))
        self._texts[digest] = place if line is None else f"{place}, line {line}"
        self._ids.add(name)
        return name


def built(draft: Draft, name: str, on_skip: OnSkip) -> Article:
    """The article under its id; optional fields that do not fit are left out, and said so."""
    given = draft.fields
    fields = {"text": given["text"], "id": name}
    for key in (*_METADATA, "published"):
        value = given.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            Article.model_validate({**fields, key: value})
            fields[key] = value
        except ValidationError as error:
            reason = f"field {key!r} is left out: {error.errors()[0]['msg']}; found {str(value)[:60]!r}"
            on_skip(Skip(shown(draft.path), draft.line, reason, lost=False))
    if given.get("published_inferred") is True:
        fields["published_inferred"] = True
    return Article.model_validate(fields)


def _why_not(text: str) -> str | None:
    if not text.strip():
        return "empty: no text"
    if len(text) > MOST_TEXT:
        return f"{len(text) / 1e6:.1f} million characters: too long, the limit is {MOST_TEXT / 1e6:.0f} million"
    longest = max(map(len, text.split()))
    if longest > LONGEST_WORD:
        return f"not prose: {longest} characters without a space, the limit is {LONGEST_WORD}"
    language = other_language(text)
    if language is None:
        return None
    name = language_name(language)
    return "not in English" if name is None else f"not in English (it seems to be {name})"
