import { Checkbox, Group, Pagination, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type ExpandedState, type RowData, type SortingState, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { saveCsv, toCsv } from "./csv";
import classes from "./DataTable.module.css";
import { definitions, type Engine, features, matches } from "./engine";
import { type Filter, fieldsOf, passes } from "./filter";
import { type SavedView, useMemory } from "./memory";
import { Rows, VIRTUAL_ABOVE } from "./Rows";
import { BulkBar, Toolbar } from "./Toolbar";
import type { Column, DataTableProps, RowKey, Sort, Tree } from "./types";
import { useFilters } from "./useFilters";

const SEARCH_DELAY_MS = 300;
const PAGE_SIZE = 50;
const COLUMN_WIDTH = 160;
const NARROW = "(max-width: 36em)";
const NO_FILTER: Filter = [];

/** The order, the search and the filter: the page's own when the server does them, otherwise the table's. */
function useQuestions<T>(props: DataTableProps<T>) {
  const [ownSort, setOwnSort] = useState<Sort | null>(props.sort ?? null);
  const [ownSearch, setOwnSearch] = useState(props.search ?? "");
  const [ownFilter, setOwnFilter] = useState<Filter>(NO_FILTER);
  return {
    sort: props.onSort ? (props.sort ?? null) : ownSort,
    setSort: props.onSort ?? setOwnSort,
    search: props.onSearch ? (props.search ?? "") : ownSearch,
    setSearch: props.onSearch ?? setOwnSearch,
    filter: props.onFilter ? (props.filter ?? NO_FILTER) : ownFilter,
    setFilter: props.onFilter ?? setOwnFilter,
  };
}

/** All rows of a tree, parents and children. */
function withChildren<T>(rows: readonly T[], tree: Tree<T> | undefined): readonly T[] {
  return tree ? rows.flatMap((row) => [row, ...withChildren(tree.children(row) ?? [], tree)]) : rows;
}

interface HeaderProps<T extends RowData> {
  table: Engine<T>;
  columns: Map<string, Column<T>>;
  select?: ReactNode;
  /** Columns take what there is, not their widths. */
  fits: boolean;
}

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;

function Header<T extends RowData>({ table, columns, select, fits }: HeaderProps<T>) {
  const { t } = useTranslation();
  return (
    <thead className={classes.head}>
      <tr>
        {select}
        {table.getVisibleLeafColumns().map((engineColumn) => {
          const { id } = engineColumn;
          const column = columns.get(id);
          const sorted = engineColumn.getIsSorted();
          return (
            <th
              key={id}
              scope="col"
              className={column?.align === "end" ? classes.end : undefined}
              style={fits ? undefined : { minInlineSize: column?.width, inlineSize: column?.width }}
              aria-sort={sorted ? ARIA_SORT[sorted] : undefined}
            >
              {engineColumn.getCanSort() ? (
                <UnstyledButton
                  className={classes.sort}
                  fz="inherit"
                  onClick={engineColumn.getToggleSortingHandler()}
                  title={t("table.sortBy", { column: column?.header })}
                >
                  {column?.header}
                  {sorted === "asc" && <IconArrowUp size={14} aria-hidden />}
                  {sorted === "desc" && <IconArrowDown size={14} aria-hidden />}
                </UnstyledButton>
              ) : (
                column?.header
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Rows as a table: sorted, searched, selected, with a choice of columns; long ones draw only the rows in sight. */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { rows, rowKey, selection, onSelection, tree, total, page = 1, onPage, pageSize = PAGE_SIZE } = props;
  const { t } = useTranslation();
  const [box, setBox] = useState<HTMLElement | null>(null); // State, since the rows are drawn once it is there.
  const memory = useMemory(props.id);
  const { sort, setSort, search, setSearch, filter, setFilter } = useQuestions(props);
  const serverSorts = props.onSort !== undefined;
  const fields = useMemo(() => fieldsOf(props.columns, withChildren(rows, tree)), [props.columns, rows, tree]);
  const filters = useFilters({ fields, filter, onChange: setFilter });
  const filtersHere = !props.onFilter && filter.length > 0;
  const columns = useMemo(() => new Map(props.columns.map((column) => [column.key, column])), [props.columns]);
  const columnDefinitions = useMemo(
    () => definitions(props.columns, serverSorts, (row) => passes(row, filter, fields)),
    [props.columns, serverSorts, filter, fields],
  );
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const kept = isNarrow ? props.narrow : undefined;
  const isHidden = ({ key, hiddenByDefault }: Column<T>) => (kept ? !kept.includes(key) : hiddenByDefault);
  const hidden = memory.hidden ?? props.columns.filter(isHidden).map((column) => column.key);
  const [expanded, setExpanded] = useState<ExpandedState>(tree?.collapsed ? {} : true);
  const sortedKey = serverSorts ? props.columns.find((column) => column.sortKey === sort?.key)?.key : sort?.key;
  const sorting: SortingState = sort && sortedKey && columns.has(sortedKey) ? [{ id: sortedKey, desc: sort.descending }] : [];
  const searched = props.onSearch ? "" : search;

  const table = useTable({
    features,
    data: rows,
    columns: columnDefinitions,
    getRowId: (row) => String(rowKey(row)),
    getSubRows: tree?.children,
    filterFromLeafRows: true,
    manualFiltering: props.onSearch !== undefined,
    manualSorting: serverSorts,
    enableMultiSort: false,
    autoResetExpanded: false,
    globalFilterFn: matches,
    getColumnCanGlobalFilter: () => true,
    state: {
      sorting,
      globalFilter: searched,
      columnFilters: filtersHere ? [{ id: props.columns[0]?.key ?? "", value: filter }] : [],
      expanded: searched || filtersHere ? true : expanded,
      columnVisibility: Object.fromEntries(hidden.map((key) => [key, false])),
    },
    onExpandedChange: setExpanded,
    onSortingChange: (update) => {
      const first = (typeof update === "function" ? update(sorting) : update)[0];
      const column = first && columns.get(first.id);
      setSort(column ? { key: serverSorts ? (column.sortKey ?? column.key) : column.key, descending: first.desc } : null);
    },
  });

  const shown = table.getRowModel().rows;
  const shownKeys = shown.map((row) => rowKey(row.original));
  const selectedHere = selection ? shownKeys.filter((key) => selection.has(key)).length : 0;
  const visible = table.getVisibleLeafColumns().flatMap((column) => columns.get(column.id) ?? []);

  function toggle(key: RowKey): void {
    const next = new Set(selection);
    if (!next.delete(key)) next.add(key);
    onSelection?.(next);
  }

  function toggleShown(): void {
    onSelection?.(selectedHere === shownKeys.length ? new Set() : new Set([...(selection ?? []), ...shownKeys]));
  }

  function apply(view: SavedView): void {
    memory.setHidden(view.hidden);
    if (props.onView) props.onView(view);
    else {
      setSearch(view.search);
      setSort(view.sort);
      setFilter(view.filter);
    }
  }

  const csvName = props.csvName;
  const virtual = shown.length > VIRTUAL_ABOVE;
  const pages = total === undefined ? 0 : Math.ceil(total / pageSize);
  return (
    <Stack gap="xs">
      {!props.plain && (
        <Toolbar
          search={{ value: search, onChange: setSearch, delay_ms: props.onSearch ? SEARCH_DELAY_MS : 0 }}
          columns={{ columns: props.columns, hidden, onChange: memory.setHidden }}
          filters={
            <>
              {filters.button}
              {props.filters}
            </>
          }
          views={memory.views}
          onApply={apply}
          onSave={(name) => memory.saveView({ name, hidden, search, sort, filter: [...filter] })}
          onRemove={memory.removeView}
          onCsv={
            csvName
              ? () =>
                  saveCsv(
                    toCsv(
                      shown.map((row) => row.original),
                      visible,
                    ),
                    csvName,
                  )
              : undefined
          }
        />
      )}
      {!props.plain && filters.below}
      {selection && selection.size > 0 && (
        <BulkBar count={selection.size} onClear={() => onSelection?.(new Set())}>
          {props.bulkActions}
        </BulkBar>
      )}
      <section ref={setBox} className={classes.box} aria-label={t("table.box", { label: props.label ?? props.id })}>
        <table
          className={`${classes.table} ${virtual ? classes.fixed : ""}`}
          style={
            virtual ? { minInlineSize: visible.reduce((sum, column) => sum + (column.width ?? COLUMN_WIDTH), 0) } : undefined
          }
          aria-rowcount={virtual ? shown.length + 1 : undefined}
        >
          <Header
            table={table}
            columns={columns}
            fits={kept !== undefined && !virtual}
            select={
              onSelection && (
                <th scope="col" className={classes.narrow}>
                  <Checkbox
                    aria-label={t("table.selectAll")}
                    checked={selectedHere > 0 && selectedHere === shownKeys.length}
                    indeterminate={selectedHere > 0 && selectedHere < shownKeys.length}
                    onChange={toggleShown}
                  />
                </th>
              )
            }
          />
          <Rows
            rows={shown}
            box={box}
            columns={visible}
            rowKey={rowKey}
            onOpen={props.onOpen}
            selection={onSelection ? selection : undefined}
            onToggle={onSelection ? toggle : undefined}
            tree={tree !== undefined}
            emptyText={props.emptyText ?? t("table.empty")}
          />
          {props.footer && (
            <tfoot className={classes.foot}>
              <tr>
                {onSelection && <td />}
                {visible.map((column) => (
                  <td key={column.key} className={column.align === "end" ? classes.end : undefined}>
                    {props.footer?.[column.key]}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {onPage && total !== undefined && total > 0 && (
        <Group justify="space-between" gap="xs" className="no-print">
          <Text size="sm" c="dimmed">
            {t("table.range", { first: (page - 1) * pageSize + 1, last: Math.min(total, page * pageSize), total })}
          </Text>
          {pages > 1 && (
            <Pagination
              size="sm"
              total={pages}
              value={page}
              onChange={onPage}
              siblings={1}
              getControlProps={(control) => ({ "aria-label": t(`table.${control}`) })}
              aria-label={t("table.pages")}
            />
          )}
        </Group>
      )}
    </Stack>
  );
}
