import { Select, type SelectProps } from "@mantine/core";
import { useOrganization } from "@/app/boot";
import { useCurrencies } from "./api";

interface CurrencySelectProps extends Omit<SelectProps, "value" | "onChange" | "data"> {
  value: string;
  onChange: (code: string) => void;
  /** Codes that are not offered. */
  without?: string[];
}

/** One of the organisation's currencies. */
export function CurrencySelect({ value, onChange, without = [], ...rest }: CurrencySelectProps) {
  const { base_currency } = useOrganization();
  const { data: currencies = [] } = useCurrencies();
  const labels = new Map(currencies.map((one) => [one.currency_code, `${one.currency_code} · ${one.currency_name}`]));
  for (const code of [base_currency, value]) if (code && !labels.has(code)) labels.set(code, code);
  const options = [...labels].filter(([code]) => !without.includes(code)).map(([code, label]) => ({ value: code, label }));
  return (
    <Select
      searchable
      allowDeselect={false}
      {...rest}
      data={options}
      value={value || null}
      onChange={(code) => {
        if (code) onChange(code);
      }}
    />
  );
}
