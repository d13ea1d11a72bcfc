// What the engine is measured against: the least work that can answer the same requests from the
// same tables, in C, and what a measurement needs of the machine.

#ifndef C_BIT_LOOP_H
#define C_BIT_LOOP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One request, its names resolved: who, and where the cells of subjects have the action.
typedef struct {
  uint32_t subject, position;
} cbit_query;

/// Tests the two bits of each of some requests in the cells of its subject, which are the memory that
/// the engine reads; returns how many are allowed whatever else holds.
uint64_t cbit_test_bits(const uint64_t *const *subjects, const cbit_query *queries, size_t count);

/// What the bits say of one request: 0 nothing, 1 allow, 2 deny, 3 open.
uint32_t cbit_cell(const uint64_t *const *subjects, const cbit_query *query);

/// Sections of compiled policies, as Grammar/polc-format.md describes them.
typedef struct {
  uint64_t low, high, change, base;
} cbit_page;
typedef struct {
  uint32_t form, reader_start, reader_count, root;
} cbit_table;
typedef struct {
  uint32_t slot, map;
} cbit_reader;
typedef struct {
  uint32_t offset, runs, class_count, highest;
} cbit_map;
typedef struct {
  const uint32_t *pages;
  const cbit_page *planes;
  const uint32_t *cells;
  const cbit_table *tables;
  const cbit_reader *readers;
  const cbit_map *maps;
  const uint32_t *map_values;
  const uint8_t *outcomes;
  const cbit_reader *nodes;
  uint64_t services;
} cbit_tables;

/// Something that gives a subject a policy.
typedef struct {
  uint32_t policy, low, high, condition, truth;
} cbit_grant;

/// A prepared subject: its bits, and what decides where they are open.
typedef struct {
  const uint64_t *cells;
  const uint64_t *floor;
  const cbit_grant *grants;
  uint64_t grant_count;
} cbit_subject;

/// One request whose attributes are classified.
typedef struct {
  uint32_t subject, position, unit, service, page_word, reserved;
  const uint32_t *classes;
} cbit_request;

/// Decides each of some requests from the tables; returns how many are allowed.
uint64_t cbit_decide(const cbit_tables *tables, const cbit_subject *subjects,
                     const cbit_request *requests, size_t count);

/// Hashes each of some texts as the engine does and reads one random slot for it.
///
/// A slot has 16 bytes, of which the second 4 are read and summed, as the index of a name would be.
uint64_t cbit_hash_and_read(const uint8_t *const *texts, const uint32_t *lengths, size_t count,
                            const uint8_t *slots, uint64_t slot_count, uint32_t seed);

/// Takes memory out of every cache of this processor: line by line where the processor can, which
/// is returned as 1, or else by reading a buffer of `sweep_bytes` over and over it.
int cbit_evict(const void *memory, size_t bytes, const uint8_t *sweep, size_t sweep_bytes);

/// Writes every line that is printed at once, also to a file or a pipe.
void cbit_print_by_line(void);

/// Whether `cbit_evict` takes out single lines.
int cbit_evicts_lines(void);

/// A function in C that answers what `request` asks: 0 on success, 1 in `decision` if it is allowed.
typedef int32_t (*cbit_decide_function)(const void *request, uint8_t *decision, void *error);

/// Asks for each of some requests, as a program in C would; returns how many are allowed.
uint64_t cbit_call_each(cbit_decide_function decide, const void *const *requests, size_t count);

/// Calls a function; a profiler collects between the entry and the exit of this one.
uint64_t cbit_measured(uint64_t (*body)(void *context), void *context);

/// Runs a function on so many threads at once, with the number of each; returns 0 on success.
int cbit_in_parallel(size_t threads, void (*body)(void *context, size_t thread), void *context);

#ifdef __cplusplus
}
#endif

#endif
