import type { ProviderId } from "./model.ts";
import type { ProviderKind } from "./vendors.ts";

/** A secret, or where it is read when the first call needs it: what a program prints, or what a file holds. */
export type ApiKey =
  | string
  | { readonly command: readonly [program: string, ...args: string[]] }
  | { readonly file: string };

/** The way out. `null`: straight. */
export interface ProxySettings {
  /** For `http:` addresses. */
  readonly http: string | null;
  /** For `https:` addresses. */
  readonly https: string | null;
  /** Hosts that are reached straight, as in `NO_PROXY`. */
  readonly except: string;
  /** Addresses of this machine go through the proxy as well. */
  readonly loopback: boolean;
}

/** How an endpoint is reached and spoken to. */
export interface EndpointSettings {
  /** Names the provider in models, receipts and messages. */
  readonly id: ProviderId;
  readonly kind: ProviderKind;
  /** `null`: the vendor's own. A version at its end ("/v1") may be there or not. */
  readonly baseUrl: string | null;
  /** Sent with every call, and never shown: they may be secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in the body of every call beside what Signalbox sends. */
  readonly params: Readonly<Record<string, unknown>>;
  /** False: the answer comes as one JSON body. */
  readonly stream: boolean;
  /** The name under which the endpoint knows the output limit; `null`: the kind's own. */
  readonly limitParam: "max_tokens" | "max_completion_tokens" | null;
  readonly proxy: ProxySettings | null;
  /** Of Azure, Bedrock and Vertex. */
  readonly apiVersion: string | null;
  readonly region: string | null;
  readonly project: string | null;
}
