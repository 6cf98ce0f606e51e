/* Read errors for Scripts/soak, by LD_PRELOAD: reading the file whose path ends in APUS_SOAK_FILE fails with EIO behind
   APUS_SOAK_BYTES bytes, as a bad sector or a lost network share does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long taken;

static int fails(int fd, ssize_t count) {
  const char *wanted = getenv("APUS_SOAK_FILE"), *limit = getenv("APUS_SOAK_BYTES");
  char link[64], path[4096];
  if (!wanted || !limit || count <= 0) return 0;
  /* Without snprintf, which may allocate. */
  char digits[12];
  int at = 0, rest = fd;
  do digits[at++] = '0' + rest % 10; while (rest /= 10);
  strcpy(link, "/proc/self/fd/");
  char *end = link + strlen(link);
  while (at) *end++ = digits[--at];
  *end = 0;
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  size_t suffix = strlen(wanted);
  if ((size_t)length < suffix || strcmp(path + length - suffix, wanted)) return 0;
  return atomic_fetch_add(&taken, count) + count > atol(limit);
}

#define NEXT(name, type, arguments, ...)                                        \
  static type(*next) arguments;                                                 \
  if (!next) next = (type(*) arguments)dlsym(RTLD_NEXT, name);                  \
  type count = next(__VA_ARGS__);                                               \
  if (fails(fd, count)) { errno = EIO; return -1; }                             \
  return count;

ssize_t read(int fd, void *to, size_t size) { NEXT("read", ssize_t, (int, void *, size_t), fd, to, size) }
ssize_t pread(int fd, void *to, size_t size, off_t from) {
  NEXT("pread", ssize_t, (int, void *, size_t, off_t), fd, to, size, from)
}
ssize_t pread64(int fd, void *to, size_t size, off_t from) {
  NEXT("pread64", ssize_t, (int, void *, size_t, off_t), fd, to, size, from)
}
ssize_t readv(int fd, const struct iovec *to, int count_) {
  NEXT("readv", ssize_t, (int, const struct iovec *, int), fd, to, count_)
}
