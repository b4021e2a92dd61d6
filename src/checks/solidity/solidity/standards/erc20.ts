import { DEPLOYER, PEOPLE } from "../../gas/actors.ts";
import { acquire, openUp } from "../run/acquire.ts";
import { numberIn, type TrialWorld } from "../run/world.ts";
import {
  broken,
  held,
  judged,
  logs,
  open,
  sendTo,
  succeeded,
  theft,
  type Behaviour,
  type Standard,
} from "./standard.ts";

const TRANSFER = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
const APPROVAL = "8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925";
const [, ALICE = 0n, BOB = 0n, CAROL = 0n] = PEOPLE;

export const ERC20: Standard = {
  name: "ERC20",
  title: "ERC-20",
  functions: [
    "totalSupply()",
    "balanceOf(address)",
    "transfer(address,uint256)",
    "allowance(address,address)",
    "approve(address,uint256)",
    "transferFrom(address,address,uint256)",
  ],
  events: ["Transfer(address,address,uint256)", "Approval(address,address,uint256)"],
  marks: ["balanceOf(address)", "transfer(address,uint256)"],
  tryOut,
};

/** Gives Alice tokens: the deployer's, else what some function hands out. Her balance, or `null`. */
export async function endow(world: TrialWorld, prices: readonly bigint[]): Promise<bigint | null> {
  const balance = (): Promise<bigint | null> => balanceOf(world, ALICE);
  const share = ((await balanceOf(world, DEPLOYER)) ?? 0n) / 10n;
  if (share > 0n) {
    await sendTo(world, "transfer(address,uint256)", [ALICE, share], DEPLOYER);
    if (((await balance()) ?? 0n) === 0n) {
      await openUp(world);
      await sendTo(world, "transfer(address,uint256)", [ALICE, share], DEPLOYER);
    }
  }
  if (((await balance()) ?? 0n) === 0n) await acquire(world, prices, balance);
  const held = await balance();
  return held === null || held === 0n ? null : held;
}

export async function balanceOf(world: TrialWorld, account: bigint): Promise<bigint | null> {
  return numberIn(await world.look("balanceOf(address)", [account]));
}

async function tryOut(world: TrialWorld, prices: readonly bigint[]): Promise<readonly Behaviour[]> {
  const has = await endow(world, prices);
  if (has === null) return [open("an account can come to hold the token")];
  const moved = await world.within(() => moves(world, has));
  if (moved[0]?.held === null) {
    await openUp(world);
    return [...(await world.within(() => moves(world, has))), ...(await spends(world, has))];
  }
  return [...moved, ...(await spends(world, has))];
}

/** What `transfer` does. */
async function moves(world: TrialWorld, has: bigint): Promise<readonly Behaviour[]> {
  const amount = has / 4n === 0n ? 1n : has / 4n;
  const found: Behaviour[] = [];
  const [before, supply] = [(await balanceOf(world, BOB)) ?? 0n, numberIn(await world.look("totalSupply()"))];
  const sent = await sendTo(world, "transfer(address,uint256)", [BOB, amount], ALICE);
  const rule = "transfer moves the amount";
  if (sent === null || !sent.ok) return [open(rule)];
  const [left, got] = [(await balanceOf(world, ALICE)) ?? 0n, ((await balanceOf(world, BOB)) ?? 0n) - before];
  if (got > amount) found.push(theft(rule, `transfer of ${amount} credits ${got}`));
  else if (left >= has)
    found.push(
      got > 0n
        ? theft(rule, `transfer of ${amount} takes nothing from the sender`)
        : broken(rule, `transfer succeeds and moves nothing`),
    );
  else found.push(judged(rule, got === amount && left === has - amount ? true : null, ""));
  const event = "transfer emits Transfer";
  const isLogged = logs(sent, TRANSFER, [ALICE, BOB]);
  found.push(judged(event, isLogged, "transfer emits no Transfer event"));
  found.push(judged("transfer returns true", /^0{63}1$/.test(sent.data), "transfer does not return true"));
  const after = numberIn(await world.look("totalSupply()"));
  if (supply !== null && after !== null && got === amount)
    found.push(
      judged("transfer keeps the supply", supply === after, `transfer changes totalSupply from ${supply} to ${after}`),
    );
  found.push(await overdraw(world, left), await toItself(world, left));
  return found;
}

async function overdraw(world: TrialWorld, has: bigint): Promise<Behaviour> {
  const rule = "no more than the balance can be transferred";
  return world.within(async () => {
    const before = (await balanceOf(world, CAROL)) ?? 0n;
    await sendTo(world, "transfer(address,uint256)", [CAROL, has + 1n], ALICE);
    const got = ((await balanceOf(world, CAROL)) ?? 0n) - before;
    return got > has ? theft(rule, `an account with ${has} transfers ${got}`) : held(rule);
  });
}

async function toItself(world: TrialWorld, has: bigint): Promise<Behaviour> {
  const rule = "a transfer to oneself makes nothing";
  if (has === 0n) return open(rule);
  return world.within(async () => {
    await sendTo(world, "transfer(address,uint256)", [ALICE, has], ALICE);
    const after = (await balanceOf(world, ALICE)) ?? 0n;
    return after > has ? theft(rule, `a transfer to oneself turns ${has} into ${after}`) : held(rule);
  });
}

/** What `approve` and `transferFrom` do. */
async function spends(world: TrialWorld, has: bigint): Promise<readonly Behaviour[]> {
  const amount = has / 4n === 0n ? 1n : has / 4n;
  const move = "transferFrom(address,address,uint256)";
  const found: Behaviour[] = [];
  const allowance = async (): Promise<bigint | null> =>
    numberIn(await world.look("allowance(address,address)", [ALICE, CAROL]));
  const unasked = "without an allowance nothing can be moved";
  if (!world.has(move)) return [];
  found.push(
    await world.within(async () => {
      await sendTo(world, move, [ALICE, CAROL, amount], CAROL);
      const left = (await balanceOf(world, ALICE)) ?? 0n;
      return left < has
        ? theft(unasked, `transferFrom moves ${has - left} of a holder who approved nothing`)
        : held(unasked);
    }),
  );
  const approved = await sendTo(world, "approve(address,uint256)", [CAROL, amount], ALICE);
  const rule = "approve sets the allowance";
  if (approved === null || !approved.ok) return [...found, open(rule)];
  const allowed = await allowance();
  found.push(
    judged(
      rule,
      allowed === null ? null : allowed === amount,
      `after approve of ${amount} the allowance is ${allowed}`,
    ),
  );
  found.push(
    judged("approve emits Approval", logs(approved, APPROVAL, [ALICE, CAROL]), "approve emits no Approval event"),
  );
  const beyond = "no more than the allowance can be moved";
  found.push(
    await world.within(async () => {
      await sendTo(world, move, [ALICE, BOB, amount + 1n], CAROL);
      const left = (await balanceOf(world, ALICE)) ?? 0n;
      return has - left > amount
        ? theft(beyond, `with an allowance of ${amount}, ${has - left} are moved`)
        : held(beyond);
    }),
  );
  const before = (await balanceOf(world, BOB)) ?? 0n;
  const sent = await sendTo(world, move, [ALICE, BOB, amount], CAROL);
  const moved = "transferFrom moves within the allowance";
  if (!succeeded(sent) || sent === null) return [...found, open(moved)];
  const got = ((await balanceOf(world, BOB)) ?? 0n) - before;
  if (got > amount) found.push(theft(moved, `transferFrom of ${amount} credits ${got}`));
  else found.push(judged(moved, got === amount ? true : null, ""));
  const left = await allowance();
  const consumed = "transferFrom consumes the allowance";
  if (left !== null && allowed !== null && left >= allowed)
    found.push(theft(consumed, `after transferFrom of ${amount} the allowance is still ${left}`));
  else found.push(judged(consumed, left === 0n ? true : null, ""));
  return found;
}
