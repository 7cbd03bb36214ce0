import { Text } from "@mantine/core";
import { useOrganization } from "@/app/boot";
import { formatMoney } from "./format";

interface MoneyProps {
  value: number | string | null | undefined;
  currency?: string;
  muted?: boolean;
}

/** An amount, in tabular figures, negative ones told by a sign and not by colour alone. */
export function Money({ value, currency, muted }: MoneyProps) {
  const { base_currency } = useOrganization();
  const negative = Number(value) < 0;
  return (
    <Text
      component="span"
      inherit
      c={muted ? "dimmed" : negative ? "var(--mantine-color-error)" : undefined}
      style={{ whiteSpace: "nowrap" }}
    >
      <bdi>{formatMoney(value, currency ?? base_currency)}</bdi>
    </Text>
  );
}
