#include <string.h>

#include "CBitLoop.h"

static inline uint64_t mix(uint64_t left, uint64_t right) {
#if defined(__SIZEOF_INT128__)
  __uint128_t product = (__uint128_t)left * right;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
  uint64_t a = left >> 32, b = left & UINT32_MAX, c = right >> 32, d = right & UINT32_MAX;
  uint64_t middle = a * d + (b * d >> 32);
  uint64_t other = b * c + (middle & UINT32_MAX);
  return (left * right) ^ (a * c + (middle >> 32) + (other >> 32));
#endif
}

static inline uint64_t word(const uint8_t *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

static inline uint64_t half(const uint8_t *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

// The hash of names of Grammar/polc-format.md, on a little-endian machine, of name space 0.
static inline uint64_t hash(const uint8_t *bytes, size_t count, uint32_t seed) {
  const uint64_t first = 0xa0761d6478bd642fu, second = 0xe7037ed1a0b428dbu;
  const uint64_t third = 0x8ebc6af09c88c6e3u;
  uint64_t left = 0, right = 0, state = first ^ (((uint64_t)seed << 32) * third);
  if (count > 16) {
    size_t offset = 0;
    for (; count - offset > 16; offset += 16) {
      state = mix(word(bytes + offset) ^ second, word(bytes + offset + 8) ^ state);
    }
    left = word(bytes + count - 16);
    right = word(bytes + count - 8);
  } else if (count >= 4) {
    size_t step = (count >> 3) << 2;
    left = half(bytes) << 32 | half(bytes + step);
    right = half(bytes + count - 4) << 32 | half(bytes + count - 4 - step);
  } else if (count > 0) {
    left = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[count >> 1] << 8 | bytes[count - 1];
  }
  return mix(second ^ (uint64_t)count, mix(left ^ second, right ^ state));
}

uint64_t cbit_hash_and_read(const uint8_t *const *texts, const uint32_t *lengths, size_t count,
                            const uint8_t *slots, uint64_t slot_count, uint32_t seed) {
  uint64_t sum = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t slot = (hash(texts[i], lengths[i], seed) >> 32) * slot_count >> 32;
    sum += half(slots + slot * 16 + 4);
  }
  return sum;
}
