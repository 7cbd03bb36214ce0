export { LineEditor, type LineEditorProps } from "./LineEditor";
export { lineMessages } from "./messages";
export { applyPaste, ensureEmptyLine, parseAmount, parseTsv } from "./paste";
export type { CellProps, Keyed, LineColumn } from "./types";
export { newKey } from "./types";
