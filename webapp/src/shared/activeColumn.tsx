import { Badge } from "@mantine/core";
import type { TFunction } from "i18next";
import type { Column } from "./DataTable";

/** Whether a row's record is in use. */
export function activeColumn<Row extends { active?: boolean | null }>(t: TFunction): Column<Row> {
  const textOf = (row: Row) => t(row.active ? "common.active" : "common.inactive");
  return {
    key: "status",
    header: t("words.status"),
    value: textOf,
    render: (row) => (
      <Badge variant="light" color={row.active ? "teal" : "gray"}>
        {textOf(row)}
      </Badge>
    ),
    width: 110,
  };
}
