#ifndef APUS_CVALGRIND_H
#define APUS_CVALGRIND_H

/// Whether this was built where valgrind's header is; without it nothing can be counted.
int apus_valgrind_is_built_in(void);

/// Whether the process runs under valgrind.
int apus_valgrind_is_running(void);

/// From here on instructions of every thread are counted (callgrind, `--instr-atstart=no`).
void apus_callgrind_start(void);

/// Up to here.
void apus_callgrind_stop(void);

#endif
