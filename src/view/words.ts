import { formatUsd } from "../core/money.ts";

/** Amounts as people read them; they may be negative. */
export function usd(amount: number): string {
  return formatUsd(Math.round(amount * 1e9));
}

export function share(part: number | null): string {
  return part === null ? "–" : `${(part * 100).toFixed(1)}%`;
}

export function duration(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`;
}

export function count(many: number): string {
  return many.toLocaleString("en-US");
}

/** "2026-12-01 12:03" of an ISO time, UTC. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** "below_quality" as words. */
export function words(name: string): string {
  return name.replaceAll("_", " ");
}
