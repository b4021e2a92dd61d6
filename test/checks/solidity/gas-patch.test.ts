import { describe, expect, it } from "vitest";
import { applyPatches } from "../../../src/checks/solidity/gas/patch.ts";

const SOURCE = `contract A {
    uint256 public a;
    uint256 public b;

    function f() external {
        a = a + 1;
        b = b + 1;
    }

    function g() external {
        a = a + 1;
    }
}`;
const originals = [{ path: "A.sol", content: SOURCE }];

function patched(...patches: string[]): string {
  const result = applyPatches(originals, patches);
  return "unclear" in result ? result.unclear : (result.sources[0]?.content ?? "");
}

describe("applyPatches", () => {
  it("goes by what the lines say, whatever their numbers and indents are", () => {
    const text = patched(
      "--- a/A.sol\n+++ b/A.sol\n@@ -90,3 +90,3 @@\n function f() external {\n-  a = a + 1;\n+        ++a;\n   b = b + 1;",
    );
    expect(text).toContain("function f() external {\n        ++a;\n        b = b + 1;");
    expect(text).toContain("function g() external {\n        a = a + 1;");
  });

  it("takes the parts of a file in their order", () => {
    const text = patched("@@\n-        b = b + 1;\n+        ++b;\n@@\n-        a = a + 1;\n+        ++a;");
    expect(text).toContain("f() external {\n        a = a + 1;\n        ++b;");
    expect(text).toContain("g() external {\n        ++a;");
  });

  it("skips lines that are left out", () => {
    const text = patched(
      "-    uint256 public a;\n+    uint128 public a;\n     ...\n     function g() external {\n-        a = a + 1;\n+        ++a;",
    );
    expect(text).toContain("uint128 public a;");
    expect(text).toContain("g() external {\n        ++a;");
  });

  it.each([
    ["lines that are not there", "-    uint256 public c;\n+    uint128 public c;", "is not in the original"],
    ["lines that are there twice", "-        a = a + 1;\n+        ++a;", "could be in several places"],
    ["added lines without a place", "+    uint256 public c;", "is not in the original"],
    ["no change", " contract A {", "nothing is changed in it"],
  ])("does not guess at %s", (_name, patch, why) => {
    expect(patched(patch)).toContain(why);
  });
});
