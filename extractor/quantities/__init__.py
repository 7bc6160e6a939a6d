"""Number expressions and what they measure.

- `finder`: number expressions from the words alone, put together from `numerals` (digits, number words, scales),
  `surroundings` (currency and modifiers before it), `tails` (units and denominators behind it), `ranges`, `ratios`,
  `ranks`, `nouns`, `intervals` and `exclusions` (numbers that make no claim: years and dates, with `ages` and
  `identifiers`).
- `measures`: what each quantity measures (level, growth, difference, share, multiple, rank), once its sentence is
  parsed: `kinds` by its construction, with `changes` (over time), `gaps` (between two things) and `rates`; `gapping`
  where the verb is left out; `ellipsis` and `continuing` give a bare figure the unit and scale of the one it goes on
  from, `readings` that of a scale.
- `dimensions`: the scale and unit that a table's heading gives to the figures below it.

The word lists are the TOML files beside the modules; each explains its grammar in its header.
"""

from .finder import find_expressions, find_quantities

__all__ = ["find_expressions", "find_quantities"]
