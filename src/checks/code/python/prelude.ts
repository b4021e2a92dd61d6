/**
 * Run when the snapshot is made: imports what answers use most, so that later imports are look-ups, and gives `asyncio` an event
 * loop that needs no host: there is no input or output to wait for, so it sleeps until the next timer.
 */
export const BEFORE_SNAPSHOT = `
import abc, array, asyncio, bisect, cmath, collections, contextlib, copy, csv, dataclasses, datetime, decimal, enum, fractions
import functools, hashlib, heapq, io, itertools, json, logging, math, operator, os, pathlib, queue, random, re, statistics, string
import sys, textwrap, threading, time, traceback, types, typing, unittest, uuid

class _Nothing:
    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("the event loop waits for what can never come")
        time.sleep(max(timeout, 0))
        return ()

class _EventLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Nothing()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

class _Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = _EventLoop

_EventLoop.__module__ = _Policy.__module__ = "asyncio"
asyncio.EventLoop = _EventLoop
asyncio.unix_events._DefaultEventLoopPolicy = _Policy
`;

/** Run before the lock: takes away what of Pyodide leads to JavaScript. The lock holds without it; this gives clear errors. */
export const BEFORE_LOCK = `
import asyncio, gc, sys, time
import pyodide.webloop as webloop
time.sleep = webloop._orig_sleep
asyncio.run = asyncio.runners.run
asyncio.events._set_running_loop(None)
asyncio.events._event_loop_policy = None
sys.meta_path[:] = sys.meta_path[:3]
for name in list(sys.modules):
    if name.partition(".")[0] in ("js", "pyodide", "_pyodide", "pyodide_js", "_pyodide_core"):
        del sys.modules[name]
sys.excepthook = sys.__excepthook__
del webloop, name
gc.collect()
`;
