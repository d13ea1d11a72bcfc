"""Decides the same requests by Pol's engine and by Cedar, and says how many a second.

    python3 measure.py POL LIBRARY SAMPLES/emnify

POL is the program, LIBRARY is libpolicyengine. Both engines are called from Python, so what
is measured has in it what calling from Python costs; least where one call decides many requests.
"""

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, "..", "..", "Samples", "languages")]

import cedarpy
import decide
import policyengine

USERS = ["ada", "olga", "uma", "carla", "nobody"]
UNITS = ["example/workspace-1", "example/workspace-2", None]
ROUNDS = 7


def requests(engine):
    """Every action, for every user, in every place: on what is one's own, or on what is not."""
    attributes = {action: resource_attributes(engine, action) for action in engine.actions}
    for action in engine.actions:
        for number, user in enumerate(USERS):
            for unit in UNITS:
                whose = user if number % 2 else "somebody"
                values = {
                    "organization": "a" if unit else "b",
                    "account": {"type": "user", "id": f"{whose}@example.com"},
                }
                yield {
                    "subject": {
                        "type": "user",
                        "id": f"{user}@example.com",
                        "groups": [],
                        "properties": {"organization": "a"},
                    },
                    "action": {"name": action},
                    "resource": {
                        "unit": unit,
                        "properties": {name: values[name] for name in attributes[action]},
                    },
                    "context": {"ip": "203.0.113.7", "time": "2026-06-01T00:00:00Z"},
                }


def resource_attributes(engine, action):
    """Those that resources of the action's service have, of the two; a request refuses others."""
    found = []
    for name, value in (("organization", "a"), ("account", "user:x")):
        try:
            engine.subject("x", groups=[]).request(action).set(f"resource.{name}", value)
            found.append(name)
        except policyengine.PolicyError:
            pass
    return found


def rate(count, run):
    best = min(timed(run) for _ in range(ROUNDS))
    return f"{count / best:12,.0f} a second {best / count * 1e9:12,.0f} ns each"


def timed(run):
    """Seconds of the processor: others may want it too."""
    start = time.process_time()
    run()
    return time.process_time() - start


def main():
    pol, library, sample = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        tables = os.path.join(folder, "set.polc")
        subprocess.run([pol, "compile", sample, "-o", tables], check=True, stdout=subprocess.DEVNULL)
        engine = policyengine.Library(library).engine(tables)
        asked = list(requests(engine))
        lines = "\n".join(map(json.dumps, asked)).encode()
        out = os.path.join(folder, "cedar")
        subprocess.run(
            [pol, "export", sample, "--format", "cedar", "--requests", "-", "-o", out],
            input=lines, check=True, stdout=subprocess.DEVNULL,
        )
        cedar = read_cedar(out)
    compare(asked, engine, *cedar)


def read_cedar(folder):
    text = decide.read(folder, "policies.cedar")
    schema = cedarpy.Schema.from_str(decide.read(folder, "schema.cedarschema"))
    store = decide.Store(decide.read(folder, "entities.json"), schema)
    lines = [json.loads(line) for line in decide.read(folder, "requests.jsonl").split("\n") if line]
    own = [json.dumps(line.pop("entities")) for line in lines]
    return cedarpy.PolicySet.from_str(text), schema, store, lines, own


def compare(asked, engine, policies, schema, store, lines, own):
    whole = [store.with_request(json.loads(entities)) for entities in own]

    def pol_request(line):
        subject = engine.subject(line["subject"]["id"], groups=[])
        request = subject.request(line["action"]["name"])
        unit = line["resource"]["unit"]
        request.set_unit(engine.library.outside if unit is None else unit)
        for space, values in (("principal", line["subject"]["properties"]),
                              ("resource", line["resource"].get("properties", {})),
                              ("context", line["context"])):
            for name, value in values.items():
                if isinstance(value, dict):
                    value = f"{value['type']}:{value['id']}"
                request.set(f"{space}.{name}", value)
        return request

    def pol_at_once():
        engine.library.call("pol_decide_requests", handles, count, decisions)

    # What many requests rely on has to be the same: one's own entities, and every resource there.
    batches = {}
    for line, request, entities in zip(asked, lines, own):
        key = line["subject"]["id"], line["resource"]["unit"]
        found = batches.setdefault(key, ([], {}))
        found[0].append(request)
        found[1].update((decide.key(entity), entity) for entity in json.loads(entities))
    batches = [(some, store.base.with_added_json_str(json.dumps(list(entities.values()))))
               for some, entities in batches.values()]

    def cedar_at_once(schema=None):
        for some, entities in batches:
            cedarpy.is_authorized_batch(some, policies, entities, schema)

    prepared = [pol_request(line) for line in asked]
    by_pol = [request.decide() == policyengine.ALLOW for request in prepared]
    results = [cedarpy.is_authorized(r, policies, e, schema) for r, e in zip(lines, whole)]
    if by_pol != [result.allowed for result in results]:
        sys.exit("error: they decide differently")
    count = len(asked)
    handles = (ctypes.c_void_p * count)(*[request.handle.value for request in prepared])
    decisions = (ctypes.c_uint8 * count)()
    print(f"{count} requests, {sum(by_pol)} allowed, by both the same")

    print("\nrequests and entities are there, one call each:")
    print("  Pol  ", rate(count, lambda: [request.decide() for request in prepared]))
    print("  Cedar", rate(count, lambda: [
        cedarpy.is_authorized(r, policies, e) for r, e in zip(lines, whole)]))
    print("  Cedar", rate(count, lambda: [
        cedarpy.is_authorized(r, policies, e, schema) for r, e in zip(lines, whole)]),
        "(with the schema)")

    print("\nthe same, many by one call:")
    print("  Pol  ", rate(count, pol_at_once))
    print("  Cedar", rate(count, cedar_at_once))
    print("  Cedar", rate(count, lambda: cedar_at_once(schema)), "(with the schema)")
    evaluated = min(
        sum(cedarpy.is_authorized(r, policies, e).metrics["authz_duration_micros"]
            for r, e in zip(lines, whole))
        for _ in range(ROUNDS))
    print(f"  Cedar says that {evaluated / count:.0f} microseconds each are evaluation")

    print("\nfrom names and values, everything is made anew:")
    print("  Pol  ", rate(count, lambda: [pol_request(line).decide() for line in asked]))
    print("  Cedar", rate(count, lambda: [
        cedarpy.is_authorized(r, policies, store.base.with_added_json_str(e), schema)
        for r, e in zip(lines, own)]), "(with the schema)")


if __name__ == "__main__":
    main()
