/* Writes down, in order, everything a program does to files below some folders. Preloaded; see docs/decisions.
 *
 * POWERCUT_TRACE names the file it is written to, POWERCUT_ROOTS the folders, separated by colons. Each call and its
 * record are made under one lock that holds between processes, so that the order of records is the order of calls.
 * A call that changes files in a way nobody wrote a case for is recorded as UNKNOWN, which the reader refuses.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { CREATE = 1, WRITE, SYNC, RENAME, LINK, UNLINK, MKDIR, RMDIR, RESIZE, MAPPED, MARK, UNKNOWN };

struct head {
    uint32_t kind, from, to, data;
    uint64_t inode, at;
};

static pthread_mutex_t inside = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static pid_t owner;
static const char *roots;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (!found)
        abort();
    return found;
}

static void forked(void)
{
    inside = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER; /* whoever held it was not forked along */
}

__attribute__((constructor)) static void loaded(void)
{
    roots = getenv("POWERCUT_ROOTS");
    pthread_atfork(NULL, NULL, forked);
}

/* Takes the lock; 0 without it when nothing is to be written down. */
static int begin(void)
{
    int kept = errno;
    pthread_mutex_lock(&inside);
    if (owner != getpid()) { /* a lock of flock belongs to one opening, which a fork would share */
        const char *file = getenv("POWERCUT_TRACE");
        owner = getpid();
        trace = file && roots ? (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
        if (trace >= 0) { /* out of the way of programs that count or close low numbers */
            int high = fcntl(trace, F_DUPFD_CLOEXEC, 900);
            if (high >= 0) {
                syscall(SYS_close, trace);
                trace = high;
            }
        }
    }
    if (trace < 0)
        pthread_mutex_unlock(&inside);
    else
        while (flock(trace, LOCK_EX) && errno == EINTR)
            ;
    errno = kept;
    return trace >= 0;
}

static void end(void)
{
    int kept = errno;
    flock(trace, LOCK_UN);
    pthread_mutex_unlock(&inside);
    errno = kept;
}

static int below(const char *path)
{
    const char *root = roots;
    while (path && root && *root) {
        size_t size = strcspn(root, ":");
        if (!strncmp(path, root, size) && (path[size] == '/' || !path[size]))
            return 1;
        root += size + (root[size] == ':');
    }
    return 0;
}

/* The absolute path of a name; empty when there is none. The last part is not followed. */
static const char *resolved(int folder, const char *name, char *into)
{
    char here[PATH_MAX] = "";
    *into = 0;
    if (!name)
        return into;
    if (*name == '/') {
        snprintf(into, PATH_MAX, "%s", name);
    } else {
        if (folder == AT_FDCWD) {
            if (!getcwd(here, sizeof here))
                return into;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t size = readlink(link, here, sizeof here - 1);
            if (size < 0)
                return into;
            here[size] = 0;
        }
        if (snprintf(into, PATH_MAX, "%s/%s", here, name) >= PATH_MAX)
            *into = 0;
    }
    size_t size = strlen(into);
    while (size > 1 && into[size - 1] == '/')
        into[--size] = 0;
    return into;
}

static int of_interest(int fd, struct stat *state)
{
    char link[64], path[PATH_MAX];
    if (fstat(fd, state) || !(S_ISREG(state->st_mode) || S_ISDIR(state->st_mode)))
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0)
        return 0;
    path[size] = 0;
    return below(path);
}

static void put(enum kind kind, uint64_t inode, uint64_t at, const char *from, const char *to, const void *data, size_t size)
{
    struct head head = { kind, (uint32_t)strlen(from), (uint32_t)strlen(to), (uint32_t)size, inode, at };
    struct iovec parts[4] = { { &head, sizeof head },
                              { (void *)from, head.from },
                              { (void *)to, head.to },
                              { (void *)data, size } };
    size_t whole = sizeof head + head.from + head.to + size;
    if (syscall(SYS_writev, trace, parts, 4) != (ssize_t)whole)
        abort(); /* a trace with a hole would prove nothing */
}

static uint64_t inode_of(const char *path)
{
    struct stat state;
    return lstat(path, &state) ? 0 : state.st_ino;
}

static int opened(int folder, const char *name, int flags, mode_t mode)
{
    char path[PATH_MAX];
    int unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    int ours = (flags & (O_CREAT | O_TRUNC | __O_TMPFILE)) && below(resolved(folder, name, path)) && begin();
    uint64_t before = ours ? inode_of(path) : 0;
    int fd = (int)syscall(SYS_openat, folder, name, flags, mode);
    if (fd >= 0 && ours) {
        if (unnamed)
            put(UNKNOWN, 0, 0, path, "tmpfile", 0, 0);
        else if (!before)
            put(CREATE, inode_of(path), 0, path, "", 0, 0);
        else if (flags & O_TRUNC)
            put(RESIZE, before, 0, path, "", 0, 0);
    }
    if (ours)
        end();
    return fd;
}

#define MODE(flags, last, mode)                    \
    mode_t mode = 0;                               \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {       \
        va_list rest;                              \
        va_start(rest, last);                      \
        mode = (mode_t)va_arg(rest, unsigned int); \
        va_end(rest);                              \
    }

int open(const char *name, int flags, ...) { MODE(flags, flags, mode) return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags, flags, mode) return opened(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags, flags, mode) return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags, flags, mode) return opened(folder, name, flags, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *name, mode_t mode) { return creat(name, mode); }

/* Where a write without an offset began: after it, the position stands behind what was written. */
static void wrote(int fd, const struct stat *state, const void *data, ssize_t size)
{
    if (size > 0)
        put(WRITE, state->st_ino, (uint64_t)(lseek(fd, 0, SEEK_CUR) - size), "", "", data, (size_t)size);
}

ssize_t write(int fd, const void *data, size_t size)
{
    struct stat state;
    int ours = of_interest(fd, &state) && begin();
    ssize_t done = syscall(SYS_write, fd, data, size);
    if (ours)
        wrote(fd, &state, data, done);
    if (ours)
        end();
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    struct stat state;
    int ours = of_interest(fd, &state) && begin();
    ssize_t done = syscall(SYS_pwrite64, fd, data, size, at);
    if (ours && done > 0)
        put(WRITE, state.st_ino, (uint64_t)at, "", "", data, (size_t)done);
    if (ours)
        end();
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    struct stat state;
    int ours = of_interest(fd, &state) && begin();
    ssize_t done = syscall(SYS_writev, fd, parts, count), left = done;
    if (ours && done > 0) {
        uint64_t at = (uint64_t)(lseek(fd, 0, SEEK_CUR) - done);
        for (int part = 0; part < count && left > 0; part++) {
            size_t size = parts[part].iov_len < (size_t)left ? parts[part].iov_len : (size_t)left;
            put(WRITE, state.st_ino, at, "", "", parts[part].iov_base, size);
            at += size;
            left -= (ssize_t)size;
        }
    }
    if (ours)
        end();
    return done;
}

/* Ways of changing a file that nothing here has used yet: whoever begins to, adds a case for it. */
#define STRANGE(fd, call)                                   \
    struct stat state;                                      \
    int ours = of_interest(fd, &state) && begin();          \
    ssize_t done = (call);                                  \
    if (ours && done >= 0)                                  \
        put(UNKNOWN, state.st_ino, 0, "", __func__, 0, 0);  \
    if (ours)                                               \
        end();                                              \
    return done;
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { STRANGE(fd, REAL(pwritev)(fd, parts, count, at)) }
ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t at, int flags) { STRANGE(fd, REAL(pwritev2)(fd, parts, count, at, flags)) }
ssize_t sendfile(int fd, int from, off_t *at, size_t size) { STRANGE(fd, REAL(sendfile)(fd, from, at, size)) }
ssize_t sendfile64(int fd, int from, off64_t *at, size_t size) { STRANGE(fd, REAL(sendfile64)(fd, from, at, size)) }
ssize_t copy_file_range(int from, off64_t *a, int fd, off64_t *b, size_t size, unsigned flags) { STRANGE(fd, REAL(copy_file_range)(from, a, fd, b, size, flags)) }
int fallocate(int fd, int mode, off_t at, off_t size) { STRANGE(fd, REAL(fallocate)(fd, mode, at, size)) }

static int synced(int fd, long number)
{
    struct stat state;
    int ours = of_interest(fd, &state) && begin();
    int done = (int)syscall(number, fd);
    if (ours && !done)
        put(SYNC, state.st_ino, S_ISDIR(state.st_mode), "", "", 0, 0);
    if (ours)
        end();
    return done;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int resized(int fd, off64_t size)
{
    struct stat state;
    int ours = of_interest(fd, &state) && begin();
    int done = (int)syscall(SYS_ftruncate, fd, size);
    if (ours && !done)
        put(RESIZE, state.st_ino, (uint64_t)size, "", "", 0, 0);
    if (ours)
        end();
    return done;
}
int ftruncate(int fd, off_t size) { return resized(fd, size); }
int ftruncate64(int fd, off64_t size) { return resized(fd, size); }

/* glibc extends by writing zeros or by the kernel's call; either way the length is what counts here. */
int posix_fallocate64(int fd, off64_t at, off64_t size)
{
    struct stat state;
    int ours = of_interest(fd, &state) && begin();
    int done = REAL(posix_fallocate64)(fd, at, size);
    if (ours && !done && at + size > state.st_size)
        put(RESIZE, state.st_ino, (uint64_t)(at + size), "", "", 0, 0);
    if (ours)
        end();
    return done;
}
int posix_fallocate(int fd, off_t at, off_t size) { return posix_fallocate64(fd, at, size); }

int truncate(const char *name, off_t size)
{
    char path[PATH_MAX];
    int ours = below(resolved(AT_FDCWD, name, path)) && begin();
    int done = (int)syscall(SYS_truncate, name, size);
    if (ours && !done)
        put(RESIZE, inode_of(path), (uint64_t)size, path, "", 0, 0);
    if (ours)
        end();
    return done;
}

static int moved(enum kind kind, int a, const char *from, int b, const char *to, unsigned flags)
{
    char source[PATH_MAX], target[PATH_MAX];
    int ours = (below(resolved(a, from, source)) | below(resolved(b, to, target))) && begin();
    uint64_t inode = ours ? inode_of(source) : 0;
    int done = kind == RENAME ? (int)syscall(SYS_renameat2, a, from, b, to, flags) : (int)syscall(SYS_linkat, a, from, b, to, flags);
    if (ours && !done)
        put(kind == RENAME && flags ? UNKNOWN : kind, inode, 0, source, target, 0, 0);
    if (ours)
        end();
    return done;
}
int rename(const char *from, const char *to) { return moved(RENAME, AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return moved(RENAME, a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return moved(RENAME, a, from, b, to, flags); }
int link(const char *from, const char *to) { return moved(LINK, AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return moved(LINK, a, from, b, to, (unsigned)flags); }

static int removed(int folder, const char *name, int flags)
{
    char path[PATH_MAX];
    int ours = below(resolved(folder, name, path)) && begin();
    uint64_t inode = ours ? inode_of(path) : 0;
    int done = (int)syscall(SYS_unlinkat, folder, name, flags);
    if (ours && !done)
        put(flags & AT_REMOVEDIR ? RMDIR : UNLINK, inode, 0, path, "", 0, 0);
    if (ours)
        end();
    return done;
}
int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return removed(folder, name, flags); }
int rmdir(const char *name) { return removed(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char *name)
{
    struct stat state;
    return removed(AT_FDCWD, name, !lstat(name, &state) && S_ISDIR(state.st_mode) ? AT_REMOVEDIR : 0);
}

static int made(int folder, const char *name, mode_t mode)
{
    char path[PATH_MAX];
    int ours = below(resolved(folder, name, path)) && begin();
    int done = (int)syscall(SYS_mkdirat, folder, name, mode);
    if (ours && !done)
        put(MKDIR, inode_of(path), 0, path, "", 0, 0);
    if (ours)
        end();
    return done;
}
int mkdir(const char *name, mode_t mode) { return made(AT_FDCWD, name, mode); }
int mkdirat(int folder, const char *name, mode_t mode) { return made(folder, name, mode); }

int symlinkat(const char *target, int folder, const char *name)
{
    char path[PATH_MAX];
    int ours = below(resolved(folder, name, path)) && begin();
    int done = (int)syscall(SYS_symlinkat, target, folder, name);
    if (ours && !done)
        put(UNKNOWN, 0, 0, path, "symlink", 0, 0);
    if (ours)
        end();
    return done;
}
int symlink(const char *target, const char *name) { return symlinkat(target, AT_FDCWD, name); }

/* What is written through a mapping is never durable before a sync nobody makes: the reader lets it be anything. */
void *mmap64(void *where, size_t size, int rights, int flags, int fd, off64_t at)
{
    struct stat state;
    int shared = fd >= 0 && (flags & MAP_SHARED) && (rights & PROT_WRITE);
    int ours = shared && of_interest(fd, &state) && begin();
    void *done = REAL(mmap64)(where, size, rights, flags, fd, at);
    if (ours && done != MAP_FAILED)
        put(MAPPED, state.st_ino, 0, "", "", 0, 0);
    if (shared)
        if (ours)
        end();
    return done;
}
void *mmap(void *where, size_t size, int rights, int flags, int fd, off_t at) { return mmap64(where, size, rights, flags, fd, at); }

/* Called by the recorded program itself, through ctypes: from here on somebody was told this. */
void powercut_mark(const char *said)
{
    if (!begin())
        return;
    put(MARK, 0, 0, "", "", said, strlen(said));
    end();
}
