"""What stands around a number: the currency and modifiers before it, and a modifier behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from .lexicon import alternation, lexicon, movement
from .money import local_currency
from .movements import direction_of
from .unit_patterns import WINDOW, unit_patterns

_TOKEN = re.compile(r"\S+")
_OF_HUNDRED = re.compile(r"\d[\d.,]*\s?(?:%|per\s?cent\b|percent\b)")
_FIGURE_BEFORE = re.compile(r"[$€£¥₹]\s?\d|\d(?:%|\s(?:%|[a-z])|[\d.,]*(?:bn|mn?|tn|k)\b)")


def left_tokens(text: str, start: int, count: int = 6) -> list[str]:
    """The words before `start`, nearest first, in lower case, as they stand (punctuation included)."""
    tokens = _TOKEN.findall(text[max(0, start - WINDOW) : start])
    return [token.lower() for token in tokens[: -count - 1 : -1]]


def currency_before(text: str, start: int) -> tuple[int, str]:
    """Where a currency written before `start` begins, and its code; `start` and "" where there is none."""
    if start == 0 or (text[start - 1] in "0123456789.," and not text.endswith(_dotted(), max(0, start - 5), start)):
        return start, ""
    near = text[start - 1] if text[start - 1] != " " else text[start - 2 : start - 1]
    if near not in _last_signs():
        return start, ""
    window = max(0, start - 9)
    match = unit_patterns().currency_before.search(text, window, start)
    if match is None or match.end() != start:
        return start, ""
    words, written = lexicon(), match.group().strip()
    compact = re.sub(r"\s", "", written)
    code = words.currency_symbols.get(compact) or words.currency_codes.get(compact)
    if code is None:
        tail = next((compact[cut:] for cut in range(1, len(compact)) if compact[cut:] in words.currency_symbols), "")
        code = words.currency_codes.get(compact[: len(compact) - len(tail)], words.currency_symbols.get(tail, ""))
    if compact in words.shared_currencies:
        code = local_currency(text, words.shared_currencies[compact]) or code
    return (match.start() + len(match.group()) - len(match.group().lstrip()), code) if code else (start, "")


@lru_cache(maxsize=1)
def _dotted() -> tuple[str, ...]:
    """The signs that end with a point: "Rs.", "Ksh."."""
    return tuple(symbol for symbol in lexicon().currency_symbols if symbol.endswith("."))


@lru_cache(maxsize=1)
def _last_signs() -> frozenset[str]:
    words = lexicon()
    return frozenset(name[-1] for name in (*words.currency_symbols, *words.currency_codes))


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in lexicon().before)


def modifier_before(text: str, start: int) -> tuple[int, str]:
    """Where the modifiers before `start` begin, and what they mean; `start` and "" where there are none."""
    words, found, meaning = lexicon(), start, ""
    at = start - 2 if text[start : start + 1].isdigit() and text[max(0, start - 3) : start].lower() == " a " else start
    for _ in range(2):
        step = _one_modifier(text, at, words.before)
        if step is None:
            break
        at, phrase_meaning = step
        if (text[at : at + 5].lower() == "up to" and _moves(text, at)) or _compares(text, at, start):
            break
        if phrase_meaning != "exact":
            found, meaning = at, phrase_meaning if meaning in ("", "about") else meaning
    return found, meaning


def _compares(text: str, at: int, start: int) -> bool:
    """True for "was 11.05%, *lower than* 11.84% in May": a measure against the next figure, which gets no bound.

    So does "growth *over* $38.58 billion"; "exports rise over 5%" does not.
    """
    words = text[at:start].lower().split()
    if words[:1] == ["over"] and movement().nouns.get(next(iter(left_tokens(text, at, 1)), "")):
        return _OF_HUNDRED.match(text, start) is None
    if len(words) != 2 or words[1] != "than" or words[0] not in lexicon().contexts["comparatives"]:
        return False
    clause = text[max(0, at - WINDOW) : at]
    before = left_tokens(text, at, 1)
    joined = clause.rstrip().endswith((",", "–", "—", "-")) or (
        bool(before) and before[0] in lexicon().contexts["comparing_after"]
    )
    return joined and _FIGURE_BEFORE.search(re.split(r"[.!?]\s|\n", clause)[-1]) is not None


def _moves(text: str, start: int) -> bool:
    """Whether a word of movement stands before `start`: "edged up to $136 bn" reaches a level, it gives no limit.

    So does a verb that carries its object there: "put the wage up to £13.50".
    """
    before, words = left_tokens(text, start, 5), lexicon().carried
    if not before:
        return False
    if direction_of(before[0]) or before[0] in words["goes"]:
        return True
    if before[0] in words["carries"]:  # "was put up to £13.50", but "took up to £40 off"
        return any(helper in lexicon().contexts["helpers"] for helper in before[1:3])
    for index, word in enumerate(before[1:], start=1):
        if word in words["carries"]:
            return before[index - 1] in words["determiners"]
        if word[-1] in ",;:" or word in lexicon().contexts["stops"] - words["determiners"]:
            return False
    return False


def passing_verb(text: str, start: int, end: int) -> str:
    """What a verb of passing before a figure says of it: "topped half a million" is more than that; else ""."""
    words = left_tokens(text, start, 2)
    known = lexicon().passing
    if len(words) == 2 and words[0] in ("the", "a") and _mark().match(text, end):
        return "more_than" if words[1] in lexicon().marks["passing"] else known.get(words[1], "")
    if words and words[0] in ("to", "at") and _is_limited(text, start, words[0]):
        return "at_most"
    if words and words[0] in ("past", "top"):
        return _passing_word(*words)
    return known.get(" ".join(words[::-1]), "") or (known.get(words[0], "") if words else "")


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    """The mark of "exceeded the 70,000 mark", "the 2 million unit mark"."""
    return re.compile(rf"[\s-](?:(?:an?\s)?[a-z]+[\s-]){{0,2}}{alternation(lexicon().marks['nouns'])}\b", re.IGNORECASE)


def _is_limited(text: str, start: int, link: str) -> bool:
    """True for "Limit net emissions *to* 1.3 billion", "fares were capped *at* £2": the figure is a ceiling."""
    for word in left_tokens(text, start, 8)[1:]:
        if word in lexicon().limits[link]:
            return True
        if word[-1] in ",;:." or word in ("and", "but", "which", "that"):
            return False
    return False


def turned_round(text: str, start: int, modifier: str) -> str:
    """A modifier in its clause: "*never* had more than 15,000" is at most that."""
    opposite = {"more_than": "at_most", "less_than": "at_least"}.get(modifier, "")
    if not opposite:
        return modifier
    before = left_tokens(text, start, 3)
    denied = any(word in lexicon().limits["never"] or word.endswith(("n't", "n’t")) for word in before)
    return opposite if denied or (" no time " in text[max(0, start - 24) : start].lower()) else modifier


def _passing_word(word: str, before: str = "") -> str:
    """The modifier that a word of passing gives: "taking turnover *past* £200m"; "" for "half past 9"."""
    if word == "past":
        return "" if before in lexicon().contexts["definite"] or before in ("half", "quarter", "") else "more_than"
    verb = before.endswith("s") and not before.endswith(("'s", "’s", "ss"))
    return "more_than" if verb or lexicon().passing.get(f"{before} {word}") else ""


def _one_modifier(text: str, start: int, known: dict[str, str]) -> tuple[int, str] | None:
    if start and text[start - 1] in "~≈∼<>≥≤":
        return start - 1, known[text[start - 1]]
    if text[max(0, start - 4) : start].lower() == "sub-":
        return start - 4, "less_than"
    if start < 2 or not text[start - 1].isspace():
        return None
    nearest = text[max(0, start - 20) : start].split()
    if not nearest or nearest[-1].lower().lstrip("(\"'“‘[") not in _last_words():
        return None
    tokens = list(_TOKEN.finditer(text, max(0, start - WINDOW), start))[-5:]
    for first in range(len(tokens)):
        phrase = " ".join(token.group().lower() for token in tokens[first:]).lstrip("(\"'“‘[")
        if phrase in known:
            return tokens[-1].end() - len(phrase) if len(tokens) - first == 1 else _phrase_start(tokens[first]), known[
                phrase
            ]
    return None


def _phrase_start(token: re.Match[str]) -> int:
    written = token.group()
    return token.start() + len(written) - len(written.lstrip("(\"'“‘["))


def modifier_after(text: str, end: int) -> tuple[int, str]:
    """Where a modifier after `end` stops ("or more", "+"), and what it means."""
    if text.startswith((", give or take", " give or take"), end):
        return end, "about"
    match = unit_patterns().after.match(text, end)
    return (match.end(), lexicon().after[match[1].lower()]) if match else (end, "")
