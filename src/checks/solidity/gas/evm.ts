import { toHex } from "./abi.ts";

/** A message to a contract from outside. */
export interface Message {
  readonly from: bigint;
  /** `null`: it deploys. */
  readonly to: bigint | null;
  readonly data: Uint8Array;
  readonly value: bigint;
  readonly timestamp: bigint;
  readonly number: bigint;
  /** How much gas it may use; without it what is plenty for a call, or for a deployment. */
  readonly gas?: bigint;
}

/** Everything that a caller can observe of a call. */
export interface EvmOutcome {
  readonly ok: boolean;
  /** Whether it ran out of gas: nothing can be concluded from that. */
  readonly outOfGas: boolean;
  /** Hex: what was returned, or the data of the revert. */
  readonly data: string;
  readonly logs: readonly string[];
  /** Calls to other accounts that may change state, in order. */
  readonly calls: readonly string[];
  /** Whether its code called, or tried to call, another account. */
  readonly callsOthers: boolean;
  /** Gas that the sender would pay for, including the base fee and the input. */
  readonly gas: bigint;
  readonly created: bigint | null;
}

/** Two numbers that the code has compared. */
export type ComparedPair = readonly [bigint, bigint];

/** An EVM with a chain of its own. */
export interface Machine {
  send(message: Message): Promise<EvmOutcome>;
  balanceOf(address: bigint): Promise<bigint>;
  /** Gives an account money. */
  fund(address: bigint, balance: bigint): Promise<void>;
  setCode(address: bigint, code: Uint8Array): Promise<void>;
  /** A word of an account's storage. */
  storageAt(address: bigint, slot: bigint): Promise<bigint>;
  /** The comparisons made since the last call of this. */
  takeCompared(): readonly ComparedPair[];
  /** Remembers the state, until it is either restored or what came since is kept; nests. */
  snapshot(): Promise<void>;
  rollBack(): Promise<void>;
  keep(): Promise<void>;
}

/** A call that needs more fails. Loops over long arrays stay below it. */
export const CALL_GAS = 3_000_000n;
const DEPLOY_GAS = 12_000_000n;
const MAX_COMPARED = 400;
const ADDRESS_MASK = (1n << 160n) - 1n;

export async function loadMachines(): Promise<() => Promise<Machine>> {
  const [common, evm, state, util] = await Promise.all([
    import("@ethereumjs/common"),
    import("@ethereumjs/evm"),
    import("@ethereumjs/statemanager"),
    import("@ethereumjs/util"),
  ]);
  type RunState = { readonly stack: { popN(count: number): bigint[]; push(value: bigint): void } };
  const addressOf = (address: bigint) =>
    new util.Address(util.hexToBytes(`0x${address.toString(16).padStart(40, "0")}`));

  return async () => {
    const chain = new common.Common({ chain: common.Mainnet, hardfork: common.Hardfork.Prague });
    const stateManager = new state.SimpleStateManager({ common: chain });
    let compared: ComparedPair[] = [];
    // Good test inputs are the numbers that the code compares its input with: the handlers of the comparison opcodes record them.
    const comparing = (opcode: number, opcodeName: string, holds: (a: bigint, b: bigint) => boolean) => ({
      opcode,
      opcodeName,
      baseFee: 3,
      logicFunction: (run: RunState): void => {
        const [a = 0n, b = 0n] = run.stack.popN(2);
        if (compared.length < MAX_COMPARED) compared.push([a, b]);
        run.stack.push(holds(a, b) ? 1n : 0n);
      },
    });
    const machine = await evm.createEVM({
      common: chain,
      stateManager,
      allowUnlimitedContractSize: true,
      allowUnlimitedInitCodeSize: true,
      customOpcodes: [
        comparing(0x10, "LT", (a, b) => a < b),
        comparing(0x11, "GT", (a, b) => a > b),
        comparing(0x14, "EQ", (a, b) => a === b),
      ],
    });
    let calls: string[] = [];
    let own = "";
    let callsOthers = false;
    machine.events.on("beforeMessage", (message) => {
      callsOthers ||= message.depth > 0 && message.to !== undefined && !message.delegatecall;
      if (message.depth === 0 || message.isStatic || message.delegatecall || message.to === undefined) return;
      const to = message.to.toString();
      if (to !== own) calls.push(`${to} ${message.value} ${toHex(message.data)}`);
    });

    return {
      async send({ from, to, data, value, timestamp, number, gas }) {
        calls = [];
        callsOthers = false;
        own = to === null ? "" : addressOf(to).toString();
        const gasLimit = gas ?? (to === null ? DEPLOY_GAS : CALL_GAS);
        const { execResult, createdAddress } = await machine.runCall({
          caller: addressOf(from),
          origin: addressOf(from),
          ...(to === null ? {} : { to: addressOf(to) }),
          data,
          value,
          gasLimit,
          gasPrice: 1_000_000_000n,
          block: blockAt(timestamp, number, addressOf(0xc0ffeen)),
        });
        await machine.journal.cleanup();
        stateManager.originalStorageCache.clear();
        machine.transientStorage.clear();
        const error = execResult.exceptionError?.error;
        const ok = error === undefined;
        const used = execResult.executionGasUsed + inputGas(data, to === null);
        const refund = execResult.gasRefund ?? 0n;
        return {
          ok,
          outOfGas: error === evm.EVMError.errorMessages.OUT_OF_GAS,
          data: toHex(execResult.returnValue),
          logs: ok
            ? (execResult.logs ?? []).map(([address, topics, bytes]) =>
                [address, ...topics, bytes].map(toHex).join(" "),
              )
            : [],
          calls: ok ? calls : [],
          callsOthers,
          gas: used - (refund < used / 5n ? refund : used / 5n),
          created: createdAddress === undefined || !ok ? null : BigInt(createdAddress.toString()) & ADDRESS_MASK,
        };
      },
      async balanceOf(address) {
        return (await stateManager.getAccount(addressOf(address)))?.balance ?? 0n;
      },
      async fund(address, balance) {
        const account = (await stateManager.getAccount(addressOf(address))) ?? new util.Account(1n);
        account.balance = balance;
        await stateManager.putAccount(addressOf(address), account);
      },
      async setCode(address, code) {
        await stateManager.putCode(addressOf(address), code);
      },
      async storageAt(address, slot) {
        const key = util.hexToBytes(`0x${slot.toString(16).padStart(64, "0")}`);
        return BigInt(`0x${toHex(await stateManager.getStorage(addressOf(address), key)) || "0"}`);
      },
      takeCompared() {
        const taken = compared;
        compared = [];
        return taken;
      },
      snapshot: () => stateManager.checkpoint(),
      keep: () => stateManager.commit(),
      async rollBack() {
        await stateManager.revert();
        stateManager.originalStorageCache.clear();
      },
    };
  };
}

function blockAt<A>(timestamp: bigint, number: bigint, coinbase: A) {
  const header = {
    number,
    coinbase,
    timestamp,
    difficulty: 0n,
    prevRandao: new Uint8Array(32).fill(7),
    gasLimit: 30_000_000n,
    baseFeePerGas: 1_000_000n,
    getBlobGasPrice: () => 1n,
  };
  return { header };
}

/** What every transaction costs before its code runs. */
function inputGas(data: Uint8Array, deploys: boolean): bigint {
  let gas = 21_000 + (deploys ? 32_000 + 2 * Math.ceil(data.length / 32) : 0);
  for (const byte of data) gas += byte === 0 ? 4 : 16;
  return BigInt(gas);
}
