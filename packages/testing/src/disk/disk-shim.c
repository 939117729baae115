/*
 * Intercepts the file system calls of a process for the files of one database, preloaded into it: syncs can fail, be slow or block, and
 * all writes to the files can be recorded in order. For tests, which compile it.
 *
 * DISK_SHIM_FILES   the path that the names of all these files begin with
 * DISK_SHIM_FOLDER  a folder of controls, which are read at each sync, and of the shim's output:
 *   fail            while it exists, syncs fail with EIO: of the file named in it ("database", "-wal"), or of all files if it is empty
 *   delay           the milliseconds by which each sync is delayed
 *   hold            while it exists, syncs block
 *   syncs           output: a line for each sync as it starts, "main" or "other" for its thread, and the file
 *   record          output, if it exists at the start: see replay in recorded-writes.ts
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);

static const char *files, *folder;
static int record = -1, syncs = -1;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

static void control(char *path, const char *name) { snprintf(path, PATH_MAX, "%s/%s", folder, name); }

static int is_set(const char *name) {
  char path[PATH_MAX];
  control(path, name);
  return access(path, F_OK) == 0;
}

/* The content of a control; empty if there is none. */
static void content_of(const char *name, char *text, size_t size) {
  char path[PATH_MAX];
  control(path, name);
  text[0] = 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  ssize_t length = read(file, text, size - 1);
  text[length > 0 ? length : 0] = 0;
  close(file);
}

static void append(int fd, const void *bytes, size_t length) {
  for (size_t done = 0; done < length;) {
    ssize_t written = real_write(fd, (const char *)bytes + done, length - done);
    if (written < 0 && errno != EINTR) abort();
    if (written > 0) done += (size_t)written;
  }
}

/* Runs before main, and so before any other thread. */
__attribute__((constructor)) static void start(void) {
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  files = getenv("DISK_SHIM_FILES");
  folder = getenv("DISK_SHIM_FOLDER");
  if (!files || !folder) return;
  char path[PATH_MAX];
  control(path, "syncs");
  syncs = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  control(path, "record");
  record = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
}

/* The rest of the file's name after the common beginning ("" for the database, "-wal" for its log), or NULL for another file. */
static const char *name_of(int fd, char *path) {
  if (!files || !folder) return NULL;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return NULL;
  path[length] = 0;
  size_t common = strlen(files);
  return strncmp(path, files, common) == 0 ? path + common : NULL;
}

/* Called with `order` locked, so that the record has the actual order. */
static void note(const char *kind, const char *name, long long at, const void *bytes, size_t length) {
  if (record < 0) return;
  char line[PATH_MAX + 64];
  int size = snprintf(line, sizeof line, "%s %s %lld %zu\n", kind, *name ? name : "database", at, length);
  append(record, line, (size_t)size);
  if (bytes) append(record, bytes, length);
}

static int synced(int fd, int (*real)(int)) {
  char path[PATH_MAX];
  int saved = errno;
  const char *name = name_of(fd, path);
  errno = saved;
  if (!name) return real(fd);
  static long long last;
  char line[PATH_MAX + 64];
  int size = snprintf(line, sizeof line, "%s %s\n", gettid() == getpid() ? "main" : "other", *name ? name : "database");
  pthread_mutex_lock(&order);
  long long id = ++last;
  note("start", name, id, NULL, 0);
  append(syncs, line, (size_t)size);
  pthread_mutex_unlock(&order);
  while (is_set("hold")) usleep(1000);
  char milliseconds[16], failing[16];
  content_of("delay", milliseconds, sizeof milliseconds);
  usleep((useconds_t)atoi(milliseconds) * 1000);
  content_of("fail", failing, sizeof failing);
  if (is_set("fail") && (!*failing || strcmp(failing, *name ? name : "database") == 0)) {
    errno = EIO;
    return -1;
  }
  errno = saved;
  int result = real(fd);
  if (result == 0) {
    pthread_mutex_lock(&order);
    note("end", name, id, NULL, 0);
    pthread_mutex_unlock(&order);
  }
  return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }

int fdatasync(int fd) { return synced(fd, real_fdatasync); }

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  char path[PATH_MAX];
  const char *name = record < 0 ? NULL : name_of(fd, path);
  if (!name) return real_pwrite(fd, bytes, length, at);
  pthread_mutex_lock(&order);
  ssize_t written = real_pwrite(fd, bytes, length, at);
  int saved = errno;
  if (written > 0) note("write", name, at, bytes, (size_t)written);
  pthread_mutex_unlock(&order);
  errno = saved;
  return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  const char *name = record < 0 ? NULL : name_of(fd, path);
  if (!name) return real_ftruncate(fd, length);
  pthread_mutex_lock(&order);
  int result = real_ftruncate(fd, length);
  int saved = errno;
  if (result == 0) note("cut", name, length, NULL, 0);
  pthread_mutex_unlock(&order);
  errno = saved;
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/* SQLite writes its log and database by pwrite. Files with the common beginning that are written by write(2) are the test's notes. */
ssize_t write(int fd, const void *bytes, size_t length) {
  char path[PATH_MAX];
  const char *name = record < 0 ? NULL : name_of(fd, path);
  if (!name) return real_write(fd, bytes, length);
  pthread_mutex_lock(&order);
  ssize_t written = real_write(fd, bytes, length);
  int saved = errno;
  if (written > 0) note("note", name, 0, bytes, (size_t)written);
  pthread_mutex_unlock(&order);
  errno = saved;
  return written;
}
