/** How `signalbox serve --http` guards itself. All of it comes from the config file and the environment, nothing from a request. */
export interface HttpSettings {
  /** `SIGNALBOX_HTTP_TOKEN`: its sender is the owner. A secret. `null`: there is none. */
  readonly token: string | null;
  /** `null`: no tokens of an authorization server are taken. */
  readonly oauth: OAuthSettings | null;
  /** Names, beside those of this machine, under which the server may be addressed. Lower case, without a port. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may use the server, as browsers write them: "https://app.example.com". */
  readonly allowedOrigins: readonly string[];
  /** Per token. */
  readonly requestsPerMinute: number;
  /** Sessions of old clients at one time, of all principals together. */
  readonly maxSessions: number;
  /** A session that was not used for so long ends. */
  readonly sessionIdleMs: number;
  /** A server that is to stop says so at `/health` for so long before it refuses calls: a load balancer looks there now and then. */
  readonly drainNoticeMs: number;
  /** Calls that run when it refuses new ones get so long. */
  readonly drainMs: number;
}

/** The authorization server whose tokens are taken: this server is its OAuth 2.1 resource server. */
export interface OAuthSettings {
  /** `iss` of its tokens. */
  readonly issuer: string;
  /** `aud` of the tokens that are meant for this server: usually its URL. */
  readonly audience: string;
  /** Where its public keys are. */
  readonly jwksUrl: string;
}

export const DEFAULT_HTTP_SETTINGS: HttpSettings = {
  token: null,
  oauth: null,
  allowedHosts: [],
  allowedOrigins: [],
  requestsPerMinute: 600,
  maxSessions: 1000,
  sessionIdleMs: 1_800_000,
  drainNoticeMs: 0,
  drainMs: 10_000,
};
