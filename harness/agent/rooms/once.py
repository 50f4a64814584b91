"""The launch ``once``: one embedded program.

Needs: origin, frames, library, reporting, running.
"""


def _start(words):
    """Run one embedded program."""
    request_path, answer_path = words
    request, marshalled = _load(request_path)
    _prepare()
    posix.chdir(request[0])
    _ready(request[7], request[0])
    if _MICRO:
        _run(request, lambda answer: _replace(answer_path, _frame(answer, marshalled)))
        return
    descriptor = posix.open(answer_path, posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC, 0o600)
    _run(request, _teller(lambda data: _write(descriptor, data), marshalled))
