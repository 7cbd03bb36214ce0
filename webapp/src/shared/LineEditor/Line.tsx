import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import classes from "./LineEditor.module.css";
import type { Keyed, LineColumn } from "./types";

interface LineProps<L extends Keyed> {
  line: L;
  index: number;
  columns: LineColumn<L>[];
  live: boolean;
  /** JSON of the messages by column key; empty for none. Text, so that equal errors do not draw the line again. */
  errors: string;
  onPatch: (key: string, patch: Partial<L>) => void;
  onRemove: (key: string) => void;
  onActivate: (column: number) => void;
}

function DrawnLine<L extends Keyed>({ line, index, columns, live, errors, onPatch, onRemove, onActivate }: LineProps<L>) {
  const { t } = useTranslation();
  const messages: Record<string, string> = errors ? JSON.parse(errors) : {};
  return (
    <tr>
      <td className={classes.number}>{index + 1}</td>
      {columns.map((column, position) => {
        const label = t("lines.cell", { column: column.header, number: index + 1 });
        return (
          <td
            key={column.key}
            data-line={index}
            data-column={position}
            className={column.align === "end" ? classes.end : undefined}
          >
            {live ? (
              column.render({ line, index, change: (patch) => onPatch(line.key, patch), label, error: messages[column.key] })
            ) : (
              <button
                type="button"
                data-idle
                className={classes.idle}
                aria-label={`${label}: ${column.text(line) || t("lines.empty")}`}
                data-invalid={messages[column.key] ? true : undefined}
                title={messages[column.key]}
                onFocus={() => onActivate(position)}
              >
                {column.text(line)}
              </button>
            )}
          </td>
        );
      })}
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          tabIndex={-1}
          aria-label={t("lines.remove", { number: index + 1 })}
          aria-keyshortcuts="Control+Delete"
          onClick={() => onRemove(line.key)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </td>
    </tr>
  );
}

/** Drawn again only when something of this line has changed; `onActivate` only carries the line's own place. */
export const Line = memo(
  DrawnLine,
  (before, after) =>
    before.line === after.line &&
    before.index === after.index &&
    before.columns === after.columns &&
    before.live === after.live &&
    before.errors === after.errors &&
    before.onPatch === after.onPatch &&
    before.onRemove === after.onRemove,
) as typeof DrawnLine;
