import { valueAt, type SharedVariable } from "./storage-variables.ts";
import type { Twins } from "./twin-deployment.ts";

/** The variables with equal values in both. A variable that starts with another value is stored in another form. */
export async function agreeing(twins: Twins, variables: readonly SharedVariable[]): Promise<readonly SharedVariable[]> {
  const same: SharedVariable[] = [];
  for (const variable of variables) {
    const [was, is] = await valuesOf(twins, variable);
    if (was === is) same.push(variable);
  }
  return same;
}

/** The first variable with different values in both, in words. */
export async function storageDifference(twins: Twins, variables: readonly SharedVariable[]): Promise<string | null> {
  for (const variable of variables) {
    const [was, is] = await valuesOf(twins, variable);
    if (was !== is) return `afterwards ${variable.name} is ${was} in the original's storage and ${is} in the answer's`;
  }
  return null;
}

async function valuesOf(twins: Twins, { before, after }: SharedVariable): Promise<readonly [bigint, bigint]> {
  const [was, is] = await twins.storageAt(before.slot, after.slot);
  return [valueAt(was, before), valueAt(is, after)];
}
