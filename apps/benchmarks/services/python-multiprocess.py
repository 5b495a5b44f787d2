"""Python's prometheus_client in its multiprocess mode: `hot`, or `fleet <members> <series> <rounds>`; prints JSON."""

import json
import os
import subprocess
import sys
import tempfile
import time

# Debian's package, also when another Python comes first on the path.
sys.path.insert(0, "/usr/lib/python3/dist-packages")
directory = os.environ.setdefault(
    "PROMETHEUS_MULTIPROC_DIR",
    tempfile.mkdtemp(prefix="tutti-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None),
)

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

BOUNDARIES = json.loads(os.environ["BENCH_BOUNDARIES"])
LABELS = ["method", "route", "status"]
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"]
CALLS = 50_000
ROUNDS = 5


def labels_of(series):
    return METHODS[series % 5], f"/api/v1/resource-{series // 100}/:id", 200 + series // 5 % 20


def hot():
    counter = Counter("counter", "What the benchmark records.", LABELS)
    histogram = Histogram("histogram", "What the benchmark records.", LABELS, buckets=BOUNDARIES)
    sets = [labels_of(series * 7) for series in range(64)]
    bound_counters = [counter.labels(*each) for each in sets]
    bound_histograms = [histogram.labels(*each) for each in sets]

    def add(call):
        counter.labels(*sets[call & 63]).inc()

    def record(call):
        histogram.labels(*sets[call & 63]).observe(call & 1023)

    def add_bound(call):
        bound_counters[call & 63].inc()

    def record_bound(call):
        bound_histograms[call & 63].observe(call & 1023)

    operations = {
        "counter": add,
        "histogram": record,
        "boundCounter": add_bound,
        "boundHistogram": record_bound,
    }
    print(json.dumps({name: [measure(operation) for _ in range(ROUNDS)] for name, operation in operations.items()}))


def measure(operation):
    begin = time.perf_counter_ns()
    for call in range(CALLS):
        operation(call)
    return (time.perf_counter_ns() - begin) / CALLS


def member(series, rounds):
    histogram = Histogram("http_request_duration", "What the benchmark records.", LABELS, buckets=BOUNDARIES)
    for _ in range(rounds):
        for each in range(series):
            histogram.labels(*labels_of(each)).observe(1)


def fleet(members, series, rounds):
    command = [sys.executable, __file__, "member", str(series), "4"]
    for process in [subprocess.Popen(command) for _ in range(members)]:
        if process.wait() != 0:
            sys.exit("a member failed")
    took = []
    for _ in range(rounds):
        begin = time.perf_counter()
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        page = generate_latest(registry)
        took.append((time.perf_counter() - begin) * 1e3)
    counted = sum(
        float(line.rsplit(" ", 1)[1])
        for line in page.decode().splitlines()
        if line.startswith("http_request_duration_count")
    )
    if counted != members * series * 4:
        sys.exit(f"{counted} on the page, not {members * series * 4}")
    print(json.dumps({"ms": took, "bytes": len(page)}))


mode, *arguments = sys.argv[1:]
try:
    {"hot": hot, "member": member, "fleet": fleet}[mode](*map(int, arguments))
finally:
    if mode != "member":
        for name in os.listdir(directory):
            os.unlink(os.path.join(directory, name))
        os.rmdir(directory)
