/// Counts what the calling thread takes from the heap, and how often it counts a reference.
#pragma once

#include <stdint.h>

/// How many blocks the calling thread has taken; -1 where the C library's allocator cannot be
/// stood in for (not glibc, or a sanitizer does so already).
int64_t allocation_count(void);

/// How many references the calling thread has retained; -1 where the runtime's function cannot be
/// stood in for.
int64_t retain_count(void);
