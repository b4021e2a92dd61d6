/** What is sent to a collector, and how. The exporters read where to, headers, time-outs and certificates from the same variables. */
export interface OtlpSettings {
  readonly traces: OtlpProtocol | null;
  readonly metrics: OtlpProtocol | null;
  /** What cannot be done as the variables say it, each in a sentence. */
  readonly problems: readonly string[];
}

export type OtlpProtocol = "http/protobuf" | "http/json";

type Variables = Readonly<Record<string, string | undefined>>;

/** What the OTEL variables ask for; nothing without an endpoint: no one is told anything unasked. */
export function readOtlpSettings(env: Variables): OtlpSettings {
  const read = (name: string): string => env[name]?.trim() ?? "";
  const problems: string[] = [];
  const signal = (name: "TRACES" | "METRICS"): OtlpProtocol | null => {
    const own = `OTEL_EXPORTER_OTLP_${name}_ENDPOINT`;
    const variable = read(own) === "" ? "OTEL_EXPORTER_OTLP_ENDPOINT" : own;
    if (read(variable) === "" || read(`OTEL_${name}_EXPORTER`).toLowerCase() === "none") return null;
    // What it says is not repeated: it may hold a password.
    if (!isHttp(read(variable))) {
      problems.push(`${variable} is not a URL that begins with http:// or https://: no ${name.toLowerCase()} are sent`);
      return null;
    }
    const ownProtocol = `OTEL_EXPORTER_OTLP_${name}_PROTOCOL`;
    const protocolVariable = read(ownProtocol) === "" ? "OTEL_EXPORTER_OTLP_PROTOCOL" : ownProtocol;
    const protocol = read(protocolVariable).toLowerCase();
    if (protocol === "" || protocol === "http/protobuf") return "http/protobuf";
    if (protocol === "http/json") return "http/json";
    problems.push(`${protocolVariable} is neither http/protobuf nor http/json: no ${name.toLowerCase()} are sent`);
    return null;
  };
  if (read("OTEL_SDK_DISABLED").toLowerCase() === "true") return { traces: null, metrics: null, problems };
  return { traces: signal("TRACES"), metrics: signal("METRICS"), problems };
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);
}
