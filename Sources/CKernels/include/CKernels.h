#ifndef APUS_CKERNELS_H
#define APUS_CKERNELS_H

// Looks at 64 bytes at once: bit i of a result stands for byte i. Swift's vectors of the x86-64 baseline never become
// `pmovmskb`, which is all that these are; every other machine has the portable twin.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// What letters there are in a text.
enum {
  apus_has_high = 1,     // a byte beyond ASCII
  apus_has_control = 2,  // a control character other than tab, line feed and carriage return
  apus_has_return = 4,   // a carriage return
  apus_has_percent = 8,  // a percent sign
};

/// The letters of a text, as the bits above.
uint32_t apus_letters(const void *bytes, size_t count);

/// Asks the system to begin writing a stretch of a file to its disk, and does not wait; nothing where it cannot be asked.
/// Not a kernel, but not reached from Swift either: Glibc declares it for C alone.
void apus_start_writing(int descriptor, int64_t offset, int64_t count);

/// Copies `count` bytes with `a` to `z` as capitals; returns whether any is a space or a control character.
int apus_copy_capitals(uint8_t *target, const uint8_t *source, size_t count);

/// The bits of the eight bytes whose highest bit is set in `marks`; the other bits of `marks` are 0.
static inline uint64_t apus_gathered_8(uint64_t marks) { return (marks >> 7) * 0x0102040810204080ULL >> 56; }

/// Eight bytes as a number, the first one lowest.
static inline uint64_t apus_word(const void *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/// Which of the 64 bytes at `bytes` are `byte`, without vectors.
static inline uint64_t apus_places_64_portable(const void *bytes, uint8_t byte) {
  const uint64_t lows = 0x7F7F7F7F7F7F7F7FULL;
  uint64_t places = 0;
  for (int part = 0; part < 8; part++) {
    uint64_t rest = apus_word((const uint8_t *)bytes + 8 * part) ^ (0x0101010101010101ULL * byte);
    uint64_t differs = ((rest & lows) + lows) | rest;
    places |= apus_gathered_8(~differs & ~lows) << (8 * part);
  }
  return places;
}

/// Which of the 64 bytes at `bytes` are no digits, without vectors.
static inline uint64_t apus_non_digits_64_portable(const void *bytes) {
  const uint64_t lows = 0x7F7F7F7F7F7F7F7FULL;
  uint64_t places = 0;
  for (int part = 0; part < 8; part++) {
    uint64_t rest = apus_word((const uint8_t *)bytes + 8 * part) ^ 0x3030303030303030ULL;
    uint64_t others = ((rest & lows) + 0x7676767676767676ULL) | rest;
    places |= apus_gathered_8(others & ~lows) << (8 * part);
  }
  return places;
}

/// Which of the 64 bytes at `bytes` are neither letters of ASCII nor digits, without vectors.
static inline uint64_t apus_separators_64_portable(const void *bytes) {
  const uint64_t ones = 0x0101010101010101ULL, highs = 0x80 * ones;
  uint64_t places = 0;
  for (int part = 0; part < 8; part++) {
    uint64_t word = apus_word((const uint8_t *)bytes + 8 * part);
    uint64_t low = word & ~highs, small = low | 0x20 * ones;
    // The highest bit of each byte: from the first of a range on, and beyond its last. No sum reaches the next byte.
    uint64_t letters = (small + (0x80 - 'a') * ones) & ~(small + (0x7F - 'z') * ones);
    uint64_t digits = (low + (0x80 - '0') * ones) & ~(low + (0x7F - '9') * ones);
    places |= apus_gathered_8(~((letters | digits) & ~word) & highs) << (8 * part);
  }
  return places;
}

#if defined(__SSE2__)
static inline uint64_t apus_mask_64(__m128i a, __m128i b, __m128i c, __m128i d) {
  uint64_t low = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
  uint64_t high = (uint32_t)_mm_movemask_epi8(c) | (uint32_t)_mm_movemask_epi8(d) << 16;
  return low | high << 32;
}

/// All ones where a byte is a digit.
static inline __m128i apus_digits_16(__m128i bytes) {
  __m128i rest = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  return _mm_cmpeq_epi8(_mm_min_epu8(rest, _mm_set1_epi8(9)), rest);
}

/// All ones where a byte is a letter of ASCII or a digit.
static inline __m128i apus_letters_16(__m128i bytes) {
  __m128i rest = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  return _mm_or_si128(apus_digits_16(bytes), _mm_cmpeq_epi8(_mm_min_epu8(rest, _mm_set1_epi8(25)), rest));
}
#endif

/// Which of the 64 bytes at `bytes` are `byte`.
static inline uint64_t apus_places_64(const void *bytes, uint8_t byte) {
#if defined(__SSE2__)
  const __m128i *from = (const __m128i *)bytes;
  __m128i wanted = _mm_set1_epi8((char)byte);
  return apus_mask_64(
      _mm_cmpeq_epi8(_mm_loadu_si128(from), wanted), _mm_cmpeq_epi8(_mm_loadu_si128(from + 1), wanted),
      _mm_cmpeq_epi8(_mm_loadu_si128(from + 2), wanted), _mm_cmpeq_epi8(_mm_loadu_si128(from + 3), wanted));
#else
  return apus_places_64_portable(bytes, byte);
#endif
}

/// Which of the 64 bytes at `bytes` are no digits.
static inline uint64_t apus_non_digits_64(const void *bytes) {
#if defined(__SSE2__)
  const __m128i *from = (const __m128i *)bytes;
  return ~apus_mask_64(
      apus_digits_16(_mm_loadu_si128(from)), apus_digits_16(_mm_loadu_si128(from + 1)),
      apus_digits_16(_mm_loadu_si128(from + 2)), apus_digits_16(_mm_loadu_si128(from + 3)));
#else
  return apus_non_digits_64_portable(bytes);
#endif
}

/// Which of the 64 bytes at `bytes` are neither letters of ASCII nor digits.
static inline uint64_t apus_separators_64(const void *bytes) {
#if defined(__SSE2__)
  const __m128i *from = (const __m128i *)bytes;
  return ~apus_mask_64(
      apus_letters_16(_mm_loadu_si128(from)), apus_letters_16(_mm_loadu_si128(from + 1)),
      apus_letters_16(_mm_loadu_si128(from + 2)), apus_letters_16(_mm_loadu_si128(from + 3)));
#else
  return apus_separators_64_portable(bytes);
#endif
}

#endif
