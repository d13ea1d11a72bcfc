"""Gives the library what it must refuse, and bytes that are no policies, from Python.

misuse.py SAMPLE LIBRARY FILE.polc SEED
"""

import ctypes
import random
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import policyengine as pe  # noqa: E402

library = pe.Library(sys.argv[2])
data = open(sys.argv[3], "rb").read()
engine = library.engine_of_bytes(data)
random.seed(int(sys.argv[4]))


def refused(status, what, *arguments):
    try:
        what(*arguments)
    except pe.PolicyError as error:
        assert error.status == status and str(error), (status, error.status, str(error))
        return
    raise AssertionError(f"{what} was not refused: {arguments}")


refused(8, engine.action, "door.opne")
refused(8, engine.action, "door.open\0")
refused(9, engine.subject, "ada", pe.ANONYMOUS)
refused(9, engine.subject, "ada", pe.USER, ["Owner"])
refused(5, engine.subject, "ada", 9)
request = engine.subject("ada", groups=[]).request("door.open")
refused(9, request.set, "resource.floor", "first")
refused(9, request.set, "context.address", "10.0.0.256")
refused(3, request.set, pe.Attribute(), 1)
refused(3, request.set_unit, pe.Unit((1, 1)))
refused(6, library.engine, "no/such/file")
for _ in range(20):
    # The next engine gets the memory of the one that is gone, and not its units.
    gone = library.engine_of_bytes(data)
    unit = gone.unit("house/cellar")
    del gone
    refused(3, library.engine_of_bytes(data).subject("ada").request("door.open").set_unit, unit)
for handle in [None, ctypes.c_void_p(), engine.handle]:
    refused(1 if not handle else 2, library.call, "pol_decide", handle, ctypes.byref(ctypes.c_uint8()))
try:
    request.set("resource.floor", 2**63)
    raise AssertionError("a number beyond 64 bits was cut")
except OverflowError:
    pass

for _ in range(300):
    refused(7, library.engine_of_bytes, data[: random.randrange(len(data))])
    changed = bytearray(data)
    changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    refused(7, library.engine_of_bytes, bytes(changed))
    refused(7, library.engine_of_bytes, random.randbytes(random.randrange(2000)))
print("all refused")
