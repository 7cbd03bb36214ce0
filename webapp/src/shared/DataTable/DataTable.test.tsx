import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Column, DataTable, type DataTableProps } from "./index";

interface Item {
  id: number;
  name: string;
  amount: number;
  parts?: Item[];
}

const columns: Column<Item>[] = [
  { key: "name", header: "Name", value: (row) => row.name, sortKey: "title" },
  { key: "amount", header: "Amount", value: (row) => row.amount, align: "end" },
];
const items: Item[] = [
  { id: 1, name: "Beta", amount: 10 },
  { id: 2, name: "Alpha", amount: 9 },
  { id: 3, name: "Gamma", amount: 100 },
];

function show(props: Partial<DataTableProps<Item>> = {}) {
  return render(
    <MantineProvider>
      <DataTable id="test" rows={items} columns={columns} rowKey={(row) => row.id} {...props} />
    </MantineProvider>,
  );
}

function names(): string[] {
  return screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[firstCell(row)]?.textContent ?? "");
}

function firstCell(row: HTMLElement): number {
  return row.querySelector("input[type=checkbox]") ? 1 : 0;
}

vi.setConfig({ testTimeout: 20_000 }); // Finding elements by their role is slow on a busy machine.
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  localStorage.clear();
});

describe("DataTable", () => {
  it("sorts by a column, up, down and not at all", async () => {
    show();
    await userEvent.click(screen.getByRole("button", { name: /Amount/ }));
    expect(names()).toEqual(["Alpha", "Beta", "Gamma"]);
    expect(screen.getByRole("columnheader", { name: /Amount/ })).toHaveAttribute("aria-sort", "ascending");
    await userEvent.click(screen.getByRole("button", { name: /Amount/ }));
    expect(names()).toEqual(["Gamma", "Beta", "Alpha"]);
    await userEvent.click(screen.getByRole("button", { name: /Amount/ }));
    expect(names()).toEqual(["Beta", "Alpha", "Gamma"]);
  });

  it("asks the page to sort by the server's name of the column, and sorts nothing itself", async () => {
    const onSort = vi.fn();
    show({ sort: null, onSort });
    expect(screen.queryByRole("button", { name: /Amount/ })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /Name/ }));
    expect(onSort).toHaveBeenCalledWith({ key: "title", descending: false });
    expect(names()).toEqual(["Beta", "Alpha", "Gamma"]);
  });

  it("searches in the rows", async () => {
    show();
    await userEvent.type(screen.getByRole("searchbox"), "gam");
    await vi.waitFor(() => expect(names()).toEqual(["Gamma"]));
  });

  it("moves between rows with the arrows and opens one with Enter", async () => {
    const onOpen = vi.fn();
    show({ onOpen });
    const rows = screen.getAllByRole("row").slice(1);
    rows[0]?.focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{Enter}");
    expect(rows[1]).toHaveFocus();
    expect(onOpen).toHaveBeenCalledWith(items[1]);
  });

  it("selects rows with the space bar, and all of them", async () => {
    const onSelection = vi.fn();
    show({ selection: new Set([3]), onSelection, bulkActions: <button type="button">Burn</button> });
    expect(screen.getByRole("button", { name: "Burn" })).toBeVisible();
    screen.getAllByRole("row")[1]?.focus();
    await userEvent.keyboard(" ");
    expect(onSelection).toHaveBeenLastCalledWith(new Set([3, 1]));
    await userEvent.click(screen.getAllByRole("checkbox")[0] as HTMLElement);
    expect(onSelection).toHaveBeenLastCalledWith(new Set([1, 2, 3]));
  });

  it("expands and collapses trees", async () => {
    const tree = [{ id: 1, name: "Parent", amount: 1, parts: [{ id: 2, name: "Child", amount: 2 }] }];
    show({ rows: tree, tree: { children: (row) => row.parts } });
    expect(names()).toHaveLength(2);
    screen.getAllByRole("row")[1]?.focus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(names()).toHaveLength(1);
    await userEvent.keyboard("{ArrowRight}");
    expect(names()).toHaveLength(2);
  });

  it("finds a child with its parent", async () => {
    const tree = [
      { id: 1, name: "Parent", amount: 1, parts: [{ id: 2, name: "Child", amount: 2 }] },
      { id: 3, name: "Other", amount: 3 },
    ];
    show({ rows: tree, tree: { children: (row) => row.parts, collapsed: true } });
    await userEvent.type(screen.getByRole("searchbox"), "child");
    await vi.waitFor(() => expect(names()).toHaveLength(2));
  });

  it("remembers the choice of columns", async () => {
    localStorage.setItem("countinghouse.table.test", JSON.stringify({ hidden: ["amount"], views: [] }));
    show();
    expect(screen.queryByRole("columnheader", { name: /Amount/ })).toBeNull();
  });

  it("draws only the rows in sight of a long table", () => {
    // jsdom lays nothing out; the box and its rows get heights so that some rows are in sight.
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(37);
    vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
    const many = Array.from({ length: 5000 }, (_, index) => ({ id: index, name: `Row ${index}`, amount: index }));
    show({ rows: many });
    expect(screen.getByRole("table")).toHaveAttribute("aria-rowcount", "5001");
    const drawn = screen.getAllByRole("row").length;
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(200);
  });
});
