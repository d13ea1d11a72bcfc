// Counts what deciding allocates: it has to be nothing. For glibc, whose malloc can be replaced.
//
// allocations FILE.polc, which is that of Samples/languages.

#include <policyengine.h>
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static size_t allocations = 0;

void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
  allocations++;
  return __libc_calloc(count, size);
}
void *realloc(void *memory, size_t size) {
  allocations++;
  return __libc_realloc(memory, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void **memory, size_t alignment, size_t size) {
  allocations++;
  *memory = __libc_memalign(alignment, size);
  return *memory == NULL;
}

#define CHECK(call) \
  if ((call) != POL_OK) return 2

int main(int count, char **arguments) {
  if (count < 2) return 2;
  pol_engine *engine;
  pol_subject *subject;
  pol_request *request;
  pol_action actions[4];
  pol_attribute floor, address;
  pol_decision decisions[4];
  pol_error error;
  const pol_text none = {"", 0};
  CHECK(pol_engine_load_file(arguments[1], POL_NUL, &engine, &error));
  CHECK(pol_subject_new(engine, POL_USER, "ada", POL_NUL, NULL, 0, &none, 0, &subject, &error));
  for (size_t at = 0; at < 4; at++) CHECK(pol_engine_action_at(engine, at, &actions[at], &error));
  CHECK(pol_request_new(subject, actions[2], &request, &error));
  CHECK(pol_engine_attribute(engine, "resource.floor", POL_NUL, &floor, &error));
  CHECK(pol_engine_attribute(engine, "context.address", POL_NUL, &address, &error));
  CHECK(pol_request_set_text(request, address, "10.0.0.1", POL_NUL, &error));
  CHECK(pol_request_set_int(request, floor, 1, &error));

  size_t counted = 0, allowed = 0;
  const pol_request *same[4] = {request, request, request, request};
  for (int round = 0; round < 1000; round++) {
    CHECK(pol_request_set_int(request, floor, round, &error));
    size_t before = allocations;
    CHECK(pol_request_set_action(request, actions[round & 3], &error));
    CHECK(pol_decide(request, decisions, &error));
    allowed += pol_allows(request);
    CHECK(pol_decide_requests(same, 4, decisions, &error));
    CHECK(pol_decide_actions(request, actions, 4, decisions, &error));
    // The Swift runtime makes what it keeps about types at their first use.
    if (round > 0) counted += allocations - before;
  }
  size_t after = allocations;
  // The count is one that can fail.
  CHECK(pol_request_new(subject, actions[2], &request, &error));
  printf("%zu allocations, %s\n", counted, allocations > after ? "counted" : "not counted");
  return allowed == 0;
}
