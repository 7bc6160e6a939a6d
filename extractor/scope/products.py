"""The product: what is counted, and what the text says it includes."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.lexicon import Match
from extractor.mentions import Measure, Slot
from extractor.names import body_kind
from extractor.quantities.lexicon import lexicon, movement
from extractor.scope.frame import Frame, View, subject_of
from extractor.scope.phrases import indicator_verbs, is_people, is_thing, label_before, object_of, phrase, sort_of
from extractor.scope.terms import Terms, lemma_phrase, words_of
from extractor.scope.verbs import only_reported
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, ancestors, is_noun, is_verb
from extractor.taxonomy import taxonomy

_PEOPLE = "person"
_OF = frozenset({"of"})
_OF_FOR = frozenset({"of", "for"})
_OPENERS = frozenset({"including", "comprising"})


def find_product(frame: Frame, terms: Terms, measure: Measure) -> tuple[Slot | None, tuple[str, ...]]:
    """What is counted, and what the text says it includes."""
    token = _product_token(frame, terms, measure)
    if token is None:
        return None, ()
    return product_slot(token, terms), _includes(token, terms)


def product_slot(token: Token, terms: Terms) -> Slot:
    """The slot for a word that was found to be what is counted."""
    if is_people(token, terms):
        return Slot(_PEOPLE, token.text, "people by their country", token.idx)
    match = terms.products.get(token.i)
    return _restricted(token, match, terms) if match is not None else phrase(token, terms, "noun by its place")


def is_actor(product: str) -> bool:
    """True for products that act: people, firms, institutions."""
    return any(among(node, "actor_products") for node in (product, *taxonomy().product_ancestors(product)))


def _product_token(frame: Frame, terms: Terms, measure: Measure) -> Token | None:
    part = _part_of_whole(frame, terms)
    if part is not None:
        return part
    counted = frame.counted
    if counted is not None and counted.i in terms.products:
        return counted
    if counted is not None and measure.kind != "rank" and is_thing(counted, terms):
        return counted
    physical = sort_of(measure, counted, terms) in {"volume", "money", "area"} or "watt" in measure.unit
    for view in frame.views:
        reported = is_verb(view.node) and only_reported(view, frame)
        for token in (view.node, *view.visible):
            if (reported and token.i < frame.anchor.i) or not _is_product_of(token, view, terms):
                continue
            if not (physical and among(terms.products[token.i].id, "site_products")):
                return token
    return _modifying_noun(frame, terms)


def _part_of_whole(frame: Frame, terms: Terms) -> Token | None:
    """The part in "*machinery* accounted for $21.9 billion of the purchases": the subject, not the whole."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.came_from is None or view.came_from.dep_ in SUBJECTS:
        return None
    verb = view.node
    if not among(verb.lemma_.lower(), "part_verbs") or (verb.lemma_ == "make" and not _has_particle(verb, "up")):
        return None
    subject = subject_of(verb)
    if subject is None or not is_noun(subject) or body_kind(subject.lemma_.lower()) is not None:
        return None
    if subject.i in terms.products or is_thing(subject, terms):
        return subject
    return next((child for child in subject.lefts if child.dep_ == "compound" and child.i in terms.products), None)


def _has_particle(verb: Token, particle: str) -> bool:
    return any(child.dep_ == "prt" and child.lower_ == particle for child in verb.children) and not any(
        child.dep_ == "prep" and child.lower_ == "for" for child in verb.children
    )


def _is_product_of(token: Token, view: View, terms: Terms) -> bool:
    """Whether a product that can be seen from the figure is what it counts.

    Not one that only helps to name another thing ("phone calls", "town hall"), nor one in an adverbial of the verb
    ("from its lorry", "as chips recovered"), nor who does it ("residents counted 1,140 lorries").
    """
    match = terms.products.get(token.i)
    if match is None or not token.tag_.startswith(("NN", "JJ", "CD")):
        return False
    if token.i in terms.indicators and any(c.dep_ == "compound" and c.i in terms.products for c in token.lefts):
        return False  # "the wheat *crop*": the crop is measured, wheat is what is counted
    if token.dep_ in {"compound", "nmod"} and not _is_transparent(token.head, terms):
        return False
    if _is_aside(token, view.node) or (token.head.lower_ == "by" and is_actor(match.id)) or token.head.lower_ == "than":
        return False
    if token.dep_ == "pobj" and among(token.head.lower_, "site_prepositions") and among(match.id, "site_products"):
        return False
    if not is_verb(view.node) or token.i == view.node.i:
        return True
    branch = _branch(token, view.node)
    if branch.dep_ in {"prep", "agent", "advcl", "npadvmod"}:
        spends = branch.lower_ == "on" and among(view.node.lemma_.lower(), "spending_verbs")
        return spends or among(branch.lower_, "content_prepositions")
    return not (_acts(branch, view) and is_actor(match.id))


def _is_aside(token: Token, top: Token) -> bool:
    """True inside a relative clause on the way up: "core inflation, which leaves out *energy*, stood at 3.6%"."""
    for node in (token, *ancestors(token)):
        if node.i == top.i:
            return False
        if node.dep_ == "relcl":
            return True
    return False


def _acts(branch: Token, view: View) -> bool:
    """True for the subject of a verb with an object, unless the object only says how much of the subject there is."""
    if branch.dep_ != "nsubj":
        return False
    says_how_much = among(view.node.lemma_.lower(), "measure_verbs")
    return any(
        child.dep_ == "dobj" and not (says_how_much and view.came_from is not None and child.i == view.came_from.i)
        for child in view.node.children
    )


def _is_transparent(noun: Token, terms: Terms) -> bool:
    """True for a noun that a product may stand before without losing itself: "car exports", "car market", "car
    total".
    """
    lemma = noun.lemma_.lower()
    if noun.i in terms.indicators or noun.i in terms.products or lemma in movement().nouns:
        return True
    return any(among(lemma, g) for g in ("whole_nouns", "measure_nouns", "generic_units")) or noun.tag_ == "NNP"


def _branch(token: Token, top: Token) -> Token:
    """The child of the upper word under which the token stands."""
    node = token
    while node.head.i != top.i and node.head.i != node.i:
        node = node.head
    return node


def _modifying_noun(frame: Frame, terms: Terms) -> Token | None:
    """A thing that no pack knows, by its place: "hectares of *rye*", "*malaria* cases", "sold *widgets* worth $5m"."""
    label = label_before(frame)
    if label is not None and is_thing(label, terms):
        return label
    of_anchor = object_of(frame.anchor, terms, _OF)
    if of_anchor is not None:
        return of_anchor
    for view in frame.views:
        for token in (view.node, *view.visible):
            if token.i in terms.indicators and not is_verb(token):
                return _thing_beside(token, terms)
        if is_verb(view.node):
            found = _thing_at(view, terms)
            if found is not None or view.node.lemma_.lower() in indicator_verbs():
                return found
    return None


def _thing_at(view: View, terms: Terms) -> Token | None:
    """The thing that a verb of the packs acts on, or that is so much "18% *full*"."""
    described = view.came_from is not None and view.came_from.dep_ == "acomp" and view.came_from.tag_ == "JJ"
    if not described and view.node.lemma_.lower() not in indicator_verbs():
        return None
    wanted = {"nsubj"} if described else {"dobj", "nsubjpass"}
    return next((t for t in view.visible if t.dep_ in wanted and is_noun(t) and is_thing(t, terms)), None)


def _thing_beside(noun: Token, terms: Terms) -> Token | None:
    taken = range(terms.indicators[noun.i].first, noun.i + 1)
    compounds = [
        t
        for t in noun.lefts
        if t.dep_ == "compound" and t.i not in taken and t.text[0].isalpha() and is_thing(t, terms)
    ]
    if compounds:
        return compounds[-1]
    return object_of(noun, terms, _OF_FOR)


def _restricted(token: Token, match: Match, terms: Terms) -> Slot:
    """The product's node, or the words where a modifier makes it a narrower thing ("used cars" are not cars)."""
    first = match.first
    narrowing = [
        child
        for child in token.lefts
        if child.i < first and child.dep_ in {"amod", "compound"} and child.text[0].isalpha() and _narrows(child, terms)
    ]
    doc = token.doc
    if not narrowing:
        return Slot(match.id, words_of(doc, first, match.last), "noun of the packs", doc[first].idx)
    narrowing = sorted({part for each in narrowing for part in _with_its_own(each)}, key=lambda part: part.i)
    words = [*narrowing, *doc[first : match.last]]
    start = narrowing[0].i
    return Slot(
        lemma_phrase(list(words)), words_of(doc, start, match.last), "noun of the packs, narrowed", doc[start].idx
    )


def _with_its_own(modifier: Token) -> tuple[Token, ...]:
    """A modifier with what modifies it: "*eco*-friendly cars", "*primary* school teachers"."""
    own = [child for child in modifier.lefts if child.dep_ in {"amod", "compound", "npadvmod", "nmod"}]
    return (*(child for child in own if child.is_lower and child.is_alpha and child.i >= modifier.i - 2), modifier)


def _narrows(modifier: Token, terms: Terms) -> bool:
    if modifier.like_num or modifier.lower_ in lexicon().scales or modifier.lower_ in lexicon().suffixes:
        return False
    if modifier.i in terms.inside_areas or modifier.i in terms.inside_names or modifier.i in terms.indicators:
        return False
    if modifier.tag_ in {"JJR", "JJS", "CD", "NNP", "NNPS", "VBG"} or modifier.lemma_.lower() in indicator_verbs():
        return False
    if modifier.tag_ == "VBN" and any(among(child.lower_, "non_restrictive") for child in modifier.lefts):
        return False  # "newly trained nurses" are nurses
    return not among(modifier.lemma_.lower(), "non_restrictive") and not among(modifier.lower_, "non_restrictive")


def _includes(token: Token, terms: Terms) -> tuple[str, ...]:
    """The parts that the text spells out: "vehicles — including passenger cars, buses and trucks"."""
    opener = next((c for c in token.rights if c.dep_ in {"prep", "acl"} and c.lower_ in _OPENERS), None)
    if opener is None and token.dep_ == "pobj":  # "exports of machinery, comprising pumps": it hangs on the noun above
        above = token.head.head
        opener = next((c for c in above.rights if c.dep_ in {"prep", "acl"} and c.lower_ in _OPENERS), None)
    if opener is None:
        return ()
    first = next((below for below in opener.children if below.dep_ in {"pobj", "dobj"}), None)
    if first is None:
        return ()
    parts = sorted((first, *first.conjuncts), key=lambda each: each.i)
    return tuple(_part(part, terms) for part in parts if part.pos_ != "NUM")


def _part(token: Token, terms: Terms) -> str:
    match = terms.products.get(token.i)
    return match.id if match is not None else phrase(token, terms, "").id
