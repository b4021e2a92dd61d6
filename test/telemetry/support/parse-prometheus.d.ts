declare module "parse-prometheus-text-format" {
  /** The families of a text in Prometheus' format. */
  export default function parsePrometheusTextFormat(text: string): unknown;
}
