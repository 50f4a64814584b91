"""How a process ends in which the agent itself fails.

Needs: origin.
"""

_FAILED = 70


def _told(failure):
    """What failed, and the last line of a room at which it did."""
    trace, place = getattr(failure, "__traceback__", None), ""
    while trace:
        if trace.tb_frame.f_code.co_filename[: len(_FOLDER)] == _FOLDER:
            place = " (%s, line %d)" % (trace.tb_frame.f_code.co_filename[len(_FOLDER) :], trace.tb_lineno)
        trace = trace.tb_next
    return "%s: %s%s" % (type(failure).__name__, failure, place)


def _fail(failure):
    """End a process in which the agent itself failed."""
    try:
        sys.stderr.write("agent: %s\n" % _told(failure))
    except Exception:
        pass
    if _MICRO:
        sys.exit(_FAILED)
    _flush()
    _exit(_FAILED)


def _flush():
    """Let what the program printed reach its files."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
