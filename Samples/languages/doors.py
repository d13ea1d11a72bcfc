"""Asks the policies in a file from Python: may ada open a door in the cellar, and what else?

python3 doors.py LIBRARY [FILE]
"""

import ipaddress
import sys

import policyengine

library = policyengine.Library(sys.argv[1])
try:
    engine = library.engine(sys.argv[2] if len(sys.argv) > 2 else "doors.polc")
    ada = engine.subject("ada", groups=[])

    request = ada.request("door.open")
    request.set_unit("house/cellar")
    request.set("context.mfa", True)
    request.set("context.address", ipaddress.ip_address("10.1.2.3"))
    request.set("resource.floor", 1)
    print("door.open on floor 1:", "allow" if request.is_allowed else "deny")

    request.set("resource.floor", 3)
    print("door.open on floor 3:", "allow" if request.is_allowed else "deny")
    for miss in request.explain()["nearMisses"]:
        print("nearly:", miss["rule"], *miss["missing"])
    print("may:", *request.allowed_actions())

    try:
        request.set("resource.floor", "first")
    except policyengine.PolicyError as error:
        print("refused:", error)
except policyengine.PolicyError as error:
    sys.exit(f"doors: {error}")
