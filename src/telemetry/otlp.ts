import {
  type Resource,
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { EventObserver } from "../core/events.ts";
import { countOn } from "./instruments.ts";
import { SCOPE_NAME } from "./names.ts";
import type { OtlpProtocol, OtlpSettings } from "./otlp-settings.ts";
import { traceOn } from "./spans.ts";

/** Who hears events, and how the last of what was heard is sent. */
export interface Exporting {
  readonly observer: EventObserver;
  /** Sends what is left and ends. Never rejects. */
  close(): Promise<void>;
}

/** Sends traces and metrics to a collector, by OTLP over HTTP. The collector's trouble is never a request's trouble. */
export async function exportOverOtlp({ traces, metrics }: OtlpSettings, version: string): Promise<Exporting> {
  const resource = resourceOf(version);
  const observers: EventObserver[] = [];
  const ends: (() => Promise<void>)[] = [];
  if (traces !== null) {
    const exporter = await traceExporter(traces);
    const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
    observers.push(traceOn(provider.getTracer(SCOPE_NAME, version)));
    ends.push(() => provider.shutdown());
  }
  if (metrics !== null) {
    const exporter = await metricExporter(metrics);
    const provider = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter })] });
    observers.push(countOn(provider.getMeter(SCOPE_NAME, version)));
    ends.push(() => provider.shutdown());
  }
  return {
    observer: (event) => observers.forEach((observer) => observer(event)),
    close: async () => {
      await Promise.allSettled(ends.map((end) => end()));
    },
  };
}

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` win over our own name. */
export function resourceOf(version: string): Resource {
  return defaultResource()
    .merge(resourceFromAttributes({ "service.name": "signalbox", "service.version": version }))
    .merge(detectResources({ detectors: [envDetector] }));
}

async function traceExporter(protocol: OtlpProtocol) {
  if (protocol === "http/json") {
    const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
    return new OTLPTraceExporter();
  }
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-proto");
  return new OTLPTraceExporter();
}

async function metricExporter(protocol: OtlpProtocol) {
  const temporalityPreference = AggregationTemporality.CUMULATIVE;
  if (protocol === "http/json") {
    const { OTLPMetricExporter } = await import("@opentelemetry/exporter-metrics-otlp-http");
    return new OTLPMetricExporter({ temporalityPreference });
  }
  const { OTLPMetricExporter } = await import("@opentelemetry/exporter-metrics-otlp-proto");
  return new OTLPMetricExporter({ temporalityPreference });
}
