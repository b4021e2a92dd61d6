import { asFields, asText } from "./shape.ts";

/**
 * How long the vendor asks us to wait, milliseconds, or `null`. In order: `retry-after-ms` (OpenAI), `retry-after` as seconds
 * or as an HTTP date, `RetryInfo.retryDelay` ("12.5s") among Gemini's error details.
 */
export function retryAfterOf(headers: Headers | null, details: readonly unknown[]): number | null {
  return (
    positive(headers?.get("retry-after-ms"), 1) ??
    positive(headers?.get("retry-after"), 1000) ??
    untilDate(headers) ??
    retryInfo(details)
  );
}

function positive(text: string | null | undefined, factor: number): number | null {
  if (text === null || text === undefined || !/^\d{1,9}(?:\.\d+)?$/.test(text.trim())) return null;
  return Math.ceil(Number(text) * factor);
}

/** Measured by the vendor's own clock where it sent its `date`: ours may be wrong. */
function untilDate(headers: Headers | null): number | null {
  const untilMs = Date.parse(headers?.get("retry-after") ?? "");
  if (Number.isNaN(untilMs)) return null;
  const sentMs = Date.parse(headers?.get("date") ?? "");
  return Math.max(0, untilMs - (Number.isNaN(sentMs) ? Date.now() : sentMs));
}

function retryInfo(details: readonly unknown[]): number | null {
  const delays = details.map((detail) => /^(.+)s$/.exec(asText(asFields(detail)?.["retryDelay"]))?.[1]);
  return positive(
    delays.find((delay) => delay !== undefined),
    1000,
  );
}
