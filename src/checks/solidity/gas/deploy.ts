import type { CompiledContract } from "../solidity/compile.ts";
import { encode, fromHex, joined, shown } from "./abi.ts";
import { DEPLOYER } from "./actors.ts";
import { nearby, variationsOf, type CallVariant } from "./call-variants.ts";
import type { Divergence } from "./comparison.ts";
import { drawAll, type Pool } from "./random-arguments.ts";
import type { Machine } from "./evm.ts";
import type { Meter } from "./gas-meter.ts";
import type { Random } from "./random.ts";
import type { CompareOptions } from "./revert-data.ts";
import { deployTwins, type Twins } from "./twin-deployment.ts";

export interface Deployment {
  /** `null`: no arguments were found with which the original can be deployed. */
  readonly twins: Twins | null;
  readonly step: string | null;
  readonly divergence: Divergence | null;
}

interface Setting {
  readonly make: () => Promise<Machine>;
  readonly before: CompiledContract;
  readonly after: CompiledContract;
  readonly random: Random;
  readonly pool: Pool;
  readonly options: CompareOptions;
  readonly meter: Meter;
}

export const START_S = 1_760_000_000n;
const BLOCK = 1000n;
const MAX_DEPLOYS = 40;
const MIN_DEPLOYS = 10;
const MAX_QUEUE = 60;
const HOPELESS = 3;

/** Deploys both. Keeps the first deployment that succeeds, and tries more arguments to test the constructor's own conditions. */
export async function deployBoth(setting: Setting): Promise<Deployment> {
  const { make, before, after, random, pool, options, meter } = setting;
  const constructor = before.abi.find(({ type }) => type === "constructor");
  const inputs = constructor?.inputs ?? [];
  const takesMoney = constructor?.stateMutability === "payable";
  const queue: CallVariant[] = [];
  let deployed: { readonly twins: Twins; readonly step: string } | null = null;
  for (let turn = 0; turn < MAX_DEPLOYS; turn += 1) {
    if (deployed !== null && (inputs.length === 0 || turn >= MIN_DEPLOYS)) break;
    if (deployed === null && inputs.length === 0 && turn >= HOPELESS) break;
    const drawn = (): CallVariant => ({
      args: drawAll(inputs, pool, random),
      from: DEPLOYER,
      value: takesMoney && random.chance(0.6) ? 10n ** 18n : 0n,
      timestamp: START_S,
    });
    const attempt = (random.chance(0.5) ? queue.shift() : null) ?? drawn();
    const args = encode(inputs, attempt.args);
    const code = { before: joined([fromHex(before.bytecode), args]), after: joined([fromHex(after.bytecode), args]) };
    const message = { from: DEPLOYER, value: attempt.value, timestamp: START_S, number: BLOCK };
    const result = await deployTwins(make, code, message, options);
    const list = inputs.map((each, index) => shown(each, attempt.args[index] ?? 0n)).join(", ");
    const step = `deploy ${before.name}(${list})${attempt.value > 0n ? ` with ${attempt.value} wei` : ""}`;
    const both = "twins" in result ? result.twins.deployment : result.failed;
    if (both.difference !== null) {
      return {
        twins: null,
        step,
        divergence: { signature: "constructor", difference: both.difference, steps: [step] },
      };
    }
    const near = random.shuffled(nearby(attempt, result.compared, takesMoney).exact).slice(0, 6);
    queue.unshift(...near, ...("twins" in result ? variationsOf(attempt, inputs).slice(2, 6) : []));
    queue.length = Math.min(queue.length, MAX_QUEUE);
    if (!("twins" in result)) continue;
    meter.deploy(both.before.gas, both.after.gas);
    deployed ??= { twins: result.twins, step };
  }
  return { twins: deployed?.twins ?? null, step: deployed?.step ?? null, divergence: null };
}
