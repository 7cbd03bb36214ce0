import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
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
  { key: "name", header: "Name", value: (row) => row.name, filter: { type: "text" } },
  { key: "amount", header: "Amount", value: (row) => row.amount, filter: { type: "number" } },
];
const items: Item[] = [
  { id: 1, name: "Beta", amount: 10 },
  { id: 2, name: "Alpha", amount: 9, parts: [{ id: 4, name: "Bee", amount: 1 }] },
  { id: 3, name: "Gamma", amount: 100 },
];

function show(props: Partial<DataTableProps<Item>> = {}) {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <DataTable id="test" rows={items} columns={columns} rowKey={(row) => row.id} {...props} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

function names(): string[] {
  return screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[0]?.textContent ?? "");
}

const user = userEvent.setup();
const button = (name: string | RegExp) => screen.getByRole("button", { name });

vi.setConfig({ testTimeout: 20_000 });
afterEach(() => {
  cleanup();
  localStorage.clear();
});

describe("the filter builder", () => {
  it("filters by several conditions, by keyboard alone, and by chips", async () => {
    show();
    button("table.filter").focus();
    await user.keyboard("{Enter}");
    await user.type(screen.getByRole("textbox", { name: "table.value" }), "a");
    await user.click(button("table.addCondition"));
    const second = within(screen.getAllByRole("group")[1] as HTMLElement);
    await user.selectOptions(second.getByLabelText("table.column"), "amount");
    await user.selectOptions(second.getByLabelText("table.operator"), "bigger_than");
    await user.type(second.getByLabelText("table.value"), "9.5{Enter}");
    expect(names()).toEqual(["Beta", "Gamma"]);
    expect(button("table.filterOf")).toHaveFocus();
    const chips = within(screen.getByRole("group", { name: "table.activeFilter" })).getAllByRole("button");
    expect(chips.map((chip) => chip.textContent)).toEqual([
      "Name table.operators.text.contains a",
      "Amount table.operators.number.bigger_than 9.5",
    ]);
    chips[1]?.focus();
    await user.keyboard("{Enter}");
    expect(names()).toEqual(["Beta", "Alpha", "Gamma"]);
  });

  it("asks for the value that is missing, and forgets what was not applied", async () => {
    show();
    await user.click(button("table.filter"));
    await user.click(button("table.applyFilter"));
    expect(screen.getByText("table.valueMissing")).toBeVisible();
    expect(screen.getByLabelText("table.value")).toHaveFocus();
    await user.keyboard("{Escape}");
    expect(screen.queryByLabelText("table.value")).toBeNull();
    expect(names()).toHaveLength(3);
  });

  it("hands the conditions to a page whose server filters", async () => {
    const onFilter = vi.fn();
    show({ onFilter, filter: [{ joint: "and", field: "name", operator: "equals", value: "nothing" }] });
    expect(names()).toHaveLength(3);
    await user.click(button("table.filterOf"));
    await user.click(button("table.clearFilter"));
    expect(onFilter).toHaveBeenCalledWith([]);
  });

  it("finds a child with its parent in a tree", async () => {
    show({ tree: { children: (row) => row.parts, collapsed: true } });
    await user.click(button("table.filter"));
    await user.type(screen.getByLabelText("table.value"), "bee{Enter}");
    expect(names()).toEqual(["Alpha", "Bee"]);
  });

  it("is kept by saved views", async () => {
    show();
    await user.click(button("table.filter"));
    await user.type(screen.getByLabelText("table.value"), "gam{Enter}");
    await user.click(button("table.views"));
    await user.type(await screen.findByLabelText("table.viewName"), "G{Enter}");
    cleanup();
    show();
    expect(names()).toHaveLength(3);
    await user.click(button("table.views"));
    await user.click(await screen.findByRole("button", { name: "G" }));
    expect(names()).toEqual(["Gamma"]);
  });

  it("is not there without columns to filter by", () => {
    show({ columns: columns.map(({ filter: _, ...column }) => column) });
    expect(screen.queryByRole("button", { name: "table.filter" })).toBeNull();
  });
});
