import { Checkbox, Group, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COLUMNS, type MatrixRow, pairOf, pairsOfRow, withPair, withRow } from "./permissionMatrix";

interface PermissionMatrixProps {
  rows: MatrixRow[];
  pairs: ReadonlySet<string>;
  onChange: (pairs: Set<string>) => void;
  readOnly: boolean;
}

/** What a role may do: a row for each kind of record, a column for each of the usual abilities. */
export function PermissionMatrix({ rows, pairs, onChange, readOnly }: PermissionMatrixProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table striped aria-label={t("people.permissions")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("people.subject")}</Table.Th>
            <Table.Th ta="center">{t("people.everything")}</Table.Th>
            {COLUMNS.map((column) => (
              <Table.Th key={column} ta="center">
                {t(`people.abilities.${column}`)}
              </Table.Th>
            ))}
            <Table.Th>{t("people.more")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const all = pairsOfRow(row);
            const ticked = all.filter((pair) => pairs.has(pair)).length;
            return (
              <Table.Tr key={row.subject}>
                <Table.Th scope="row" fw={500} miw={170}>
                  {row.label}
                </Table.Th>
                <Table.Td>
                  <Checkbox
                    styles={{ body: { justifyContent: "center" } }}
                    disabled={readOnly}
                    aria-label={`${row.label}: ${t("people.everything")}`}
                    checked={ticked === all.length}
                    indeterminate={ticked > 0 && ticked < all.length}
                    onChange={(event) => onChange(withRow(pairs, row, event.currentTarget.checked))}
                  />
                </Table.Td>
                {COLUMNS.map((column) => (
                  <Table.Td key={column}>
                    {row.columns[column] && (
                      <Checkbox
                        styles={{ body: { justifyContent: "center" } }}
                        disabled={readOnly}
                        aria-label={`${row.label}: ${t(`people.abilities.${column}`)}`}
                        checked={pairs.has(pairOf(row.subject, column))}
                        onChange={(event) => onChange(withPair(pairs, row, column, event.currentTarget.checked))}
                      />
                    )}
                  </Table.Td>
                ))}
                <Table.Td>
                  <Group gap="md">
                    {row.others.map((ability) => (
                      <Checkbox
                        key={ability.key}
                        label={ability.label}
                        disabled={readOnly}
                        checked={pairs.has(pairOf(row.subject, ability.key))}
                        onChange={(event) => onChange(withPair(pairs, row, ability.key, event.currentTarget.checked))}
                      />
                    ))}
                  </Group>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
