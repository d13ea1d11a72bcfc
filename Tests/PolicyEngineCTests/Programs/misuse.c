// Calls everything with what it must refuse, and prints what was not refused as it should be.
//
// misuse FILE.polc OTHER.polc, where the first is that of Samples/languages and the second another.

#include <policyengine.h>
#include <stdio.h>
#include <string.h>

static int wrong = 0;
static pol_error error;

// The call has that status, its error has the same, and its message has that in it.
#define REFUSED(wanted, part, call)                                                         \
  do {                                                                                      \
    memset(&error, 'x', sizeof error);                                                      \
    pol_status got = (call);                                                                \
    if (got != (wanted) || error.status != got || error.length >= sizeof error.message ||   \
        strnlen(error.message, sizeof error.message) != error.length ||                     \
        !strstr(error.message, part)) {                                                     \
      printf("line %d: %s is %d\n", __LINE__, #call, got);                                  \
      wrong++;                                                                              \
    }                                                                                       \
  } while (0)
#define HOLDS(condition)                                   \
  do {                                                     \
    if (!(condition)) {                                    \
      printf("line %d: not so: %s\n", __LINE__, #condition); \
      wrong++;                                             \
    }                                                      \
  } while (0)
#define DONE(call) HOLDS((call) == POL_OK)

static pol_engine *engine, *other;
static pol_subject *subject;
static pol_request *request;
static pol_action opening, strange;
static pol_attribute mfa, address, floors, keys, state, foreign;
static pol_unit cellar;
static pol_decision decision;

#define AS(type, handle) ((type *)(void *)(handle))

static void engines(const char *path) {
  pol_engine *made = engine;
  REFUSED(POL_NULL_ARGUMENT, "path", pol_engine_load_file(NULL, POL_NUL, &made, &error));
  HOLDS(made == NULL);
  REFUSED(POL_NULL_ARGUMENT, "place", pol_engine_load_file(path, POL_NUL, NULL, &error));
  REFUSED(POL_UNREADABLE, "no/such", pol_engine_load_file("no/such", POL_NUL, &made, &error));
  REFUSED(POL_UNREADABLE, "not a file", pol_engine_load_file("/", POL_NUL, &made, &error));
  REFUSED(POL_INVALID_TEXT, "NUL", pol_engine_load_file("a\0b", 3, &made, &error));
  REFUSED(POL_INVALID_TEXT, "UTF-8", pol_engine_load_file("\xff", 1, &made, &error));
  REFUSED(POL_INVALID_TEXT, "length", pol_engine_load_file(path, (size_t)-2, &made, &error));
  REFUSED(POL_NULL_ARGUMENT, "bytes", pol_engine_load_bytes(NULL, 5, &made, &error));
  REFUSED(POL_INVALID_VALUE, "number", pol_engine_load_bytes(path, POL_NUL, &made, &error));
  REFUSED(POL_NOT_POLICIES, "", pol_engine_load_bytes(NULL, 0, &made, &error));
  REFUSED(POL_NOT_POLICIES, "", pol_engine_load_bytes("POL", 3, &made, &error));
  HOLDS(made == NULL);
  DONE(pol_engine_free(NULL));
  HOLDS(pol_engine_free(AS(pol_engine, subject)) == POL_WRONG_HANDLE);
  char digest[33];
  REFUSED(POL_NULL_ARGUMENT, "place", pol_engine_source_digest(engine, NULL, &error));
  REFUSED(POL_NULL_ARGUMENT, "engine", pol_engine_catalogue_digest(NULL, digest, &error));
  DONE(pol_engine_source_digest(engine, digest, &error));
  HOLDS(strlen(digest) == 32);
  HOLDS(strcmp(pol_version(), POL_VERSION) == 0 && pol_abi_version() == POL_ABI_VERSION);
}

static void names(void) {
  pol_action action = opening;
  pol_unit unit;
  pol_attribute attribute;
  REFUSED(POL_UNKNOWN_NAME, "`door.opne`",
          pol_engine_action(engine, "door.opne", POL_NUL, &action, &error));
  HOLDS(action.private_[0] == 0 && action.private_[1] == 0);
  REFUSED(POL_UNKNOWN_NAME, "", pol_engine_action(engine, "", 0, &action, &error));
  REFUSED(POL_UNKNOWN_NAME, "", pol_engine_action(engine, "door.open", 10, &action, &error));
  REFUSED(POL_NULL_ARGUMENT, "name", pol_engine_action(engine, NULL, 0, &action, &error));
  REFUSED(POL_NULL_ARGUMENT, "place", pol_engine_action(engine, "door.open", 9, NULL, &error));
  REFUSED(POL_NULL_ARGUMENT, "engine", pol_engine_action(NULL, "door.open", 9, &action, &error));
  REFUSED(POL_WRONG_HANDLE, "a subject",
          pol_engine_action(AS(pol_engine, subject), "door.open", 9, &action, &error));
  REFUSED(POL_WRONG_HANDLE, "none of this library",
          pol_engine_action(AS(pol_engine, &cellar), "door.open", 9, &action, &error));
  REFUSED(POL_WRONG_HANDLE, "none of this library",
          pol_engine_action(AS(pol_engine, (char *)engine + 4), "door.open", 9, &action, &error));
  REFUSED(POL_INVALID_TEXT, "UTF-8",
          pol_engine_action(engine, "\xc3\x28", POL_NUL, &action, &error));
  REFUSED(POL_UNKNOWN_NAME, "`floor`", pol_engine_attribute(engine, "floor", 5, &attribute, &error));
  REFUSED(POL_UNKNOWN_NAME, "`attic`", pol_engine_unit(engine, "attic", 5, &unit, &error));
  REFUSED(POL_UNKNOWN_NAME, "`Owner`", pol_engine_policy(engine, "Owner", 5, &error));
  DONE(pol_engine_policy(engine, "Keeper", POL_NUL, &error));
  HOLDS(pol_attribute_type(floors) == POL_TYPE_INT && pol_attribute_type(keys) == POL_TYPE_STRINGS);
  HOLDS(pol_attribute_type(address) == POL_TYPE_IP && pol_attribute_type(state) == POL_TYPE_ONE_OF);
  HOLDS(pol_engine_action_count(NULL) == 0);
  HOLDS(pol_engine_action_count(AS(pol_engine, request)) == 0);

  size_t count = pol_engine_action_count(engine), length;
  char name[10];
  REFUSED(POL_INVALID_VALUE, "no action", pol_engine_action_at(engine, count, &action, &error));
  REFUSED(POL_INVALID_VALUE, "no action", pol_engine_action_at(engine, POL_NUL, &action, &error));
  REFUSED(POL_OTHER_ENGINE, "", pol_engine_action_position(engine, strange, &length, &error));
  REFUSED(POL_TOO_SMALL, "9 bytes",
          pol_engine_action_name(engine, opening, name, 9, &length, &error));
  HOLDS(length == 9 && name[0] == 0);
  REFUSED(POL_TOO_SMALL, "", pol_engine_action_name(engine, opening, NULL, 0, NULL, &error));
  REFUSED(POL_NULL_ARGUMENT, "", pol_engine_action_name(engine, opening, NULL, 10, NULL, &error));
  DONE(pol_engine_action_name(engine, opening, name, 10, &length, &error));
  HOLDS(strcmp(name, "door.open") == 0);

  // A long name is in the message as far as there is room, and the message is UTF-8.
  char many[4001];
  for (size_t at = 0; at < 4000; at += 2) memcpy(many + at, "\xc3\xa9", 2);
  REFUSED(POL_UNKNOWN_NAME, "\xc3\xa9", pol_engine_action(engine, many, 4000, &action, &error));
  HOLDS(error.length > 1000 && (error.message[error.length - 1] & 0xff) == 0xa9);
}

static void subjects(void) {
  pol_subject *made = subject;
  pol_holding holding = {{"Keeper", POL_NUL}, {NULL, 0}};
  pol_holding nowhere = {{"Keeper", POL_NUL}, {"house/roof", POL_NUL}};
  pol_holding unnamed = {{NULL, 0}, {NULL, 0}};
  pol_text group = {"night", 5}, broken = {"\x80", 1}, missing = {NULL, 3};
  REFUSED(POL_INVALID_VALUE, "7",
          pol_subject_new(engine, 7, "a", 1, NULL, 0, NULL, 0, &made, &error));
  HOLDS(made == NULL);
  REFUSED(POL_REFUSED, "id", pol_subject_new(engine, POL_ANONYMOUS, "a", 1, NULL, 0, NULL, 0, &made,
                                             &error));
  REFUSED(POL_REFUSED, "groups", pol_subject_new(engine, POL_ANONYMOUS, NULL, 0, NULL, 0, &group, 1,
                                                 &made, &error));
  REFUSED(POL_REFUSED, "policies", pol_subject_new(engine, POL_ANONYMOUS, NULL, 0, &holding, 1, NULL,
                                                   0, &made, &error));
  REFUSED(POL_REFUSED, "`house/roof`",
          pol_subject_new(engine, POL_USER, "a", 1, &nowhere, 1, NULL, 0, &made, &error));
  REFUSED(POL_NULL_ARGUMENT, "holding 0",
          pol_subject_new(engine, POL_USER, "a", 1, &unnamed, 1, NULL, 0, &made, &error));
  REFUSED(POL_NULL_ARGUMENT, "holdings",
          pol_subject_new(engine, POL_USER, "a", 1, NULL, 1, NULL, 0, &made, &error));
  REFUSED(POL_NULL_ARGUMENT, "groups",
          pol_subject_new(engine, POL_USER, "a", 1, NULL, 0, NULL, 1, &made, &error));
  REFUSED(POL_INVALID_VALUE, "groups",
          pol_subject_new(engine, POL_USER, "a", 1, NULL, 0, &group, POL_NUL / 2, &made, &error));
  REFUSED(POL_INVALID_TEXT, "element 0",
          pol_subject_new(engine, POL_USER, "a", 1, NULL, 0, &broken, 1, &made, &error));
  REFUSED(POL_NULL_ARGUMENT, "element 0",
          pol_subject_new(engine, POL_USER, "a", 1, NULL, 0, &missing, 1, &made, &error));
  REFUSED(POL_NULL_ARGUMENT, "id",
          pol_subject_new(engine, POL_USER, NULL, 3, NULL, 0, NULL, 0, &made, &error));
  REFUSED(POL_WRONG_HANDLE, "a request",
          pol_subject_new(AS(pol_engine, request), POL_USER, "a", 1, NULL, 0, NULL, 0, &made, &error));
  DONE(pol_subject_free(NULL));
  HOLDS(pol_subject_free(AS(pol_subject, engine)) == POL_WRONG_HANDLE);
}

static void requests(void) {
  pol_request *made = request;
  pol_unit forged = {{cellar.private_[0], 1}}, wild = {{0, 1ull << 40}};
  pol_action near = {{opening.private_[0], opening.private_[1] ^ 1ull << 33}};
  pol_action far = {{opening.private_[0], 999999}}, none = {{0, 0}};
  REFUSED(POL_OTHER_ENGINE, "action", pol_request_new(subject, strange, &made, &error));
  REFUSED(POL_OTHER_ENGINE, "action", pol_request_new(subject, none, &made, &error));
  REFUSED(POL_OTHER_ENGINE, "action", pol_request_new(subject, near, &made, &error));
  REFUSED(POL_OTHER_ENGINE, "action", pol_request_set_action(request, far, &error));
  REFUSED(POL_WRONG_HANDLE, "an engine",
          pol_request_new(AS(pol_subject, engine), opening, &made, &error));
  HOLDS(made == NULL);
  REFUSED(POL_OTHER_ENGINE, "unit", pol_request_set_unit(request, forged, &error));
  REFUSED(POL_OTHER_ENGINE, "unit", pol_request_set_unit(request, wild, &error));
  REFUSED(POL_OTHER_ENGINE, "attribute", pol_request_set_bool(request, foreign, true, &error));
  REFUSED(POL_REFUSED, "Bool", pol_request_set_int(request, mfa, 1, &error));
  REFUSED(POL_REFUSED, "Int", pol_request_set_bool(request, floors, true, &error));
  REFUSED(POL_REFUSED, "`10.0.0.256`",
          pol_request_set_text(request, address, "10.0.0.256", POL_NUL, &error));
  REFUSED(POL_REFUSED, "`ajar`", pol_request_set_text(request, state, "ajar", 4, &error));
  REFUSED(POL_NULL_ARGUMENT, "text", pol_request_set_text(request, state, NULL, 0, &error));
  REFUSED(POL_INVALID_VALUE, "5", pol_request_set_ip(request, address, (uint8_t *)"12345", 5, &error));
  REFUSED(POL_NULL_ARGUMENT, "", pol_request_set_ip(request, address, NULL, 4, &error));
  REFUSED(POL_INVALID_VALUE, "", pol_request_set_time(request, mfa, 0, 1000000000, &error));
  REFUSED(POL_REFUSED, "", pol_request_set_time(request, mfa, INT64_MIN, 0, &error));
  REFUSED(POL_INVALID_VALUE, "", pol_request_set_principal(request, mfa, POL_ANONYMOUS, "a", 1, &error));
  REFUSED(POL_REFUSED, "", pol_request_set_principal(request, mfa, POL_USER, "a", 1, &error));
  REFUSED(POL_NULL_ARGUMENT, "texts", pol_request_set_texts(request, keys, NULL, 2, &error));
  DONE(pol_request_set_texts(request, keys, NULL, 0, &error));
  REFUSED(POL_REFUSED, "", pol_request_set_texts(request, floors, NULL, 0, &error));
  REFUSED(POL_NULL_ARGUMENT, "id", pol_request_set_resource_id(request, NULL, 0, &error));
  REFUSED(POL_NULL_ARGUMENT, "request", pol_request_reset(NULL, &error));
  DONE(pol_request_free(NULL));
  HOLDS(pol_request_free(AS(pol_request, subject)) == POL_WRONG_HANDLE);
}

static void decisions(void) {
  const pol_request *some[2] = {request, NULL};
  pol_action actions[2] = {opening, strange};
  pol_decision two[2] = {POL_ALLOW, POL_ALLOW};
  pol_unit nowhere = {{0, 0}};
  uint64_t word;
  char *json;
  HOLDS(!pol_allows(NULL) && !pol_allows(AS(pol_request, subject)));
  decision = POL_ALLOW;
  REFUSED(POL_NULL_ARGUMENT, "request", pol_decide(NULL, &decision, &error));
  HOLDS(decision == POL_DENY_BY_DEFAULT);
  HOLDS(pol_decide(NULL, NULL, NULL) == POL_NULL_ARGUMENT);
  REFUSED(POL_NULL_ARGUMENT, "place", pol_decide(request, NULL, &error));
  decision = POL_ALLOW;
  REFUSED(POL_WRONG_HANDLE, "a subject", pol_decide(AS(pol_request, subject), &decision, &error));
  HOLDS(decision == POL_DENY_BY_DEFAULT);
  REFUSED(POL_NULL_ARGUMENT, "request 1", pol_decide_requests(some, 2, two, &error));
  HOLDS(two[0] == POL_DENY_BY_DEFAULT && two[1] == POL_DENY_BY_DEFAULT);
  DONE(pol_decide_requests(NULL, 0, NULL, &error));
  two[0] = two[1] = POL_ALLOW;
  REFUSED(POL_NULL_ARGUMENT, "requests", pol_decide_requests(NULL, 2, two, &error));
  HOLDS(two[0] == POL_DENY_BY_DEFAULT && two[1] == POL_DENY_BY_DEFAULT);
  REFUSED(POL_NULL_ARGUMENT, "decisions", pol_decide_requests(some, 1, NULL, &error));
  REFUSED(POL_INVALID_VALUE, "", pol_decide_requests(some, POL_NUL, two, &error));
  two[0] = two[1] = POL_ALLOW;
  REFUSED(POL_OTHER_ENGINE, "", pol_decide_actions(request, actions, 2, two, &error));
  HOLDS(two[0] == POL_DENY_BY_DEFAULT && two[1] == POL_DENY_BY_DEFAULT);
  REFUSED(POL_NULL_ARGUMENT, "actions", pol_decide_actions(request, NULL, 2, two, &error));
  REFUSED(POL_TOO_SMALL, "1 word", pol_allowed_actions(request, NULL, 0, NULL, &error));
  REFUSED(POL_NULL_ARGUMENT, "words", pol_allowed_actions(request, NULL, 1, NULL, &error));
  REFUSED(POL_NULL_ARGUMENT, "request", pol_allowed_actions(NULL, &word, 1, NULL, &error));
  REFUSED(POL_NULL_ARGUMENT, "place", pol_explain(request, NULL, NULL, &error));
  REFUSED(POL_WRONG_HANDLE, "an engine", pol_explain(AS(pol_request, engine), &json, NULL, &error));
  HOLDS(json == NULL);
  pol_free(NULL);
  decision = POL_ALLOW;
  REFUSED(POL_UNKNOWN_NAME, "`a`", pol_decide_once(engine, POL_USER, "ada", 3, "a", 1, nowhere, NULL, 0,
                                                   &decision, &error));
  HOLDS(decision == POL_DENY_BY_DEFAULT);
  REFUSED(POL_INVALID_VALUE, "", pol_decide_once(engine, -1, "ada", 3, "door.open", 9, nowhere, NULL, 0,
                                                 &decision, &error));
}

// A value that is refused leaves the request as it was, and handles may be freed in any order.
static void lifetimes(const char *path) {
  pol_engine *made;
  pol_subject *ada;
  pol_request *asks;
  pol_attribute name;
  pol_text none = {NULL, 0};
  DONE(pol_engine_load_file(path, strlen(path), &made, NULL));
  DONE(pol_subject_new(made, POL_USER, "ada", 3, NULL, 0, &none, 0, &ada, NULL));
  DONE(pol_request_new(ada, opening, &asks, NULL));
  DONE(pol_engine_attribute(made, "context.address", POL_NUL, &name, NULL));
  DONE(pol_engine_free(made));
  DONE(pol_subject_free(ada));
  DONE(pol_request_set_text(asks, name, "10.0.0.1", POL_NUL, NULL));
  DONE(pol_request_set_text(asks, state, "unlocked", POL_NUL, NULL));
  HOLDS(pol_allows(asks));
  HOLDS(pol_request_set_text(asks, state, "ajar", POL_NUL, NULL) == POL_REFUSED);
  HOLDS(pol_request_set_unit(asks, cellar, NULL) == POL_OTHER_ENGINE);
  HOLDS(pol_allows(asks));
  DONE(pol_request_reset(asks, NULL));
  HOLDS(!pol_allows(asks));
  DONE(pol_request_free(asks));
}

// An engine that gets the memory of one that is gone does not take over its units.
static void stale(const char *path) {
  for (int round = 0; round < 20; round++) {
    pol_engine *gone, *made;
    pol_subject *ada;
    pol_request *asks;
    pol_action open;
    pol_unit old;
    DONE(pol_engine_load_file(path, POL_NUL, &gone, NULL));
    DONE(pol_engine_unit(gone, "house/cellar", POL_NUL, &old, NULL));
    DONE(pol_engine_free(gone));
    DONE(pol_engine_load_file(path, POL_NUL, &made, NULL));
    DONE(pol_engine_action(made, "door.open", POL_NUL, &open, NULL));
    DONE(pol_subject_new(made, POL_USER, "ada", POL_NUL, NULL, 0, NULL, 0, &ada, NULL));
    DONE(pol_request_new(ada, open, &asks, NULL));
    REFUSED(POL_OTHER_ENGINE, "unit", pol_request_set_unit(asks, old, &error));
    DONE(pol_request_free(asks));
    DONE(pol_subject_free(ada));
    DONE(pol_engine_free(made));
  }
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  DONE(pol_engine_load_file(arguments[1], POL_NUL, &engine, &error));
  DONE(pol_engine_load_file(arguments[2], POL_NUL, &other, &error));
  DONE(pol_engine_action(engine, "door.open", POL_NUL, &opening, &error));
  DONE(pol_engine_action_at(other, 0, &strange, &error));
  DONE(pol_engine_attribute(engine, "context.mfa", POL_NUL, &mfa, &error));
  DONE(pol_engine_attribute(engine, "context.address", POL_NUL, &address, &error));
  DONE(pol_engine_attribute(engine, "resource.floor", POL_NUL, &floors, &error));
  DONE(pol_engine_attribute(engine, "resource.keys", POL_NUL, &keys, &error));
  DONE(pol_engine_attribute(engine, "resource.state", POL_NUL, &state, &error));
  DONE(pol_engine_attribute(other, "context.mfa", POL_NUL, &foreign, &error));
  DONE(pol_engine_unit(engine, "house/cellar", POL_NUL, &cellar, &error));
  DONE(pol_subject_new(engine, POL_USER, "ada", POL_NUL, NULL, 0, NULL, 0, &subject, &error));
  DONE(pol_request_new(subject, opening, &request, &error));
  if (wrong) return 1;
  engines(arguments[1]);
  names();
  subjects();
  requests();
  decisions();
  lifetimes(arguments[1]);
  stale(arguments[1]);
  DONE(pol_request_free(request));
  DONE(pol_subject_free(subject));
  DONE(pol_engine_free(engine));
  DONE(pol_engine_free(other));
  if (wrong == 0) puts("all refused");
  return wrong != 0;
}
