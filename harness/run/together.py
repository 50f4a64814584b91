"""Several things done at once for one caller, who is never kept waiting by them once somebody asks to stop."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from harness.run.patience import Stopped, never

__all__ = ["together"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def together(
    function: Callable[[_Item, Callable[[], bool]], _Result],
    items: Iterable[_Item],
    *,
    jobs: int = 2,
    stopped: Callable[[], bool] = never,
    slow: Callable[[_Item], float] = lambda _: 0.0,
) -> list[_Result]:
    """What ``function`` gives for each item, in order; it is called in threads, its second argument tells it to stop.

    What takes longest, by ``slow``, is begun first. Where one call fails, or the caller is interrupted, the others are
    told to stop and those that wait are not begun.

    Raises:
        Stopped: somebody asked to stop.
    """
    over = threading.Event()

    def ended() -> bool:
        return over.is_set() or stopped()

    def call(item: _Item) -> _Result:
        if ended():
            raise Stopped
        return function(item, ended)

    with ThreadPoolExecutor(jobs) as pool:
        try:
            given = list(items)
            begun = {
                at: pool.submit(call, given[at]) for at in sorted(range(len(given)), key=lambda at: -slow(given[at]))
            }
            return [begun[at].result() for at in range(len(given))]
        except BaseException:
            over.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
