import { valueAt, type SharedVariable } from "./storage-variables.ts";
import type { Rig } from "./twin-deployment.ts";

/** Those of the variables that hold the same in both. What begins with another value is kept in another way. */
export async function agreeing(rig: Rig, variables: readonly SharedVariable[]): Promise<readonly SharedVariable[]> {
  const same: SharedVariable[] = [];
  for (const variable of variables) {
    const [was, is] = await valuesOf(rig, variable);
    if (was === is) same.push(variable);
  }
  return same;
}

/** The first of the variables that does not hold the same in both, in words. */
export async function storageDifference(rig: Rig, variables: readonly SharedVariable[]): Promise<string | null> {
  for (const variable of variables) {
    const [was, is] = await valuesOf(rig, variable);
    if (was !== is) return `afterwards ${variable.name} is ${was} in the original's storage and ${is} in the answer's`;
  }
  return null;
}

async function valuesOf(rig: Rig, { before, after }: SharedVariable): Promise<readonly [bigint, bigint]> {
  const [was, is] = await rig.storageAt(before.slot, after.slot);
  return [valueAt(was, before), valueAt(is, after)];
}
