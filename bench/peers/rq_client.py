"""RQ's client of ./tg bench queue; the commands are in bench/README.md. usage: python3 rq_client.py PORT

SimpleWorker runs jobs in its own process, without a fork: RQ's fastest mode.
"""
import logging
import sys
import threading
import time

import rq_jobs
from redis import Redis
from rq import Queue, SimpleWorker

BATCH = 500
KEEP = 0  # its fastest: nothing is kept of a finished job
TEXT = "x" * 100

logging.disable(logging.CRITICAL)
connection = Redis(port=int(sys.argv[1]))
queue = Queue("bench", connection=connection)


def enqueue(count):
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        queue.enqueue_many([Queue.prepare_data(rq_jobs.noop, args=(TEXT,), result_ttl=KEEP) for _ in range(size)])


def work(count, produce=None):
    rq_jobs.millis.clear()
    start = time.perf_counter()
    producer = threading.Thread(target=produce) if produce else None
    if producer:
        producer.start()
    SimpleWorker([queue], connection=connection).work(max_jobs=count, logging_level="ERROR")
    seconds = time.perf_counter() - start
    if producer:
        producer.join()
    return f"{seconds} {count}"


def latency(count, per_second):
    def produce():
        start = time.perf_counter()
        for i in range(count):
            wait = start + i / per_second - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
            queue.enqueue(rq_jobs.timed, time.perf_counter(), TEXT[20:], result_ttl=KEEP)

    work(count, produce)
    millis = sorted(rq_jobs.millis)
    return f"{millis[count // 2]} {millis[int(count * 0.99)]}"


def answer(command, count, per_second=0):
    if command == "enqueue":
        start = time.perf_counter()
        enqueue(count)
        return str(time.perf_counter() - start)
    if command == "process":
        return work(count)
    if command == "flow":
        return work(count, lambda: enqueue(count))
    if command == "latency":
        return latency(count, per_second)
    raise ValueError(f"no command {command}")


for line in sys.stdin:
    words = line.split()
    print(answer(words[0], *map(int, words[1:])), flush=True)
