"""Decides requests with pycasbin: lines of JSON with a model, a policy and requests, each answered
by a line with what it allowed, or with why it could not be read."""

import json
import logging
import pathlib
import sys
import tempfile

try:
    import casbin
except ImportError:
    sys.exit(127)

logging.disable(logging.CRITICAL)

for line in sys.stdin:
    case = json.loads(line)
    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder, "model.conf")
        policy = pathlib.Path(folder, "policy.csv")
        model.write_text(case["model"], encoding="utf-8")
        policy.write_text(case["policy"], encoding="utf-8")
        try:
            enforcer = casbin.Enforcer(str(model), str(policy))
            print(json.dumps([enforcer.enforce(*request) for request in case["requests"]]))
        except Exception as error:
            print(json.dumps(f"{type(error).__name__}: {error}"))
