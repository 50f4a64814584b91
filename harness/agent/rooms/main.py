"""A program that the implementation itself was told to run: how it began, whose namespace it has, how it ends.

Needs: origin, hearing, values.
"""


def _serve(observer, label, begun, ended):
    """Give that program, whose file has that label, what its text uses.

    ``begun`` is called as soon as it begins, ``ended`` with its namespace and what ended it, or None.
    """
    before, asked = _MODULES.get("__main__"), _own()
    if _MICRO and before is None:
        before = __import__("__main__")

    def mark(met, name):
        if met == label and name == "__main__" and "argv0" not in observer.values.facts:
            observer.started()
            begun()
            del _warned[:]
        observer.mark(met, name)

    def finish(name, namespace, error):
        started = _is_module(before) and _past(before) is namespace
        if not (started or name == "__main__") or _own() != asked:
            return
        if error is not None:
            namespace.pop("_error", None)
        observer.launched(namespace, (before, _MODULES.get("__main__")))
        ended(dict(namespace), error)
        if error is not None:
            namespace["_error"] = None

    builtins._mark, builtins._tree, builtins._finish = mark, observer.tree, finish
