"""Whatever the oracle predicts, some generated case has; and cases are spread over it rather than piled up."""

from collections.abc import Mapping
from itertools import islice
from typing import Final, get_args

from hypothesis import strategies as st

from generators import generate_families
from generators.families import families
from generators.tests.features import FEATURES
from generators.tests.predicates import Feature, namespace
from generators.tests.shares import RARE, SHARE, WIDE_RARE, WIDE_SHARE
from generators.tests.wide_features import WIDE_FEATURES, is_wide
from generators.trees import trees
from harness.model.case import Case, Embedded, sources
from harness.model.language.compound import Statement, statements
from harness.model.language.documented import FUNCTIONS
from harness.model.language.expressions import Bind, calls


def missed(cases: tuple[Case, ...], features: Mapping[str, Feature], percent: Mapping[str, float]) -> list[str]:
    """The features that fewer of a hundred cases have than they are to have."""
    left = {name: max(1, int(len(cases) * percent[name] / 100)) for name in features}
    for case in cases:
        for name in [name for name in left if features[name](case)]:
            left[name] -= 1
            if not left[name]:
                del left[name]
    return list(left)


PERCENT: Final = {**dict.fromkeys(FEATURES, SHARE), **RARE}
WIDE_PERCENT: Final = {**dict.fromkeys(WIDE_FEATURES, WIDE_SHARE), **WIDE_RARE}


WRITER: Final = "expected a writer in generators/chapters/NAME.py, and its row in a mix of generators/tables.py"


def test_features(generated: tuple[Case, ...]) -> None:
    """Each feature keeps its share of the plain mix."""
    assert missed(generated, FEATURES, PERCENT) == []


def test_features_among_all(mixed: tuple[Case, ...]) -> None:
    """Each feature of the plain mix keeps its share where all mixes are drawn."""
    assert missed(mixed, FEATURES, PERCENT) == []


def test_wide_features(wide: tuple[Case, ...]) -> None:
    """Each wide feature keeps its share of all mixes together, of which a third is wide."""
    assert missed(wide, WIDE_FEATURES, {name: 3 * share for name, share in WIDE_PERCENT.items()}) == []


def test_three_portions() -> None:
    """Where there are three roots some namespace package has a portion in each: of all trees one in three hundred."""
    strategy = families(trees(roots=st.just(3)), programs=1, launches=st.just(Embedded()))
    drawn = islice(generate_families(seed=0, strategy=strategy), 500)
    assert any(namespace(3)(case) for family in drawn for case in family.cases())


def test_every_statement(mixed: tuple[Case, ...]) -> None:
    """Whatever can be said is generated."""
    found = {type(item) for case in mixed for source in sources(case) for item in statements(source.statements)}
    assert set(get_args(Statement)) - found == set(), WRITER


OLDER: Final = frozenset(
    {"importlib.abc.Loader.load_module", "runpy.__loader__.load_module", "pkgutil.find_loader", "pkgutil.get_loader"}
)
"""What vectors alone call: it is deprecated, or gone."""

_FROZEN: Final = ("find_spec", "get_code", "get_source", "is_package")
ASIDE: Final = frozenset(
    {
        *("operator.eq", "warnings.warn_explicit", "importlib.machinery.BuiltinImporter.find_spec"),
        "zipimport.zipimporter.load_module",
        *(f"importlib.machinery.FrozenImporter.{name}" for name in _FROZEN),
    }
)
"""What vectors alone call: it says little of importing, or of modules of the library alone."""


def test_every_function(mixed: tuple[Case, ...]) -> None:
    """Whatever can be called is called, but for what vectors alone call."""
    every = (item for case in mixed for source in sources(case) for item in statements(source.statements))
    called = {call.function for item in every if isinstance(item, Bind) for call in calls(item.value)}
    missing = FUNCTIONS.keys() - OLDER - ASIDE - called
    assert (missing, called & (OLDER | ASIDE)) == (set(), set()), f"{WRITER}, or what vectors alone call: ASIDE"


def test_two_thirds_of_the_cases_are_plain(mixed: tuple[Case, ...]) -> None:
    """Where all mixes are drawn about a third of the cases have something that the plain one has not."""
    assert 1 / 4 < sum(map(is_wide, mixed[::16])) / len(mixed[::16]) < 2 / 5


def test_plain_cases_are_plain(generated: tuple[Case, ...]) -> None:
    """The plain mix has nothing of what the others are for."""
    assert not any(map(is_wide, generated[::4]))


def test_launches_are_mostly_embedded(generated: tuple[Case, ...]) -> None:
    """About six cases in a hundred are launched as a file, since those are slow."""
    files = sum(not FEATURES["embedded"](case) for case in generated)
    assert 0.04 < files / len(generated) < 0.08


def test_trees_hold_several_modules(generated: tuple[Case, ...]) -> None:
    """Half of all trees have at least four entries."""
    sizes = sorted(sum(len(root.entries) for root in case.tree.roots) for case in generated)
    assert sizes[len(sizes) // 2] >= 4
