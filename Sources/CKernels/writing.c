#define _GNU_SOURCE

#include "CKernels.h"

#include <fcntl.h>

void apus_start_writing(int descriptor, int64_t offset, int64_t count) {
#if defined(SYNC_FILE_RANGE_WRITE)
  (void)sync_file_range(descriptor, offset, count, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor;
  (void)offset;
  (void)count;
#endif
}
