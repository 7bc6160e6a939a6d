"""The data packs: what their grammar rejects, what the shipped ones keep, and the facts that their lattices give."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

import pytest
from spacy.language import Language

from extractor.errors import DataPackError
from extractor.lexicon import Lexicon
from extractor.taxonomy import Area, Taxonomy, load_taxonomy, taxonomy
from extractor.tokens import read

Row = tuple[str, str, str]
"""Table, id and name."""

CAR = '[[product]]\nid = "car"\nnames = ["car"]\n'


# What a broken pack is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("product = [", r"x\.toml: is no TOML"),
        ('[[thing]]\nid = "car"', r"x\.toml: has the table 'thing'; a pack may hold product, indicator, area"),
        (CAR + 'colour = "red"', r"x\.toml, entry 'car': field 'colour'"),
        ('[[product]]\nid = "car"', r"entry 'car': field 'names'"),
        (
            '[[product]]\nid = "car"\nname = ["car"]',
            r"field 'name': there is none of that name; an entry may hold id, names, broad",
        ),
        ('[[product]]\nid = "car"\nnames = "car"', r"entry 'car': field 'names': a list is wanted"),
        ('[[product]]\nid = "car"\nnames = []', r"entry 'car': field 'names'"),
        ('[[product]]\nid = "big car"\nnames = ["car"]', r"entry 'big car': field 'id'"),
        ('[[area]]\nid = "XX"\nnames = ["X"]\nkind = "planet"', r"entry 'XX': field 'kind'"),
        (CAR + CAR, r"x\.toml, entry 'car': the id is declared in x\.toml already"),
        (CAR + 'broader = ["vehicle"]', r"entry 'car': refers to 'vehicle', which no pack declares"),
        (CAR + 'may_mean = ["vehicle"]', r"entry 'car': refers to 'vehicle'"),
        ('[[indicator]]\nid = "exports"\nmirror = "imports"', r"entry 'exports': refers to 'imports'"),
        ('[[indicator]]\nid = "exports"\nmonetary = "worth"', r"entry 'exports': refers to 'worth'"),
        ('[[indicator]]\nid = "exports"\nkin = ["sales"]', r"entry 'exports': refers to 'sales'"),
        ('[[area]]\nid = "CN"\nnames = ["China"]\nwithin = ["asia"]', r"entry 'CN': refers to 'asia'"),
        ('[[area]]\nid = "bj"\nnames = ["Beijing"]\nspeaks_for = "CN"', r"entry 'bj': refers to 'CN'"),
        ('[[organisation]]\nid = "byd"\nnames = ["BYD"]\ncountry = "CN"', r"entry 'byd': refers to 'CN'"),
        (CAR + 'broader = ["car"]', r"entry 'car': is part of itself: car → car"),
        (
            '[[area]]\nid = "a"\nnames = ["A"]\nwithin = ["b"]\n[[area]]\nid = "b"\nnames = ["B"]\nwithin = ["a"]',
            r"is part of itself: a → b → a",
        ),
    ],
)
def test_a_broken_pack_is_named_with_entry_and_fault(text: str, says: str) -> None:
    with pytest.raises(DataPackError, match=says):
        load_taxonomy({"x.toml": text})


def test_packs_may_refer_to_one_another_in_any_order() -> None:
    loaded = load_taxonomy(
        {"a.toml": CAR + 'broader = ["vehicle"]', "b.toml": '[[product]]\nid = "vehicle"\nnames = ["vehicle"]'}
    )
    assert loaded.product_ancestors("car") == {"vehicle"}
    assert (loaded.products["car"].pack, loaded.products["vehicle"].pack) == ("a.toml", "b.toml")


def test_an_id_is_declared_once_over_all_packs() -> None:
    with pytest.raises(DataPackError, match=r"b\.toml, entry 'car': the id is declared in a\.toml already"):
        load_taxonomy({"a.toml": CAR, "b.toml": CAR})


# What the shipped packs keep --------------------------------------------------------------------------------


def packs() -> dict[str, str]:
    folder = files("extractor.taxonomy") / "packs"
    return {pack.name: pack.read_text(encoding="utf-8") for pack in folder.iterdir() if pack.name.endswith(".toml")}


@pytest.mark.parametrize("name", sorted(packs()))
def test_a_pack_opens_with_what_it_holds_and_its_grammar(name: str) -> None:
    header = packs()[name].split("\n\n")[0]
    assert all(line.startswith("#") for line in header.splitlines())
    assert re.search(r"^# Grammar", packs()[name], re.MULTILINE)


def surfaces(nodes: Taxonomy) -> Iterator[Row]:
    """Table, id and name of everything that the texts are searched for."""
    for product in nodes.products.values():
        yield from (("product", product.id, name) for name in product.names)
    for indicator in nodes.indicators.values():
        yield from (("indicator", indicator.id, name) for name in (*indicator.nouns, *indicator.agents))
    for area in nodes.areas.values():
        yield from (("area", area.id, name) for name in (*area.names, *area.adjectives))
    for body in nodes.organisations.values():
        yield from (("organisation", body.id, name) for name in body.names)


def claimed_twice(claims: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Names that more than one node claims, hyphens and spaces taken as one."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name, node in claims:
        owners[name.replace("-", " ")].add(node)
    return {name: nodes for name, nodes in owners.items() if len(nodes) > 1}


@pytest.mark.parametrize("table", ["product", "indicator", "area", "organisation"])
def test_a_name_belongs_to_one_node_of_its_table(table: str) -> None:
    assert claimed_twice((name, node) for where, node, name in surfaces(taxonomy()) if where == table) == {}


def test_a_name_in_lower_case_hides_no_other_spelling() -> None:
    # a lower-case name matches in any case, so "shell" the product would also claim "Shell" of its table
    for table in ("product", "indicator", "area", "organisation"):
        rows = [(node, name) for where, node, name in surfaces(taxonomy()) if where == table]
        lower = {name: node for node, name in rows if name.islower()}
        hidden = {name: (node, lower[name.lower()]) for node, name in rows if lower.get(name.lower(), node) != node}
        assert hidden == {}


def test_a_verb_has_one_indicator() -> None:
    verbs = ((verb, node.id) for node in taxonomy().indicators.values() for verb in node.verbs)
    assert claimed_twice(verbs) == {}


def test_kin_and_mirrors_are_mutual() -> None:
    nodes = taxonomy().indicators
    one_way = [(node.id, other) for node in nodes.values() for other in node.kin if node.id not in nodes[other].kin]
    assert one_way == []
    assert [node.id for node in nodes.values() if node.id in node.kin] == []
    assert [node.id for node in nodes.values() if node.mirror and nodes[node.mirror].mirror != node.id] == []


def test_no_indicator_is_a_flow_and_a_stock_at_once() -> None:
    assert [node.id for node in taxonomy().indicators.values() if node.additive and node.stock] == []


def test_every_indicator_can_be_found_by_a_word() -> None:
    assert [node.id for node in taxonomy().indicators.values() if not (node.nouns or node.verbs)] == []


def test_bare_words_that_measure_nothing_are_no_indicators() -> None:
    nouns = {noun for node in taxonomy().indicators.values() for noun in node.nouns}
    assert nouns.isdisjoint(
        {"number", "total", "level", "rate", "figure", "amount", "volume", "data", "increase", "growth"}
    )


def test_a_loose_word_stands_for_several_nodes_and_not_for_itself() -> None:
    loose = [product for product in taxonomy().products.values() if product.may_mean]
    assert [product.id for product in loose if product.id in product.may_mean or len(set(product.may_mean)) < 2] == []


def test_country_ids_are_the_codes_of_iso_3166() -> None:
    babel = pytest.importorskip("babel")
    codes = {code for code in babel.Locale("en").territories if re.fullmatch("[A-Z]{2}", code)}
    reserved = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    assert {area.id for area in taxonomy().areas.values() if area.kind == "country"} == codes - reserved


def test_regions_carry_codes_of_un_m49() -> None:
    continents_and_unions = "002 003 009 019 142 150 202 419"
    parts = "005 011 013 014 015 017 018 021 029 030 034 035 039 053 054 057 061 143 145 151 154 155"
    assigned = {*continents_and_unions.split(), *parts.split()}
    used = {area.id.removeprefix("m49_") for area in taxonomy().areas.values() if area.id.startswith("m49_")}
    assert used == assigned


def test_every_area_lies_in_the_world_and_every_place_in_a_country() -> None:
    nodes = taxonomy()
    assert [area for area in nodes.areas if area != "world" and "world" not in nodes.area_ancestors(area)] == []
    waters = {"red_sea", "black_sea", "mediterranean", "north_sea", "strait_of_hormuz", "amazonia"}

    def homeless(area: Area) -> bool:
        return not any(nodes.areas[above].kind == "country" for above in nodes.area_ancestors(area.id))

    assert {area.id for area in nodes.areas.values() if area.kind == "place" and homeless(area)} == waters


def test_what_figures_cover_is_told_of_known_products_and_indicators() -> None:
    nodes = taxonomy()
    told = {key for body in nodes.organisations.values() for key in body.covers}
    assert told <= set(nodes.products) | set(nodes.indicators)


def test_codes_of_the_harmonised_system_are_digits() -> None:
    coded = [product.codes for product in taxonomy().products.values() if product.codes]
    assert {scheme for codes in coded for scheme in codes} == {"hs"}
    codes = [code for product in coded for code in product["hs"].split(",")]
    assert [code for code in codes if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", code)] == []


def test_the_packs_are_wide_enough_for_news_on_any_subject() -> None:
    nodes = taxonomy()
    assert len(nodes.products) >= 200
    assert len(nodes.indicators) >= 120
    assert len(nodes.organisations) >= 300


# Names in texts ---------------------------------------------------------------------------------------------


def unreachable(nlp: Language, rows: list[Row]) -> list[Row]:
    """The names that the surface index does not find in a text, whole and for their own node."""
    text, starts = "", []
    for _, _, name in rows:
        starts.append(len(text))
        text += f"{name} | "
    doc = nlp.make_doc(text)
    found = {
        (match.table, match.id, doc[match.first].idx, doc[match.last - 1].idx + len(doc[match.last - 1]))
        for match in Lexicon(taxonomy()).matches(read(doc))
    }
    return [
        (table, node, name)
        for (table, node, name), start in zip(rows, starts, strict=True)
        if (table, node, start, start + len(name)) not in found
    ]


def _awkward(name: str) -> bool:
    """Names that the tokenizer cuts elsewhere than at spaces and hyphens, or keeps whole over a hyphen or a digit."""
    return bool(re.search(r"['’,&]|\d[A-Z]|[A-Za-z]-\d", name))


@lru_cache(maxsize=1)
def _bodies(nodes: Taxonomy) -> frozenset[str]:
    return frozenset(name for body in nodes.organisations.values() for name in body.names)


def _opens_with_a_body(nodes: Taxonomy, table: str, name: str) -> bool:
    words = name.split()
    openings = {" ".join(words[:count]) for count in range(1, len(words))}
    return table != "organisation" and not openings.isdisjoint(_bodies(nodes))


def test_every_plain_name_is_found_in_a_text(nlp: Language) -> None:
    nodes = taxonomy()
    plain = [row for row in surfaces(nodes) if not _awkward(row[2]) and not _opens_with_a_body(nodes, row[0], row[2])]
    assert unreachable(nlp, plain) == []


def test_names_with_apostrophes_commas_and_digits_are_found_too(nlp: Language) -> None:
    assert unreachable(nlp, [row for row in surfaces(taxonomy()) if _awkward(row[2])]) == []


def test_a_longer_name_wins_over_the_body_that_it_opens_with(nlp: Language) -> None:
    nodes = taxonomy()
    assert unreachable(nlp, [row for row in surfaces(nodes) if _opens_with_a_body(nodes, row[0], row[2])]) == []


# Facts of the lattices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "wholes"),
    [
        ("battery_electric_vehicle", {"new_energy_vehicle", "electric_vehicle", "vehicle"}),
        ("plug_in_hybrid", {"new_energy_vehicle", "vehicle"}),
        ("passenger_car", {"vehicle"}),
        ("bus", {"commercial_vehicle", "vehicle"}),
        ("iphone", {"smartphone", "phone"}),
        ("laptop", {"pc"}),
        ("lng", {"natural_gas", "fossil_fuel", "energy"}),
        ("petrol", {"oil_product", "oil"}),
        ("offshore_wind", {"wind", "renewables"}),
        ("rebar", {"steel", "metal"}),
        ("durum_wheat", {"wheat", "grain", "crop"}),
        ("asylum_seeker", {"person"}),
        ("tourist", {"visitor"}),
        ("single_family_home", {"home"}),
    ],
)
def test_a_product_is_part_of_its_wholes(part: str, wholes: set[str]) -> None:
    assert taxonomy().product_ancestors(part) >= wholes


@pytest.mark.parametrize(
    ("part", "no_whole"),
    [
        ("vehicle", "car"),  # a car may mean any vehicle, but not the other way round
        ("plug_in_hybrid", "battery_electric_vehicle"),
        ("hybrid", "new_energy_vehicle"),  # full hybrids do not count as new-energy vehicles
        ("motorcycle", "vehicle"),  # trade and sales statistics of motor vehicles leave two wheels out
        ("e_bike", "electric_vehicle"),
        ("tablet", "pc"),
        ("crude_oil", "oil_product"),
        ("iron_ore", "steel"),
        ("cattle", "meat"),
        ("dealership", "vehicle"),
    ],
)
def test_a_product_is_no_part_of_what_it_only_resembles(part: str, no_whole: str) -> None:
    assert no_whole not in taxonomy().product_ancestors(part)


@pytest.mark.parametrize(
    ("loose", "readings"),
    [
        ("car", ("passenger_car", "vehicle")),
        ("electric_vehicle", ("battery_electric_vehicle", "new_energy_vehicle")),
        ("oil", ("crude_oil", "oil_product")),
        ("passenger_car", ("passenger_car",)),
        ("no such thing", ("no such thing",)),
    ],
)
def test_a_loose_word_has_its_readings_and_a_strict_one_itself(loose: str, readings: tuple[str, ...]) -> None:
    assert taxonomy().readings(loose) == readings


@pytest.mark.parametrize(
    ("area", "wholes"),
    [
        ("CN_SH", {"CN", "m49_030", "m49_142", "world"}),
        ("shenzhen", {"CN_GD", "CN"}),
        ("lille", {"FR", "m49_155", "eu", "euro_area", "m49_150"}),
        ("US_CA", {"US", "m49_003", "m49_019", "oecd", "g7"}),
        ("GB_SCT", {"GB", "m49_150"}),
        ("PR", {"US", "m49_029"}),
        ("SA", {"opec", "opec_plus", "middle_east", "gulf_states", "m49_145", "m49_142"}),
        ("VN", {"asean", "m49_035", "asia_pacific"}),
        ("NG", {"m49_011", "m49_202", "m49_002"}),
        ("NO", {"scandinavia", "nordic_countries", "schengen", "nato"}),
        ("MX", {"m49_013", "m49_419", "m49_003", "usmca"}),
    ],
)
def test_an_area_lies_in_its_wholes(area: str, wholes: set[str]) -> None:
    assert taxonomy().area_ancestors(area) >= wholes


@pytest.mark.parametrize(
    ("area", "no_whole"),
    [
        ("HK", "CN"),  # reports its own figures, which are in none of China's
        ("TW", "CN"),
        ("GB", "eu"),
        ("CH", "eu"),
        ("SE", "euro_area"),
        ("RU", "opec"),
        ("MX", "m49_021"),
        ("GE", "US"),
        ("EG", "m49_202"),
    ],
)
def test_an_area_lies_not_in_its_neighbours(area: str, no_whole: str) -> None:
    assert no_whole not in taxonomy().area_ancestors(area)


@pytest.mark.parametrize(
    ("seat", "speaks_for"),
    [
        ("Beijing", "CN"),
        ("Moscow", "RU"),
        ("Washington", "US"),
        ("Brussels", "eu"),
        ("New Delhi", "IN"),
        ("Paris", "FR"),
    ],
)
def test_a_seat_of_government_speaks_for_its_country(seat: str, speaks_for: str) -> None:
    seats = [area for area in taxonomy().areas.values() if seat in area.names]
    assert [(area.kind, area.speaks_for) for area in seats] == [("place", speaks_for)]


@pytest.mark.parametrize(
    ("indicator", "additive", "stock", "bare_percent"),
    [
        ("exports", True, False, ""),
        ("deaths", True, False, ""),
        ("job_cuts", True, False, ""),
        ("installations", True, False, ""),
        ("capacity", False, True, ""),
        ("jobs", False, True, ""),
        ("population", False, True, ""),
        ("inventories", False, True, ""),
        ("price", False, False, ""),
        ("unemployment", False, False, "share"),
        ("market_share", False, False, "share"),
        ("turnout", False, False, "share"),
        ("inflation", False, False, "growth"),
    ],
)
def test_an_indicator_adds_up_or_not(indicator: str, additive: bool, stock: bool, bare_percent: str) -> None:
    node = taxonomy().indicators[indicator]
    assert (node.additive, node.stock, node.default_kind) == (additive, stock, bare_percent)


@pytest.mark.parametrize(
    ("indicator", "kin"),
    [
        ("exports", "overseas_sales"),
        ("retail_sales", "wholesale"),
        ("capacity", "generation"),
        ("deaths", "casualties"),
    ],
)
def test_a_headline_would_not_tell_these_apart(indicator: str, kin: str) -> None:
    assert kin in taxonomy().indicators[indicator].kin


def test_money_changes_what_is_measured() -> None:
    nodes = taxonomy().indicators
    meant = {name: nodes[name].monetary for name in ("exports", "imports", "sales")}
    assert meant == {"exports": "export_value", "imports": "import_value", "sales": "revenue"}
    assert nodes["exports"].mirror == "imports"


@pytest.mark.parametrize(
    ("body", "kind", "country"),
    [
        ("caam", "association", "CN"),
        ("chinese_customs", "customs", "CN"),
        ("eurostat", "government", "eu"),
        ("ecb", "government", "euro_area"),
        ("imf", "other", None),
        ("canalys", "analyst", None),
        ("reuters", "media", "GB"),
        ("byd", "company", "CN"),
    ],
)
def test_a_body_has_its_kind_and_country(body: str, kind: str, country: str | None) -> None:
    node = taxonomy().organisations[body]
    assert (node.kind, node.country) == (kind, country)


@pytest.mark.parametrize(
    "body", ["caam", "cpca", "chinese_customs", "jama", "japan_customs", "adp", "bls", "unwto", "opec"]
)
def test_bodies_whose_figures_are_often_set_side_by_side_say_what_they_cover(body: str) -> None:
    assert taxonomy().organisations[body].covers


@pytest.mark.parametrize("bloc", ["opec", "opec_plus", "nato", "oecd", "african_union"])
def test_a_bloc_that_speaks_is_one_id_as_area_and_as_body(bloc: str) -> None:
    assert bloc in taxonomy().areas
    assert bloc in taxonomy().organisations
