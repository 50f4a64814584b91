"""Of how many cases each feature is at least."""

from typing import Final

SHARE: Final = 0.3
"""Of a hundred cases of the plain mix, how many at least have each feature."""

RARE: Final = {
    "block-parent": 0.15,
    "dash-m-deep": 0.02,
    "dash-m-inside": 0.2,
    "dash-m-package": 0.1,
    "dash-m-relative": 0.05,
    "path-deleted": 0.15,
    "relative-3": 0.1,
    "relative-star-beyond": 0.1,
}
"""The same for features of few cases or of few trees: three of four at most of what any of six seeds has."""

WIDE_SHARE: Final = 0.1
"""Of a hundred cases of all mixes, how many at least have each feature."""

_BY_SHARE: Final = {
    0.01: "file-edited-to-no-python getattr-delegating init-in-root",
    0.02: (
        "get-filename-called get-source-called import-replaced-error import-replaced-result "
        "spec-from-pathlike substitute-path-none"
    ),
    0.03: "getattr-lazy-in-a-list import-of-built-in",
    0.013: "class-of-its-own class-with-property class-with-repr class-with-setattr path-added path-inserted",
    0.04: (
        "asked-of-kind asked-of-names asked-of-repr asked-of-type getattr-deprecated getattr-lazy "
        "getattr-traced path-anew path-appended try-in-handler"
    ),
    0.05: (
        "all-string attribute-set-to-another cache-from-source-called class-in-class dir-of-two-lists directory-dotted "
        "import-of-module main-removed main-taken-from module-by-its-type path-in-function raise-with-name "
        "recache-constant run-path-called spec-by-its-type subclass-asked"
    ),
    0.06: (
        "global-in-function-in-function loader-deleted package-edited private-module-in-class run-module-altering "
        "spec-read"
    ),
    0.07: "call-with-arguments file-edited-and-reloaded getattr-in-a-list guard-in-class",
}

WIDE_RARE: Final = {name: share for share, names in _BY_SHARE.items() for name in names.split()}
"""The same for features of few cases or of few trees: three of four at most of what any of six seeds has."""
