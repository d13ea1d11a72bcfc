"""Decides requests in JSON through the Python module of Samples/languages, a line each.

agreement.py SAMPLE LIBRARY FILE.polc REQUESTS
"""

import json
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import policyengine as pe  # noqa: E402

library = pe.Library(sys.argv[2])
engine = library.engine(sys.argv[3])
WORDS = ["deny by default", "allow", "deny"]


def value(json_value):
    """A principal is a text, whatever form it has in JSON."""
    if isinstance(json_value, dict):
        return json_value["type"] + ":" + json_value["id"]
    if isinstance(json_value, list):
        return [value(element) for element in json_value]
    return json_value


for line in open(sys.argv[4], encoding="utf-8"):
    asked = json.loads(line)
    who, what = asked["subject"], asked.get("resource", {})
    subject = engine.subject(
        who.get("id"),
        pe.KINDS[who["type"]],
        [one if isinstance(one, str) else (one["policy"], one["in"]) for one in who.get("policies", [])],
        who.get("groups"),
    )
    request = subject.request(asked["action"]["name"])
    if "unit" in what:
        request.set_unit(library.outside if what["unit"] is None else what["unit"])
    if "id" in what:
        request.set_resource_id(what["id"])
    spaces = {
        "principal": who.get("properties", {}),
        "resource": what.get("properties", {}),
        "context": asked.get("context", {}),
    }
    for space, values in spaces.items():
        for name, one in values.items():
            request.set(f"{space}.{name}", value(one))
    decision = request.decide()
    reasons = request.explain()
    assert request.is_allowed == (decision == pe.ALLOW) == reasons["decision"]
    assert (decision == pe.DENY_BY_DEFAULT) == (reasons["by"] == "default")
    assert (asked["action"]["name"] in request.allowed_actions()) == request.is_allowed
    named = [reason["policy"] + "/" + reason["rule"] for reason in reasons["reasons"]]
    print(WORDS[decision], *named, sep="\t")
