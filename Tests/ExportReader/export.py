#!/usr/bin/env python3
"""Decides requests from an exported policy set: written from Grammar/export.schema.json alone.

usage: export.py policies.json < requests.jsonl

Requests are those of `pol eval --requests`, one JSON object a line; each answer is a line:
`allow`, `deny` or `deny by default`. Names that the set does not have end the run.
It shares no code with the interpreter, so that both are right only if the document is.
"""

import datetime
import ipaddress
import json
import re
import sys

FALSE, UNKNOWN, TRUE = 0, 1, 2


def truth(flag):
    return TRUE if flag else FALSE


class Set:
    def __init__(self, document):
        assert document["version"] == 1, "another version"
        self.types = {a["name"]: a["type"] for a in document["attributes"]}
        self.parents = {u["name"]: u["parent"] for u in document["units"]}
        self.groups = {g["name"]: g for g in document["groups"]}
        self.policies = {p["name"]: p for p in document["policies"]}
        self.assignments = document["assignments"]
        self.actions = {a["name"] for s in document["services"] for a in s["actions"]}

    def given(self, names):
        """The policies of some names, and all that they include."""
        found, rest = [], list(names)
        while rest:
            name = rest.pop()
            if name not in found:
                found.append(name)
                rest += self.policies[name]["includes"]
        return found


class Request:
    def __init__(self, document, policies):
        subject, resource = document["subject"], document.get("resource", {})
        self.kind = subject["type"]
        self.id = subject.get("id")
        self.groups = subject.get("groups")
        self.held = [h if isinstance(h, dict) else {"policy": h} for h in subject.get("policies", [])]
        self.action = document["action"]["name"]
        self.unit = resource.get("unit", "?")  # "?" is unknown, None outside
        self.values = {}
        spaces = [("principal", subject.get("properties", {})),
                  ("resource", resource.get("properties", {})),
                  ("context", document.get("context", {}))]
        for space, values in spaces:
            for name, value in values.items():
                name = f"{space}.{name}"
                self.values[name] = typed(value, policies.types[name])
        if self.kind != "anonymous" and self.id is not None:
            self.values["principal"] = (self.kind, self.id)
        if "id" in resource:
            self.values["resource"] = resource["id"]


def principal(value):
    return (value.get("kind", value.get("type")), value["id"])


def instant(text):
    """Seconds and nanoseconds since the year 1."""
    match = re.fullmatch(r"(\d{4})(-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z", text)
    year, rest, fraction = match.groups()
    # Python has no year 0; four hundred years have a whole number of days.
    shifted = f"{int(year) + 400:04d}" if int(year) < 400 else year
    moment = datetime.datetime.fromisoformat(shifted + rest)
    days = moment.toordinal() - (146097 if shifted != year else 0)
    seconds = days * 86400 + moment.hour * 3600 + moment.minute * 60 + moment.second
    return (seconds, int((fraction or "0").ljust(9, "0")))


def address(text):
    value = ipaddress.ip_address(text)
    if value.version == 6 and value.ipv4_mapped:
        value = value.ipv4_mapped
    return (value.version, int(value))


def typed(value, kind):
    if kind == "IP":
        return address(value)
    if kind == "Time":
        return instant(value)
    if kind == "Principal":
        return principal(value)
    if kind == "Set<Principal>":
        return {principal(v) for v in value}
    if kind in ("Set<String>", "Set<Path>"):
        return set(value)
    return value


def element(kind):
    return kind[4:-1] if kind.startswith("Set<") else kind


def any_under(paths, ancestors):
    return any(p == a or p.startswith(a + "/") for p in paths for a in ancestors)


def as_set(value):
    return value if isinstance(value, set) else {value}


def is_like(text, runs):
    return re.fullmatch(".*".join(re.escape(r) for r in runs), text, re.DOTALL) is not None


def check(c, request, policies):
    name = c["check"]
    if name == "is":
        return truth(request.kind == c["kind"])
    if name == "in-group":
        return membership(c["group"], request, policies)
    value = request.values.get(c["of"])
    if name == "has":
        return truth(value is not None)
    if value is None:
        return UNKNOWN
    if name == "is-true":
        return truth(value)
    if name == "in-block":
        first, last = address(c["first"]), address(c["last"])
        return truth(first[0] == value[0] and first <= value <= last)
    if name == "like":
        return truth(is_like(value, c["runs"]))
    if "with" in c:
        other = request.values.get(c["with"])
        if other is None:
            return UNKNOWN
    else:
        kinds = dict(policies.types, principal="Principal", resource="String")
        other = typed(c["value"], element(kinds[c["of"]]))
    return truth({
        "equals": lambda: value == other,
        "less": lambda: value < other,
        "less-or-equal": lambda: value <= other,
        "under": lambda: any_under(as_set(value), as_set(other)),
        "contains": lambda: other in value,
        "contains-any": lambda: bool(value & other),
        "contains-all": lambda: value >= other,
    }[name]())


def evaluate(condition, request, policies, absent):
    if condition is None:
        return absent
    if "constant" in condition:
        return truth(condition["constant"])
    if "not" in condition:
        return TRUE - evaluate(condition["not"], request, policies, absent)
    if "all" in condition:
        return min([evaluate(c, request, policies, absent) for c in condition["all"]], default=TRUE)
    if "any" in condition:
        return max([evaluate(c, request, policies, absent) for c in condition["any"]], default=FALSE)
    return check(condition, request, policies)


def is_principal(kind, name, request):
    if kind != request.kind:
        return FALSE
    return UNKNOWN if request.id is None else truth(request.id == name)


def membership(name, request, policies):
    if request.kind == "anonymous":
        return FALSE
    group = policies.groups[name]
    if group["open"]:
        return UNKNOWN if request.groups is None else truth(name in request.groups)
    return max([is_principal(m["kind"], m["id"], request) for m in group["members"]]
               + [membership(g, request, policies) for g in group["groups"]], default=FALSE)


def is_subject(subject, request, policies):
    if subject["kind"] == "everyone":
        return TRUE
    if subject["kind"] == "anonymous":
        return truth(request.kind == "anonymous")
    if subject["kind"] == "group":
        return membership(subject["group"], request, policies)
    return is_principal(subject["kind"], subject["id"], request)


def is_in(units, request, policies):
    if not units:
        return TRUE
    if request.unit == "?":
        return UNKNOWN
    unit = request.unit
    while unit is not None:
        if unit in units:
            return TRUE
        unit = policies.parents[unit]
    return FALSE


def decide(request, policies):
    assert request.action in policies.actions, "no such action"
    force = {}
    for a in policies.assignments:
        own = min(max(is_subject(s, request, policies) for s in a["subjects"]),
                  is_in(a["units"], request, policies),
                  evaluate(a["when"], request, policies, TRUE))
        for name in policies.given(a["policies"]):
            force[name] = max(own, force.get(name, FALSE))
    for held in request.held:
        own = is_in([held["in"]] if "in" in held else [], request, policies)
        for name in policies.given([held["policy"]]):
            force[name] = max(FALSE if request.kind == "anonymous" else own, force.get(name, FALSE))
    denies = allows = False
    for name, given in force.items():
        for rule in policies.policies[name]["rules"]:
            if request.action not in rule["actions"]:
                continue
            own = min(given, evaluate(rule["when"], request, policies, TRUE),
                      TRUE - evaluate(rule["unless"], request, policies, FALSE))
            denies |= rule["effect"] == "deny" and own != FALSE
            allows |= rule["effect"] == "allow" and own == TRUE
    return "deny" if denies else "allow" if allows else "deny by default"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        policies = Set(json.load(file))
    for line in sys.stdin.buffer:
        print(decide(Request(json.loads(line), policies), policies))


main()
