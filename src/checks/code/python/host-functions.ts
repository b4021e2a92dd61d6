/**
 * What Python, compiled to WebAssembly, can ask of the host: the functions that its module imports. WebAssembly has no other way out.
 * Once start-up is done, `lock` leaves of these functions only the ones listed here; each of the others is refused without being
 * called, harmless or not.
 */

type HostFunction = (...args: number[]) => number | bigint | undefined;
export type HostFunctions = Record<string, HostFunction | undefined>;

/**
 * Called as they are. They compute, read the clock, grow the memory (up to the cap in the module), or read names and bytes of the
 * file system in memory, in which there is Python's own library and nothing else.
 */
export const ALLOWED: ReadonlySet<string> = new Set([
  "emscripten_resize_heap",
  "emscripten_get_heap_max",
  "clock_time_get",
  "clock_res_get",
  "emscripten_get_now",
  "emscripten_date_now",
  "_gmtime_js",
  "_timegm_js",
  "__syscall_stat64",
  "__syscall_lstat64",
  "__syscall_newfstatat",
  "__syscall_fstat64",
  "__syscall_getcwd",
  "__syscall_getdents64",
]);

/** Allowed for files of the library and for reading: not for the streams that Python starts with, and not to write. */
export const READ_ONLY: ReadonlySet<string> = new Set([
  "__syscall_openat",
  "fd_read",
  "fd_pread",
  "fd_seek",
  "fd_close",
  "fd_fdstat_get",
]);

/** Answered by a function of this file, which sees the arguments and Python's memory and nothing of the host. */
export const REPLACED: ReadonlySet<string> = new Set([
  "fd_write",
  "random_get",
  "_tzset_js",
  "_localtime_js",
  "_mktime_js",
  "__syscall_getuid32_js",
  "__syscall_umask_js",
  "__syscall_ioctl",
  "_Py_CheckEmscriptenSignals_Helper",
  "can_run_sync_js",
  "__hiwire_deduplicate_delete",
]);

/** Replaced during start-up too: what it leaves in Python's memory, in the snapshot, would be of this machine and moment. */
const FROM_THE_START: ReadonlySet<string> = new Set(["random_get", "_tzset_js"]);
const UTC = new TextEncoder().encode("UTC\0");

/** What a refused system call answers: an error number, which Python makes a PermissionError of. */
const EPERM = 63;
const EROFS = 69;
const ENOTTY = 59;
/** Of the flags of `open`: to write, to create, to empty. */
const NOT_JUST_READING = 0o1 | 0o2 | 0o100 | 0o1000;
const FIRST_FILE = 3;
/** Where C's `struct tm` has them. */
const IS_DST = 32;
const GMT_OFFSET = 36;

/** Thrown through the interpreter, which cannot be used any more. */
export class HostAccessRefused extends Error {
  override readonly name = "HostAccessRefused";
}

export interface Lock {
  /** Start-up is done: from here on the lists above hold. There is no way back. */
  lock(): void;
  isGuard(host: unknown): boolean;
  /** Python's memory; it can grow, so it is asked for each time. */
  useMemory(memory: () => ArrayBuffer): void;
  /** What was refused since the last call: names of functions, mostly. */
  takeRefused(): string[];
  /** Whether memory was asked for in vain since the last call. */
  takeOutOfMemory(): boolean;
}

/** Puts a guard in the place of every function of the import table, in the table itself: it also serves look-ups by name. */
export function guardHostFunctions(table: HostFunctions): Lock {
  const guards = new Set<unknown>();
  const refused = new Set<string>();
  let locked = false;
  let outOfMemory = false;
  let memory = (): ArrayBuffer => new ArrayBuffer(0);
  const view = (): DataView => new DataView(memory());
  const original = (name: string): HostFunction => originals[name] ?? (() => refuse(name));
  const originals: HostFunctions = { ...table };
  let random = 1;

  const refuse = (name: string, error = EPERM, what = name): number => {
    refused.add(what);
    if (name.startsWith("__syscall_")) return -error;
    if (name.startsWith("fd_")) return error;
    throw new HostAccessRefused(name);
  };

  const ours: Record<string, HostFunction> = {
    emscripten_resize_heap: (bytes) => {
      const grown = original("emscripten_resize_heap")(bytes ?? 0);
      if (!grown) outOfMemory = true;
      return grown;
    },
    __syscall_openat: (directory, path, flags, mode) =>
      ((flags ?? 0) & NOT_JUST_READING) === 0
        ? original("__syscall_openat")(directory ?? 0, path ?? 0, flags ?? 0, mode ?? 0)
        : refuse("__syscall_openat", EROFS, "writing files"),
    // What is printed is dropped: all of it counts as written.
    fd_write: (fd = 0, buffers = 0, count = 0, written = 0) => {
      if (fd !== 1 && fd !== 2) return refuse("fd_write");
      const at = view();
      let bytes = 0;
      for (let index = 0; index < count; index += 1) bytes += at.getUint32((buffers >>> 0) + index * 8 + 4, true);
      at.setUint32(written >>> 0, bytes, true);
      return 0;
    },
    // Standard input is empty.
    fd_read: (fd = 0, buffers = 0, count = 0, read = 0) => {
      if (fd >= FIRST_FILE) return original("fd_read")(fd, buffers, count, read);
      refused.add("standard input");
      view().setUint32(read >>> 0, 0, true);
      return 0;
    },
    // The library asks for this of each stream and does without: not worth a mention.
    fd_fdstat_get: (fd = 0, stat = 0) => (fd >= FIRST_FILE ? original("fd_fdstat_get")(fd, stat) : EPERM),
    // The same numbers in each run, so that the same answer meets the same verdict.
    random_get: (start = 0, length = 0) => {
      const bytes = new Uint8Array(memory(), start >>> 0, length >>> 0);
      for (let index = 0; index < bytes.length; index += 1) {
        random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
        bytes[index] = random >>> 24;
      }
      return 0;
    },
    // The time zone is UTC.
    _tzset_js: (timezone = 0, daylight = 0, ...names) => {
      view().setInt32(timezone >>> 0, 0, true);
      view().setInt32(daylight >>> 0, 0, true);
      for (const name of names) new Uint8Array(memory()).set(UTC, name >>> 0);
      return undefined;
    },
    _localtime_js: (...args) => {
      const broken = original("_gmtime_js")(...args);
      const time = (args.at(-1) ?? 0) >>> 0;
      view().setInt32(time + IS_DST, 0, true);
      view().setInt32(time + GMT_OFFSET, 0, true);
      return broken;
    },
    _mktime_js: (...args) => original("_timegm_js")(...args),
    __syscall_getuid32_js: () => 0,
    __syscall_umask_js: () => 0o22,
    __syscall_ioctl: () => -ENOTTY,
    _Py_CheckEmscriptenSignals_Helper: () => 0,
    can_run_sync_js: () => 0,
    __hiwire_deduplicate_delete: () => undefined,
  };
  // The streams that Python starts with are the host's.
  for (const name of ["fd_pread", "fd_seek", "fd_close"]) {
    ours[name] = (...args) => ((args[0] ?? 0) >= FIRST_FILE ? original(name)(...args) : refuse(name));
  }

  for (const [name, host] of Object.entries(originals)) {
    if (typeof host !== "function") continue;
    const then = ours[name] ?? (ALLOWED.has(name) ? host : (): number => refuse(name));
    const guard: HostFunction = (...args) => (locked || FROM_THE_START.has(name) ? then(...args) : host(...args));
    // Signature and so on, which the loader reads off the function.
    table[name] = Object.assign(guard, host);
    guards.add(guard);
  }

  return {
    lock: () => {
      locked = true;
    },
    isGuard: (host) => guards.has(host),
    useMemory: (current) => {
      memory = current;
    },
    takeRefused: () => {
      const names = [...refused];
      refused.clear();
      return names;
    },
    takeOutOfMemory: () => {
      const was = outOfMemory;
      outOfMemory = false;
      return was;
    },
  };
}
