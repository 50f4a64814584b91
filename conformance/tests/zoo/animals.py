"""Every fault, what shows it, and what is to be said of it."""

from typing import Final

import msgspec

from conformance.tests.zoo import behaving, company, leaking, loading, naming, opening, searching
from conformance.tests.zoo.building import Fault
from harness.diff import Verdict
from harness.model.versions import LAST, Version


class Wrong(msgspec.Struct, frozen=True):
    """A fault in what importing means: some vectors whose names match ``vectors`` diverge by ``clause``."""

    fault: Fault
    vectors: str
    clause: str


class Caused(msgspec.Struct, frozen=True):
    """A fault that the vectors whose names match one of ``vectors`` show: each of its ``causes`` is one finding.

    Some of them diverge by ``clause``, if one is named.
    """

    fault: Fault
    vectors: tuple[str, ...]
    causes: tuple[str, ...]
    clause: str = ""


class Shy(msgspec.Struct, frozen=True):
    """A fault that shows only in ``company``, the clause of a known departure, of an open question or of a silence.

    Some vectors whose names match ``vectors`` diverge by ``clause``, and all that do are in that company. Before the
    version ``until`` CPython keeps it.
    """

    fault: Fault
    company: str
    vectors: str
    clause: str
    until: Version = LAST


class Repaired(msgspec.Struct, frozen=True):
    """An interpreter that does as documented where CPython is known to depart, before the version ``until``."""

    fault: Fault
    vectors: str
    until: Version = LAST


class Torn(msgspec.Struct, frozen=True):
    """A fault by which an open ``question`` has two answers in like situations; every case by itself conforms."""

    fault: Fault
    question: str
    vectors: str


class Odd(msgspec.Struct, frozen=True):
    """A fault of the process: what is said of the case during which it shows, and of another one.

    ``telling`` is a part of the reason or of the signature that goes with the verdict.
    """

    fault: Fault
    verdict: Verdict
    other: Verdict = Verdict.CONFORMS
    telling: str = ""


class Refused(msgspec.Struct, frozen=True):
    """A fault by which the command is no implementation that can be asked; ``telling`` is a part of the reason."""

    fault: Fault
    telling: str


_ALL: Final = "star.all-in-namespace"
_AS: Final = "bind.import-dotted-as-direct"
_BOUND: Final = "submodule.bound-after-execution"
_CACHED: Final = "spec.cached-path"
_HIT: Final = "cache.dotted-hit-needs-no-parent"
_ITERABLE: Final = "dpath.any-iterable"
_LISTED: Final = "star.missing-name-exception"
_NONE_ENTRY: Final = "from.none-entry-is-no-submodule"
_NONE_LEFT: Final = "cache.none-left-by-parent"
_ORDER: Final = "from.names-processed-in-order"
_PATH: Final = "dpath.used-for-submodules"
_REMOVED: Final = "failure.self-removal-without-error"
_REPLACED: Final = "cache.module-may-replace-itself"
_SEQUENCE: Final = "star.all-sequence-exception"
_TOP: Final = "bind.import-dotted-binds-top-package"

WRONG: Final = (
    Wrong(searching.plain_error_for_missing, "import-missing-*", "meta.exhausted-raises-mnfe"),
    Wrong(searching.parents_removed_upon_failure, "failure-of-*", "loading.in-sys-modules-before-exec"),
    Wrong(searching.none_entry_ignored, "cache-none-*", "cache.none-raises-mnfe"),
    Wrong(searching.first_portion_only, "namespace-*", "namespace.multiple-portions"),
    Wrong(searching.failing_submodule_taken_for_missing, "from-submodule-*", "from.submodule-exception-propagates"),
    Wrong(loading.name_of_file, "attributes-of-*", "regular.init-executed-on-import"),
    Wrong(loading.spec_hidden, "attributes-of-*", "spec.exposed-on-every-module"),
    Wrong(loading.parent_of_package_above, "attributes-of-*", "spec.parent-derivation"),
    Wrong(loading.getattr_ignored, "getattr-*", "getattr.called-for-missing"),
    Wrong(loading.exceptions_wrapped, "failure-of-*", "loading.any-exception-propagates"),
    Wrong(loading.docstring_lost, "attributes-*", "module.doc-attribute"),
    Wrong(loading.code_kept, "reload-*", "reload.uses-bytecode-rules"),
    Wrong(naming.underscored_names_taken, "star-*", "star.no-all-skips-underscore"),
    Wrong(naming.all_ignored, "star-*", "star.all-controls-exports"),
    Wrong(naming.executed_at_every_import, "import-*", "cache.checked-first"),
    Wrong(naming.submodule_bound, "import-dotted-*", "bind.import-dotted-binds-top-package"),
    Wrong(naming.fresh_module_in_a_circle, "circular-import-*", "circular.noop-import"),
    Wrong(naming.from_import_of_the_top, "from-*", "from.attribute-before-submodule"),
    Wrong(leaking.listing_exported, "star-all-is-*", "bind.contents-need-qualification"),
    Wrong(leaking.starred_names_everywhere, "star-binds-here-*", "scope.unbound-nameerror"),
    Wrong(leaking.imported_names_everywhere, "import-in-function-*", "scope.unbound-nameerror"),
    Wrong(leaking.removed_root_forgotten, "search-path-removed-*", "cache.code-runs-once"),
    Wrong(behaving.version_of_old, "relative-*", "dunder-import.relative-beyond-top-valueerror"),
)
"""Those whose import system departs from the documents, beside those whose cause is named."""

CAUSED: Final = (
    Caused(
        searching.parent_binding_forgotten, ("namespace-p*", "circular-*"), ("submodule.bound-on-parent: not bound",)
    ),
    Caused(searching.module_before_package, ("search-*",), ("regular.package-before-module-same-dir: module first",)),
    Caused(searching.last_root_first, ("search-*",), ("path.first-match-wins: last entry wins",)),
    Caused(
        searching.submodule_before_attribute,
        ("from-attribute-*",),
        ("from.attribute-before-submodule: submodule first",),
    ),
    Caused(
        loading.path_dropped,
        ("package-*",),
        ("dpath.reflects-spec-list: not set",),
        "dpath.regular-package-value",
    ),
    Caused(loading.code_kept, ("*edit*",), ("reload.uses-bytecode-rules: kept by its path",)),
    Caused(
        loading.cached_after_execution,
        ("circular-f*",),
        ("loading.in-sys-modules-before-exec: after execution",),
        "circular.noop-import",
    ),
    Caused(loading.executed_twice, ("import-*", "package-*"), ("cache.code-runs-once: in a way not listed",)),
    Caused(
        searching.key_error_for_missing,
        ("import-*", "entry-without-it*"),
        ("meta.exhausted-raises-mnfe: raises KeyError",),
    ),
    Caused(loading.failed_module_kept, ("failure-*",), ("failure.failing-module-removed: kept",)),
    Caused(loading.file_is_directory, ("attributes-*",), ("module.file-of-package-is-init: the directory",)),
    Caused(loading.exceptions_wrapped, ("failure-[!o]*",), ("loading.any-exception-propagates: in a way not listed",)),
    Caused(naming.level_off_by_one, ("relative-*",), ("relative.each-extra-dot-one-level: one level less",)),
    Caused(naming.stopped_at_the_top, ("relative-*",), ("relative.beyond-top-level-error: from the top",)),
    Caused(
        loading.failed_modules_kept_and_files_directories,
        ("failure-of-*", "attributes-*"),
        ("failure.failing-module-removed: kept", "module.file-of-package-is-init: the directory"),
    ),
)
"""Those whose findings are to name the cause: the fault itself, once, or each of two."""

SHY: Final = (
    Shy(company.none_entry_crashes, _NONE_ENTRY, "from-*", _NONE_ENTRY),
    Shy(company.none_entry_ends_the_process, _NONE_ENTRY, "from-*", _NONE_ENTRY),
    Shy(company.none_entry_is_the_module, _NONE_ENTRY, "from-*", "from.item-function-class-or-submodule"),
    Shy(company.none_entry_removed, _NONE_ENTRY, "from-*", "cache.assign-none-blocks-existing"),
    Shy(company.hidden_submodule_leaves_a_name, _AS, "import-*", "bind.contents-need-qualification"),
    Shy(company.hidden_submodule_is_none, _AS, "*-dotted-*", _AS),
    Shy(company.hidden_submodule_is_the_top, _AS, "*-dotted-*", _AS),
    Shy(company.star_all_from_getattr_cut_short, _ALL, "getattr-*", "module.attribute-lookup-is-dict"),
    Shy(company.star_all_from_getattr_left_behind, _ALL, "getattr-*", "bind.contents-need-qualification"),
    Shy(company.none_left_is_a_key_error, _NONE_LEFT, "cache-none-*", _NONE_LEFT, until=(3, 14)),
    Shy(company.none_left_executes_the_parent_again, _NONE_LEFT, "cache-none-*", _NONE_LEFT, until=(3, 14)),
    Shy(company.package_without_spec_is_a_key_error, _PATH, "spec-*", _PATH),
    Shy(company.package_without_spec_forgotten, _PATH, "spec-*", "loading.in-sys-modules-before-exec"),
    Shy(opening.names_before_a_missing_one_are_the_module, _ORDER, "from-*", "from.item-function-class-or-submodule"),
    Shy(opening.missing_name_is_the_submodule_error, "from.missing-name-not-mnfe", "from-*", "errors.name-attribute"),
    Shy(
        opening.cached_submodule_elsewhere_is_its_parent,
        "from.cached-submodule-elsewhere",
        "from-*",
        "from.item-function-class-or-submodule",
    ),
    Shy(opening.hit_without_parent_executed_again, _HIT, "cache-*", "cache.checked-first"),
    Shy(opening.listed_name_passed_over, _LISTED, "star-all-missing-*", "star.all-names-required-to-exist"),
    Shy(opening.listing_that_is_none_crashes, _SEQUENCE, "star-all-no-sequence", _SEQUENCE),
    Shy(opening.substitute_binds_itself, "star.namespace-of-object", "star-*", "bind.contents-need-qualification"),
    Shy(opening.replaced_module_executed_again, _REPLACED, "cache-*", "bind.import-toplevel-binds-name"),
    Shy(opening.replaced_module_is_another, _REPLACED, "cache-*", "bind.import-toplevel-binds-name"),
    Shy(opening.removed_module_executed_again, _REMOVED, "cache-*", "bind.import-toplevel-binds-name"),
    Shy(opening.placeholder_seen, _BOUND, "submodule-*", _BOUND),
    Shy(opening.removed_parent_ends_the_process, _TOP, "cache-top-*", _TOP),
    Shy(opening.odd_path_hangs, _ITERABLE, "path-*", _ITERABLE),
    Shy(opening.odd_path_interrupts, _ITERABLE, "path-*", _ITERABLE),
    Shy(opening.odd_path_executes_again, _ITERABLE, "path-*", "bind.import-toplevel-binds-name"),
    Shy(opening.bytecode_of_submodules_unknown, _CACHED, "attributes-of-*", _CACHED),
    Shy(opening.bytecode_elsewhere, _CACHED, "attributes-of-*", _CACHED),
)
"""Those whose fault shows only beside something that explains a difference."""

REPAIRED: Final = (
    Repaired(company.hidden_submodule_bound, "import-*"),
    Repaired(company.none_left_refused, "cache-none-*", until=(3, 14)),
)
"""Those of which more is expected than they do."""

TORN: Final = (
    Torn(opening.missing_name_by_kind_of_module, "from.missing-name-not-mnfe", "from-missing-*"),
    Torn(opening.bound_in_order_by_the_name, _ORDER, "from-several-*"),
    Torn(opening.listed_name_by_kind_of_module, _LISTED, "star-all-missing-*"),
    Torn(opening.removed_module_by_its_name, _REMOVED, "cache-module-removes-*"),
)
"""Those that answer a question now so, now so."""

ODD: Final = (
    Odd(behaving.crash, Verdict.DIVERGES, telling="→ crashed"),
    Odd(behaving.hang, Verdict.DIVERGES, telling="→ timed-out"),
    Odd(behaving.exit_inside, Verdict.DIVERGES, telling="→ exited"),
    Odd(behaving.random_attribute, Verdict.FLAKY, telling="__file__ of module fragile"),
    Odd(behaving.wrong_once, Verdict.FLAKY, telling="as predicted"),
    Odd(behaving.noise, Verdict.CONFORMS),
    Odd(behaving.slow_start, Verdict.CONFORMS),
    Odd(behaving.no_fork, Verdict.CONFORMS),
    Odd(behaving.half_an_answer, Verdict.HARNESS_FAULT, Verdict.HARNESS_FAULT, "answer: expected a frame"),
    Odd(behaving.noise_as_answer, Verdict.HARNESS_FAULT, Verdict.HARNESS_FAULT, "answer: expected a frame"),
    Odd(behaving.half_a_report, Verdict.HARNESS_FAULT, Verdict.HARNESS_FAULT, "in the middle of a frame"),
    Odd(behaving.noise_as_report, Verdict.HARNESS_FAULT, Verdict.HARNESS_FAULT, "fork server: expected a frame"),
    Odd(behaving.closed_pipe, Verdict.HARNESS_FAULT, Verdict.HARNESS_FAULT, "does not start the next case"),
    Odd(behaving.no_server, Verdict.HARNESS_FAULT, Verdict.HARNESS_FAULT, "does not start"),
)
"""Those whose processes misbehave, and some that only look as if they did."""

REFUSED: Final = (
    Refused(behaving.exit_at_once, "ended with status 0"),
    Refused(behaving.no_hello_in_time, "got no hello within"),
    Refused(behaving.noise_as_hello, "got an answer that is none"),
    Refused(behaving.version_contradicted, "says it is both"),
)
"""Those that are no implementations."""
