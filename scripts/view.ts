import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const SOURCE = new URL("../src/view/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, SOURCE), "utf8");

/** A page that is built, and the packages' files that are in it. */
export interface BuiltView {
  readonly html: string;
  readonly moduleIds: readonly string[];
}

/**
 * The view as one HTML page that needs nothing else. Its policy admits exactly this script and this style, by their hashes, and no address but the
 * page's own server.
 */
export async function buildView(): Promise<BuiltView> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL("main.tsx", SOURCE)),
    platform: "browser",
    tsconfig: fileURLToPath(new URL("tsconfig.json", SOURCE)),
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  await bundle.close();
  const [{ code, moduleIds }] = output;
  // A text within a script must not end it.
  const script = code.trim().replaceAll("</script", String.raw`<\/script`);
  const style = shortened(read("style.css"));
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const html = [
    ["default-src 'none'", policy],
    ['<link rel="stylesheet" href="style.css" />', `<style>${style}</style>`],
    ['<script type="module" src="main.tsx"></script>', `<script type="module">${script}</script>`],
  ].reduce((page, [place = "", content = ""]) => filled(page, place, content), read("page.html"));
  return { html, moduleIds };
}

function filled(page: string, place: string, content: string): string {
  if (!page.includes(place)) throw new Error(`src/view/page.html lacks ${place}`);
  return page.replace(place, () => content);
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** Our style sheet has no text in quotes that blanks matter in. */
function shortened(css: string): string {
  return css.replaceAll(/\s+/g, " ").trim();
}
