"""Reads YAML with PyYAML: lines of JSON texts, each answered by a line with the documents, or with
null where it is refused."""

import datetime
import json
import sys

try:
    import yaml
except ImportError:
    sys.exit(127)


def plain(value):
    if isinstance(value, dict):
        return {"object": [[plain(key), plain(item)] for key, item in value.items()]}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, str)):
        return value
    return {"other": str(value)}


for line in sys.stdin:
    try:
        documents = [plain(item) for item in yaml.safe_load_all(json.loads(line))]
        print(json.dumps(documents))
    except Exception:
        print("null")
