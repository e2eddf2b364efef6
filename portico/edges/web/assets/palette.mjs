// USWDS compiles its colours to fixed values. This table turns each of them into one of our variables, by what
// the declaration paints, so that one stylesheet serves light, dark and a plan's own accent.
const PAINTS = [
  [/^(color|fill|-webkit-text-fill-color|text-decoration-color)$/, "text"],
  [/^(background|background-color|background-image)$/, "fill"],
  [/^(border|outline|box-shadow|text-shadow)/, "line"],
];

const same = (name) => ({ text: name, fill: name, line: name });

const ROLES = {
  white: { text: "on-accent", fill: "surface", line: "surface" },
  black: same("ink"),
  "#1b1b1b": { text: "ink", fill: "ink", line: "line" },
  "#005ea2": { text: "link", fill: "accent", line: "accent" },
  "#0050d8": { text: "link", fill: "accent", line: "accent" },
  "#1a4480": { text: "link", fill: "accent-strong", line: "accent-strong" },
  "#162e51": { text: "link", fill: "accent-strong", line: "accent-strong" },
  "#54278f": same("link"),
  "#cfe8ff": same("accent-soft"),
  "#e1f3f8": same("accent-soft"),
  "#c3ebfa": same("accent-soft"),
  "#97d4ea": same("accent-soft"),
  "#07648d": same("link"),
  "#28a0cb": same("accent"),
  "#2491ff": same("focus"),
  "#f0f0f0": { text: "on-accent", fill: "sunken", line: "line" },
  "#f9f9f9": { text: "on-accent", fill: "sunken", line: "line" },
  "#fcfcfc": { text: "on-accent", fill: "sunken", line: "line" },
  "#e6e6e6": { text: "on-accent", fill: "sunken", line: "line" },
  "#dfe1e2": { text: "ink-soft", fill: "sunken", line: "line" },
  "#c9c9c9": { text: "ink-soft", fill: "sunken", line: "line" },
  "#c6cace": { text: "ink-soft", fill: "line", line: "line" },
  "#a9aeb1": { text: "ink-soft", fill: "line", line: "control" },
  "#919191": { text: "ink-soft", fill: "control", line: "control" },
  "#757575": { text: "ink-soft", fill: "control", line: "control" },
  "#71767a": { text: "ink-soft", fill: "control", line: "control" },
  "#775540": same("ink-soft"),
  "#5d5d52": same("ink-soft"),
  "#565c65": { text: "ink-soft", fill: "ink-soft", line: "control" },
  "#454545": { text: "ink-soft", fill: "ink-soft", line: "control" },
  "#3d4551": { text: "ink-soft", fill: "ink-soft", line: "control" },
  "#b50909": { text: "negative", fill: "negative", line: "negative" },
  "#8b0a03": { text: "negative", fill: "negative", line: "negative" },
  "#d83933": same("negative"),
  "#d54309": same("negative"),
  "#9c3d10": same("negative"),
  "#c05600": same("negative"),
  "#f4e3db": same("negative-soft"),
  "#fa9441": same("caution"),
  "#ffbe2e": same("caution"),
  "#faf3d1": same("caution-soft"),
  "#00bde3": same("info"),
  "#e7f6f8": same("info-soft"),
  "#00a91c": same("positive"),
  "#ecf3ec": same("positive-soft"),
  "rgba(27, 27, 27, 0.2)": same("line"),
  "rgba(0, 94, 162, 0.1)": same("line"),
  "rgba(0, 0, 0, 0.1)": same("line"),
};

const DECLARATION = /(^|[;{\s])([a-z-]+)(\s*:\s*)([^;{}]+)(?=[;}])/g;
const COLOUR = /#[0-9a-f]{3,8}\b|\brgba?\([^)]*\)|(?<![\w-])(?:white|black)(?![\w-])/gi;

function variable(colour, property) {
  const roles = ROLES[colour.toLowerCase()];
  const paint = PAINTS.find(([pattern]) => pattern.test(property))?.[1];
  if (!roles || !paint) throw new Error(`no variable stands for ${colour} in "${property}": add it to palette.mjs`);
  return `var(--${roles[paint]})`;
}

/** Answer the stylesheet with every fixed colour replaced; a colour nobody placed is an error. */
export function withVariables(css) {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, "");
  return bare.replace(DECLARATION, (whole, before, property, colon, value) =>
    /url\(/.test(value) ? whole : before + property + colon + value.replace(COLOUR, (colour) => variable(colour, property)),
  );
}
