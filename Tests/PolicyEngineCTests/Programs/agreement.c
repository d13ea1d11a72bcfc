// Decides the requests of a file through every function that decides, and prints each answer.
//
// agreement FILE.polc REQUESTS
//
// A request is a row of commands, each a letter and its arguments. An argument is its length in
// decimal, a colon, and so many bytes; nothing but the last command prints.

#include <policyengine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pol_error error;
static FILE *input;

static void stop(const char *what) {
  fprintf(stderr, "%s: %s\n", what, error.message);
  exit(1);
}

#define CHECK(call) \
  if ((call) != POL_OK) stop(#call)
#define HOLDS(condition) \
  if (!(condition)) stop("not so: " #condition)

static char *bytes;
static size_t length;

// Reads an argument into `bytes`, with a NUL after it.
static void next(void) {
  if (fscanf(input, "%zu:", &length) != 1) stop("no argument");
  bytes = realloc(bytes, length + 1);
  if (fread(bytes, 1, length, input) != length) stop("a short argument");
  bytes[length] = 0;
}

static pol_text next_text(void) {
  next();
  char *copy = malloc(length + 1);
  memcpy(copy, bytes, length + 1);
  return (pol_text){copy, length};
}

enum { MOST = 64 };

// What the commands so far say.
typedef struct {
  pol_kind kind;
  pol_text id, action;
  pol_holding holdings[MOST];
  size_t holding_count;
  pol_text groups[MOST];
  size_t group_count;
  bool knows_groups, says_more;
  pol_unit unit;
  pol_subject *subject;
  pol_request *request;
} state;

static void begin_subject(state *now) {
  *now = (state){0};
  next();
  now->kind = atoi(bytes);
}

static pol_attribute attribute(const pol_engine *engine) {
  pol_attribute found;
  next();
  CHECK(pol_engine_attribute(engine, bytes, length, &found, &error));
  return found;
}

static void set(pol_engine *engine, state *now, int command) {
  pol_attribute name = attribute(engine);
  now->says_more = true;
  next();
  switch (command) {
    case 'b': CHECK(pol_request_set_bool(now->request, name, *bytes == '1', &error)); break;
    case 'i': {
      int64_t value = strtoll(bytes, NULL, 10);
      CHECK(pol_request_set_int(now->request, name, value, &error));
      break;
    }
    case 's': CHECK(pol_request_set_text(now->request, name, bytes, length, &error)); break;
    case 't': {
      int64_t seconds = strtoll(bytes, NULL, 10);
      next();
      CHECK(pol_request_set_time(now->request, name, seconds, (uint32_t)atoi(bytes), &error));
      break;
    }
    case 'e':
      CHECK(pol_request_set_ip(now->request, name, (const uint8_t *)bytes, length, &error));
      break;
    case 'p': {
      pol_kind kind = atoi(bytes);
      next();
      CHECK(pol_request_set_principal(now->request, name, kind, bytes, length, &error));
      break;
    }
    case 'l': {
      size_t count = (size_t)atoi(bytes);
      pol_text *texts = calloc(count + 1, sizeof *texts);
      for (size_t index = 0; index < count; index++) texts[index] = next_text();
      CHECK(pol_request_set_texts(now->request, name, texts, count, &error));
      for (size_t index = 0; index < count; index++) free((void *)texts[index].bytes);
      free(texts);
      break;
    }
    default: stop("an unknown command");
  }
}

// Asks in every way that there is; all have to say the same.
static void decide(const pol_engine *engine, state *now) {
  pol_decision decision, many[2], once;
  CHECK(pol_decide(now->request, &decision, &error));
  HOLDS(pol_allows(now->request) == (decision == POL_ALLOW));

  const pol_request *both[2] = {now->request, now->request};
  CHECK(pol_decide_requests(both, 2, many, &error));
  HOLDS(many[0] == decision && many[1] == decision);

  pol_action action;
  size_t position, allowed, count = pol_engine_action_count(engine);
  CHECK(pol_engine_action(engine, now->action.bytes, now->action.length, &action, &error));
  CHECK(pol_engine_action_position(engine, action, &position, &error));
  pol_action *actions = calloc(count, sizeof *actions);
  pol_decision *decisions = calloc(count, 1);
  uint64_t *words = calloc(count / 64 + 1, 8);
  for (size_t index = 0; index < count; index++)
    CHECK(pol_engine_action_at(engine, index, &actions[index], &error));
  HOLDS(memcmp(&actions[position], &action, sizeof action) == 0);
  CHECK(pol_decide_actions(now->request, actions, count, decisions, &error));
  HOLDS(decisions[position] == decision);
  CHECK(pol_allowed_actions(now->request, words, count / 64 + 1, &allowed, &error));
  for (size_t index = 0; index < count; index++) {
    bool is_allowed = words[index >> 6] >> (index & 63) & 1;
    HOLDS(is_allowed == (decisions[index] == POL_ALLOW));
    allowed -= is_allowed;
  }
  HOLDS(allowed == 0);
  free(actions);
  free(decisions);
  free(words);

  char *json;
  size_t json_length;
  CHECK(pol_explain(now->request, &json, &json_length, &error));
  HOLDS(strlen(json) == json_length);
  HOLDS((strstr(json, "{\"decision\":true,") == json) == (decision == POL_ALLOW));
  HOLDS((strstr(json, "\"by\":\"default\"") != NULL) == (decision == POL_DENY_BY_DEFAULT));
  pol_free(json);

  if (!now->says_more && now->holding_count == 0) {
    CHECK(pol_decide_once(engine, now->kind, now->id.bytes, now->id.length, now->action.bytes,
                          now->action.length, now->unit, now->knows_groups ? now->groups : NULL,
                          now->group_count, &once, &error));
    HOLDS(once == decision);
  }
  printf("%d\n", decision);
}

static void end(state *now) {
  // A request keeps its subject.
  HOLDS(pol_subject_free(now->subject) == POL_OK);
  HOLDS(pol_decide(now->request, &(pol_decision){0}, &error) == POL_OK);
  HOLDS(pol_request_free(now->request) == POL_OK);
  free((void *)now->id.bytes);
  free((void *)now->action.bytes);
  for (size_t index = 0; index < now->group_count; index++) free((void *)now->groups[index].bytes);
  for (size_t index = 0; index < now->holding_count; index++) {
    free((void *)now->holdings[index].policy.bytes);
    free((void *)now->holdings[index].unit.bytes);
  }
}

int main(int count, char **arguments) {
  if (count < 3 || !(input = fopen(arguments[2], "rb"))) return 2;
  pol_engine *engine;
  CHECK(pol_engine_load_file(arguments[1], POL_NUL, &engine, &error));
  state now = {0};
  for (int command; (command = fgetc(input)) != EOF;) {
    switch (command) {
      case 'n': begin_subject(&now); break;
      case 'd': now.id = next_text(); break;
      case 'h': now.holdings[now.holding_count++].policy = next_text(); break;
      case 'v': now.holdings[now.holding_count - 1].unit = next_text(); break;
      case 'g': now.knows_groups = true; break;
      case 'm': now.groups[now.group_count++] = next_text(); break;
      case 'a': {
        pol_action action;
        now.action = next_text();
        CHECK(pol_engine_action(engine, now.action.bytes, now.action.length, &action, &error));
        CHECK(pol_subject_new(engine, now.kind, now.id.bytes, now.id.length, now.holdings,
                              now.holding_count, now.knows_groups ? now.groups : NULL,
                              now.group_count, &now.subject, &error));
        CHECK(pol_request_new(now.subject, action, &now.request, &error));
        break;
      }
      case 'o':
        now.unit = pol_unit_outside();
        CHECK(pol_request_set_unit(now.request, now.unit, &error));
        break;
      case 'u':
        next();
        CHECK(pol_engine_unit(engine, bytes, length, &now.unit, &error));
        CHECK(pol_request_set_unit(now.request, now.unit, &error));
        break;
      case 'r':
        next();
        now.says_more = true;
        CHECK(pol_request_set_resource_id(now.request, bytes, length, &error));
        break;
      case '.':
        decide(engine, &now);
        end(&now);
        break;
      default: set(engine, &now, command);
    }
  }
  HOLDS(pol_engine_free(engine) == POL_OK);
  free(bytes);
  fclose(input);
  return 0;
}
