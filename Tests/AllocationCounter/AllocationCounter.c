#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "AllocationCounter.h"

#include <dlfcn.h>
#include <stdatomic.h>
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

// As above, what counts references. The hooks that the runtime keeps for instruments are no use: they
// are given short strings, which it takes for references, with the bits masked that tell them apart.
typedef void *retaining(void *object);

static retaining *next(const char *name, retaining *_Atomic *known) {
  retaining *found = atomic_load_explicit(known, memory_order_relaxed);
  if (!found) {
    found = (retaining *)dlsym(RTLD_NEXT, name);
    atomic_store_explicit(known, found, memory_order_relaxed);
  }
  return found;
}

void *swift_retain(void *object) {
  static retaining *_Atomic known;
  retains++;
  return next("swift_retain", &known)(object);
}

void *swift_bridgeObjectRetain(void *object) {
  static retaining *_Atomic known;
  retains++;
  return next("swift_bridgeObjectRetain", &known)(object);
}

int64_t retain_count(void) { return retains; }

#else

int64_t allocation_count(void) { return -1; }
int64_t retain_count(void) { return -1; }

#endif
