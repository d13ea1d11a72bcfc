#!/usr/bin/env python3
"""Decides requests from a .polc file: a reader written from Grammar/polc-format.md alone.

usage: polc.py FILE.polc < requests.jsonl

Requests are those of `pol eval --requests`, one JSON object a line; each answer is a line:
`allow`, `deny` or `deny by default`. Names that the file does not have end the run.
It shares no code with the engine, so that both are right only if the document is.
"""

import ipaddress
import json
import re
import struct
import sys

NONE = 0xFFFFFFFF
# The unit of a resource that the request does not place; None is outside every unit.
UNSAID = object()
MASK = (1 << 64) - 1
K1, K2, K3 = 0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3

SECTIONS = [
    ("summary", "I"), ("text", "B"), ("displacements", "I"), ("names", "4I"), ("services", "8I"),
    ("actions", "8I"), ("attributes", "12I"), ("attributeServices", "I"), ("strings", "2I"),
    ("units", "4I"), ("groups", "8I"), ("groupLists", "I"), ("principals", "4I"),
    ("policies", "16I"), ("policyLists", "I"), ("rules", "16I"), ("ruleRanges", "4I"),
    ("annotations", "4I"), ("assignments", "8I"), ("assignmentLists", "I"), ("grants", "4I"),
    ("variables", "I"), ("steps", "8I"), ("numbers", "q"), ("classes", "I"), ("symbols", "B"),
    ("transitions", "I"), ("maps", "4I"), ("mapValues", "I"), ("tables", "4I"), ("readers", "2I"),
    ("outcomes", "B"), ("nodes", "2I"), ("derivations", "I"), ("pages", "I"), ("planes", "4Q"),
    ("cells", "I"), ("separations", "2I"),
]
BOOL, INT, STRING, IP, TIME, PATH, PRINCIPAL, STRINGS, PATHS, PRINCIPALS, ONE_OF = range(11)


def mix(a, b):
    product = a * b
    return (product & MASK) ^ (product >> 64)


def checksum(data, seed=0):
    one, two = seed ^ 0x589636A5C2D90F77, seed ^ 0x1D8E4E27C47D124F
    whole = len(data) // 32 * 32
    for a, b, c, d in struct.iter_unpack("<4Q", data[:whole]):
        one, two = mix(a ^ K1, b ^ one), mix(c ^ K2, d ^ two)
    for byte in data[whole:]:
        one = mix(one ^ byte, K3)
    return mix(one ^ K1, two ^ K2 ^ len(data))


def hash_name(data, space, seed):
    n = len(data)

    def word(o):
        return int.from_bytes(data[o:o + 8], "little")

    def half(o):
        return int.from_bytes(data[o:o + 4], "little")

    state = K1 ^ (((seed << 32 | space) * K3) & MASK)
    a = b = 0
    if n > 16:
        o = 0
        while n - o > 16:
            state = mix(word(o) ^ K2, word(o + 8) ^ state)
            o += 16
        a, b = word(n - 16), word(n - 8)
    elif n >= 4:
        d = (n >> 3) << 2
        a, b = half(0) << 32 | half(d), half(n - 4) << 32 | half(n - 4 - d)
    elif n >= 1:
        a = data[0] << 16 | data[n >> 1] << 8 | data[n - 1]
    return mix(K2 ^ n, mix(a ^ K2, b ^ state))


def scale(h, n):
    return ((h >> 32) * n) >> 32


class Refused(Exception):
    pass


class Tables:
    """The sections of a file, each a list of numbers or of tuples."""

    def __init__(self, data):
        if data[:8] != bytes.fromhex("89706F6C630D0A1A"):
            raise Refused("not a .polc file")
        version, language, length, count, zero = struct.unpack_from("<IIQII", data, 8)
        if (version, language) != (1, 1):
            raise Refused(f"format {version}, language {language}")
        end = 80 + 32 * len(SECTIONS)
        if length != len(data) or count != len(SECTIONS) or zero or len(data) < end:
            raise Refused("another length")
        (header,) = struct.unpack_from("<Q", data, 64)
        if checksum(data[80:end], checksum(data[:64])) != header:
            raise Refused("the header is damaged")
        for index, (name, form) in enumerate(SECTIONS):
            entry = struct.unpack_from("<IIQQQ", data, 80 + 32 * index)
            start, size = (end + 63) // 64 * 64, struct.calcsize("<" + form)
            if entry[:3] != (index, size, start) or any(data[end:start]):
                raise Refused(f"section {name} is elsewhere")
            end = start + entry[3] * size
            body = data[start:end]
            if end > len(data) or checksum(body) != entry[4]:
                raise Refused(f"section {name} is damaged")
            if form == "B":
                elements = body
            else:
                elements = list(struct.iter_unpack("<" + form, body))
                if len(form) == 1:
                    elements = [element[0] for element in elements]
            setattr(self, name, elements)
        if end != len(data):
            raise Refused("another length")

    def bytes_of(self, text):
        return b"" if text[0] == NONE else bytes(self.text[text[0]:text[0] + text[1]])

    def position(self, name, space):
        """The index that a space gives to a name, or None."""
        if not self.names:
            return None
        h = hash_name(name, space, self.summary[25])
        d = self.displacements[scale(h, len(self.displacements))]
        moved = (h ^ (d * 0x9E3779B97F4A7C15 & MASK)) * 0xD6E8FEB86659FD93 & MASK
        record = self.names[scale(moved, len(self.names))]
        if record[0] == space and self.bytes_of(record[2:4]) == name:
            return record[1]
        return None


def run(elements, start, count):
    return elements[start:start + count]


def address(text):
    found = ipaddress.ip_address(text)
    if found.version == 6 and found.ipv4_mapped is not None:
        return found.ipv4_mapped
    return found


def instant(text):
    """Seconds since 1970 and nanoseconds."""
    form = r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))"
    match = re.fullmatch(form, text)
    year, month, day, hour, minute, second = (int(match[i]) for i in range(1, 7))
    # Days in the proleptic Gregorian calendar, years from March on.
    y = year - (month <= 2)
    era, of_era = y // 400, y % 400
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    days = era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
    offset = 0
    if match[8]:
        offset = (int(match[9]) * 60 + int(match[10])) * (60 if match[8] == "+" else -60)
    nanoseconds = int(((match[7] or "") + "000000000")[:9])
    return (days * 86400 + hour * 3600 + minute * 60 + second - offset, nanoseconds)


def principal(value):
    """The kind, 0 for users and 1 for service accounts, and the id."""
    if isinstance(value, dict):
        kind, name = value["type"], value["id"]
    else:
        kind, name = value.split(":", 1)
    return (("user", "service-account").index(kind), name.encode())


def typed(value, form):
    if form in (STRING, ONE_OF, PATH):
        return value.encode()
    if form in (STRINGS, PATHS):
        return [element.encode() for element in value]
    readers = {IP: address, TIME: instant, PRINCIPAL: principal}
    if form == PRINCIPALS:
        return [principal(element) for element in value]
    return readers.get(form, lambda same: same)(value)


def is_under(path, ancestor):
    return path == ancestor or path.startswith(ancestor + b"/")


def prefixes(path):
    """The ancestors of a path from the root on, and then the path."""
    ends = [i for i, byte in enumerate(path) if byte == 0x2F] + [len(path)]
    return [path[:end] for end in ends]


def regions(cuts, value):
    """How many of some ascending cuts are not above a value."""
    return sum(1 for cut in cuts if cut <= value)


class Engine:
    def __init__(self, tables):
        self.tables = tables

    def find(self, name, space, what):
        index = self.tables.position(name.encode(), space)
        if index is None:
            raise Refused(f"no {what} {name}")
        return index

    # From values to classes

    def term(self, request, code):
        if code == NONE - 1:
            return request["principal"]
        return request["resource"] if code == NONE else request["values"].get(code)

    def elements(self, value):
        return value if isinstance(value, list) else [value]

    def related(self, relation, left, right):
        if relation == 1:
            return 1 if left < right else 2 if left == right else 3
        holds = {
            0: lambda: left == right,
            2: lambda: any(is_under(path, right) for path in self.elements(left)),
            3: lambda: right in left,
            4: lambda: any(element in left for element in right),
            5: lambda: all(element in left for element in right),
        }[relation]()
        return 2 if holds else 1

    def matches(self, text, runs):
        pattern = b".*".join(re.escape(piece) for piece in runs)
        return re.fullmatch(pattern, text, re.DOTALL) is not None

    def step(self, step, value, request, classes):
        t = self.tables
        kind, slot, a, b, c, d, e, f = step

        def index(name, space):
            return t.position(name, space)

        if kind == 1:
            classes[slot] = b if value else a
        elif kind == 2:
            classes[slot] = t.classes[c + regions(run(t.numbers, a, b), value)]
        elif kind == 3:
            cuts = run(t.numbers, a, 2 * b)
            classes[slot] = t.classes[c + regions(list(zip(cuts[::2], cuts[1::2])), value)]
        elif kind == 4 and value.version == 4:
            classes[slot] = t.classes[c + regions(run(t.numbers, a, b), int(value))]
        elif kind == 4:
            halves = [number & MASK for number in run(t.numbers, d, 2 * e)]
            cuts = [high << 64 | low for high, low in zip(halves[::2], halves[1::2])]
            classes[slot] = t.classes[c + b + 1 + regions(cuts, int(value))]
        elif kind == 5:
            found = index(value, a)
            classes[slot] = b if found is None else found
        elif kind == 6:
            found, state = index(value, a), 0
            for byte in value:
                state = t.transitions[c + state * d + t.symbols[256 * b + byte]]
            classes[slot] = t.classes[f + state] if found is None else found
        elif kind == 7:
            found = index(value[1], a + value[0])
            classes[slot] = b if found is None else found
        elif kind == 8:
            classes[slot] = b
            for path in prefixes(value):
                found = index(path, a)
                if found is not None:
                    classes[slot] = t.classes[c + 2 * found + (0 if path == value else 1)]
        elif kind == 9:
            classes[slot] = 1
        elif kind in (10, 11):
            slots = run(t.classes, c, b)
            for other in slots:
                classes[other] = 1
            for element in value:
                if kind == 11:
                    found = [index(path, a) for path in prefixes(element)]
                elif isinstance(element, tuple):
                    found = [index(element[1], a + element[0])]
                else:
                    found = [index(element, a)]
                for i in found:
                    if i is not None:
                        classes[slots[i]] = 2
        elif kind == 12:
            runs = [t.bytes_of(text) for text in run(t.strings, a, b)]
            classes[slot] = 2 if self.matches(value, runs) else 1
        elif kind == 13:
            left, right = self.term(request, b), self.term(request, c)
            if left is not None and right is not None:
                classes[slot] = self.related(a, left, right)

    def classify(self, request, memberships):
        t = self.tables
        classes = [0] * len(t.variables)
        if t.summary[22]:
            classes[t.summary[22] - 1] = request["kind"]
        for group, truth in zip(t.groups, memberships):
            if group[3]:
                classes[group[3] - 1] = {0: 1, 1: 0, 2: 2}[truth]
        terms = [(value, t.attributes[index][10:12]) for index, value in request["values"].items()]
        terms.append((request["principal"], t.summary[18:20]))
        terms.append((request["resource"], t.summary[20:22]))
        for value, steps in terms:
            if value is not None:
                for step in run(t.steps, *steps):
                    self.step(step, value, request, classes)
        for index, table in enumerate(t.derivations):
            classes[t.summary[23] + index] = self.outcome(table, classes)
        return classes

    # Tables and cells

    def map(self, index, number):
        offset, runs, count, _ = self.tables.maps[index]
        values = self.tables.mapValues
        if runs == 0:
            return values[offset + number]
        return values[offset + runs + regions(run(values, offset, runs), number) - 1]

    def outcome(self, index, classes):
        t = self.tables
        form, start, count, root = t.tables[index]
        if form == 1:
            while root > 2:
                slot, table = t.nodes[root - 3]
                root = self.map(table, classes[slot])
            return root
        p = sum(self.map(table, classes[slot]) for slot, table in run(t.readers, start, count))
        return t.outcomes[root + p // 4] >> (2 * (p % 4)) & 3

    def cell(self, policy, action, classes):
        t = self.tables
        service, word, bit = t.actions[action][4:7]
        low, high, change, base = t.planes[t.pages[policy * len(t.services) + service] + word]
        plain = (low >> bit & 1) | (high >> bit & 1) << 1
        if plain < 3:
            return plain
        rank = bin(change & ((2 << bit) - 1)).count("1")
        return self.outcome(t.cells[base + rank - 1], classes)

    # Deciding

    def memberships(self, request):
        t = self.tables
        truths = [0] * len(t.groups)
        if request["kind"] == 2:
            return truths

        def raise_to(truth, start, count):
            for group in run(t.groupLists, start, count):
                truths[group] = max(truths[group], truth)

        if request["groups"] is None:
            raise_to(1, *t.summary[12:14])
        for group in request["groups"] or []:
            raise_to(2, *t.groups[group][4:6])
        if request["principal"] is None:
            raise_to(1, *t.summary[14:16] if request["kind"] == 0 else t.summary[16:18])
        elif request["index"] is not None:
            raise_to(2, *t.principals[request["index"]][0:2])
        return truths

    def assignments(self, request, memberships):
        """Each assignment that may mean the principal, and how surely."""
        t = self.tables
        found = {}

        def add(truth, start, count):
            for assignment in run(t.assignmentLists, start, count):
                found[assignment] = max(found.get(assignment, 0), truth)

        add(2, *t.summary[4:6])
        if request["kind"] == 2:
            add(2, *t.summary[6:8])
        elif request["principal"] is None:
            add(1, *t.summary[8:10] if request["kind"] == 0 else t.summary[10:12])
        elif request["index"] is not None:
            add(2, *t.principals[request["index"]][2:4])
        for group, truth in zip(t.groups, memberships):
            if truth:
                add(truth, *group[6:8])
        return found

    def place(self, low, high, unit):
        if (low, high) == (0, NONE):
            return 2
        if unit is UNSAID:
            return 1
        return 2 if unit is not None and low <= unit < high else 0

    def decide(self, request):
        t = self.tables
        memberships = self.memberships(request)
        classes = self.classify(request, memberships)
        grants = []
        for assignment, truth in self.assignments(request, memberships).items():
            start, count, condition = t.assignments[assignment][:3]
            holds = 2 if condition == NONE else self.outcome(condition, classes)
            for policy, low, high, _ in run(t.grants, start, count):
                grants.append((policy, min(truth, holds, self.place(low, high, request["unit"]))))
        if request["kind"] != 2:
            for policy, unit in request["held"]:
                low, high = (0, NONE) if unit is None else (unit, t.units[unit][2])
                grants.append((policy, self.place(low, high, request["unit"])))
        best = 0
        for policy, force in grants:
            if force:
                cell = self.cell(policy, request["action"], classes)
                if force == 2 or cell == 2:
                    best = max(best, cell)
        return ("deny by default", "allow", "deny")[best]

    # Requests

    def request(self, line):
        t = self.tables
        document = json.loads(line)
        subject, resource = document["subject"], document.get("resource", {})
        kind = ("user", "service-account", "anonymous").index(subject["type"])
        action = self.find(document["action"]["name"], 0, "action")
        values = {}
        spaces = [subject.get("properties"), document.get("context"), resource.get("properties")]
        for space, properties in enumerate(spaces):
            for name, value in (properties or {}).items():
                index = self.find(name, 6 + space, "attribute")
                values[index] = typed(value, t.attributes[index][5])
        held = []
        for policy in subject.get("policies", []):
            name = policy if isinstance(policy, str) else policy["policy"]
            unit = None if isinstance(policy, str) else policy.get("in")
            place = None if unit is None else self.find(unit, 2, "unit")
            held.append((self.find(name, 1, "policy"), place))
        groups = subject.get("groups")
        if groups is not None:
            found = [t.position(name.encode(), 3) for name in groups]
            groups = [group for group in found if group is not None and t.groups[group][2] & 1]
        unit = resource.get("unit", UNSAID)
        if unit is not UNSAID and unit is not None:
            unit = self.find(unit, 2, "unit")
        name = subject.get("id") if kind != 2 else None
        return {
            "kind": kind,
            "principal": None if name is None else (kind, name.encode()),
            "index": None if name is None else t.position(name.encode(), 4 + kind),
            "groups": groups,
            "held": held,
            "action": action,
            "unit": unit,
            "resource": resource["id"].encode() if "id" in resource else None,
            "values": values,
        }


def main():
    try:
        with open(sys.argv[1], "rb") as file:
            engine = Engine(Tables(file.read()))
        for line in sys.stdin:
            print(engine.decide(engine.request(line)))
    except Refused as refused:
        sys.exit(f"polc.py: {refused}")


if __name__ == "__main__":
    main()
