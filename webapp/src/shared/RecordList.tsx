import { Button, Modal, type ModalProps } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { DataTable, type DataTableProps } from "./DataTable";
import { FoldedHistory } from "./History";
import { QueryView } from "./QueryView";

interface RecordListProps<T> extends Omit<DataTableProps<T>, "rows"> {
  query: UseQueryResult<T[]>;
  /** Shown while there are none. */
  empty: { title: string; text?: string; action?: ReactNode };
}

/** A list that is wholly here: loading, failed, empty, or its table. */
export function RecordList<T extends RowData>({ query, empty, ...table }: RecordListProps<T>) {
  return (
    <QueryView query={query} empty={{ when: (rows) => rows.length === 0, ...empty }}>
      {(rows) => <DataTable {...table} rows={rows} />}
    </QueryView>
  );
}

/** What a dialog edits: a record, a new one, or nothing while it is closed. */
export type Edited<T> = T | "new" | null;

interface RecordDialogProps<T> {
  edited: Edited<T>;
  onClose: () => void;
  titles: { new: string; edit: string };
  size?: ModalProps["size"];
  /** What the audit trail calls such a record. */
  subject: string;
  /** The form; null for a new record. */
  children: (record: T | null) => ReactNode;
}

/** The dialog in which a record of a list is written. */
export function RecordDialog<T extends { id: number }>({
  edited,
  onClose,
  titles,
  size,
  subject,
  children,
}: RecordDialogProps<T>) {
  return (
    <Modal opened={edited !== null} onClose={onClose} size={size} title={edited === "new" ? titles.new : titles.edit}>
      {edited !== null && children(edited === "new" ? null : edited)}
      {edited !== null && edited !== "new" && <FoldedHistory subject={subject} id={edited.id} />}
    </Modal>
  );
}

type AddButtonProps = { label: string } & ({ to: string; onClick?: undefined } | { onClick: () => void; to?: undefined });

/** Begins a new record, in a dialog or on a page of its own. */
export function AddButton({ label, to, onClick }: AddButtonProps) {
  const icon = <IconPlus size={16} aria-hidden />;
  return to === undefined ? (
    <Button leftSection={icon} onClick={onClick}>
      {label}
    </Button>
  ) : (
    <Button component={Link} to={to} leftSection={icon}>
      {label}
    </Button>
  );
}
