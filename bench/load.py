"""Load an address with a fixed number of clients that each keep one connection, and say how long the answers took."""

import http.client
import multiprocessing
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

CLIENTS = 8
PROCESSES = 2
PATIENCE = 60


@dataclass(frozen=True)
class Request:
    """One request to be sent: method, path, body, headers, and the status of the answer wanted."""

    method: str
    path: str
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass
class Measured:
    """What loads gave: seconds that each right answer took, seconds in all, how many answers had which other status."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    wrong: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Measured") -> None:
        """Count another load in."""
        self.times += other.times
        self.seconds += other.seconds
        self.wrong += other.wrong

    @property
    def per_second(self) -> float:
        """Right answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """Return milliseconds within which `percent` of the answers came."""
        if len(self.times) < 2:
            return self.times[0] * 1000 if self.times else 0.0
        return statistics.quantiles(self.times, n=100)[percent - 1] * 1000


@dataclass(frozen=True)
class _Answer:
    ended: float
    took: float
    status: int
    right: bool


def load(base: str, requests: Sequence[Request], *, seconds: float, again: bool) -> tuple[Measured, int]:
    """Send `requests` from CLIENTS clients for `seconds`, from the start again when they run out if `again`.

    Return what was measured, and how many requests were used: of those sent once only, the rest are still good.
    """
    context = multiprocessing.get_context("fork")
    shares = [requests[start::PROCESSES] for start in range(PROCESSES)]
    pipes = [context.Pipe(duplex=False) for _ in shares]
    begin = time.monotonic() + 0.1
    workers = [
        context.Process(target=_clients, args=(base, share, begin, seconds, again), kwargs={"pipe": pipe[1]})
        for share, pipe in zip(shares, pipes, strict=True)
    ]
    for worker in workers:
        worker.start()
    answers: list[list[_Answer]] = [pipe[0].recv() for pipe in pipes]
    for worker in workers:
        worker.join()
    every = [answer for share in answers for answer in share]
    return Measured(
        times=[answer.took for answer in every if answer.right],
        seconds=max((answer.ended for answer in every), default=begin) - begin,
        wrong=Counter(answer.status for answer in every if not answer.right),
    ), PROCESSES * max(map(len, answers))


def _clients(
    base: str,
    requests: Sequence[Request],
    begin: float,
    seconds: float,
    again: bool,
    *,
    pipe: Connection,
) -> None:
    supply = iter(cycle(requests) if again else requests)
    lock = threading.Lock()

    def following() -> Iterator[Request]:
        while True:
            with lock:
                request = next(supply, None)
            if request is None:
                return
            yield request

    answers: list[_Answer] = []
    threads = [
        threading.Thread(target=lambda: answers.extend(_one_client(base, following(), begin, seconds)))
        for _ in range(CLIENTS // PROCESSES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipe.send(answers)
    pipe.close()


def _one_client(base: str, requests: Iterable[Request], begin: float, seconds: float) -> Iterator[_Answer]:
    place = urlsplit(base)
    connection = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port, timeout=PATIENCE)
    connection.connect()
    time.sleep(max(0.0, begin - time.monotonic()))
    for request in requests:
        before = time.monotonic()
        if before >= begin + seconds:
            break
        connection.request(request.method, request.path, body=request.body or None, headers=request.headers)
        answer = connection.getresponse()
        answer.read()
        after = time.monotonic()
        yield _Answer(ended=after, took=after - before, status=answer.status, right=answer.status == request.status)
    connection.close()
