import { fromHex, joined } from "../../gas/abi.ts";
import { PEOPLE } from "../../gas/actors.ts";
import { TOKEN } from "../run/token.ts";
import { numberIn, type TrialWorld } from "../run/world.ts";
import { judged, open, sendTo, theft, type Behaviour, type Standard } from "./standard.ts";

const [, ALICE = 0n, BOB = 0n, CAROL = 0n] = PEOPLE;
const DEPOSIT = "deposit(uint256,address)";
const WITHDRAW = "withdraw(uint256,address,address)";
const REDEEM = "redeem(uint256,address,address)";
const AMOUNT = 1000n * 10n ** 18n;

export const ERC4626: Standard = {
  name: "ERC4626",
  title: "ERC-4626",
  functions: [
    "asset()",
    "totalAssets()",
    "convertToShares(uint256)",
    "convertToAssets(uint256)",
    DEPOSIT,
    "mint(uint256,address)",
    WITHDRAW,
    REDEEM,
    "balanceOf(address)",
    "totalSupply()",
  ],
  events: ["Deposit(address,address,uint256,uint256)", "Withdraw(address,address,address,uint256,uint256)"],
  marks: ["totalAssets()", "convertToShares(uint256)", DEPOSIT],
  tryOut,
};

async function shares(world: TrialWorld, account: bigint): Promise<bigint> {
  return numberIn(await world.look("balanceOf(address)", [account])) ?? 0n;
}

async function assets(world: TrialWorld, account: bigint): Promise<bigint> {
  const data = joined([fromHex("70a08231"), fromHex(account.toString(16).padStart(64, "0"))]);
  const { data: returned } = await world.machine.send({
    from: account,
    to: TOKEN,
    data,
    value: 0n,
    timestamp: world.nowS,
    number: 1n,
  });
  return numberIn(returned) ?? 0n;
}

async function tryOut(world: TrialWorld): Promise<readonly Behaviour[]> {
  const rule = "deposit takes assets and gives shares";
  const before = await assets(world, ALICE);
  const sent = await sendTo(world, DEPOSIT, [AMOUNT, ALICE], ALICE);
  if (sent === null || !sent.ok) return [open(rule)];
  const [has, paid] = [await shares(world, ALICE), before - (await assets(world, ALICE))];
  const found: Behaviour[] = [
    judged(rule, has > 0n && paid === AMOUNT, `deposit of ${AMOUNT} takes ${paid} and gives ${has} shares`),
  ];
  if (has === 0n) return found;
  await sendTo(world, DEPOSIT, [AMOUNT, BOB], BOB);
  const strange = "without an allowance no account redeems another's shares";
  for (const signature of [REDEEM, WITHDRAW]) {
    const left = await world.within(async () => {
      await sendTo(world, signature, [has / 2n, CAROL, ALICE], CAROL);
      return shares(world, ALICE);
    });
    const name = signature.split("(", 1)[0] ?? "";
    found.push(
      left < has
        ? theft(strange, `${name} lets any account take out the assets of another`)
        : judged(strange, true, ""),
    );
  }
  const back = await world.within(async () => {
    const now = await assets(world, ALICE);
    const redeemed = await sendTo(world, REDEEM, [has, ALICE, ALICE], ALICE);
    return redeemed?.ok === true ? (await assets(world, ALICE)) - now : null;
  });
  found.push(
    judged(
      "redeem gives the assets back",
      back === null ? null : back <= AMOUNT && back >= (AMOUNT * 9n) / 10n,
      `redeem of all shares gives ${back} of ${AMOUNT}`,
    ),
  );
  return found;
}
