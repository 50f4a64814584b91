"""The launch ``attend``: serving a program that the implementation itself was told to run.

Needs: origin, facts, frames, guarding, library, main, reporting, surroundings.
"""

_REQUEST = "IMPORT_CONFORMANCE_REQUEST"
_BEGUN = b"begun"


def _start(_):
    """Serve the program that this implementation itself was told to run."""
    request, marshalled = _load(_variable(_REQUEST))
    alarm(request[5])
    _ready(request[7], request[0])
    observer = _Observer(request[0], request[1])

    def ended(namespace, error):
        if error is not None and not _MICRO:
            sys.excepthook = _ignore
        _replace(request[4], _frame(_observed(observer, namespace, error), marshalled))

    if request[6]:
        end = _teller(lambda data: _replace(request[4], data), marshalled)
        _guard(request[6])(request[0], request[4], end)
    _serve(observer, request[3], lambda: _replace(request[4], _BEGUN), ended)
