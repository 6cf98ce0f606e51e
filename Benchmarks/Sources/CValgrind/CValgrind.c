#include "CValgrind.h"

// Requests to valgrind are a few instructions that do nothing elsewhere. The header is Debian's package valgrind; the
// rest of the benchmarks is built without it.
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>

int apus_valgrind_is_built_in(void) { return 1; }
int apus_valgrind_is_running(void) { return RUNNING_ON_VALGRIND ? 1 : 0; }
void apus_callgrind_start(void) { CALLGRIND_START_INSTRUMENTATION; }
void apus_callgrind_stop(void) { CALLGRIND_STOP_INSTRUMENTATION; }

#else

int apus_valgrind_is_built_in(void) { return 0; }
int apus_valgrind_is_running(void) { return 0; }
void apus_callgrind_start(void) {}
void apus_callgrind_stop(void) {}

#endif
