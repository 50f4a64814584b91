"""What a process does once, so that its children need not.

Needs: origin, facts, frames.
"""

_WARMTH = """def warm(*args):
    try: _mark("warm", [1, (None, True)])
    except (ImportError, AttributeError) as error: raise ValueError from error
warm(1)
del warm
"""


def _warm():
    """Do once what each child would do for the first time.

    The compiler's own set-up costs more than a small module: 1.1 to 1.5 ms in CPython. No module of it stays.
    """
    observer = _Observer("/", ())
    exec(compile(_WARMTH, "warm", "exec"), {"_mark": observer.mark})
    observer.observe({"x": 1}, None)
    observer.entry("module/warm", _MODULE("warm"))
    _frame(observer.answer(), True)
    if "gc" in sys.builtin_module_names:
        import gc

        getattr(gc, "freeze", int)()
