import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type LineColumn, LineEditor } from "./index";

interface Item {
  key: string;
  name: string;
  amount: string;
}

let count = 0;
const newLine = (): Item => ({ key: `k${++count}`, name: "", amount: "" });
const isEmpty = (line: Item) => !line.name && !line.amount;
const field = (key: "name" | "amount"): LineColumn<Item> => ({
  key,
  header: key,
  text: (line) => line[key],
  paste: (text) => ({ [key]: text }),
  render: ({ line, change, label }) => (
    <input aria-label={label} value={line[key]} onChange={(event) => change({ [key]: event.currentTarget.value })} />
  ),
});
const columns = [field("name"), field("amount")];
let current: Item[] = [];

function Form({ start }: { start: Item[] }) {
  const [lines, setLines] = useState(start);
  current = lines;
  return <LineEditor label="Lines" lines={lines} onChange={setLines} columns={columns} newLine={newLine} isEmpty={isEmpty} />;
}

function show(start: Item[] = [newLine()]): HTMLInputElement[] {
  render(
    <MantineProvider>
      <Form start={start} />
    </MantineProvider>,
  );
  return screen.getAllByRole<HTMLInputElement>("textbox");
}

function place(): string {
  const cell = document.activeElement?.closest<HTMLElement>("td");
  return `${cell?.dataset.line}.${cell?.dataset.column}`;
}

beforeEach(() => {
  count = 0;
});
vi.setConfig({ testTimeout: 20_000 }); // Finding elements by their role is slow on a busy machine.
afterEach(cleanup);

it("keeps an empty line at the end, and Enter goes to it", async () => {
  const [first] = show();
  first?.focus();
  await userEvent.keyboard("a{Enter}b{Enter}");
  expect(current.map((line) => line.name)).toEqual(["a", "b", ""]);
  expect(place()).toBe("2.0");
  await userEvent.keyboard("{Enter}");
  expect(current).toHaveLength(3);
});

it("goes through the cells with Tab, past the remove button", async () => {
  const [first] = show();
  first?.focus();
  await userEvent.keyboard("a{Tab}1{Tab}b");
  expect(place()).toBe("1.0");
  expect(current.map((line) => [line.name, line.amount])).toEqual([
    ["a", "1"],
    ["b", ""],
    ["", ""],
  ]);
});

it("moves between lines with Ctrl or Alt and the arrows", async () => {
  const [, amount] = show([{ key: "a", name: "a", amount: "1" }, newLine()]);
  amount?.focus();
  await userEvent.keyboard("{Control>}{ArrowDown}{/Control}");
  expect(place()).toBe("1.1");
  await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
  expect(place()).toBe("0.1");
});

it("removes a line with Ctrl+Delete and with its button", async () => {
  const [first] = show([{ key: "a", name: "a", amount: "" }, { key: "b", name: "b", amount: "" }, newLine()]);
  first?.focus();
  await userEvent.keyboard("{Control>}{Delete}{/Control}");
  expect(current.map((line) => line.name)).toEqual(["b", ""]);
  expect(place()).toBe("0.0");
  await userEvent.click(screen.getAllByRole("button", { name: /remove/ })[0] as HTMLElement);
  expect(current.map((line) => line.name)).toEqual([""]);
});

it("takes rows from a spreadsheet", async () => {
  const [first] = show();
  first?.focus();
  await userEvent.paste("x\t1\ny\t2\n");
  expect(current.map((line) => [line.name, line.amount])).toEqual([
    ["x", "1"],
    ["y", "2"],
    ["", ""],
  ]);
});

it("leaves a plain paste to the input", async () => {
  const [first] = show();
  first?.focus();
  await userEvent.paste("plain");
  expect(current[0]?.name).toBe("plain");
});

it("gives inputs only to the line being edited when there are many", async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ key: `m${index}`, name: `n${index}`, amount: "" }));
  const inputs = show([...many, newLine()]);
  expect(inputs).toHaveLength(2);
  inputs[0]?.focus();
  await userEvent.keyboard("{Enter}");
  expect(place()).toBe("1.0");
  await userEvent.keyboard("!");
  expect(current[1]?.name).toBe("!");
});
