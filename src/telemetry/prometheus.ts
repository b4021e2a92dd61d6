import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import type { EventObserver } from "../core/events.ts";
import { countOn } from "./instruments.ts";
import { SCOPE_NAME } from "./names.ts";
import { resourceOf } from "./otlp.ts";

/** The metrics of this process as Prometheus reads them. */
export interface PrometheusMetrics {
  readonly observer: EventObserver;
  /** In the text format 0.0.4. */
  text(): Promise<string>;
  close(): Promise<void>;
}

export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Collects when it is asked: Prometheus pulls. */
class PullReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** Counts from now on. */
export function prometheusMetrics(version: string): PrometheusMetrics {
  const reader = new PullReader();
  const provider = new MeterProvider({ resource: resourceOf(version), readers: [reader] });
  const serializer = new PrometheusSerializer();
  return {
    observer: countOn(provider.getMeter(SCOPE_NAME, version)),
    text: async () => serializer.serialize((await reader.collect()).resourceMetrics),
    close: () => provider.shutdown(),
  };
}
