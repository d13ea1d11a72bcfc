"""Prints the nanoseconds of a decision: by one call each, and by one call for many.

measure.py LIBRARY FILE USER...
"""

import ctypes
import random
import statistics
import sys
import time

import policyengine

library = policyengine.Library(sys.argv[1])
engine = library.engine(sys.argv[2])
random.seed(1)
subjects = [engine.subject(user, groups=[]) for user in sys.argv[3:]]
actions = [engine.action(name) for name in engine.actions]
requests = [random.choice(subjects).request(random.choice(actions)) for _ in range(4096)]

decide, decide_many = library.c.pol_decide, library.c.pol_decide_requests
handles = [request.handle for request in requests]
array = (ctypes.c_void_p * len(handles))(*[handle.value for handle in handles])
decision, decisions = ctypes.c_uint8(), (ctypes.c_uint8 * len(handles))()
place = ctypes.byref(decision)


def one_by_one():
    allowed = 0
    for handle in handles:
        if decide(handle, place, None) == 0 and decision.value == policyengine.ALLOW:
            allowed += 1
    return allowed


def all_at_once():
    assert decide_many(array, len(handles), decisions, None) == 0
    return bytes(decisions).count(policyengine.ALLOW)


assert one_by_one() == all_at_once()
for way, rounds in ((one_by_one, 40), (all_at_once, 200)):
    times = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        way()
        times.append((time.perf_counter_ns() - start) / len(handles))
    print(statistics.median(times))
