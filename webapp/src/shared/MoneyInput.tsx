import { NumberInput, type NumberInputProps } from "@mantine/core";

interface MoneyInputProps extends Omit<NumberInputProps, "value" | "onChange"> {
  /** A decimal as text; empty for none. */
  value: string;
  onChange: (value: string) => void;
}

/** An amount, kept as decimal text: a binary number would round what the person typed. */
export function MoneyInput({ value, onChange, ...rest }: MoneyInputProps) {
  return (
    <NumberInput
      hideControls
      thousandSeparator=","
      decimalScale={6}
      valueIsNumericString
      styles={{ input: { textAlign: "end" } }}
      {...rest}
      value={value}
      onChange={(next) => onChange(next === "" ? "" : String(next))}
    />
  );
}
