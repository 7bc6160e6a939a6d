"""Objects of the contract made of fields that were checked already, or that this package worked out itself."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)
_new = object.__new__
# The slots of every model's instances: to set them here skips what a frozen model does to refuse it.
_set_fields, _set_names, _set_extra, _set_private = (
    vars(BaseModel)[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
_names: dict[type[BaseModel], set[str]] = {}


def made(model: type[Model], fields: dict[str, Any]) -> Model:
    """What `model_construct` makes of all of a model's fields in their order, at a tenth of the price."""
    names = _names.get(model)
    if names is None:
        names = _names[model] = set(model.model_fields)
    thing = _new(model)
    _set_fields(thing, fields)
    _set_names(thing, names)  # shared: a copy of the object gets a set of its own
    _set_extra(thing, None)
    _set_private(thing, None)
    return thing
