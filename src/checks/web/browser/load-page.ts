import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { runAxe } from "./axe.ts";
import type { PageVisit, VisitOrder } from "./visit.ts";

/** A site that does not exist. It is https, so that the page has storage and the other features of secure pages. */
const SITE = "https://answer.invalid";
const LAUNCH_MS = 8_000;
const LOAD_MS = 5_000;
/** After its load event, a page may still build its content. */
const SETTLE_MS = 400;
const STEP_MS = 4_000;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 375, height: 800 };
const MOST = 20;
const MOST_NODES = 2_000;
const MOST_CHARS = 300;

/**
 * The page cannot reach the network: names do not resolve, every connection goes through a proxy that does not exist, and WebRTC cannot
 * bypass it. Before any of that, `serve` already answers or refuses each request.
 */
const NO_NETWORK = [
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--proxy-server=http://127.0.0.1:9",
  "--proxy-bypass-list=<-loopback>",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  // Its name in older versions.
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--disable-quic",
  "--dns-prefetch-disable",
  "--no-pings",
  "--disable-blink-features=WebTransport",
  "--disable-features=DnsOverHttps,AsyncDns,MediaRouter,OptimizationHints,Translate,WebBluetooth,WebUSB",
];
const LITTLE_MEMORY = "--js-flags=--max-old-space-size=512";

/** Loads a page in a browser with its sandbox on, and looks at it. Throws when the browser cannot be started. */
export async function visitPage(order: VisitOrder): Promise<PageVisit> {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: order.executable,
    chromiumSandbox: true,
    args: [...NO_NETWORK, LITTLE_MEMORY],
    timeout: LAUNCH_MS,
  });
  try {
    return await visitWith(browser, order);
  } finally {
    await Promise.race([browser.close(), sleep(2_000)]);
  }
}

async function visitWith(browser: Browser, order: VisitOrder): Promise<PageVisit> {
  const context = await browser.newContext({
    viewport: WIDE,
    acceptDownloads: false,
    serviceWorkers: "block",
    permissions: [],
  });
  const refused = new Set<string>();
  await serve(context, order, refused);
  const page = await context.newPage();
  // Windows that the page opens are closed at once.
  context.on("page", (other) => void (other === page ? undefined : other.close().catch(() => undefined)));
  page.on("dialog", (dialog) => void dialog.dismiss().catch(() => undefined));
  const errors: string[] = [];
  page.on("pageerror", (error) => {
    if (errors.length < MOST) errors.push(clip(error.message));
  });
  const seen = { errors, nodes: [], axe: [], overflowPx: 0, elements: 0 };
  const isLoaded = await page.goto(`${SITE}/`, { waitUntil: "load", timeout: LOAD_MS }).then(
    () => true,
    () => false,
  );
  if (isLoaded) await sleep(SETTLE_MS);
  const look = isLoaded ? await within(lookAt(page, context), null) : null;
  return { ...seen, ...look, loaded: look !== null, refused: [...refused].slice(0, MOST) };
}

/** Gives the page the files of the answer, and nothing else. */
async function serve(context: BrowserContext, { files }: VisitOrder, refused: Set<string>): Promise<void> {
  const refuse = (url: string): void => {
    if (refused.size < MOST) refused.add(clip(url));
  };
  await context.routeWebSocket(/.*/, (socket) => {
    refuse(socket.url());
    void socket.close().catch(() => undefined);
  });
  await context.route(/.*/, async (route) => {
    const url = new URL(route.request().url());
    const path = decodeURIComponent(url.pathname);
    const file = url.origin === SITE && Object.hasOwn(files, path) ? files[path] : undefined;
    if (file !== undefined) return route.fulfill({ contentType: file.type, body: file.content });
    // Browsers request an icon on their own.
    if (url.origin !== SITE || url.pathname !== "/favicon.ico") refuse(url.origin === SITE ? url.pathname : url.href);
    return route.abort("blockedbyclient");
  });
}

type Look = Pick<PageVisit, "nodes" | "axe" | "overflowPx" | "elements">;

async function lookAt(page: Page, context: BrowserContext): Promise<Look> {
  const session = await context.newCDPSession(page);
  const nodes = await accessibleNodes(session);
  const axe = await within(runAxe(session), []);
  await page.setViewportSize(PHONE);
  await sleep(100);
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "measure" });
  const measured = await session.send("Runtime.evaluate", {
    contextId: world.executionContextId,
    returnByValue: true,
    expression:
      "[document.documentElement.scrollWidth - document.documentElement.clientWidth, document.getElementsByTagName('*').length]",
  });
  const [overflowPx = 0, elements = 0] = (measured.result.value ?? []) as readonly number[];
  return { nodes, axe, overflowPx: Math.max(0, overflowPx), elements };
}

/** Roles and names as the browser reports them to assistive technology. */
async function accessibleNodes(session: CDPSession): Promise<Look["nodes"]> {
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({ role: String(role?.value ?? ""), name: clip(String(name?.value ?? "")) }))
    .filter(
      ({ role }) =>
        /^[a-z]+$/i.test(role) && !/^(?:StaticText|InlineTextBox|RootWebArea|generic|none|LineBreak)$/.test(role),
    )
    .slice(0, MOST_NODES);
}

/** The result of a step, or `otherwise` when the page keeps the browser too busy. */
async function within<T>(step: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([step.catch(() => otherwise), sleep(STEP_MS, otherwise, { ref: false })]);
}

function clip(text: string): string {
  return text.slice(0, MOST_CHARS).toWellFormed();
}
