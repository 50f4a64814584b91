"""The launch ``serve``: a fork server.

Needs: origin, ending, frames, guarding, library, reporting, running, warming.
"""

_AGAIN = 71
_TAIL = 20000
_TURNS = 250


def _start(words):
    """Serve requests until there are no more, in one process after another; the words are the numbers of descriptors.

    What a process has written to, its children copy: PyPy uses 130 MB before it collects what is young.
    """
    given = [int(word) for word in words]
    requests, reports, files = given[0], given[1], [given[2], 1, 2] + given[3:]
    _prepare()
    _warm()
    while True:
        server = posix.fork()
        if server == 0:
            _work(requests, reports, files)
        if posix.waitpid(server, 0)[1] != _AGAIN << 8:
            _exit(0)


def _work(requests, reports, files):
    """Serve some requests: while a child runs, the next one is forked; then the one that ran is reported."""
    own = posix.getpid()
    _put(reports, _frame(("ready", own), True))
    running, gate = None, posix.pipe()
    for turn in range(_TURNS):
        request = _next(requests, not running)
        if request:
            if request[6]:
                _guard(request[6])
            _ready(request[7], request[0])
            mine, following = files[turn % 2 * 3 :][:3], posix.pipe()
            child = posix.fork()
            if child == 0:
                others = [requests, reports] + [item for item in files if item > 2 and item != mine[0]]
                _child(request, mine, others, own, gate, following)
            _write(reports, _frame(("started", child), True))
            _put(gate[1], b"?")
        elif not running:
            _exit(0)
        _report(reports, running)
        running = None
        if request:
            _put(gate[1], b"!")
            posix.close(gate[0])
            posix.close(gate[1])
            running, gate = [child] + mine, following
    _report(reports, running)
    _exit(_AGAIN)


def _next(requests, wait):
    """The next request; None after the last one, and where there is none yet but for those who wait."""
    posix.set_blocking(requests, wait)
    try:
        head = posix.read(requests, 20)
    except BlockingIOError:
        return None
    posix.set_blocking(requests, True)
    head += _get(requests, 20 - len(head))
    return _unframe(head + _get(requests, int(head[4:12], 16))) if len(head) == 20 else None


def _report(reports, running):
    """Wait for the end of a child, if there is one, and report it."""
    if not running:
        return
    child, answer, out, err = running
    status = posix.waitpid(child, 0)[1]
    try:
        posix.kill(-child, 9)
    except OSError:
        pass
    found = _drain(answer, 1 << 26)
    _write(reports, _frame(("ended", status, len(found), _drain(out, _TAIL), _drain(err, _TAIL)), True))
    _write(reports, found)


def _child(request, files, others, server, gate, following):
    """Run one program in a forked child; never returns.

    It begins when two words have come through its gate: "?" from the server, which has reported it, and "!" from the
    server after the end of the child before, or earlier from that child, once its program has ended: if it has no child
    process of its own left, and nothing is on its standard output and error for the server to clear away first.
    """

    def begin():
        seen = b""
        while b"?" not in seen or b"!" not in seen:
            part = posix.read(gate[0], 9)
            if not part:
                _exit(0)
            seen += part
        if posix.getppid() != server:
            _exit(0)

    def end():
        try:
            _wait(-1, 1)
        except ChildProcessError:
            try:
                if _own() == own and not _seek(1, 0, 2) and not _seek(2, 0, 2):
                    _put(following[1], b"!")
            except OSError:
                pass

    try:
        own = _own()
        posix.chdir(request[0])
        posix.setsid()
        if files[1] != 1:
            posix.dup2(files[1], 1)
            posix.dup2(files[2], 2)
        for descriptor in others + [gate[1], following[0]]:
            posix.close(descriptor)
        _run(request, _teller(lambda data: _write(files[0], data), True), begin, end)
    except BaseException as failure:
        _fail(failure)


def _get(descriptor, length):
    """Exactly that many bytes, or as many as there were before the end."""
    data = part = posix.read(descriptor, length)
    while part and len(data) < length:
        part = posix.read(descriptor, length - len(data))
        data += part
    return data


def _drain(descriptor, most):
    """The last ``most`` bytes of a file, which is empty afterwards."""
    size = posix.lseek(descriptor, 0, 2)
    if not size:
        return b""
    posix.lseek(descriptor, max(0, size - most), 0)
    data = _get(descriptor, min(size, most))
    posix.ftruncate(descriptor, 0)
    posix.lseek(descriptor, 0, 0)
    return data
