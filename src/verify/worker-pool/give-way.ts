import { platform, setPriority } from "node:os";

const LOW_PRIORITY = 10;

/** From now on this thread, and those that it starts, run when others leave them time. It cannot be taken back. */
export function giveWay(): void {
  // Elsewhere a priority is that of the whole process.
  if (platform() !== "linux") return;
  try {
    setPriority(0, LOW_PRIORITY);
  } catch {
    // Not allowed here: then it takes its turn as all others do.
  }
}
