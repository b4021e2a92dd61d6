import type { DashboardDays, DashboardOut } from "../core/contract-dashboard.ts";
import type { Receipt } from "../core/contract-resources.ts";
import { APPS_PROTOCOL, HostBridge } from "./bridge.ts";
import type { ViewSource } from "./source.ts";

/** What the host has told of the call whose result this page shows. */
export interface HostCall {
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly structured: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
  readonly text: string;
}

/** A host that shows the page. */
export interface Host {
  /** `null`: the host does not hand on what the page asks of the server. */
  readonly source: ViewSource | null;
  /** Calls back with the result of the tool, once it is there. */
  onCall(listener: (call: HostCall) => void): void;
}

/** Greets the host and follows its theme. Throws when it does not answer. */
export async function connectToHost(parent: Window): Promise<Host> {
  const listeners: ((call: HostCall) => void)[] = [];
  let given: Readonly<Record<string, unknown>> = {};
  let last: HostCall | null = null;
  const bridge = new HostBridge(parent, (method, params) => {
    if (method === "ui/notifications/tool-input") given = (params["arguments"] ?? {}) as typeof given;
    if (method === "ui/notifications/host-context-changed") applyContext(params);
    if (method !== "ui/notifications/tool-result") return;
    last = callOf(given, params);
    for (const listener of listeners) listener(last);
  });
  const { hostContext, hostCapabilities } = (await bridge.request("ui/initialize", {
    appInfo: { name: "signalbox", version: "1" },
    appCapabilities: {},
    protocolVersion: APPS_PROTOCOL,
  })) as Partial<Record<"hostContext" | "hostCapabilities", Readonly<Record<string, unknown>>>>;
  applyContext(hostContext ?? {});
  bridge.notify("ui/notifications/initialized");
  tellSize(bridge);
  return {
    source: hostCapabilities?.["serverResources"] === undefined ? null : resourcesOf(bridge),
    onCall: (listener) => {
      listeners.push(listener);
      if (last !== null) listener(last);
    },
  };
}

function resourcesOf(bridge: HostBridge): ViewSource {
  const read = async (uri: string): Promise<unknown> => {
    const { contents } = (await bridge.request("resources/read", { uri })) as {
      readonly contents: readonly { readonly text?: string }[];
    };
    return JSON.parse(contents[0]?.text ?? "null");
  };
  return {
    dashboard: async (days: DashboardDays) => (await read(`signalbox://dashboard/${days}`)) as DashboardOut,
    signOut: () => null,
    receipt: async (routeId) => (await read(`signalbox://routes/${encodeURIComponent(routeId)}`)) as Receipt,
  };
}

function callOf(given: HostCall["arguments"], result: Readonly<Record<string, unknown>>): HostCall {
  const content = (result["content"] ?? []) as readonly { readonly type: string; readonly text?: string }[];
  return {
    arguments: given,
    structured: (result["structuredContent"] ?? {}) as HostCall["structured"],
    isError: result["isError"] === true,
    text: content.map(({ text }) => text ?? "").join("\n"),
  };
}

function applyContext({ theme }: Readonly<Record<string, unknown>>): void {
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
}

/** The host gives the page the height that it needs. */
function tellSize(bridge: HostBridge): void {
  let told = 0;
  const tell = (): void => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    bridge.notify("ui/notifications/size-changed", { height });
  };
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
}
