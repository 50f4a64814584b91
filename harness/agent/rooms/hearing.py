"""What warns, heard of whatever becomes of it.

Needs: origin.
"""

_warned = []


class _Text:
    """In place of the text that a filter is for: it is asked with what is said, and is for all of it."""

    said = ""

    def match(self, said):
        """Hear what is said."""
        self.said = said
        return True


def _listen():
    """Hear of each warning, by its category and what it says, whatever becomes of it; whether that is possible.

    Its category is asked whether it is one that a filter of ours is for, and never is. Where nobody asks so (PyPy), a
    function stands in front of the one that warns, also where ``warnings`` has taken it already, as for ``-m``.
    """
    text = _Text()
    if not isinstance(getattr(_warnings, "filters", None), list):
        return False

    def asked(_, category):
        _warned.append((category.__name__, text.said))
        return False

    kind = type("kind", (type,), {"__subclasscheck__": asked})
    filters, real = _warnings.filters, _warnings.warn
    filters.insert(0, ("ignore", text, kind("asked", (), {}), None, 0))
    filters.insert(1, ("ignore", None, ImportWarning, None, 0))
    real("heard", ImportWarning)
    del filters[1]
    if not _warned:
        del filters[0]

        def warn(message, category=None, stacklevel=1, source=None, **more):
            told = category or (type(message) if isinstance(message, Warning) else UserWarning)
            _warned.append((told.__name__, str(message)))
            return real(message, category, stacklevel + 1, source, **more)

        _warnings.warn = warn
        early = sys.modules.get("warnings")
        if getattr(early, "warn", None) == real:
            early.warn = warn
    return True


_HEARD = _listen()
