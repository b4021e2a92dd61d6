/** One attempt to reach the host from Python, and the exception that it must end with. */
export interface Attack {
  readonly name: string;
  /** Gives what it got to `loot`, which fails the test when it is something of the host's. */
  readonly code: string;
  /** Classes of exceptions. `Loot`: it gets something, which must not be the host's. */
  readonly ends: readonly string[];
}

/** Loot that the host has and the sandbox must not: written to a file, to the environment, and to a global variable by the test. */
export const CANARY = "canary-7c1d";
export const CANARY_FILE = "@canary-file@";
export const PORT = "@port@";

const GONE = ["ModuleNotFoundError", "ImportError"];
const REFUSED = ["PermissionError", "OSError"];

/** What of Pyodide can still be found in memory. */
const core = (code: string): string => `
import gc
found = [thing for thing in gc.get_objects() if type(thing).__name__ in ("JsProxy", "JsDoubleProxy", "builtin_function_or_method")]
${code}`;

export const ATTACKS: readonly Attack[] = [
  // The shell and other processes
  {
    name: "os.system",
    code: `import os\nloot(os.system("touch ${CANARY_FILE}.made; cat ${CANARY_FILE}"))`,
    ends: REFUSED,
  },
  { name: "os.popen", code: `import os\nloot(os.popen("cat ${CANARY_FILE}").read())`, ends: REFUSED },
  { name: "posix.system", code: `import posix\nloot(posix.system("cat ${CANARY_FILE}"))`, ends: REFUSED },
  { name: "subprocess.run", code: `import subprocess\nloot(subprocess.run(["cat", "${CANARY_FILE}"]))`, ends: REFUSED },
  {
    name: "subprocess.getoutput",
    code: `import subprocess\nloot(subprocess.getoutput("cat ${CANARY_FILE}"))`,
    ends: REFUSED,
  },
  { name: "_posixsubprocess", code: `import _posixsubprocess\nloot(1)`, ends: GONE },
  { name: "os.fork", code: `import os\nloot(os.fork())`, ends: ["AttributeError", ...REFUSED] },
  { name: "os.execv", code: `import os\nloot(os.execv("/bin/sh", ["sh"]))`, ends: ["AttributeError", ...REFUSED] },
  {
    name: "os.posix_spawn",
    code: `import os\nloot(os.posix_spawn("/bin/sh", ["sh"], {}))`,
    ends: ["AttributeError", ...REFUSED],
  },
  {
    name: "os.kill",
    code: `import os\nos.kill(os.getppid() or os.getpid(), 9)\nraise OSError`,
    ends: ["AttributeError", ...REFUSED],
  },
  { name: "os._exit", code: `import os\nos._exit(0)`, ends: REFUSED },
  { name: "os.abort", code: `import os\nos.abort()`, ends: [...REFUSED, "SystemError"] },
  {
    name: "multiprocessing",
    code: `import multiprocessing\nmultiprocessing.Process(target=print).start()\nloot(1)`,
    ends: [...GONE, ...REFUSED],
  },
  // Files
  { name: "open a file of the host", code: `loot(open("${CANARY_FILE}").read())`, ends: ["FileNotFoundError"] },
  { name: "open /etc/passwd", code: `loot(open("/etc/passwd").read())`, ends: ["FileNotFoundError"] },
  { name: "open /proc/self/environ", code: `loot(open("/proc/self/environ").read())`, ends: ["FileNotFoundError"] },
  {
    name: "open /proc/self/fd/0",
    code: `loot(open("/proc/self/fd/0").read())`,
    ends: ["FileNotFoundError", ...REFUSED],
  },
  { name: "open /dev/tty", code: `loot(open("/dev/tty").read())`, ends: ["FileNotFoundError"] },
  { name: "open /dev/stdin", code: `loot(open("/dev/stdin").read())`, ends: ["FileNotFoundError"] },
  { name: "read standard input", code: `import os\nloot(os.read(0, 100))`, ends: ["Loot"] },
  { name: "duplicate a stream", code: `import os\nloot(os.dup(0))`, ends: REFUSED },
  { name: "write a file", code: `open("/tmp/made", "w").write("x")\nloot(1)`, ends: REFUSED },
  { name: "make a directory", code: `import os\nos.mkdir("/tmp/made")\nloot(1)`, ends: REFUSED },
  { name: "link to a file", code: `import os\nos.symlink("${CANARY_FILE}", "/tmp/link")\nloot(1)`, ends: REFUSED },
  { name: "remove the library", code: `import os\nos.remove("/lib/python314.zip")\nloot(1)`, ends: REFUSED },
  { name: "rename the library", code: `import os\nos.rename("/lib/python314.zip", "/tmp/x")\nloot(1)`, ends: REFUSED },
  { name: "change the mode", code: `import os\nos.chmod("/lib", 0)\nloot(1)`, ends: REFUSED },
  { name: "cut a file", code: `import os\nos.truncate("/lib/python314.zip", 0)\nloot(1)`, ends: REFUSED },
  { name: "change the directory", code: `import os\nos.chdir("/lib")\nloot(1)`, ends: REFUSED },
  {
    name: "walk all folders",
    code: `import os\nloot([os.path.join(a, f) for a, _, fs in os.walk("/") for f in fs])`,
    ends: ["Loot"],
  },
  {
    name: "map a file into memory",
    code: `import mmap\nf = open("/lib/python314.zip", "rb")\nmmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)\nloot(1)`,
    ends: [...REFUSED, "ValueError"],
  },
  {
    name: "sqlite on a file",
    code: `import sqlite3\nsqlite3.connect("/tmp/x.db").execute("create table t(a)")\nloot(1)`,
    ends: ["OperationalError"],
  },
  {
    name: "temporary files",
    code: `import tempfile\ntempfile.NamedTemporaryFile()\nloot(1)`,
    ends: ["FileNotFoundError", ...REFUSED],
  },
  {
    name: "mount the host's files",
    code: `import pyodide_js\npyodide_js.FS.mount(pyodide_js.FS.filesystems.NODEFS, {"root": "/"}, "/mnt")\nloot(open("/mnt/etc/passwd").read())`,
    ends: GONE,
  },
  // The environment, the user
  { name: "os.environ", code: `import os\nloot(dict(os.environ))`, ends: ["Loot"] },
  { name: "os.getuid", code: `import os\nloot(os.getuid())`, ends: ["Loot"] },
  {
    name: "os.getlogin, host name",
    code: `import os, platform\nloot([platform.node(), platform.uname()])`,
    ends: ["Loot"],
  },
  {
    name: "the time zone",
    code: `import time\nassert time.tzname == ("UTC", "UTC") and time.timezone == 0, time.tzname\nassert time.localtime(0) == time.gmtime(0)\nassert time.mktime(time.gmtime(5)) == 5\nloot(time.localtime(0))`,
    ends: ["Loot"],
  },
  // The network
  {
    name: "socket",
    code: `import socket\nsocket.create_connection(("127.0.0.1", ${PORT}), 1)\nloot(1)`,
    ends: REFUSED,
  },
  {
    name: "raw socket call",
    code: `import _socket\n_socket.socket(2, 1).connect(("127.0.0.1", ${PORT}))\nloot(1)`,
    ends: REFUSED,
  },
  {
    name: "urllib",
    code: `import urllib.request\nloot(urllib.request.urlopen("http://127.0.0.1:${PORT}/").read())`,
    ends: ["URLError", ...GONE, ...REFUSED],
  },
  {
    name: "http.client",
    code: `import http.client\nc = http.client.HTTPConnection("127.0.0.1", ${PORT})\nc.request("GET", "/")\nloot(c.getresponse())`,
    ends: REFUSED,
  },
  {
    name: "names of the network",
    code: `import socket\nloot(socket.gethostbyname("localhost"))`,
    ends: ["gaierror", ...REFUSED],
  },
  {
    name: "asyncio connection",
    code: `import asyncio\nloot(asyncio.run(asyncio.open_connection("127.0.0.1", ${PORT})))`,
    ends: ["NotImplementedError", "RuntimeError", ...REFUSED],
  },
  {
    name: "pyodide.http",
    code: `from pyodide.http import open_url\nloot(open_url("http://127.0.0.1:${PORT}/"))`,
    ends: ["NameError"],
  },
  { name: "micropip", code: `import micropip`, ends: GONE },
  // JavaScript
  { name: "import js", code: `import js\nloot(dir(js))`, ends: GONE },
  { name: "import pyodide_js", code: `import pyodide_js\nloot(dir(pyodide_js))`, ends: GONE },
  {
    name: "pyodide.ffi",
    code: `from pyodide.ffi import create_proxy, to_js\nloot([create_proxy(1), to_js([1])])`,
    ends: ["Loot"],
  },
  { name: "pyodide.code.run_js", code: `from pyodide.code import run_js\nloot(run_js("process.env"))`, ends: GONE },
  { name: "_pyodide_core", code: `loot(__import__("_pyodide_core"))`, ends: GONE },
  {
    name: "_imp.create_builtin",
    code: `import _imp, types\ncore = _imp.create_builtin(types.SimpleNamespace(name="_pyodide_core", origin=None))\ncore.raw_call(0)\nloot(1)`,
    ends: ["AttributeError", ...GONE],
  },
  {
    name: "Pyodide's Python, read from the archive",
    code: `import zipimport\nz = zipimport.zipimporter("/lib/python314.zip")\nexec(z.get_code("pyodide/code"))\nloot(run_js("process.env"))`,
    ends: [...GONE, "ZipImportError", ...REFUSED],
  },
  {
    name: "objects of JavaScript left over",
    code: core(
      `proxies = [thing for thing in found if type(thing).__name__.startswith("Js")]\nfor p in proxies: loot(p.process)\nfor p in proxies: loot(p.constructor.constructor("return process.env")())\nraise ImportError`,
    ),
    ends: [...GONE, "AttributeError", ...REFUSED],
  },
  {
    name: "functions of Pyodide's core left over",
    code: core(
      `for f in found:\n  if getattr(f, "__module__", None) == "_pyodide_core":\n    f("process.env")\nraise ImportError`,
    ),
    ends: [...GONE, "TypeError", ...REFUSED],
  },
  {
    name: "the event loop of the browser",
    code: `import asyncio\nloot(type(asyncio.new_event_loop()).__module__)`,
    ends: ["Loot"],
  },
  // Memory
  { name: "ctypes", code: `import ctypes\nloot(ctypes.CDLL(None))`, ends: GONE },
  {
    name: "_ctypes",
    code: `import _imp, types\n_imp.create_builtin(types.SimpleNamespace(name="_ctypes", origin=None)).dlopen\nloot(1)`,
    ends: [...GONE, "AttributeError"],
  },
  { name: "_testcapi", code: `import _testcapi\nloot(_testcapi)`, ends: GONE },
  { name: "_testinternalcapi", code: `import _testinternalcapi\nloot(1)`, ends: GONE },
  {
    name: "load a library",
    code: `import _imp, importlib.machinery as m, importlib.util as u\ns = u.spec_from_file_location("x", "/lib/python314.zip", loader=m.ExtensionFileLoader("x", "/lib/python314.zip"))\nu.module_from_spec(s)\nloot(1)`,
    ends: [...GONE, "AttributeError", ...REFUSED, "SystemError"],
  },
  {
    name: "signals",
    code: `import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\nloot(1)`,
    ends: ["AttributeError", ...REFUSED],
  },
  { name: "threads", code: `import _thread\n_thread.start_new_thread(print, ())\nloot(1)`, ends: ["RuntimeError"] },
];
