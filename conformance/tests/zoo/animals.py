"""Every fault, what shows it, and what is to be said of it."""

from typing import Final

import msgspec

from conformance.tests.zoo import behaving, loading, naming, searching
from conformance.tests.zoo.building import Fault
from harness.diff import Verdict


class Wrong(msgspec.Struct, frozen=True):
    """A fault in what importing means: some vectors whose names match ``vectors`` diverge by ``clause``."""

    fault: Fault
    vectors: str
    clause: str


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


WRONG: Final = (
    Wrong(searching.key_error_for_missing, "import-missing-*", "meta.exhausted-raises-mnfe"),
    Wrong(searching.plain_error_for_missing, "import-missing-*", "meta.exhausted-raises-mnfe"),
    Wrong(searching.parent_binding_forgotten, "namespace-*", "submodule.bound-on-parent"),
    Wrong(searching.parents_removed_upon_failure, "failure-of-*", "loading.in-sys-modules-before-exec"),
    Wrong(searching.none_entry_ignored, "cache-none-*", "cache.none-raises-mnfe"),
    Wrong(searching.last_root_first, "search-*", "path.first-match-wins"),
    Wrong(searching.module_before_package, "search-*", "regular.package-before-module-same-dir"),
    Wrong(searching.first_portion_only, "namespace-*", "namespace.multiple-portions"),
    Wrong(searching.submodule_before_attribute, "from-attribute-*", "from.attribute-before-submodule"),
    Wrong(searching.failing_submodule_taken_for_missing, "from-submodule-*", "from.submodule-exception-propagates"),
    Wrong(loading.path_dropped, "package-*", "dpath.regular-package-value"),
    Wrong(loading.file_is_directory, "attributes-of-*", "module.file-of-package-is-init"),
    Wrong(loading.name_of_file, "attributes-of-*", "regular.init-executed-on-import"),
    Wrong(loading.spec_hidden, "attributes-of-*", "spec.exposed-on-every-module"),
    Wrong(loading.parent_of_package_above, "attributes-of-*", "spec.parent-derivation"),
    Wrong(loading.failed_module_kept, "failure-removes-*", "failure.failing-module-removed"),
    Wrong(loading.getattr_ignored, "getattr-*", "getattr.called-for-missing"),
    Wrong(loading.exceptions_wrapped, "failure-of-*", "loading.any-exception-propagates"),
    Wrong(loading.cached_after_execution, "circular-import-*", "circular.noop-import"),
    Wrong(loading.docstring_lost, "attributes-*", "module.doc-attribute"),
    Wrong(loading.executed_twice, "package-*", "cache.code-runs-once"),
    Wrong(naming.underscored_names_taken, "star-*", "star.no-all-skips-underscore"),
    Wrong(naming.all_ignored, "star-*", "star.all-controls-exports"),
    Wrong(naming.level_off_by_one, "relative-*", "relative.each-extra-dot-one-level"),
    Wrong(naming.stopped_at_the_top, "relative-*", "relative.beyond-top-level-error"),
    Wrong(naming.executed_at_every_import, "import-*", "cache.checked-first"),
    Wrong(naming.submodule_bound, "import-dotted-*", "bind.import-dotted-binds-top-package"),
    Wrong(naming.fresh_module_in_a_circle, "circular-import-*", "circular.noop-import"),
    Wrong(naming.from_import_of_the_top, "from-*", "from.attribute-before-submodule"),
    Wrong(behaving.version_of_old, "relative-*", "dunder-import.relative-beyond-top-valueerror"),
)
"""Those whose import system departs from the documents."""

ODD: Final = (
    Odd(behaving.crash, Verdict.DIVERGES, telling="→ crashed"),
    Odd(behaving.hang, Verdict.DIVERGES, telling="→ timed-out"),
    Odd(behaving.exit_inside, Verdict.DIVERGES, telling="→ exited"),
    Odd(behaving.random_attribute, Verdict.FLAKY, telling="module/fragile/__file__"),
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
