import type { NotifySettings } from "../core/notify-settings.ts";
import type { Environment } from "./environment.ts";
import type { Notify } from "./file.ts";
import type { Problems } from "./problem.ts";
import { requireSafeUrl } from "./url.ts";

/** The section `notify` and `SIGNALBOX_WEBHOOK_TOKEN`; `null` when the file names no webhook. */
export function readNotify(
  notify: Notify | undefined,
  environment: Environment,
  problems: Problems,
): NotifySettings | null {
  const token = environment.read("SIGNALBOX_WEBHOOK_TOKEN");
  if (token !== null && /[^\x21-\x7e]/u.test(token)) {
    const expected = "printable ASCII without blanks";
    problems.add(["SIGNALBOX_WEBHOOK_TOKEN"], "has characters that no header can carry", expected);
  }
  if (notify === undefined) return null;
  requireSafeUrl(["notify", "webhook_url"], notify.webhook_url, problems);
  return { webhookUrl: notify.webhook_url, token };
}
