#include "CBitLoop.h"

static inline uint32_t cell_at(const uint64_t *cells, uint32_t position) {
  return (uint32_t)(cells[position >> 5] >> ((position & 31) << 1)) & 3;
}

// The physical limit: one load of the request, one of where the subject's cells are, one of a cell.
uint64_t cbit_test_bits(const uint64_t *const *subjects, const cbit_query *queries, size_t count) {
  uint64_t allowed = 0;
  for (size_t i = 0; i < count; i++) {
    allowed += cell_at(subjects[queries[i].subject], queries[i].position) == 1;
  }
  return allowed;
}

uint32_t cbit_cell(const uint64_t *const *subjects, const cbit_query *query) {
  return cell_at(subjects[query->subject], query->position);
}

static inline uint32_t map_value(const cbit_tables *t, const cbit_map *map, uint32_t number) {
  if (map->runs == 0) return t->map_values[map->offset + number];
  uint32_t low = map->offset;
  uint32_t count = map->runs;
  while (count > 1) {
    uint32_t half = count >> 1;
    low = t->map_values[low + half] <= number ? low + half : low;
    count -= half;
  }
  return t->map_values[low + map->runs];
}

static uint32_t outcome(const cbit_tables *t, uint32_t index, const uint32_t *classes) {
  const cbit_table *table = t->tables + index;
  if (table->form != 0) {
    uint32_t reference = table->root;
    while (reference > 2) {
      const cbit_reader *node = t->nodes + (reference - 3);
      reference = map_value(t, t->maps + node->map, classes[node->slot]);
    }
    return reference;
  }
  uint32_t position = 0;
  const cbit_reader *reader = t->readers + table->reader_start;
  for (uint32_t i = 0; i < table->reader_count; i++, reader++) {
    position += map_value(t, t->maps + reader->map, classes[reader->slot]);
  }
  return t->outcomes[table->root + (position >> 2)] >> ((position & 3) << 1) & 3;
}

static inline uint32_t bit_count(uint64_t word) {
#if defined(__GNUC__) || defined(__clang__)
  return (uint32_t)__builtin_popcountll(word);
#else
  uint32_t count = 0;
  for (; word; word &= word - 1) count++;
  return count;
#endif
}

static uint32_t policy_cell(const cbit_tables *t, uint32_t policy, const cbit_request *request) {
  uint32_t page = t->pages[policy * t->services + request->service];
  const cbit_page *plane = t->planes + page + request->page_word;
  uint32_t bit = request->position & 63;
  uint32_t plain = (uint32_t)((plane->low >> bit & 1) | (plane->high >> bit & 1) << 1);
  if (plain != 3) return plain;
  uint64_t rank = plane->base + bit_count(plane->change & (UINT64_MAX >> (63 - bit)));
  return outcome(t, t->cells[rank - 1], request->classes);
}

static uint32_t granted_cell(const cbit_tables *t, const cbit_grant *grant,
                             const cbit_request *request) {
  uint32_t truth = grant->truth;
  if (grant->low != 0 || grant->high != UINT32_MAX) {
    uint32_t unit = request->unit;
    uint32_t place = unit == UINT32_MAX ? 1 : unit >= grant->low && unit < grant->high ? 2 : 0;
    truth = place < truth ? place : truth;
  }
  if (truth > 0 && grant->condition != UINT32_MAX) {
    uint32_t condition = outcome(t, grant->condition, request->classes);
    truth = condition < truth ? condition : truth;
  }
  if (truth == 0) return 0;
  uint32_t cell = policy_cell(t, grant->policy, request);
  return truth == 2 || cell == 2 ? cell : 0;
}

uint64_t cbit_decide(const cbit_tables *tables, const cbit_subject *subjects,
                     const cbit_request *requests, size_t count) {
  uint64_t allowed = 0;
  for (size_t i = 0; i < count; i++) {
    const cbit_request *request = requests + i;
    const cbit_subject *subject = subjects + request->subject;
    uint32_t best = cell_at(subject->cells, request->position);
    if (best == 3) {
      best = (uint32_t)(subject->floor[request->position >> 6] >> (request->position & 63)) & 1;
      for (uint64_t grant = 0; grant < subject->grant_count && best < 2; grant++) {
        uint32_t cell = granted_cell(tables, subject->grants + grant, request);
        best = cell > best ? cell : best;
      }
    }
    allowed += best == 1;
  }
  return allowed;
}

uint64_t cbit_call_each(cbit_decide_function decide, const void *const *requests, size_t count) {
  uint64_t allowed = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t decision;
    if (decide(requests[i], &decision, NULL) == 0) allowed += decision == 1;
  }
  return allowed;
}
