/** What the demo wants of an answer, as a caller would write it in `accept`. */
export type DemoCriteria = readonly Readonly<Record<string, unknown>>[];

const VAULT_TEST = `contract TimeVaultTest {
    function testHoldsNothingAtFirst() public {
        TimeVault vault = new TimeVault();
        require(vault.balanceOf(address(this)) == 0, "holds something");
    }

    function testRefusesAnEmptyDeposit() public {
        TimeVault vault = new TimeVault();
        try vault.deposit(60) { revert("took nothing in"); } catch {}
    }

    function testPaysOutNoMoreThanIsHeld() public {
        TimeVault vault = new TimeVault();
        try vault.withdraw(1) { revert("paid out what was never deposited"); } catch {}
    }
}`;

export const VAULT: DemoCriteria = [
  {
    contract: "TimeVault",
    functions: ["deposit(uint64)", "withdraw(uint256)", "balanceOf(address)"],
    name: "has the functions that were asked for",
  },
  { solidity_test: VAULT_TEST, name: "passes the vault's tests" },
];

export const SIGN_UP: DemoCriteria = [
  { element: { role: "textbox", name: "Email address" } },
  { element: { role: "checkbox", name: "terms" } },
  { element: { role: "button", name: "Create account" } },
];

export const MOVE: DemoCriteria = [
  { steps: { min: 6, max: 6 }, name: "six steps" },
  { before: ["rehearse the switch", "switch over"], name: "rehearsed before it is done" },
  { no_dangling: true, name: "every dependency is a step" },
];

export const MEDIAN: DemoCriteria = [
  { call: "median([10, 9, 2, 1])", equals: 5.5, name: "sorts numbers as numbers" },
  { call: "median([])", equals: null, name: "an empty list has none" },
  { assert: "const list = [3, 1, 2]; median(list); assert.deepEqual(list, [3, 1, 2])", name: "leaves the list alone" },
];

export const ORDER: DemoCriteria = [
  {
    json_schema: {
      type: "object",
      required: ["order", "customer", "items", "due"],
      properties: {
        items: { type: "array", items: { type: "object", required: ["name", "quantity"] } },
        due: { type: "string", format: "date" },
      },
    },
    name: "an order that the shop can book",
  },
  { contains: ["A-1042", "Ana Duarte"] },
];
