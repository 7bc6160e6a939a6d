"""Reading what claimgraph brings along: the words and weights in its TOML files."""

from __future__ import annotations

import gc
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from extractor.errors import DataPackError

_Model = TypeVar("_Model", bound=BaseModel)


def tables(package: str, name: str) -> dict[str, Any]:
    """The tables of a TOML file of a package, named by its path there: `tables("extractor", "data/lemmas.toml")`.

    Raises DataPackError where the file is no TOML.
    """
    try:
        return tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataPackError(f"is no TOML: {error}", pack=f"{package}/{name}") from error


def checked(model: type[_Model], package: str, name: str) -> _Model:
    """What such a file says, by a model of what it may say. Raises DataPackError where it says anything else."""
    try:
        return model.model_validate(tables(package, name))
    except ValidationError as error:
        raise DataPackError(str(error), pack=f"{package}/{name}") from error


def word_sets(package: str, name: str) -> dict[str, frozenset[str]]:
    """The lists of a file that holds nothing else, by name, for look-up."""
    return {name: frozenset(words) for name, words in tables(package, name).items()}


def weights(package: str, name: str) -> dict[str, float]:
    """The table `[weights]` of a file that a fitting script wrote: weight by sign."""
    return {str(sign): float(weight) for sign, weight in tables(package, name)["weights"].items()}


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps Python's collector of cycles from running while much is made that stays as long as the block runs.

    It costs a tenth of start-up and a twentieth of extraction otherwise.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
