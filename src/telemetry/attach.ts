import type { Service } from "../core/service.ts";
import type { NotifySettings } from "../core/notify-settings.ts";
import { readOtlpSettings } from "./otlp-settings.ts";
import { requestLog, type RequestLog } from "./request-log.ts";

/** What is listened with. Nothing of it is loaded that is not asked for. */
export interface TelemetryOptions {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `null`: the log does not reach down to requests. */
  readonly log: RequestLog | null;
  readonly notify: NotifySettings | null;
  readonly warn: (message: string) => void;
}

/** What is left to send gets so long when the process ends, milliseconds. */
const CLOSE_MS = 2000;

/** Listens to a service as the config and the environment ask for it, until the service is closed. */
export async function attachTelemetry(service: Service, options: TelemetryOptions): Promise<void> {
  const { version, env, log, notify, warn } = options;
  if (log !== null) service.observe(requestLog(log));
  const otlp = readOtlpSettings(env);
  for (const problem of otlp.problems) warn(problem);
  if (otlp.traces !== null || otlp.metrics !== null) {
    const { exportOverOtlp } = await import("./otlp.ts");
    const exporting = await exportOverOtlp(otlp, version);
    service.observe(exporting.observer, () => withinTime(exporting.close()));
  }
  if (notify !== null) {
    const { Webhook } = await import("./webhook.ts");
    const claim = (key: string, untilMs: number): Promise<boolean> => service.claimNotice(key, untilMs);
    const webhook = new Webhook({ settings: notify, claim, warn });
    service.observe(webhook.observer, () => webhook.close(CLOSE_MS));
  }
}

/** A collector that does not answer must not hold up the end of the process. */
async function withinTime(work: Promise<void>): Promise<void> {
  const late = new Promise<void>((resolve) => void setTimeout(resolve, CLOSE_MS).unref());
  await Promise.race([work, late]);
}
