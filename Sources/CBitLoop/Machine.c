#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "CBitLoop.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

void cbit_print_by_line(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

int cbit_evicts_lines(void) {
#if defined(__x86_64__)
  return 1;
#else
  return 0;
#endif
}

int cbit_evict(const void *memory, size_t bytes, const uint8_t *sweep, size_t sweep_bytes) {
#if defined(__x86_64__)
  (void)sweep;
  (void)sweep_bytes;
  for (size_t i = 0; i < bytes; i += 64) _mm_clflush((const uint8_t *)memory + i);
  if (bytes > 0) _mm_clflush((const uint8_t *)memory + bytes - 1);
  _mm_mfence();
  return 1;
#else
  (void)memory;
  (void)bytes;
  volatile uint8_t sink = 0;
  for (size_t i = 0; i < sweep_bytes; i += 64) sink = (uint8_t)(sink + sweep[i]);
  (void)sink;
  return 0;
#endif
}

#if defined(__GNUC__) || defined(__clang__)
__attribute__((noinline))
#endif
uint64_t cbit_measured(uint64_t (*body)(void *context), void *context) {
  return body(context);
}

typedef struct {
  void (*body)(void *context, size_t thread);
  void *context;
  size_t thread;
} cbit_job;

static void *run_job(void *opaque) {
  cbit_job *job = opaque;
  job->body(job->context, job->thread);
  return NULL;
}

int cbit_in_parallel(size_t threads, void (*body)(void *context, size_t thread), void *context) {
  pthread_t *handles = calloc(threads, sizeof *handles);
  cbit_job *jobs = calloc(threads, sizeof *jobs);
  size_t started = 0;
  int failure = handles == NULL || jobs == NULL;
  while (!failure && started < threads) {
    jobs[started] = (cbit_job){body, context, started};
    failure = pthread_create(handles + started, NULL, run_job, jobs + started);
    if (!failure) started++;
  }
  for (size_t i = 0; i < started; i++) pthread_join(handles[i], NULL);
  free(handles);
  free(jobs);
  return failure;
}
