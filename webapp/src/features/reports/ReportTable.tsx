import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./reports.module.css";
import { type FlatRow, flatten, heading, isNegative, type Leaf, leavesOf, type ReportTable as Table } from "./table";

const ROW_PX = 34;

interface ReportTableProps {
  table: Table;
  label: string;
  collapsed: ReadonlySet<string>;
  onToggle: (key: string) => void;
  /** Whether a figure leads to its entries, and what happens then. */
  drills?: (row: FlatRow, leaf: Leaf) => boolean;
  onDrill?: (row: FlatRow, leaf: Leaf) => void;
}

/** Headings: one line, or two where columns are in groups. */
function Head({ table, leaves }: { table: Table; leaves: Leaf[] }) {
  const grouped = table.columns.some((column) => column.children?.length);
  return (
    <thead className={classes.head}>
      {grouped && (
        <tr>
          {table.columns.map((column, place) => (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: keys of columns repeat; their order is fixed.
              key={place}
              scope={column.children?.length ? "colgroup" : "col"}
              colSpan={column.children?.length || 1}
              className={place ? undefined : classes.name}
              style={{ textAlign: place ? "center" : undefined }}
            >
              {column.children?.length ? heading(column.label) : ""}
            </th>
          ))}
        </tr>
      )}
      <tr>
        {leaves.map((leaf, place) => (
          <th
            // biome-ignore lint/suspicious/noArrayIndexKey: keys of columns repeat; their order is fixed.
            key={place}
            scope="col"
            className={[leaf.numeric ? classes.figure : "", place ? "" : classes.name].join(" ")}
          >
            {heading(leaf.label)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function NameCell({ row, text, collapsed, onToggle }: { row: FlatRow; text: string; collapsed: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const inset = `calc(0.5rem + ${row.depth} * var(--report-indent) + ${row.expandable ? 0 : 1.375}rem)`;
  return (
    <th scope="row" className={`${classes.cell} ${classes.name}`} style={{ paddingInlineStart: inset }} title={text}>
      {row.expandable && (
        <ActionIcon
          size="xs"
          variant="subtle"
          color="gray"
          me={4}
          aria-expanded={!collapsed}
          aria-label={t(collapsed ? "reports.expandRow" : "reports.collapseRow", { name: text })}
          onClick={onToggle}
        >
          {collapsed ? <IconChevronRight size={14} className="flip-in-rtl" /> : <IconChevronDown size={14} />}
        </ActionIcon>
      )}
      {row.row.document && text ? (
        <Link to={row.row.document} style={{ color: "var(--mantine-color-anchor)" }}>
          <bdi>{text}</bdi>
        </Link>
      ) : (
        <bdi>{text}</bdi>
      )}
    </th>
  );
}

function content(text: string, leaf: Leaf, row: FlatRow, props: ReportTableProps): ReactNode {
  if (!text) return null;
  const shown = <bdi>{text}</bdi>;
  if (!leaf.numeric && row.row.document && (leaf.key === "transaction_number" || leaf.key === "reference_number")) {
    return (
      <Link to={row.row.document} style={{ color: "var(--mantine-color-anchor)" }}>
        {text}
      </Link>
    );
  }
  if (!leaf.numeric || !props.drills?.(row, leaf)) return shown;
  return (
    <button type="button" className={classes.drill} onClick={() => props.onDrill?.(row, leaf)}>
      {shown}
    </button>
  );
}

/** A sheet: a real table of which only the rows in sight are in the document. */
export function ReportTable(props: ReportTableProps) {
  const { t } = useTranslation();
  const { table, label, collapsed, onToggle } = props;
  const box = useRef<HTMLDivElement>(null);
  const leaves = useMemo(() => leavesOf(table.columns), [table.columns]);
  const rows = useMemo(() => flatten(table.rows, collapsed), [table.rows, collapsed]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section className={classes.box} ref={box} tabIndex={0} aria-label={label}>
      <table className={classes.table} aria-rowcount={rows.length}>
        <Head table={table} leaves={leaves} />
        <tbody>
          {above > 0 && (
            <tr aria-hidden>
              <td colSpan={leaves.length} style={{ height: above, padding: 0 }} />
            </tr>
          )}
          {items.map((item) => {
            const row = rows[item.index] as FlatRow;
            const tone = row.total ? classes.total : row.expandable ? classes.heading : "";
            return (
              <tr key={row.key} className={`${classes.row} ${tone}`} aria-rowindex={item.index + 1}>
                {leaves.map((leaf, place) => {
                  const text = row.row.cells[place]?.value || (place === 0 && row.total ? t("reports.totalRow") : "");
                  if (place === 0) {
                    const toggle = () => onToggle(row.key);
                    return <NameCell key="name" row={row} text={text} collapsed={collapsed.has(row.key)} onToggle={toggle} />;
                  }
                  const tones = [
                    classes.cell,
                    leaf.numeric ? classes.figure : "",
                    leaf.numeric && isNegative(text) ? classes.negative : "",
                  ];
                  // A group that is open shows its figures on its total row.
                  const hidden = leaf.numeric && row.heading && hasTotal(row);
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: keys of columns repeat; their order is fixed.
                    <td key={place} className={tones.join(" ")} title={leaf.numeric ? undefined : text}>
                      {hidden ? null : content(text, leaf, row, props)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {below > 0 && (
            <tr aria-hidden>
              <td colSpan={leaves.length} style={{ height: below, padding: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function hasTotal(row: FlatRow): boolean {
  return row.row.children?.at(-1)?.row_types?.includes("TOTAL") ?? false;
}
