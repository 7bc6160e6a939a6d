"""What the words around a figure say of its time: the patterns of nearby.toml."""

from __future__ import annotations

from extractor.periods.patterns import patterns_of

near = patterns_of("nearby.toml")
"""The pattern of that name, compiled once; raises DataPackError for an unknown one."""
