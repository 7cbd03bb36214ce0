import { Select, type SelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { CHOICE_BY_KEYBOARD } from "./markedOption";

type Account = Schemas["AccountNodeOut"];

/** All accounts in tree order; one request serves every picker of a page. */
export function useAccounts() {
  return useQuery({
    queryKey: ["accounts", "all"],
    queryFn: async () => (await data(api.GET("/api/accounts", { params: { query: { structure: "flat" } } }))).accounts,
    staleTime: 60_000,
  });
}

interface AccountPickerProps extends Omit<SelectProps, "value" | "onChange" | "data"> {
  value: number | null;
  onChange: (id: number | null, account?: Account) => void;
  /** Only accounts of these types. */
  types?: string[];
  /** Words of a first option that stands for no account (null); without them there is none. */
  none?: string;
}

const NONE = "none";

/** An account, found by its name or code. Inactive ones are offered only where one is already chosen. */
export function AccountPicker({ value, onChange, types, none, ...rest }: AccountPickerProps) {
  const { t } = useTranslation();
  const { data: accounts = [] } = useAccounts();
  const options = useMemo(
    () => [
      ...(none ? [{ value: NONE, label: none }] : []),
      ...accounts
        .filter((account) => (account.active || account.id === value) && (!types || types.includes(account.account_type)))
        .map((account) => ({
          value: String(account.id),
          label: account.code ? `${account.code} · ${account.name}` : account.name,
        })),
    ],
    [accounts, types, value, none],
  );
  return (
    <Select
      {...CHOICE_BY_KEYBOARD}
      clearable={false}
      limit={200}
      nothingFoundMessage={t("common.noOption")}
      comboboxProps={{ withinPortal: true, width: "max-content", position: "bottom-start" }}
      {...rest}
      data={options}
      value={value === null ? (none ? NONE : null) : String(value)}
      onChange={(chosen) => {
        const account = accounts.find((candidate) => String(candidate.id) === chosen);
        onChange(account?.id ?? null, account);
      }}
    />
  );
}
