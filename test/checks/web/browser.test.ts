import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { execPath } from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visit, type Visited } from "../../../src/checks/web/browser/browser.ts";
import type { PageVisit } from "../../../src/checks/web/browser/visit.ts";
import { CHROMIUM, HAS_CHROMIUM, visitFolder, type Process, type VisitFolder } from "./chromium.ts";

const LIMIT_MS = 60_000;

function page(body: string): Parameters<typeof visit>[1] {
  const content = `<!doctype html><html lang="en"><head><title>Tea</title></head><body>${body}</body></html>`;
  return { "/": { type: "text/html; charset=utf-8", content } };
}

async function seen(body: string): Promise<PageVisit> {
  const visited = await visit(CHROMIUM, page(body), AbortSignal.timeout(LIMIT_MS));
  if (!("visit" in visited)) throw new Error(visited.unmade);
  return visited.visit;
}

describe.skipIf(!HAS_CHROMIUM)("a page in a browser", () => {
  let folder: VisitFolder;
  let server: Server;
  let port = 0;
  let connections = 0;
  let datagrams = 0;
  const socket = createSocket("udp4", () => (datagrams += 1));

  beforeAll(async () => {
    folder = visitFolder();
    server = createServer((connection) => {
      connections += 1;
      connection.destroy();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    port = (server.address() as { readonly port: number }).port;
    await new Promise<void>((done) => socket.bind(port, "127.0.0.1", done));
  });
  afterAll(() => {
    server.close();
    socket.close();
    folder.remove();
  });

  it("tells the errors of its scripts, its accessibility tree, what axe finds and how wide it is", async () => {
    const found = await seen(
      `<main><h1>Tea</h1><div id="list"></div><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p style="width:900px">Wide</p></main>
       <script>
         list.innerHTML = '<button>Brew</button><button hidden>Secret</button>';
         localStorage.setItem('cups', '2');
         Promise.reject(new Error('no water'));
         throw new TypeError('no leaves');
       </script>`,
    );
    expect(found).toMatchObject({ loaded: true, refused: [] });
    expect([...found.errors].sort()).toEqual(["no leaves", "no water"]);
    expect(found.nodes).toContainEqual({ role: "heading", name: "Tea" });
    expect(found.nodes.filter(({ role }) => role === "button")).toEqual([{ role: "button", name: "Brew" }]);
    expect(found.axe.map(({ id }) => id)).toContain("image-alt");
    expect(found.overflowPx).toBeGreaterThan(500);
  });

  it("gives a page the other files of its answer", async () => {
    const files = {
      ...page('<script type="module" src="./js/tea.js"></script>'),
      "/js/tea.js": { type: "text/javascript", content: "document.body.append(document.createElement('hr'))" },
    };
    const visited = await visit(CHROMIUM, files, AbortSignal.timeout(LIMIT_MS));
    expect(visited).toMatchObject({ visit: { errors: [], refused: [] } });
    expect("visit" in visited && visited.visit.nodes.map(({ role }) => role)).toEqual(["separator"]);
  });

  it("lets nothing out, whatever the page tries", async () => {
    const at = `127.0.0.1:${port}`;
    const found = await seen(
      `<link rel="dns-prefetch" href="//leak.example"><link rel="preconnect" href="http://${at}">
       <link rel="prefetch" href="http://${at}/a"><link rel="stylesheet" href="http://${at}/b.css">
       <img src="http://${at}/c.png"><iframe src="http://${at}/d"></iframe><video src="http://${at}/e.mp4"></video>
       <form id="f" action="http://${at}/f" target="t"></form><iframe name="t"></iframe>
       <script>
         fetch('http://${at}/g', { mode: 'no-cors' }).catch(() => {});
         fetch('http://localhost:${port}/g', { mode: 'no-cors' }).catch(() => {});
         navigator.sendBeacon('http://${at}/h', 'x');
         new WebSocket('ws://${at}/i').onerror = () => {};
         new EventSource('http://${at}/j').onerror = () => {};
         const work = "fetch('http://${at}/k',{mode:'no-cors'}).catch(()=>{}); try { new WebSocket('ws://${at}/l') } catch {}";
         new Worker(URL.createObjectURL(new Blob([work])));
         f.submit();
         const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${at}' }, { urls: 'turn:${at}?transport=tcp', username: 'a', credential: 'b' }] });
         peer.createDataChannel('x');
         peer.createOffer().then((offer) => peer.setLocalDescription(offer));
         if (typeof WebTransport === 'function') new WebTransport('https://${at}/m').ready.catch(() => {});
         setTimeout(() => { location.href = 'http://${at}/n'; }, 100);
       </script><h1>Tea</h1>`,
    );
    expect(found.refused.length).toBeGreaterThan(5);
    expect({ connections, datagrams }).toEqual({ connections: 0, datagrams: 0 });
  });

  it("reads no file of the machine", async () => {
    const found = await seen(
      `<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object><h1 id="h">Tea</h1>
       <script>
         fetch('file:///etc/passwd').then((r) => r.text()).then((t) => { h.textContent = t; }).catch(() => {});
         const x = new XMLHttpRequest(); x.onload = () => { h.textContent = x.responseText; };
         try { x.open('GET', 'file:///etc/passwd'); x.send(); } catch {}
         try { window.open('file:///etc/passwd'); location.assign('file:///etc/passwd'); } catch {}
       </script>`,
    );
    expect(JSON.stringify(found)).not.toContain("root:");
    expect(found.nodes).toContainEqual({ role: "heading", name: "Tea" });
  });

  it("does not open windows, save files or wait for an answer", async () => {
    const found = await seen(
      `<h1>Tea</h1><a id="a" download="tea.txt">Save</a><script>
         for (let i = 0; i < 5; i += 1) window.open('about:blank');
         a.href = URL.createObjectURL(new Blob(['x'])); a.click();
         alert('One'); confirm('Two'); prompt('Three');
         addEventListener('beforeunload', (event) => { event.preventDefault(); });
       </script>`,
    );
    expect(found).toMatchObject({ loaded: true });
    expect(found.nodes).toContainEqual({ role: "heading", name: "Tea" });
  });

  it("gives up on a page that never comes to rest, and leaves nothing behind", async () => {
    expect(await seen("<h1>Tea</h1><script>for (;;);</script>")).toMatchObject({ loaded: false, nodes: [] });
    await expect.poll(() => folder.processes()).toEqual([]);
    expect(folder.remains()).toEqual([]);
  });

  it("has the browser's own sandbox on, and ends all of it when no caller waits any more", async () => {
    const stop = new AbortController();
    const visiting: Promise<Visited> = visit(CHROMIUM, page("<h1>Tea</h1><script>for (;;);</script>"), stop.signal);
    const renderers = (): readonly Process[] =>
      folder.processes().filter(({ line }) => line.includes("--type=renderer"));
    await expect.poll(() => renderers().length).toBeGreaterThan(0);
    // Mode 2: a filter on the system calls of the process.
    const modes = (): ReadonlySet<string | undefined> =>
      new Set(renderers().map(({ pid }) => /^Seccomp:\s*(\d)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]));
    // A renderer that was just forked has no filter yet.
    await expect.poll(modes).toEqual(new Set(["2"]));
    expect(folder.processes().filter(({ line }) => line.includes("--no-sandbox"))).toEqual([]);
    stop.abort();
    expect(await visiting).toEqual({ unmade: "there was no time left for the browser" });
    await expect.poll(() => folder.processes()).toEqual([]);
    expect(folder.remains()).toEqual([]);
  });

  it("leaves nothing behind when the server is killed", async () => {
    const module = new URL("../../../src/checks/web/browser/browser.ts", import.meta.url).href;
    const script = `import { visit } from ${JSON.stringify(module)};
      await visit(${JSON.stringify(CHROMIUM)}, ${JSON.stringify(page("<script>for (;;);</script>"))}, new AbortController().signal);`;
    const server = spawn(execPath, ["--no-warnings", "--input-type=module", "-e", script], { stdio: "ignore" });
    await expect.poll(() => folder.processes().length).toBeGreaterThan(2);
    server.kill("SIGKILL");
    await expect.poll(() => folder.processes()).toEqual([]);
    await expect.poll(() => folder.remains()).toEqual([]);
  });

  it("says why it cannot be used", async () => {
    const nowhere = await visit("/no/such/browser", page(""), AbortSignal.timeout(LIMIT_MS));
    expect(nowhere).toEqual({ unmade: "there is no /no/such/browser" });
    const other = await visit("/bin/true", page(""), AbortSignal.timeout(LIMIT_MS));
    expect(other).toMatchObject({ unmade: expect.stringContaining("the browser could not be used") });
  });
});
