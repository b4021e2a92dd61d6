/** Red, green, blue 0..255. */
export type Colour = readonly [number, number, number];

const NAMED: Readonly<Record<string, string>> = {
  black: "#000000", white: "#ffffff", gray: "#808080", grey: "#808080", silver: "#c0c0c0", lightgray: "#d3d3d3",
  lightgrey: "#d3d3d3", darkgray: "#a9a9a9", darkgrey: "#a9a9a9", dimgray: "#696969", gainsboro: "#dcdcdc",
  whitesmoke: "#f5f5f5", red: "#ff0000", darkred: "#8b0000", maroon: "#800000", crimson: "#dc143c", orange: "#ffa500",
  gold: "#ffd700", yellow: "#ffff00", lightyellow: "#ffffe0", green: "#008000", lime: "#00ff00", darkgreen: "#006400",
  lightgreen: "#90ee90", teal: "#008080", cyan: "#00ffff", aqua: "#00ffff", blue: "#0000ff", navy: "#000080",
  darkblue: "#00008b", lightblue: "#add8e6", skyblue: "#87ceeb", royalblue: "#4169e1", dodgerblue: "#1e90ff",
  steelblue: "#4682b4", slategray: "#708090", purple: "#800080", indigo: "#4b0082", violet: "#ee82ee", pink: "#ffc0cb",
  hotpink: "#ff69b4", tomato: "#ff6347", coral: "#ff7f50", salmon: "#fa8072", beige: "#f5f5dc", ivory: "#fffff0",
  snow: "#fffafa", khaki: "#f0e68c", tan: "#d2b48c", brown: "#a52a2a",
}; // prettier-ignore

/** A colour that is opaque and known; `"transparent"`; or `null` for what we cannot tell. */
export function colourOf(value: string): Colour | "transparent" | null {
  const text = value.trim().toLowerCase();
  if (text === "transparent") return "transparent";
  const hex = NAMED[text] ?? text;
  const digits = /^#([0-9a-f]{3,8})$/.exec(hex)?.[1];
  if (digits !== undefined) return hexColour(digits);
  const call = /^(rgba?|hsla?|oklch)\(([^()]{1,80})\)$/.exec(text);
  if (call === null) return null;
  const parts = (call[2] ?? "").split(/[\s,/]+/).filter((part) => part !== "");
  const alpha = parts[3] === undefined ? 1 : number(parts[3], 1);
  if (alpha === 0) return "transparent";
  if (alpha === null || alpha < 0.99 || parts.length < 3) return null;
  if (call[1] === "oklch") return oklch(parts);
  return (call[1] ?? "").startsWith("rgb") ? rgb(parts) : hsl(parts);
}

/** Lightness, chroma and hue of OKLab (CSS Color 4), clipped to what a screen shows. */
function oklch(parts: readonly string[]): Colour | null {
  const [light, chroma] = [number(parts[0] ?? "", 1), number(parts[1] ?? "", 0.4)];
  const hue = parts[2] === "none" ? 0 : Number.parseFloat(parts[2] ?? "");
  if (light === null || chroma === null || Number.isNaN(hue)) return null;
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const [l, m, s] = [
    (light + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (light - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (light - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** A linear share of light as a value of sRGB. */
function encoded(share: number): number {
  const value = share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055;
  return 255 * Math.min(1, Math.max(0, value));
}

function hexColour(digits: string): Colour | "transparent" | null {
  if (![3, 4, 6, 8].includes(digits.length)) return null;
  const pairs = digits.length <= 4 ? digits.split("").map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0, alpha = 255] = pairs.map((pair) => Number.parseInt(pair, 16));
  if (alpha === 0) return "transparent";
  return alpha < 252 ? null : [red, green, blue];
}

function rgb(parts: readonly string[]): Colour | null {
  const [red, green, blue] = parts.map((part) => number(part, 255));
  return red == null || green == null || blue == null ? null : [red, green, blue];
}

function hsl(parts: readonly string[]): Colour | null {
  const [hue, saturation, lightness] = [
    Number.parseFloat(parts[0] ?? ""),
    number(parts[1] ?? "", 1),
    number(parts[2] ?? "", 1),
  ];
  if (Number.isNaN(hue) || saturation === null || lightness === null) return null;
  const spread = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** A number, or a percentage of `whole`. */
function number(text: string, whole: number): number | null {
  const value = Number.parseFloat(text);
  if (Number.isNaN(value)) return null;
  return text.endsWith("%") ? (value / 100) * whole : value;
}

/** Contrast ratio of WCAG 2: 1 to 21. */
export function contrastOf(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function hexOf(colour: Colour): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}
