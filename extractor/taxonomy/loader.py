"""Loads and checks the data packs.

A pack is a TOML file with any of the tables `[[product]]`, `[[indicator]]`, `[[area]]`, `[[organisation]]`, whose
fields are those of the models in `model.py`. All packs are read together, so one may refer to another's nodes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from extractor.errors import DataPackError
from extractor.loading import undisturbed
from extractor.taxonomy.model import Area, Indicator, Organisation, ProductNode, Taxonomy

_Node = TypeVar("_Node", ProductNode, Indicator, Area, Organisation)
_TABLES = ("product", "indicator", "area", "organisation")


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """The packs that claimgraph ships, loaded once."""
    folder = files("extractor.taxonomy") / "packs"
    with undisturbed():
        return load_taxonomy(
            {pack.name: pack.read_text(encoding="utf-8") for pack in folder.iterdir() if pack.name.endswith(".toml")}
        )


def load_taxonomy(packs: Mapping[str, str]) -> Taxonomy:
    """The taxonomy of some packs, given as file name and TOML text.

    Raises DataPackError for a table or field that is not in the grammar, an id declared twice, a reference to a node
    that no pack declares, and a cycle.
    """
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = {table: [] for table in _TABLES}
    for pack in sorted(packs):
        for table, entries in _parse(pack, packs[pack]).items():
            rows[table].extend((pack, entry) for entry in entries)
    loaded = Taxonomy(
        products=_nodes(ProductNode, rows["product"]),
        indicators=_nodes(Indicator, rows["indicator"]),
        areas=_nodes(Area, rows["area"]),
        organisations=_nodes(Organisation, rows["organisation"]),
    )
    _check_references(loaded)
    return loaded


def _parse(pack: str, text: str) -> dict[str, list[dict[str, Any]]]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataPackError(f"is no TOML: {error}", pack=pack) from error
    unknown = sorted(set(tables) - set(_TABLES))
    if unknown:
        raise DataPackError(f"has the table {unknown[0]!r}; a pack may hold {', '.join(_TABLES)}", pack=pack)
    return tables


def _nodes(model: type[_Node], rows: list[tuple[str, dict[str, Any]]]) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    for pack, row in rows:
        try:
            node = model(**row, pack=pack)
        except ValidationError as error:
            raise DataPackError(_fault(error, model), pack=pack, entry=str(row.get("id"))) from error
        if node.id in nodes:
            first_pack = nodes[node.id].pack
            problem = f"the id is declared in {first_pack} already; keep one of the two, any pack may refer to it"
            raise DataPackError(problem, pack=pack, entry=node.id)
        nodes[node.id] = node
    return nodes


_PROBLEMS = {
    "missing": "it is missing",
    "tuple_type": 'a list is wanted, such as ["ship", "vessel"]',
    "string_pattern_mismatch": "letters, digits and underscores are wanted, such as container_ship",
    "bool_parsing": "true or false is wanted",
}
"""Faults that pydantic names in words of programmers."""


def _fault(error: ValidationError, model: type[BaseModel]) -> str:
    """The first faulty field of an entry, and what is wrong with it.

    A field that there is not comes before one that is missing: most likely it is the same one, misspelt.
    """
    fault = min(error.errors(include_url=False), key=lambda each: each["type"] != "extra_forbidden")
    field = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        names = ", ".join(name for name in model.model_fields if name != "pack")
        return f"field {field!r}: there is none of that name; an entry may hold {names}"
    return f"field {field!r}: {_PROBLEMS.get(fault['type'], fault['msg'])}"


def _check_references(loaded: Taxonomy) -> None:
    for product in loaded.products.values():
        _known(product.pack, product.id, (*product.broader, *product.may_mean), loaded.products)
    for indicator in loaded.indicators.values():
        others = (
            *indicator.kin,
            *filter(None, (indicator.mirror, indicator.monetary, indicator.added, indicator.removed)),
        )
        _known(indicator.pack, indicator.id, others, loaded.indicators)
    for area in loaded.areas.values():
        _known(area.pack, area.id, (*area.within, *filter(None, (area.speaks_for,))), loaded.areas)
    for body in loaded.organisations.values():
        _known(body.pack, body.id, filter(None, (body.country,)), loaded.areas)
    _check_acyclic({node.id: node.broader for node in loaded.products.values()}, loaded.products)
    _check_acyclic({node.id: node.within for node in loaded.areas.values()}, loaded.areas)


def _known(pack: str, entry: str, references: Iterable[str], nodes: Mapping[str, object]) -> None:
    for reference in references:
        if reference not in nodes:
            raise DataPackError(f"refers to {reference!r}, which no pack declares", pack=pack, entry=entry)


def _check_acyclic(parents: Mapping[str, tuple[str, ...]], nodes: Mapping[str, ProductNode | Area]) -> None:
    finished: set[str] = set()

    def visit(node: str, path: tuple[str, ...]) -> None:
        if node in path:
            circle = " → ".join((*path[path.index(node) :], node))
            raise DataPackError(f"is part of itself: {circle}", pack=nodes[node].pack, entry=node)
        if node not in finished:
            for parent in parents[node]:
                visit(parent, (*path, node))
            finished.add(node)

    for node in parents:
        visit(node, ())
