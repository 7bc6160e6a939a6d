"""What the words mean: products, indicators, areas and organisations, loaded from the data packs in `packs/`.

`taxonomy()` gives the loaded packs; the lattice questions ("is a passenger car a vehicle?") and the surface index that
the extractor searches texts with are its methods.
"""

from extractor.taxonomy.loader import load_taxonomy, taxonomy
from extractor.taxonomy.model import Area, Indicator, Organisation, ProductNode, Taxonomy

WORLD, ABROAD = "world", "overseas"
"""Ids of the areas that are everywhere, and everywhere but here."""

__all__ = [
    "ABROAD",
    "WORLD",
    "Area",
    "Indicator",
    "Organisation",
    "ProductNode",
    "Taxonomy",
    "load_taxonomy",
    "taxonomy",
]
