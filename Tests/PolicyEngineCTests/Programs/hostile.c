// Loads what is no file of compiled policies: cut, with a bit changed, random. What loads is asked.
//
// hostile FILE.polc SEED

#include <policyengine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed;

// SplitMix64 (Steele, Lea and Flood, 2014).
static uint64_t next(void) {
  uint64_t result = seed += 0x9e3779b97f4a7c15;
  result = (result ^ result >> 30) * 0xbf58476d1ce4e5b9;
  result = (result ^ result >> 27) * 0x94d049bb133111eb;
  return result ^ result >> 31;
}

static size_t loaded = 0, refused = 0;

static void ask(pol_engine *engine) {
  pol_subject *subject;
  pol_request *request;
  pol_action action;
  pol_decision decision;
  char *json;
  if (pol_subject_new(engine, POL_USER, "ada", 3, NULL, 0, NULL, 0, &subject, NULL) != POL_OK) return;
  for (size_t at = 0; at < pol_engine_action_count(engine); at++) {
    if (pol_engine_action_at(engine, at, &action, NULL) != POL_OK) abort();
    if (pol_request_new(subject, action, &request, NULL) != POL_OK) abort();
    if (pol_decide(request, &decision, NULL) != POL_OK) abort();
    if (pol_explain(request, &json, NULL, NULL) != POL_OK) abort();
    pol_free(json);
    pol_request_free(request);
  }
  pol_subject_free(subject);
}

// A copy of exactly so many bytes, so that a sanitizer sees what is read beyond.
static void load(const uint8_t *bytes, size_t count) {
  uint8_t *copy = malloc(count ? count : 1);
  memcpy(copy, bytes, count);
  pol_engine *engine;
  pol_error error;
  pol_status status = pol_engine_load_bytes(copy, count, &engine, &error);
  free(copy);
  if (status == POL_OK) {
    loaded++;
    ask(engine);
    pol_engine_free(engine);
  } else {
    if (status != POL_NOT_POLICIES || engine != NULL || error.length == 0) abort();
    refused++;
  }
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return 2;
  static uint8_t bytes[1 << 20];
  size_t length = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  seed = strtoull(arguments[2], NULL, 10);

  load(bytes, length);
  if (loaded != 1) return 1;
  for (size_t end = 0; end < length; end += 1 + next() % 64) load(bytes, end);
  for (int round = 0; round < 1000; round++) {
    size_t at = next() % length;
    uint8_t before = bytes[at];
    bytes[at] ^= (uint8_t)(1 << (next() & 7));
    load(bytes, length);
    bytes[at] = before;
  }
  // Every bit is covered by a checksum, or must be zero.
  if (loaded != 1) return 1;
  for (int round = 0; round < 200; round++) {
    size_t size = next() % 4096;
    for (size_t at = 0; at < size; at++) bytes[at] = (uint8_t)next();
    if (size > 16 && round % 2) memcpy(bytes, "\x89POLC\r\n\x1a", 8);
    load(bytes, size);
  }
  printf("%zu loaded, %zu refused\n", loaded, refused);
  return loaded != 1;
}
