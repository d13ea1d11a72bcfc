"""Asks Cedar, through its Python binding, what the requests of a policy set are decided to.

    python3 decide.py FOLDER < requests.jsonl

The folder is what `pol export --format cedar` wrote. Each line of input is a request of Cedar with
the entities of its principal and resource, and has one line of answer: the decision, and the ids of
the policies that determined it, as JSON. Policies that the schema does not fit, entities and
requests that it refuses, and policies that fail for a request end the program with status 1.
"""

import json
import os
import sys
import time

import cedarpy

NAMED = {"User", "ServiceAccount"}


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def fail(what):
    sys.exit(f"error: {what}")


def key(entity):
    return entity["uid"]["type"], entity["uid"]["id"]


class Store:
    """The entities of the policy set; a request's principal takes the place of the one in there."""

    def __init__(self, text, schema):
        self.schema = schema
        self.entities = {key(entity): entity for entity in json.loads(text)}
        # All of them have to fit the schema, also those that no request uses.
        cedarpy.Entities.from_json_str(text, schema)
        fixed = [e for e in self.entities.values() if e["uid"]["type"] not in NAMED]
        self.base = cedarpy.Entities.from_json_str(json.dumps(fixed), schema)
        self.made = {}

    def with_request(self, own):
        text = json.dumps(own)
        if text not in self.made:
            self.made[text] = self.make(own, text)
        return self.made[text]

    def make(self, own, text):
        known = self.entities.get(key(own[0]))
        if known:
            lost = [p for p in known["parents"] if p not in own[0]["parents"]]
            if lost:
                fail(f"the entity of {key(own[0])} lost {lost}")
        # The anonymous principal is there already, and has attributes only in requests.
        if own[0]["uid"]["type"] == "Anonymous":
            rest = [e for k, e in self.entities.items() if k[0] not in NAMED and k != key(own[0])]
            return cedarpy.Entities.from_json_str(json.dumps(rest + own), self.schema)
        return self.base.with_added_json_str(text, self.schema)


def main():
    folder = sys.argv[1]
    text = read(folder, "policies.cedar")
    schema = cedarpy.Schema.from_str(read(folder, "schema.cedarschema"))
    validation = cedarpy.validate_policies(text, schema)
    if not validation:
        fail("; ".join(str(error) for error in validation.errors[:3]))
    policies = cedarpy.PolicySet.from_str(text)
    store = Store(read(folder, "entities.json"), schema)
    requests = [json.loads(line) for line in sys.stdin.buffer.read().decode().split("\n") if line]
    asked = []
    for number, line in enumerate(requests):
        own = line.pop("entities")
        line.pop("id", None)
        try:
            asked.append((line, store.with_request(own)))
        except ValueError as error:
            fail(f"request {number + 1}: {error}")
    answer(asked, policies, schema)


def answer(asked, policies, schema):
    for number, (request, entities) in enumerate(asked):
        result = cedarpy.is_authorized(request, policies, entities, schema)
        if result.diagnostics.errors:
            fail(f"request {number + 1}: {result.diagnostics.errors}")
        ids = result.diagnostics.id_annotations_by_reason
        by = sorted(ids[reason] for reason in result.diagnostics.reasons)
        print(json.dumps([result.decision.value.lower(), *by], ensure_ascii=False))


if __name__ == "__main__":
    main()
