// Asks the policies in a file from C: may ada open a door in the cellar, and what else?

#include <policyengine.h>
#include <stdio.h>

static pol_error error;

// Says why a call could not do its work, and ends the program.
#define CHECK(call)                                  \
  do {                                               \
    if ((call) != POL_OK) {                          \
      fprintf(stderr, "doors: %s\n", error.message); \
      return 2;                                      \
    }                                                \
  } while (0)

int main(int count, char **arguments) {
  const char *path = count > 1 ? arguments[1] : "doors.polc";

  // Once in a program: the policies, and the names that it uses.
  pol_engine *engine;
  pol_action open;
  pol_attribute mfa, address, floor;
  pol_unit cellar;
  CHECK(pol_engine_load_file(path, POL_NUL, &engine, &error));
  CHECK(pol_engine_action(engine, "door.open", POL_NUL, &open, &error));
  CHECK(pol_engine_attribute(engine, "context.mfa", POL_NUL, &mfa, &error));
  CHECK(pol_engine_attribute(engine, "context.address", POL_NUL, &address, &error));
  CHECK(pol_engine_attribute(engine, "resource.floor", POL_NUL, &floor, &error));
  CHECK(pol_engine_unit(engine, "house/cellar", POL_NUL, &cellar, &error));

  // Once in a session: who asks. NULL for the groups would mean that they are not known.
  const pol_text no_groups = {"", 0};
  pol_subject *ada;
  CHECK(pol_subject_new(engine, POL_USER, "ada", POL_NUL, NULL, 0, &no_groups, 0, &ada, &error));

  // For every question: what is asked, and what is known of it.
  pol_request *request;
  CHECK(pol_request_new(ada, open, &request, &error));
  CHECK(pol_request_set_unit(request, cellar, &error));
  CHECK(pol_request_set_bool(request, mfa, true, &error));
  CHECK(pol_request_set_text(request, address, "10.1.2.3", POL_NUL, &error));
  CHECK(pol_request_set_int(request, floor, 1, &error));
  printf("door.open on floor 1: %s\n", pol_allows(request) ? "allow" : "deny");

  CHECK(pol_request_set_int(request, floor, 3, &error));
  printf("door.open on floor 3: %s\n", pol_allows(request) ? "allow" : "deny");

  char *json;
  CHECK(pol_explain(request, &json, NULL, &error));
  printf("why: %s\n", json);
  pol_free(json);

  // Which buttons to show.
  uint64_t words[1];
  size_t allowed;
  CHECK(pol_allowed_actions(request, words, 1, &allowed, &error));
  for (size_t position = 0; position < pol_engine_action_count(engine); position++) {
    pol_action action;
    char name[64];
    size_t length;
    CHECK(pol_engine_action_at(engine, position, &action, &error));
    CHECK(pol_engine_action_name(engine, action, name, sizeof name, &length, &error));
    printf("%s: %s\n", name, words[position >> 6] >> (position & 63) & 1 ? "yes" : "no");
  }

  // A wrong type is refused, by name.
  if (pol_request_set_text(request, floor, "first", POL_NUL, &error) != POL_OK)
    printf("refused: %s\n", error.message);

  pol_request_free(request);
  pol_subject_free(ada);
  pol_engine_free(engine);
  return 0;
}
