import { createTheme, type MantineColorsTuple } from "@mantine/core";

const ledger: MantineColorsTuple = [
  "#e9f7f4",
  "#d3ebe6",
  "#a6d7cd",
  "#76c2b2",
  "#50b19c",
  "#38a68e",
  "#12655a",
  "#0f574d",
  "#0b4a41",
  "#063b34",
];

/** Deep green, wide enough in contrast for text on it (AA) in both schemes. */
export const theme = createTheme({
  primaryColor: "ledger",
  primaryShade: 6,
  autoContrast: true,
  colors: { ledger },
  defaultRadius: "sm",
  components: {
    Badge: { defaultProps: { tt: "none" } },
    // A box that scrolls is reached by the keyboard too.
    TableScrollContainer: { defaultProps: { type: "native", tabIndex: 0 } },
  },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', sans-serif",
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.15rem" }, h3: { fontSize: "1rem" } } },
});
