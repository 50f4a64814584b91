"""Running an embedded program.

Needs: origin, facts, guarding, hearing, reporting.
"""


def _prepare():
    """Take the agent's directory off ``sys.path``, where the start of a script put it; write no bytecode."""
    own = _FOLDER[:-1]
    if not _MICRO:
        sys.dont_write_bytecode = True
    if sys.path and sys.path[0] == own:
        del sys.path[0]


def _run(request, tell, begin=int, end=int):
    """Run an embedded program and ``tell`` the answer; ``begin`` and ``end`` are called around what it does."""
    tree, scope, path, program, _, seconds, guard, _ = request
    alarm(2 * seconds)  # a turn is waited for no longer than another one's alarm
    observer = _Observer(tree, scope)
    _install(observer, _ignore)
    if guard:
        _guard(guard)(tree, None, tell)
    sys.path[:0] = list(path)
    namespace = {"__name__": "program", "__builtins__": builtins}
    error = None
    try:
        program = compile(program, "<string>", "exec")
    except BaseException as caught:
        error = caught
    begin()
    del _warned[:]
    alarm(seconds)
    try:
        if error is None:
            exec(program, namespace)
    except BaseException as caught:
        error = caught
    end()
    tell(_observed(observer, namespace, error))
