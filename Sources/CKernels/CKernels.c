#include "CKernels.h"

static uint32_t letters_portable(const uint8_t *bytes, size_t count) {
  // Without branches and with sums as wide as a byte, so that the compiler makes vector code of it.
  uint8_t high = 0, control = 0, returns = 0, percent = 0;
  for (size_t index = 0; index < count; index++) {
    uint8_t byte = bytes[index];
    uint8_t is_return = byte == '\r' ? 0xFF : 0;
    uint8_t is_break = (uint8_t)(byte - '\t') < 2 ? 0xFF : 0;
    high |= byte;
    control |= (byte < 32 ? 0xFF : 0) & ~(is_return | is_break);
    returns |= is_return;
    percent |= byte == '%' ? 0xFF : 0;
  }
  return (high >= 128 ? apus_has_high : 0) | (control ? apus_has_control : 0) | (returns ? apus_has_return : 0) |
         (percent ? apus_has_percent : 0);
}

uint32_t apus_letters(const void *bytes, size_t count) {
#if defined(__SSE2__)
  const uint8_t *at = bytes;
  const __m128i space = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t'), feed = _mm_set1_epi8('\n');
  const __m128i sign = _mm_set1_epi8('%');
  __m128i odd = _mm_setzero_si128(), percent = _mm_setzero_si128();
  size_t blocks = count / 16;
  for (size_t block = 0; block < blocks; block++) {
    __m128i text = _mm_loadu_si128((const __m128i *)at + block);
    // As signed numbers what is beyond ASCII is also less than a space.
    __m128i low = _mm_cmplt_epi8(text, space);
    __m128i breaks = _mm_or_si128(_mm_cmpeq_epi8(text, tab), _mm_cmpeq_epi8(text, feed));
    odd = _mm_or_si128(odd, _mm_andnot_si128(breaks, low));
    percent = _mm_or_si128(percent, _mm_cmpeq_epi8(text, sign));
  }
  // Which of the odd letters they are takes another look, and few files have any.
  if (_mm_movemask_epi8(odd) != 0) return letters_portable(at, count);
  uint32_t rest = letters_portable(at + 16 * blocks, count - 16 * blocks);
  return rest | (_mm_movemask_epi8(percent) != 0 ? apus_has_percent : 0);
#else
  return letters_portable(bytes, count);
#endif
}

static int copy_capitals_portable(uint8_t *target, const uint8_t *source, size_t count) {
  uint8_t blanks = 0;
  for (size_t index = 0; index < count; index++) {
    uint8_t byte = source[index];
    blanks |= byte <= ' ' ? 0xFF : 0;
    target[index] = byte & (uint8_t)~((uint8_t)(byte - 'a') < 26 ? 0x20 : 0);
  }
  return blanks != 0;
}

int apus_copy_capitals(uint8_t *target, const uint8_t *source, size_t count) {
#if defined(__SSE2__)
  if (count < 16) return copy_capitals_portable(target, source, count);
  const __m128i first = _mm_set1_epi8('a'), most = _mm_set1_epi8(25), space = _mm_set1_epi8(' ');
  __m128i blanks = _mm_setzero_si128();
  for (size_t at = 0;;) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(source + at));
    __m128i letter = _mm_sub_epi8(bytes, first);
    __m128i is_small = _mm_cmpeq_epi8(_mm_min_epu8(letter, most), letter);
    blanks = _mm_or_si128(blanks, _mm_cmpeq_epi8(_mm_max_epu8(bytes, space), space));
    _mm_storeu_si128((__m128i *)(target + at), _mm_andnot_si128(_mm_and_si128(is_small, space), bytes));
    if (at + 16 == count) break;
    // The last block overlaps the one before it.
    at = at + 32 <= count ? at + 16 : count - 16;
  }
  return _mm_movemask_epi8(blanks) != 0;
#else
  return copy_capitals_portable(target, source, count);
#endif
}
