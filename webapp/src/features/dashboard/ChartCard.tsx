import { ActionIcon, Anchor, Center, Group, Loader, Paper, Stack, Table, Text, Title, VisuallyHidden } from "@mantine/core";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

/** An address within the application. */
export interface Target {
  to: string;
  search?: Record<string, string>;
}

export interface CardRow {
  key: string;
  label: string;
  /** Amounts as texts, in the order of the columns. */
  cells: string[];
  target?: Target;
}

interface Props {
  title: string;
  help: string;
  target: Target;
  /** Headings: that of the rows' labels, then those of the amounts. */
  columns: string[];
  rows: CardRow[];
  children: ReactNode;
}

export const CHART_HEIGHT = 240;

/** A chart with the same figures as a table: for screen readers always, for everybody on request. */
export function ChartCard({ title, help, target, columns, rows, children }: Props) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const toggle = asTable ? t("dashboard.showChart", { name: title }) : t("dashboard.showTable", { name: title });

  return (
    <Paper withBorder p="md" component="section" aria-label={title} style={{ minWidth: 0 }}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="start">
          <div>
            <Title order={2} size="h5">
              <Anchor
                component={Link}
                to={target.to}
                search={target.search as never}
                inherit
                c="var(--mantine-color-text)"
                aria-label={t("dashboard.openReport", { name: title })}
              >
                {title}
              </Anchor>
            </Title>
            <Text size="xs" c="dimmed">
              {help}
            </Text>
          </div>
          {rows.length > 0 && (
            <ActionIcon variant="subtle" color="gray" aria-label={toggle} onClick={() => setAsTable(!asTable)}>
              {asTable ? <IconChartBar size={18} /> : <IconTable size={18} />}
            </ActionIcon>
          )}
        </Group>
        {rows.length === 0 ? (
          <Center h={CHART_HEIGHT}>
            <Text c="dimmed">{t("dashboard.nothing")}</Text>
          </Center>
        ) : asTable ? (
          <Figures title={title} columns={columns} rows={rows} linked />
        ) : (
          <>
            <div aria-hidden="true">
              <Suspense fallback={<Waiting />}>{children}</Suspense>
            </div>
            <VisuallyHidden>
              <Figures title={title} columns={columns} rows={rows} />
            </VisuallyHidden>
          </>
        )}
      </Stack>
    </Paper>
  );
}

export function Waiting() {
  return (
    <Center h={CHART_HEIGHT}>
      <Loader size="sm" />
    </Center>
  );
}

interface FiguresProps {
  title: string;
  columns: string[];
  rows: CardRow[];
  linked?: boolean;
}

function Figures({ title, columns, rows, linked = false }: FiguresProps) {
  const [first, ...others] = columns;
  const table = (
    <Table fz="xs" verticalSpacing={4}>
      <Table.Caption>
        <VisuallyHidden>{title}</VisuallyHidden>
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{first}</Table.Th>
          {others.map((heading) => (
            <Table.Th key={heading} ta="end">
              {heading}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Th scope="row" fw={400}>
              {linked && row.target ? (
                <Anchor component={Link} to={row.target.to} search={row.target.search as never} size="xs">
                  {row.label}
                </Anchor>
              ) : (
                row.label
              )}
            </Table.Th>
            {row.cells.map((cell, index) => (
              <Table.Td key={others[index]} ta="end" style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>
                {cell}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
  // What only screen readers meet must not be a stop of the keyboard, as a box that scrolls is.
  return linked ? <Table.ScrollContainer minWidth={260}>{table}</Table.ScrollContainer> : table;
}
