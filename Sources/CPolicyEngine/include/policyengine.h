/*
 * policyengine.h: decide requests by compiled Pol policies, from C and whatever calls C.
 *
 * Load a file that `pol compile` wrote, prepare a subject, make a request, decide:
 *
 *     pol_engine *engine;
 *     pol_subject *subject;
 *     pol_request *request;
 *     pol_action action;
 *     pol_error error;
 *     if (pol_engine_load_file("doors.polc", POL_NUL, &engine, &error) != POL_OK ||
 *         pol_engine_action(engine, "door.open", POL_NUL, &action, &error) != POL_OK ||
 *         pol_subject_new(engine, POL_USER, "ada", POL_NUL, NULL, 0, NULL, 0, &subject,
 *                         &error) != POL_OK ||
 *         pol_request_new(subject, action, &request, &error) != POL_OK) {
 *       fprintf(stderr, "%s\n", error.message);
 *       return 2;
 *     }
 *     if (pol_allows(request)) open_the_door();
 *
 * Ownership. `pol_engine`, `pol_subject` and `pol_request` are handles: whoever made one frees it,
 * once, with the function of its kind. A subject keeps what it needs of its engine, and a request of
 * its subject, so that handles may be freed in any order. `pol_action`, `pol_attribute` and
 * `pol_unit` are plain values, copied freely, with nothing to free. No function keeps a pointer that
 * it is given.
 *
 * Threads. An engine and a subject never change: any number of threads may use one at once. A
 * request belongs to one thread at a time while it is changed; once it is not changed any more, any
 * number of threads may decide it at once. There is no other state: no function waits or locks.
 *
 * Errors. Every function that can fail returns a `pol_status`, POL_OK (0) if it did its work; the
 * last parameter is a `pol_error` of the caller's, or NULL, which is written on failure only. Outputs
 * are written whenever they are not NULL: on failure handles are NULL, values and counts are zeros,
 * and decisions are POL_DENY_BY_DEFAULT. NULL, a handle of another kind, a number out of its range, a
 * text that is not UTF-8, and a name or value of another engine are refused, never followed. What no
 * library can see is undefined: a handle that was freed, a length beyond the memory behind it, a
 * change of a request by two threads at once.
 *
 * Memory. pol_decide, pol_allows and the pol_decide_... functions for prepared requests allocate
 * nothing.
 *
 * Texts are UTF-8, given by pointer and length in bytes, or by a length of POL_NUL when they end with
 * a NUL. They are compared byte by byte. The pointer may be NULL where that is said.
 *
 * ABI. Functions are only added, and no struct or number here changes, while POL_ABI_VERSION stays.
 */

#ifndef POLICYENGINE_H
#define POLICYENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define POL_CHECKED __attribute__((warn_unused_result))
#else
#define POL_CHECKED
#endif

/* The version that this header belongs to; pol_version() tells that of the library. */
#define POL_VERSION "0.1.0"
#define POL_ABI_VERSION 1

/* As a length: the text ends with a NUL. */
#define POL_NUL ((size_t)-1)

/* ---- Errors ---------------------------------------------------------------------------------- */

/* How a call went. */
typedef int32_t pol_status;
enum {
  POL_OK = 0,
  POL_NULL_ARGUMENT = 1, /* an argument that is needed is NULL */
  POL_WRONG_HANDLE = 2,  /* a handle is not of the kind that is needed */
  POL_OTHER_ENGINE = 3,  /* an action, attribute or unit is not of the engine that is asked */
  POL_INVALID_TEXT = 4,  /* a text is not UTF-8, or its length cannot be one */
  POL_INVALID_VALUE = 5, /* a number is none of those that are listed for it */
  POL_UNREADABLE = 6,    /* the system does not give the file */
  POL_NOT_POLICIES = 7,  /* the bytes are not what the compiler wrote */
  POL_UNKNOWN_NAME = 8,  /* the policies have no action, attribute or unit of that name */
  POL_REFUSED = 9,       /* the policies do not take this: the message says what of it */
  POL_TOO_SMALL = 10     /* the memory for the answer is too small */
};

/* What went wrong. Written on failure only. */
typedef struct pol_error {
  pol_status status;
  /* The number of bytes of the message without its NUL. */
  uint32_t length;
  /* One phrase in UTF-8, ended by a NUL; cut at a character if it is too long. */
  char message[1016];
} pol_error;

/* The library's version, such as "0.1.0". It is static: not to be freed. */
const char *pol_version(void);

/* The library's POL_ABI_VERSION. */
int32_t pol_abi_version(void);

/* ---- Engines --------------------------------------------------------------------------------- */

/* Compiled policies. */
typedef struct pol_engine pol_engine;

/* A text by pointer and length, or with the length POL_NUL. */
typedef struct pol_text {
  const char *bytes;
  size_t length;
} pol_text;

/*
 * Maps a file of compiled policies into memory, and verifies it: O(bytes), about a millisecond for
 * 3 MB. Processes that load the same file share its memory. Publish a new file by renaming it into
 * its place: a mapped file that is changed or cut in place would change, or stop, the program.
 * POL_UNREADABLE or POL_NOT_POLICIES.
 */
POL_CHECKED pol_status pol_engine_load_file(const char *path, size_t path_length,
                                            pol_engine **engine, pol_error *error);

/* Copies and verifies compiled policies: O(bytes). POL_NOT_POLICIES. */
POL_CHECKED pol_status pol_engine_load_bytes(const void *bytes, size_t byte_count,
                                             pol_engine **engine, pol_error *error);

/* Frees an engine; the last subject frees the policies. NULL is nothing. POL_WRONG_HANDLE. */
pol_status pol_engine_free(pol_engine *engine);

/*
 * 32 hexadecimal digits and a NUL that tell versions apart: of the policies' sources, and of the
 * actions and attributes that requests consist of. No cryptography. O(1).
 */
POL_CHECKED pol_status pol_engine_source_digest(const pol_engine *engine, char digest[33],
                                                pol_error *error);
POL_CHECKED pol_status pol_engine_catalogue_digest(const pol_engine *engine, char digest[33],
                                                   pol_error *error);

/* ---- Names, looked up once ------------------------------------------------------------------- */

/* An action; good for every engine with the same catalogue digest. */
typedef struct pol_action {
  uint64_t private_[2];
} pol_action;

/* An attribute; good for every engine with the same catalogue digest. */
typedef struct pol_attribute {
  uint64_t private_[2];
} pol_attribute;

/* Where a resource belongs; good for the engine that looked it up. All zeros: not said. */
typedef struct pol_unit {
  uint64_t private_[2];
} pol_unit;

/* The type of an attribute. */
typedef int32_t pol_type;
enum {
  POL_TYPE_BOOL = 1,
  POL_TYPE_INT = 2,
  POL_TYPE_STRING = 3,
  POL_TYPE_IP = 4,
  POL_TYPE_TIME = 5,
  POL_TYPE_PATH = 6,
  POL_TYPE_PRINCIPAL = 7,
  POL_TYPE_STRINGS = 8,
  POL_TYPE_PATHS = 9,
  POL_TYPE_PRINCIPALS = 10,
  POL_TYPE_ONE_OF = 11
};

/* Look up `device.delete`, `context.mfa`, `acme/plant-2`: O(length). POL_UNKNOWN_NAME. */
POL_CHECKED pol_status pol_engine_action(const pol_engine *engine, const char *name,
                                         size_t name_length, pol_action *action, pol_error *error);
POL_CHECKED pol_status pol_engine_attribute(const pol_engine *engine, const char *path,
                                            size_t path_length, pol_attribute *attribute,
                                            pol_error *error);
POL_CHECKED pol_status pol_engine_unit(const pol_engine *engine, const char *path,
                                       size_t path_length, pol_unit *unit, pol_error *error);

/* Whether the policies have a policy of this name: O(length). POL_UNKNOWN_NAME if they do not. */
POL_CHECKED pol_status pol_engine_policy(const pol_engine *engine, const char *name,
                                         size_t name_length, pol_error *error);

/* In no unit, for every engine. (That it is not known in which: all zeros.) */
pol_unit pol_unit_outside(void);

/* The type that an attribute's values have; 0 for one that was never looked up. */
pol_type pol_attribute_type(pol_attribute attribute);

/* How many actions there are; 0 for what is no engine. */
size_t pol_engine_action_count(const pol_engine *engine);

/* The action at a position of the catalogue, from 0, and the position of an action: O(1). */
POL_CHECKED pol_status pol_engine_action_at(const pol_engine *engine, size_t position,
                                            pol_action *action, pol_error *error);
POL_CHECKED pol_status pol_engine_action_position(const pol_engine *engine, pol_action action,
                                                  size_t *position, pol_error *error);

/*
 * Writes the name of an action with a NUL, and its length without; O(length). If the memory is too
 * small, POL_TOO_SMALL, and the length says what is needed. `name` may be NULL if `capacity` is 0.
 */
POL_CHECKED pol_status pol_engine_action_name(const pol_engine *engine, pol_action action,
                                              char *name, size_t capacity, size_t *name_length,
                                              pol_error *error);

/* ---- Subjects -------------------------------------------------------------------------------- */

/* A principal with its groups and policies, prepared once for many requests. */
typedef struct pol_subject pol_subject;

/* What kind of principal. */
typedef int32_t pol_kind;
enum { POL_USER = 0, POL_SERVICE_ACCOUNT = 1, POL_ANONYMOUS = 2 };

/* A policy that a principal holds: everywhere, or in a unit if `unit.bytes` is not NULL. */
typedef struct pol_holding {
  pol_text policy;
  pol_text unit;
} pol_holding;

/*
 * Prepares a principal: O(policies that it comes by x actions / 64).
 *
 * id        NULL: it is not known who it is. Must be NULL for POL_ANONYMOUS.
 * holdings  The policies that it holds besides those of the policy set.
 * groups    The open groups that it is in. NULL: that is not known, so that what is denied to a
 *           group is denied to it. For no groups: a count of 0 and any pointer that is not NULL.
 *           Names that no open group has are ignored.
 *
 * POL_REFUSED, with everything that is wrong with it.
 */
POL_CHECKED pol_status pol_subject_new(const pol_engine *engine, pol_kind kind, const char *id,
                                       size_t id_length, const pol_holding *holdings,
                                       size_t holding_count, const pol_text *groups,
                                       size_t group_count, pol_subject **subject,
                                       pol_error *error);

/* Frees a subject. NULL is nothing. POL_WRONG_HANDLE. */
pol_status pol_subject_free(pol_subject *subject);

/* ---- Requests -------------------------------------------------------------------------------- */

/* A request of a subject, to be decided; it may be changed and decided again and again. */
typedef struct pol_request pol_request;

/* A request that says nothing of the resource and the context yet: O(1). POL_OTHER_ENGINE. */
POL_CHECKED pol_status pol_request_new(const pol_subject *subject, pol_action action,
                                       pol_request **request, pol_error *error);

/* Frees a request. NULL is nothing. POL_WRONG_HANDLE. */
pol_status pol_request_free(pol_request *request);

/* Forgets attributes, the resource's id and its unit; subject and action stay. O(variables). */
POL_CHECKED pol_status pol_request_reset(pol_request *request, pol_error *error);

/* Asks for another action; attributes that were set stay so. O(1). POL_OTHER_ENGINE. */
POL_CHECKED pol_status pol_request_set_action(pol_request *request, pol_action action,
                                              pol_error *error);

/* Says where the resource belongs: O(1). POL_OTHER_ENGINE. */
POL_CHECKED pol_status pol_request_set_unit(pol_request *request, pol_unit unit, pol_error *error);

/* Says which resource it is: O(length). */
POL_CHECKED pol_status pol_request_set_resource_id(pol_request *request, const char *id,
                                                   size_t id_length, pol_error *error);

/*
 * Set an attribute, O(length of the value). What is not set is not known: an allow that reads it
 * does not apply, and a deny that reads it does. POL_REFUSED if the action's service does not have
 * the attribute, or the value is not of its type; the request is then as it was.
 */
POL_CHECKED pol_status pol_request_set_bool(pol_request *request, pol_attribute attribute,
                                            bool value, pol_error *error);
POL_CHECKED pol_status pol_request_set_int(pol_request *request, pol_attribute attribute,
                                           int64_t value, pol_error *error);

/*
 * A text for a String, a one-of type or a Path; or the text of an IP (10.0.0.1, fe80::1), a Time
 * (RFC 3339: 2026-06-01T08:00:00Z) or a Principal (user:ada, service-account:ingest).
 */
POL_CHECKED pol_status pol_request_set_text(pol_request *request, pol_attribute attribute,
                                            const char *text, size_t text_length,
                                            pol_error *error);

/* Seconds from 1970-01-01T00:00:00Z, without leap seconds, and nanoseconds: 0 to 999,999,999. */
POL_CHECKED pol_status pol_request_set_time(pol_request *request, pol_attribute attribute,
                                            int64_t seconds, uint32_t nanoseconds,
                                            pol_error *error);

/* The 4 or 16 bytes of an address in network order; an IPv4-mapped address is its IPv4 address. */
POL_CHECKED pol_status pol_request_set_ip(pol_request *request, pol_attribute attribute,
                                          const uint8_t *address, size_t byte_count,
                                          pol_error *error);

/* POL_USER or POL_SERVICE_ACCOUNT, by id. */
POL_CHECKED pol_status pol_request_set_principal(pol_request *request, pol_attribute attribute,
                                                 pol_kind kind, const char *id, size_t id_length,
                                                 pol_error *error);

/* The elements of a set of String, Path or Principal; order and repetition mean nothing. */
POL_CHECKED pol_status pol_request_set_texts(pol_request *request, pol_attribute attribute,
                                             const pol_text *texts, size_t text_count,
                                             pol_error *error);

/* ---- Decisions ------------------------------------------------------------------------------- */

/* The answer to a request. What is not POL_ALLOW is denied. */
typedef uint8_t pol_decision;
enum {
  POL_DENY_BY_DEFAULT = 0, /* no rule applied */
  POL_ALLOW = 1,
  POL_DENY = 2 /* a rule denies it */
};

/* Whether a request is allowed: false also for what is no request. As pol_decide. */
POL_CHECKED bool pol_allows(const pol_request *request);

/*
 * Decides a request: one load where the subject's policies decide whatever the resource is;
 * otherwise O(policies that the subject comes by + attributes that they read).
 */
POL_CHECKED pol_status pol_decide(const pol_request *request, pol_decision *decision,
                                  pol_error *error);

/* Decides many requests, decisions[i] for requests[i]; if one is none, all are denied by default. */
POL_CHECKED pol_status pol_decide_requests(const pol_request *const *requests, size_t count,
                                           pol_decision *decisions, pol_error *error);

/*
 * Decides many actions, decisions[i] for actions[i], all else being as in a request; if one is of
 * another engine, all are denied by default. POL_OTHER_ENGINE.
 */
POL_CHECKED pol_status pol_decide_actions(const pol_request *request, const pol_action *actions,
                                          size_t count, pol_decision *decisions, pol_error *error);

/*
 * Decides by names, when nothing is known of the context, and of the resource at most where it
 * belongs; `id` and `groups` as for pol_subject_new. It copies texts of more than 15 bytes; prepare
 * a subject where decisions are many. POL_UNKNOWN_NAME for the action.
 */
POL_CHECKED pol_status pol_decide_once(const pol_engine *engine, pol_kind kind, const char *id,
                                       size_t id_length, const char *action, size_t action_length,
                                       pol_unit unit, const pol_text *groups, size_t group_count,
                                       pol_decision *decision, pol_error *error);

/*
 * Every action that the subject may do, all else being as in a request: bit `position & 63` of word
 * `position >> 6`, by the position in the catalogue. `words` has at least (actions + 63) / 64
 * elements, POL_TOO_SMALL otherwise; those beyond are set to 0. `allowed`, which may be NULL, is how
 * many they are. O(actions / 64), and as much as deciding for each action that is left open.
 */
POL_CHECKED pol_status pol_allowed_actions(const pol_request *request, uint64_t *words,
                                           size_t word_count, size_t *allowed, pol_error *error);

/*
 * Decides a request and says why, as a JSON object in one line, UTF-8, ended by a NUL, to be freed
 * with pol_free. Its members, in this order:
 *
 *   decision    true if it is allowed
 *   effect      "allow" or "deny"
 *   by          "rule", or "default" if no rule applied
 *   reasons     the rules that decided: objects with policy (where the rule is declared), rule (its
 *               @id, or policy#number), file, line, because (text or null), and granted: the policy
 *               that was assigned or held and includes it
 *   nearMisses  for a deny by default, the allows that nearly applied: the same without granted
 *
 * Either object has a member missing: what the request does not say of what the rule reads.
 * O(policies + rules that bear on the action).
 */
POL_CHECKED pol_status pol_explain(const pol_request *request, char **json, size_t *json_length,
                                   pol_error *error);

/* Frees what pol_explain gave. NULL is nothing. */
void pol_free(void *memory);

#ifdef __cplusplus
}
#endif

#endif
