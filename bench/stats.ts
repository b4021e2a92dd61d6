/** The `share` quantile (0..1) of the samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Runs `work` `count` times, one after the other, and returns each duration in milliseconds. */
export async function timeEach(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startMs = performance.now();
    await work();
    samples.push(performance.now() - startMs);
  }
  return samples;
}

/** Calls per second with `inFlight` of them running at any time. */
export async function callsPerSecond(count: number, inFlight: number, work: () => Promise<unknown>): Promise<number> {
  let left = count;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left > 0) {
        left -= 1;
        await work();
      }
    }),
  );
  return (count / (performance.now() - startMs)) * 1000;
}

/** Runs `work` and returns what it gave, with the CPU time of this process meanwhile, microseconds: garbage collection, SQLite, all of it. */
export async function withCpu<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly cpuUs: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuUs: user + system };
}

export const ms = (value: number): string => `${value.toFixed(2)} ms`;
