"""The launch ``attend``: serving a program that the implementation itself was told to run.

Needs: origin, facts, frames, guarding, hearing, library, reporting, surroundings, values.
"""

_REQUEST = "IMPORT_CONFORMANCE_REQUEST"
_BEGUN = b"begun"


def _start(_):
    """Serve the program that this implementation itself was told to run."""
    request, marshalled = _load(_variable(_REQUEST))
    alarm(request[5])
    _ready(request[7], request[0])
    observer = _Observer(request[0], request[1])
    before = _MODULES.get("__main__")

    def mark(label, name):
        if label == request[3] and name == "__main__" and "argv0" not in observer.values.facts:
            observer.started()
            _replace(request[4], _BEGUN)
            del _warned[:]
        observer.mark(label, name)

    asked = _own()

    def finish(name, namespace, error):
        started = _is_module(before) and _past(before) is namespace
        if not (started or name == "__main__") or _own() != asked:
            return
        if error is not None:
            namespace.pop("_error", None)
            if not _MICRO:
                sys.excepthook = _ignore
        observer.launched(namespace, (before, _MODULES.get("__main__")))
        _replace(request[4], _frame(_observed(observer, dict(namespace), error), marshalled))
        if error is not None:
            namespace["_error"] = None

    if request[6]:
        end = _teller(lambda data: _replace(request[4], data), marshalled)
        _guard(request[6])(request[0], request[4], end)
    _install(observer, finish)
    builtins._mark = mark
