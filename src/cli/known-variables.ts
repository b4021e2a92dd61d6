import { VENDORS } from "../core/vendors.ts";

/** Variables that Signalbox and Node read and that are no secrets, unless an address in them holds a password. */
export const PLAIN_VARIABLES: readonly string[] = [
  ...Object.values(VENDORS).map(({ baseUrlVariable }) => baseUrlVariable),
  "SIGNALBOX_CONFIG",
  "XDG_CONFIG_HOME",
  "SIGNALBOX_DB",
  "SIGNALBOX_DB_LISTEN",
  "SIGNALBOX_LOG",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_PROTOCOL",
  "OTEL_SERVICE_NAME",
  ...["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
  "NODE_EXTRA_CA_CERTS",
];

/** Variables of the public contract that are set to nothing: they count as not set, which is worth saying. */
export function blankVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const keys = Object.values(VENDORS).flatMap((vendor) => vendor.keyVariables);
  return [...keys, ...PLAIN_VARIABLES].filter((name) => env[name]?.trim() === "");
}
