import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { useAccounts } from "./AccountPicker";
import type { Reader } from "./changes";
import { formatDate, formatInstant } from "./format";

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
const MIDNIGHT = /T00:00:00(\.0+)?Z$/;

/** A day or an instant as people read it; undefined for other texts. Days travel as midnight of that day. */
export function readTime(value: string, dateFormat?: string): string | undefined {
  if (!INSTANT.test(value)) return undefined;
  return MIDNIGHT.test(value) ? formatDate(value.slice(0, 10), dateFormat) : formatInstant(value);
}

/** Account ids as their names, yes and no as words, days in the organisation's form. */
export function useChangeReader(): Reader {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const dateFormat = useOrganization().date_format ?? undefined;
  const names = useMemo(() => new Map((accounts.data ?? []).map((account) => [account.id, account.name])), [accounts.data]);
  return useCallback(
    (field, value) => {
      if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
      if (field.endsWith("account_id") && typeof value === "number") return names.get(value);
      return typeof value === "string" ? readTime(value, dateFormat) : undefined;
    },
    [names, t, dateFormat],
  );
}
