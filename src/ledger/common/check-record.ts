import type { CheckResult, Finding } from "../../checks/kit/check-result.ts";

type KeptOfCheck = Partial<Pick<CheckResult, "looked" | "findings" | "evidence" | "measured" | "bought">>;

/** A table of measurements is a few thousand characters; what is far beyond that is not kept. */
const MAX_MEASURED_CHARS = 20_000;

/** What is kept of a check beside its name, its result and its detail. */
export function keptOf({ looked, findings, evidence, measured, bought }: CheckResult): KeptOfCheck {
  const kept = JSON.stringify(measured ?? null).length > MAX_MEASURED_CHARS ? undefined : measured;
  return {
    ...(looked === undefined ? {} : { looked }),
    // What a model repairs by is in the detail of the attempt that it made.
    ...(findings.length === 0 ? {} : { findings: findings.map(withoutRepair) }),
    ...(evidence.length === 0 ? {} : { evidence }),
    ...(kept === undefined ? {} : { measured: kept }),
    ...(bought === undefined ? {} : { bought }),
  };
}

function withoutRepair({ rule, certainty, severity, message }: Finding): Finding {
  return { rule, certainty, severity, message };
}
