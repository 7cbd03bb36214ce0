import { ActionIcon, Checkbox } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { RowData } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DataTable.module.css";
import type { EngineRow } from "./engine";
import type { Column, RowKey } from "./types";

/** Longer tables draw only the rows in sight. */
export const VIRTUAL_ABOVE = 100;
const ROW_HEIGHT = 37;
const INDENT_REM = 1.25;
const CONTROLS = "a, button, input, select, textarea, label, [role='menuitem']";

interface RowsProps<T extends RowData> {
  rows: EngineRow<T>[];
  box: HTMLElement | null;
  columns: Column<T>[];
  rowKey: (row: T) => RowKey;
  onOpen?: (row: T) => void;
  selection?: ReadonlySet<RowKey>;
  onToggle?: (key: RowKey) => void;
  tree: boolean;
  emptyText: string;
}

/** Which row the arrow keys go to; undefined: the key moves nothing. */
export function rowAfterKey(key: string, current: number, count: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    Home: 0,
    End: count - 1,
    PageDown: current + 10,
    PageUp: current - 10,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}

interface TreeCellProps<T extends RowData> {
  row: EngineRow<T>;
  children: ReactNode;
}

function TreeCell<T extends RowData>({ row, children }: TreeCellProps<T>) {
  const { t } = useTranslation();
  const open = row.getIsExpanded();
  return (
    <span className={classes.tree} style={{ paddingInlineStart: `${row.depth * INDENT_REM}rem` }}>
      {row.getCanExpand() ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          tabIndex={-1}
          aria-expanded={open}
          aria-label={t(open ? "table.collapse" : "table.expand")}
          onClick={() => row.toggleExpanded()}
        >
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} className="flip-in-rtl" />}
        </ActionIcon>
      ) : (
        <span style={{ inlineSize: "1.4rem" }} />
      )}
      {children}
    </span>
  );
}

/** The body: a row is focused with the arrow keys, opened with Enter, selected with the space bar. */
export function Rows<T extends RowData>(props: RowsProps<T>) {
  const { rows, box, columns, rowKey, onOpen, selection, onToggle, tree } = props;
  const { t } = useTranslation();
  const [focused, setFocused] = useState(0);
  const mustFocus = useRef(false);
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = rows.length > VIRTUAL_ABOVE;
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => box,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const focusable = Math.min(focused, Math.max(0, rows.length - 1));

  useEffect(() => {
    if (!mustFocus.current) return;
    const element = body.current?.querySelector<HTMLElement>(`tr[data-index="${focusable}"]`);
    if (!element) return;
    mustFocus.current = false;
    element.focus({ preventScroll: virtual });
  });

  function moveTo(index: number): void {
    mustFocus.current = true;
    setFocused(index);
    if (virtual) virtualizer.scrollToIndex(index);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, row: EngineRow<T>, index: number): void {
    if (event.target !== event.currentTarget) return;
    const rightToLeft = document.documentElement.dir === "rtl";
    const target = event.ctrlKey || event.altKey || event.metaKey ? undefined : rowAfterKey(event.key, index, rows.length);
    if (target !== undefined) moveTo(target);
    else if (event.key === "Enter" && onOpen) onOpen(row.original);
    else if (event.key === " " && onToggle) onToggle(rowKey(row.original));
    else if (tree && event.key === (rightToLeft ? "ArrowLeft" : "ArrowRight")) row.toggleExpanded(true);
    else if (tree && event.key === (rightToLeft ? "ArrowRight" : "ArrowLeft")) row.toggleExpanded(false);
    else return;
    event.preventDefault();
  }

  function onClick(event: MouseEvent<HTMLTableRowElement>, row: EngineRow<T>): void {
    if ((event.target as HTMLElement).closest(CONTROLS) || window.getSelection()?.toString()) return;
    onOpen?.(row.original);
  }

  const width = columns.length + (onToggle ? 1 : 0);
  const items = virtual ? virtualizer.getVirtualItems() : [];
  const drawn = virtual ? items.map((item) => item.index) : rows.map((_, index) => index);
  const above = items[0]?.start ?? 0;
  const below = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;

  return (
    <tbody ref={body}>
      {rows.length === 0 && (
        <tr>
          <td colSpan={width} style={{ textAlign: "center", color: "var(--mantine-color-dimmed)" }}>
            {props.emptyText}
          </td>
        </tr>
      )}
      {above > 0 && <Spacer height={above} width={width} />}
      {drawn.map((index) => {
        const row = rows[index];
        if (!row) return null;
        const key = rowKey(row.original);
        return (
          <tr
            key={row.id}
            ref={virtual ? virtualizer.measureElement : undefined}
            data-index={index}
            className={classes.row}
            tabIndex={index === focusable ? 0 : -1}
            aria-rowindex={virtual ? index + 2 : undefined}
            data-opens={onOpen ? true : undefined}
            data-selected={selection?.has(key) || undefined}
            onFocus={() => setFocused(index)}
            onKeyDown={(event) => onKeyDown(event, row, index)}
            onClick={onOpen ? (event) => onClick(event, row) : undefined}
          >
            {onToggle && (
              <td className={classes.narrow}>
                <Checkbox
                  aria-label={t("table.selectRow", { number: index + 1 })}
                  checked={selection?.has(key) ?? false}
                  onChange={() => onToggle(key)}
                />
              </td>
            )}
            {columns.map((column, position) => {
              const content = column.render ? column.render(row.original) : column.value(row.original);
              return (
                <td key={column.key} className={column.align === "end" ? classes.end : undefined}>
                  {tree && position === 0 ? <TreeCell row={row}>{content}</TreeCell> : content}
                </td>
              );
            })}
          </tr>
        );
      })}
      {below > 0 && <Spacer height={below} width={width} />}
    </tbody>
  );
}

function Spacer({ height, width }: { height: number; width: number }) {
  return (
    <tr aria-hidden className={classes.spacer}>
      <td colSpan={width} style={{ blockSize: height }} />
    </tr>
  );
}
