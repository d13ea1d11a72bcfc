#include "AllocationCounter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__linux__) && defined(__GLIBC__) && !defined(SANITIZED)

// The definitions of a program go before those of its libraries, so that every block that Swift or
// the C library takes comes by here.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static __thread int64_t allocations;
static __thread int64_t retains;

void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  allocations++;
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  allocations++;
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  allocations++;
  *block = __libc_memalign(alignment, size);
  return *block ? 0 : 12;
}

int64_t allocation_count(void) { return allocations; }

// The hooks that the Swift runtime keeps for its instruments.
extern void *(*_swift_retain)(void *) __attribute__((weak));
extern _Atomic(bool) _swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly
    __attribute__((weak));
static void *(*plain_retain)(void *);

static void *counted_retain(void *object) {
  retains++;
  return plain_retain(object);
}

static bool has_hooks(void) {
  return &_swift_retain != NULL &&
         &_swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly != NULL;
}

int64_t retain_count(void) { return has_hooks() ? retains : -1; }

void retain_counting(int is_on) {
  if (!has_hooks()) return;
  if (is_on && _swift_retain != counted_retain) {
    plain_retain = _swift_retain;
    _swift_retain = counted_retain;
  } else if (!is_on && plain_retain) {
    _swift_retain = plain_retain;
  }
  _swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly = is_on;
}

#else

int64_t allocation_count(void) { return -1; }
int64_t retain_count(void) { return -1; }
void retain_counting(int is_on) { (void)is_on; }

#endif
