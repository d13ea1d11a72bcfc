"""Decides requests by compiled Pol policies, through the C library libpolicyengine.

Nothing but the standard library. Every call that cannot do its work raises PolicyError; what is
freed, and when, is Python's business. See policyengine.h for what each function does.
"""

import ctypes
import datetime
import ipaddress
import json

ABI = 1
USER, SERVICE_ACCOUNT, ANONYMOUS = 0, 1, 2
KINDS = {"user": USER, "service-account": SERVICE_ACCOUNT, "anonymous": ANONYMOUS}
DENY_BY_DEFAULT, ALLOW, DENY = 0, 1, 2

_pointer, _size, _status = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int32


class _Error(ctypes.Structure):
    _fields_ = [
        ("status", ctypes.c_int32),
        ("length", ctypes.c_uint32),
        ("message", ctypes.c_char * 1016),
    ]


class _Text(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_char_p), ("length", _size)]


class _Holding(ctypes.Structure):
    _fields_ = [("policy", _Text), ("unit", _Text)]


class Action(ctypes.Structure):
    """An action, looked up once."""

    _fields_ = [("private", ctypes.c_uint64 * 2)]


class Attribute(ctypes.Structure):
    """An attribute, looked up once."""

    _fields_ = [("private", ctypes.c_uint64 * 2)]


class Unit(ctypes.Structure):
    """Where a resource belongs, looked up once; as it is made, that is not known."""

    _fields_ = [("private", ctypes.c_uint64 * 2)]


class PolicyError(Exception):
    """Why a call could not do its work: the status of policyengine.h, and a phrase."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


# The parameters between the handles and the pol_error, which all of these end with.
_text = [ctypes.c_char_p, _size]
_FUNCTIONS = {
    "pol_engine_load_file": _text + [_pointer],
    "pol_engine_load_bytes": [ctypes.c_char_p, _size, _pointer],
    "pol_engine_source_digest": [_pointer, ctypes.c_char_p],
    "pol_engine_catalogue_digest": [_pointer, ctypes.c_char_p],
    "pol_engine_action": [_pointer] + _text + [_pointer],
    "pol_engine_attribute": [_pointer] + _text + [_pointer],
    "pol_engine_unit": [_pointer] + _text + [_pointer],
    "pol_engine_policy": [_pointer] + _text,
    "pol_engine_action_at": [_pointer, _size, _pointer],
    "pol_engine_action_name": [_pointer, Action, ctypes.c_char_p, _size, _pointer],
    "pol_subject_new": [_pointer, ctypes.c_int32] + _text + [_pointer, _size] * 2 + [_pointer],
    "pol_request_new": [_pointer, Action, _pointer],
    "pol_request_reset": [_pointer],
    "pol_request_set_action": [_pointer, Action],
    "pol_request_set_unit": [_pointer, Unit],
    "pol_request_set_resource_id": [_pointer] + _text,
    "pol_request_set_bool": [_pointer, Attribute, ctypes.c_bool],
    "pol_request_set_int": [_pointer, Attribute, ctypes.c_int64],
    "pol_request_set_text": [_pointer, Attribute] + _text,
    "pol_request_set_time": [_pointer, Attribute, ctypes.c_int64, ctypes.c_uint32],
    "pol_request_set_ip": [_pointer, Attribute, ctypes.c_char_p, _size],
    "pol_request_set_principal": [_pointer, Attribute, ctypes.c_int32] + _text,
    "pol_request_set_texts": [_pointer, Attribute, _pointer, _size],
    "pol_decide": [_pointer, _pointer],
    "pol_decide_requests": [_pointer, _size, _pointer],
    "pol_decide_actions": [_pointer, _pointer, _size, _pointer],
    "pol_decide_once": [_pointer, ctypes.c_int32] + _text * 2 + [Unit, _pointer, _size, _pointer],
    "pol_allowed_actions": [_pointer, _pointer, _size, _pointer],
    "pol_explain": [_pointer, _pointer, _pointer],
}


class Library:
    """The C library, loaded from a path."""

    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        if self.c.pol_abi_version() != ABI:
            raise PolicyError(0, "the library has another ABI than this module")
        for name, parameters in _FUNCTIONS.items():
            getattr(self.c, name).argtypes = parameters + [_pointer]
            getattr(self.c, name).restype = _status
        for kind in ("engine", "subject", "request"):
            getattr(self.c, f"pol_{kind}_free").argtypes = [_pointer]
        self.c.pol_version.restype = ctypes.c_char_p
        self.c.pol_free.argtypes, self.c.pol_free.restype = [_pointer], None
        self.c.pol_allows.argtypes, self.c.pol_allows.restype = [_pointer], ctypes.c_bool
        self.c.pol_unit_outside.restype = Unit
        self.c.pol_attribute_type.argtypes = [Attribute]
        self.c.pol_engine_action_count.argtypes = [_pointer]
        self.c.pol_engine_action_count.restype = _size

    def call(self, name, *arguments):
        """Calls a function, with a pol_error as its last argument."""
        error = _Error()
        if getattr(self.c, name)(*arguments, ctypes.byref(error)) != 0:
            raise PolicyError(error.status, error.message.decode())

    def engine(self, path):
        """The policies of a file."""
        name = path.encode()
        return Engine(self, "pol_engine_load_file", name, len(name))

    def engine_of_bytes(self, data):
        """Policies that are in memory already."""
        return Engine(self, "pol_engine_load_bytes", data, len(data))

    @property
    def outside(self):
        """In no unit."""
        return self.c.pol_unit_outside()


def _bytes(text):
    return None if text is None else text.encode()


def _texts(texts):
    """An array of texts, or NULL for None. An empty one is an array, which is not NULL."""
    if texts is None:
        return None, 0
    encoded = [text.encode() for text in texts]
    array = (_Text * max(1, len(encoded)))(*[_Text(text, len(text)) for text in encoded])
    return array, len(encoded)


class _Handle:
    """Something of the library's, freed when it is collected."""

    def __init__(self, library, kind, make, *arguments):
        self.library, self._free = library, getattr(library.c, f"pol_{kind}_free")
        self.handle = ctypes.c_void_p()
        library.call(make, *arguments, ctypes.byref(self.handle))

    def __del__(self):
        if getattr(self, "handle", None):
            self._free(self.handle)
            self.handle = None


class Engine(_Handle):
    """Compiled policies. Any number of threads may use one."""

    def __init__(self, library, make, *arguments):
        super().__init__(library, "engine", make, *arguments)

    def _look_up(self, what, name, found):
        name = name.encode()
        self.library.call(
            f"pol_engine_{what}", self.handle, name, len(name), ctypes.byref(found)
        )
        return found

    def action(self, name):
        return self._look_up("action", name, Action())

    def attribute(self, path):
        return self._look_up("attribute", path, Attribute())

    def unit(self, path):
        return self._look_up("unit", path, Unit())

    @property
    def actions(self):
        """The names of all actions, in the order of the catalogue."""
        names = []
        for position in range(self.library.c.pol_engine_action_count(self.handle)):
            action, name, length = Action(), ctypes.create_string_buffer(1024), _size()
            self.library.call("pol_engine_action_at", self.handle, position, ctypes.byref(action))
            self.library.call(
                "pol_engine_action_name", self.handle, action, name, 1024, ctypes.byref(length)
            )
            names.append(name.value.decode())
        return names

    @property
    def source_digest(self):
        digest = ctypes.create_string_buffer(33)
        self.library.call("pol_engine_source_digest", self.handle, digest)
        return digest.value.decode()

    def subject(self, id=None, kind=USER, holding=(), groups=None):
        """A principal, prepared. A holding is a name, or a pair of a name and a unit's path."""
        return Subject(self, id, kind, holding, groups)

    def decide_once(self, id, action, kind=USER, unit=None, groups=None):
        """Decides by names: ALLOW, DENY or DENY_BY_DEFAULT."""
        id, name, decision = _bytes(id), action.encode(), ctypes.c_uint8()
        self.library.call(
            "pol_decide_once", self.handle, kind, id, len(id or b""), name, len(name),
            unit or Unit(), *_texts(groups), ctypes.byref(decision),
        )
        return decision.value


class Subject(_Handle):
    """A principal with its groups and policies. Any number of threads may use one."""

    def __init__(self, engine, id, kind, holding, groups):
        held = []
        for one in holding:
            policy, unit = (one, None) if isinstance(one, str) else one
            policy, unit = policy.encode(), _bytes(unit)
            held.append(_Holding(_Text(policy, len(policy)), _Text(unit, len(unit or b""))))
        id = _bytes(id)
        self.engine = engine
        super().__init__(
            engine.library, "subject", "pol_subject_new", engine.handle, kind, id,
            len(id or b""), (_Holding * len(held))(*held), len(held), *_texts(groups),
        )

    def request(self, action):
        """A request for an action, by name or looked up."""
        return Request(self, self.engine.action(action) if isinstance(action, str) else action)


class Request(_Handle):
    """A request, to be changed by one thread at a time."""

    def __init__(self, subject, action):
        self.engine = subject.engine
        super().__init__(
            subject.library, "request", "pol_request_new", subject.handle, action
        )

    def _set(self, what, *arguments):
        self.library.call(f"pol_request_set_{what}", self.handle, *arguments)

    def set_unit(self, unit):
        self._set("unit", self.engine.unit(unit) if isinstance(unit, str) else unit)

    def set_resource_id(self, id):
        self._set("resource_id", id.encode(), len(id.encode()))

    def set(self, attribute, value):
        """Sets an attribute, by path or looked up, by the type of the value.

        A principal is a text, such as user:ada; a time is a text or has a time zone.
        """
        if isinstance(attribute, str):
            attribute = self.engine.attribute(attribute)
        if isinstance(value, bool):
            self._set("bool", attribute, value)
        elif isinstance(value, int):
            # ctypes would cut what does not fit, and decide about another number.
            if not -(2**63) <= value < 2**63:
                raise OverflowError(f"{value} is no Int")
            self._set("int", attribute, value)
        elif isinstance(value, str):
            self._set("text", attribute, value.encode(), len(value.encode()))
        elif isinstance(value, (ipaddress.IPv4Address, ipaddress.IPv6Address)):
            self._set("ip", attribute, value.packed, len(value.packed))
        elif isinstance(value, datetime.datetime) and value.tzinfo:
            since = value - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
            seconds = since.days * 86400 + since.seconds
            self._set("time", attribute, seconds, since.microseconds * 1000)
        elif isinstance(value, (list, tuple, set, frozenset)):
            self._set("texts", attribute, *_texts(sorted(value)))
        else:
            raise TypeError(f"{value!r} is no value of an attribute")

    def reset(self):
        self.library.call("pol_request_reset", self.handle)

    def decide(self):
        """ALLOW, DENY or DENY_BY_DEFAULT."""
        decision = ctypes.c_uint8()
        self.library.call("pol_decide", self.handle, ctypes.byref(decision))
        return decision.value

    @property
    def is_allowed(self):
        return self.library.c.pol_allows(self.handle)

    def decide_actions(self, actions):
        """Decides many actions by one call, all else being as in this request."""
        count = len(actions)
        array, decisions = (Action * count)(*actions), (ctypes.c_uint8 * count)()
        self.library.call("pol_decide_actions", self.handle, array, count, decisions)
        return list(decisions)

    def allowed_actions(self):
        """The names of the actions that are allowed, all else being as in this request."""
        names = self.engine.actions
        words = (ctypes.c_uint64 * (len(names) // 64 + 1))()
        self.library.call("pol_allowed_actions", self.handle, words, len(words), None)
        return [name for at, name in enumerate(names) if words[at >> 6] >> (at & 63) & 1]

    def explain(self):
        """The decision with its reasons, as policyengine.h describes them."""
        text = ctypes.c_void_p()
        self.library.call("pol_explain", self.handle, ctypes.byref(text), None)
        try:
            return json.loads(ctypes.string_at(text))
        finally:
            self.library.c.pol_free(text)
