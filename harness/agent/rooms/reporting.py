"""What the text of a case calls, and what becomes of its end.

Needs: origin, ending, frames.
"""


def _install(observer, finish):
    """Give the case the three names its text uses."""
    builtins._mark = observer.mark
    builtins._tree = observer.tree
    builtins._finish = finish


def _ignore(name, namespace, error):
    """``_finish`` where no case is the main program; what shows no traceback, which can cost dozens of imports."""


def _observed(observer, namespace, error):
    """The answer, which says so where making it failed."""
    try:
        observer.observe(namespace, error)
        return observer.answer()
    except BaseException as failure:
        return ((("outcome", ("fault", "agent: " + _told(failure))),), ())


def _teller(write, marshalled):
    """What ends this process with an answer; what is no more than a copy of the process ends without."""
    asked = _own()

    def tell(answer):
        if _own() == asked:
            write(_frame(answer, marshalled))
            _flush()
        _exit(0)

    return tell
