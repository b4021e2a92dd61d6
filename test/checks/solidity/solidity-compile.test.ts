import process from "node:process";
import { describe, expect, it } from "vitest";
import {
  compileSources,
  isCompiled,
  type Compilation,
  type CompileOptions,
} from "../../../src/checks/solidity/solidity/compile.ts";
import { readLibrary } from "../../../src/checks/solidity/solidity/packages.ts";
import { fitPragma } from "../../../src/checks/solidity/solidity/pragma.ts";

const HEAD = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n";

async function compiled(files: Readonly<Record<string, string>>, options?: CompileOptions): Promise<Compilation> {
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  const result = await compileSources(list, options);
  if (!isCompiled(result)) throw new Error(result.unchecked);
  return result;
}

describe("compileSources", () => {
  it("gives code, ABI and selectors of the files' contracts alone", async () => {
    const { ok, contracts, library } = await compiled({
      "T.sol": `${HEAD}import "@openzeppelin/contracts/token/ERC20/ERC20.sol";\ncontract T is ERC20("T", "T") {}`,
    });
    expect({ ok, library, names: contracts.map(({ name }) => name) }).toEqual({ ok: true, library: 5, names: ["T"] });
    expect(contracts[0]?.methodIdentifiers["transfer(address,uint256)"]).toBe("a9059cbb");
    expect(contracts[0]?.bytecode).toMatch(/^60[0-9a-f]+$/);
  });

  it("says where an error is, with the line of source", async () => {
    const { ok, errors } = await compiled({ "A.sol": `${HEAD}contract A {\n    // ü\n    uint256 x = y;\n}` });
    expect(ok).toBe(false);
    expect(errors[0]).toMatchObject({ path: "A.sol", line: 5, message: "Undeclared identifier." });
    expect(errors[0]?.formatted).toContain("uint256 x = y;");
  });

  it("falls back to OpenZeppelin 4 as a whole", async () => {
    const source = `${HEAD}import "@openzeppelin/contracts/access/Ownable.sol";\ncontract A is Ownable { constructor() {} }`;
    expect(await compiled({ "A.sol": source })).toMatchObject({ ok: true, library: 4 });
  });

  it("takes the answer's own file before the caller's", async () => {
    const user = `${HEAD}import "./Base.sol";\ncontract A is Base { function f() external pure returns (uint256) { return ours(); } }`;
    const base = (name: string): string =>
      `${HEAD}contract Base { function ${name}() internal pure returns (uint256) { return 1; } }`;
    const context = [{ path: "Base.sol", content: base("theirs") }];
    expect((await compiled({ "A.sol": user, "Base.sol": base("ours") }, { context })).ok).toBe(true);
    expect((await compiled({ "A.sol": user }, { context })).ok).toBe(false);
  });

  it("shares one run between those who ask for the same", async () => {
    const files = { "Same.sol": `${HEAD}contract Same {}` };
    expect(await compiled(files)).toBe(await compiled(files));
    expect(await compiled(files)).not.toBe(await compiled(files, { runs: 1 }));
  });

  it("does not judge what needs a library or a compiler that is not here", async () => {
    const of = (content: string): Promise<unknown> => compileSources([{ path: "A.sol", content }]);
    expect(await of(`${HEAD}import "hardhat/console.sol";\ncontract A {}`)).toHaveProperty("unchecked");
    expect(await of("pragma solidity ^0.7.0;\ncontract A {}")).toHaveProperty("unchecked");
  });

  it("leaves the process's last resorts alone", async () => {
    await compiled({ "A.sol": `${HEAD}contract A {}` });
    expect(process.rawListeners("unhandledRejection").map(String).join()).not.toContain("throw reason");
  });
});

describe("readLibrary", () => {
  it.each(["../../solc/package.json", "token/../../../solc/a.sol", "/etc/passwd.sol", "a\0.sol"])(
    "never reads %s",
    (path) => {
      expect(readLibrary(`@openzeppelin/contracts/${path}`, 5, false)).toEqual({ state: "missing" });
    },
  );
});

describe("fitPragma", () => {
  it.each([
    ["^0.8.0", "ok"],
    [">=0.7.0 <0.9.0", "ok"],
    [">= 0.4.22", "ok"],
    ["^0.7.0 || ^0.8.0", "ok"],
    ["0.8.x", "ok"],
    ["0.8.20", "pinned"],
    ["=0.8.20", "pinned"],
    [">=0.8.4 <0.8.30", "pinned"],
    ["0.8.0 - 0.8.9", "pinned"],
    ["^0.6.0", "other"],
    [">=0.4.22 <0.8.0", "other"],
    ["0.5.16", "other"],
  ])("%s is %s", (range, fit) => {
    const fitted = fitPragma(`// pragma solidity 0.4.0;\npragma solidity ${range};\ncontract A {}`);
    expect(fitted.fit.fit).toBe(fit);
    expect(fitted.source.split("\n")).toHaveLength(3);
  });
});
