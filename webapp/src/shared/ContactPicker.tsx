import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useOrganization } from "@/app/boot";
import { showProblem } from "./useSave";

interface ContactPickerProps extends Omit<SelectProps, "value" | "onChange" | "data"> {
  value: number | null;
  onChange: (id: number | null) => void;
  kind?: "customer" | "vendor";
}

const NEW = "new";
const CHOICES_MAX = 50;

function useChoices(keyword: string, kind?: string) {
  return useQuery({
    queryKey: ["contacts", "choices", keyword],
    queryFn: () => data(api.GET("/api/contacts/auto-complete", { params: { query: { keyword, limit: CHOICES_MAX } as never } })),
    select: (choices) => choices.filter((choice) => !kind || choice.contact_service === kind),
    placeholderData: keepPreviousData,
  });
}

function useChosen(id: number | null) {
  return useQuery({
    queryKey: ["contacts", id],
    queryFn: () => data(api.GET("/api/contacts/{contact_id}", { params: { path: { contact_id: id as number } } })),
    enabled: id !== null,
    staleTime: 60_000,
  });
}

/** A customer or vendor, found by name; one that does not exist yet is made from what was typed. */
export function ContactPicker({ value, onChange, kind, ...rest }: ContactPickerProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { base_currency } = useOrganization();
  const [typed, setTyped] = useState("");
  const [keyword] = useDebouncedValue(typed, 200);
  const { data: choices = [] } = useChoices(keyword, kind);
  const chosen = useChosen(value).data as { customer?: { display_name: string }; display_name?: string } | undefined;
  const options = choices.map((choice) => ({ value: String(choice.id), label: choice.display_name }));
  if (value !== null && !options.some((option) => option.value === String(value))) {
    options.unshift({ value: String(value), label: chosen?.customer?.display_name ?? chosen?.display_name ?? "…" });
  }
  const name = typed.trim();
  if (kind && name && !options.some((option) => option.label.toLowerCase() === name.toLowerCase())) {
    options.push({ value: NEW, label: t("common.create", { name }) });
  }

  async function create(): Promise<void> {
    const body = { display_name: name, currency_code: base_currency, customer_type: "business" } as never;
    try {
      const made = await data<{ id: number }>(
        kind === "vendor" ? (api.POST("/api/vendors", { body }) as never) : (api.POST("/api/customers", { body }) as never),
      );
      await client.invalidateQueries({ queryKey: ["contacts"] });
      onChange(made.id);
    } catch (problem) {
      showProblem(problem, t("common.failedSave"));
    }
  }

  return (
    <Select
      searchable
      clearable
      limit={CHOICES_MAX + 2}
      filter={({ options: all }) => all}
      nothingFoundMessage={t("common.noOption")}
      {...rest}
      data={options}
      value={value === null ? null : String(value)}
      onSearchChange={setTyped}
      onChange={(next) => {
        if (next === NEW) void create();
        else onChange(next === null ? null : Number(next));
      }}
    />
  );
}
