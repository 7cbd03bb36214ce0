import { Button, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { takeMarkedOption } from "../markedOption";
import { Line } from "./Line";
import classes from "./LineEditor.module.css";
import { applyPaste, ensureEmptyLine, parseTsv } from "./paste";
import type { Keyed, LineColumn } from "./types";

/** With more lines, only the one being edited has inputs; the others show their text until they are focused. */
const LIVE_MAX = 40;
const INPUTS = "input:not([type='hidden']), textarea, select, button[data-idle]";

export interface LineEditorProps<L extends Keyed> {
  /** What the lines are, for screen readers. */
  label: string;
  lines: L[];
  onChange: (lines: L[]) => void;
  /** Keep it stable (`useMemo`): lines are drawn again when it changes. */
  columns: LineColumn<L>[];
  newLine: () => L;
  isEmpty: (line: L) => boolean;
  /** Errors by `<index of the line>.<key of the column>`. */
  errors?: Record<string, string>;
  linesMax?: number;
  /** Cells of a closing row, by column key. */
  totals?: Partial<Record<string, ReactNode>>;
}

const STEPS: Record<string, number | undefined> = { ArrowUp: -1, ArrowDown: 1 };

interface Place {
  line: number;
  column: number;
}

function placeOf(target: EventTarget): Place | null {
  const cell = (target as HTMLElement).closest<HTMLElement>("td[data-column]");
  return cell ? { line: Number(cell.dataset.line), column: Number(cell.dataset.column) } : null;
}

/** Lines that are typed without the mouse. There is always an empty one at the end. */
export function LineEditor<L extends Keyed>(props: LineEditorProps<L>) {
  const { columns, newLine, isEmpty, linesMax, errors, totals } = props;
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const wanted = useRef<Place | null>(null);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const current = useRef(props);
  useLayoutEffect(() => {
    current.current = props;
  });

  const replace = useCallback((lines: L[]) => {
    const { isEmpty: empty, newLine: make, linesMax: most, onChange } = current.current;
    const next = ensureEmptyLine(lines, empty, make, most);
    current.current = { ...current.current, lines: next }; // A second change before the next drawing builds on this one.
    onChange(next);
  }, []);

  const change = useCallback(
    (key: string, patch: Partial<L>) =>
      replace(current.current.lines.map((line) => (line.key === key ? { ...line, ...patch } : line))),
    [replace],
  );

  const remove = useCallback(
    (key: string) => {
      const { lines } = current.current;
      const index = lines.findIndex((line) => line.key === key);
      const rest = lines.filter((line) => line.key !== key);
      wanted.current = { line: Math.max(0, Math.min(index, rest.length - 1)), column: 0 };
      replace(rest);
    },
    [replace],
  );

  // Focus goes where a key sent it, once that line is drawn.
  useEffect(() => {
    const place = wanted.current;
    if (!place) return;
    const cell = body.current?.querySelector(`td[data-line="${place.line}"][data-column="${place.column}"]`);
    if (!cell) return;
    wanted.current = null;
    // A cell without an input, such as the contact of an account that has none: the line's first one.
    const input = cell.querySelector<HTMLElement>(INPUTS) ?? cell.closest("tr")?.querySelector<HTMLElement>(INPUTS);
    if (!input) return;
    input.focus();
    if (input instanceof HTMLInputElement) input.select();
  });

  function moveTo(place: Place): void {
    wanted.current = place;
    setActive(place.line);
    draw();
  }

  function onCapture(event: KeyboardEvent): void {
    const place = placeOf(event.target);
    if (!place) return;
    const withModifier = (event.ctrlKey || event.altKey || event.metaKey) && !event.shiftKey;
    const step = STEPS[event.key];
    if (withModifier && step !== undefined) {
      const line = Math.max(0, Math.min(current.current.lines.length - 1, place.line + step));
      moveTo({ ...place, line });
    } else if (event.ctrlKey && event.key === "Delete") {
      const line = current.current.lines[place.line];
      if (line) remove(line.key);
    } else if (event.key === "Tab") {
      takeMarkedOption(event.target as HTMLElement);
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const place = placeOf(event.target);
    const modified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    if (!place || event.key !== "Enter" || modified || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const { lines } = current.current;
    const line = lines[place.line];
    if (place.line < lines.length - 1) moveTo({ ...place, line: place.line + 1 });
    else if (line && !isEmpty(line) && lines.length < (linesMax ?? Number.POSITIVE_INFINITY)) {
      replace([...lines, newLine()]);
      moveTo({ ...place, line: lines.length });
    }
  }

  function onPaste(event: ClipboardEvent): void {
    const place = placeOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    if (!place || !/[\t\n]/.test(text.trimEnd())) return;
    const cells = parseTsv(text);
    event.preventDefault();
    replace(applyPaste(current.current.lines, cells, place, columns, newLine, linesMax));
    wanted.current = { line: Math.min(place.line + cells.length, current.current.lines.length - 1), column: place.column };
    setActive(wanted.current.line);
  }

  const { lines } = props;
  const onlyActive = lines.length > LIVE_MAX;
  return (
    <div>
      <section className={classes.box} aria-label={props.label}>
        <table
          className={classes.table}
          style={{ minInlineSize: columns.reduce((sum, column) => sum + (column.width ?? 140), 90) }}
        >
          <thead>
            <tr>
              <th scope="col" className={classes.end}>
                {t("lines.number")}
              </th>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={column.align === "end" ? classes.end : undefined}
                  // Figures keep their width; words share what is left.
                  style={{ inlineSize: column.align === "end" ? column.width : undefined, minInlineSize: column.width }}
                >
                  {column.header}
                </th>
              ))}
              <th scope="col" aria-label={t("lines.removeColumn")} />
            </tr>
          </thead>
          <tbody ref={body} onKeyDownCapture={onCapture} onKeyDown={onKeyDown} onPaste={onPaste}>
            {lines.map((line, index) => (
              <Line
                key={line.key}
                line={line}
                index={index}
                columns={columns}
                live={!onlyActive || index === active}
                errors={errorsOf(errors, index)}
                onPatch={change}
                onRemove={remove}
                onActivate={(column) => {
                  wanted.current = { line: index, column };
                  setActive(index);
                }}
              />
            ))}
          </tbody>
          {totals && (
            <tfoot className={classes.foot}>
              <tr>
                <td />
                {columns.map((column) => (
                  <td key={column.key} className={column.align === "end" ? classes.end : undefined}>
                    {totals[column.key]}
                  </td>
                ))}
                <td />
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      <Group justify="space-between" mt="xs" gap="xs">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            const last = current.current.lines.length - 1;
            const end = current.current.lines[last];
            moveTo({ line: end && isEmpty(end) ? last : last + 1, column: 0 });
          }}
        >
          {t("lines.add")}
        </Button>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {t("lines.hint")}
        </Text>
      </Group>
    </div>
  );
}

/** The errors of one line by column key, as text that stays the same while they do. */
function errorsOf(errors: Record<string, string> | undefined, index: number): string {
  const prefix = `${index}.`;
  const own = Object.entries(errors ?? {}).filter(([path]) => path.startsWith(prefix));
  return own.length === 0
    ? ""
    : JSON.stringify(Object.fromEntries(own.map(([path, message]) => [path.slice(prefix.length), message])));
}
