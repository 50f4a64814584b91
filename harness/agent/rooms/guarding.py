"""The guard, of whose text the agent knows nothing but the names of its functions.

Needs: origin.
"""

_GUARDS = {}


def _guard(text, name="guard"):
    """A function of the guard of that text: a file beside this one, which says what its functions do."""
    if text not in _GUARDS:
        _GUARDS[text] = {}
        exec(_GIVEN["guard"] if "guard" in _GIVEN else compile(text, "guard", "exec"), _GUARDS[text])
    return _GUARDS[text][name]
