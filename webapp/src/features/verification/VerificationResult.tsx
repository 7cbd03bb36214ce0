import { Alert, List, Paper, SimpleGrid, Stack, Table, Text, ThemeIcon, Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { formatInstant, formatMoney } from "@/shared/format";

type Report = Schemas["VerificationOut"];
type Check = Schemas["CheckOut"];

export function VerificationResult({ report, at }: { report: Report; at: string }) {
  const { t } = useTranslation();
  const count = report.checks.length;
  const failed = report.checks.filter((check) => !check.passed).length;
  const name = report.organization_name;

  return (
    <Stack gap="md">
      <Alert
        color={report.passed ? "green" : "red"}
        icon={report.passed ? <IconCheck /> : <IconAlertTriangle />}
        title={report.passed ? t("verification.passed") : t("verification.failed")}
        role="status"
        styles={{ title: { color: "var(--mantine-color-text)" } }}
      >
        <Text size="sm">
          {report.passed ? t("verification.passedText", { count, name }) : t("verification.failedText", { count, failed })}
        </Text>
        {!report.passed && <Text size="sm">{t("verification.advice")}</Text>}
        <Text size="xs" mt={4}>
          {t("verification.at", { at: formatInstant(at) })}
        </Text>
      </Alert>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("verification.check")}</Table.Th>
              <Table.Th ta="end">{t("verification.looked")}</Table.Th>
              <Table.Th>{t("verification.result")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.checks.map((check) => (
              <CheckRow key={check.name} check={check} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <LedgerPosition report={report} />
    </Stack>
  );
}

function CheckRow({ check }: { check: Check }) {
  const { t } = useTranslation();
  return (
    <Table.Tr style={{ verticalAlign: "top" }}>
      <Table.Td>
        <Text size="sm">{t(`verification.checks.${check.name}`, { defaultValue: check.title })}</Text>
        <Findings title={t("verification.problems")} texts={check.problems} icon={<IconX size={14} />} color="red" />
        <Findings title={t("verification.notes")} texts={check.notes} icon={<IconInfoCircle size={14} />} color="gray" />
        {check.omitted > 0 && (
          <Text size="xs" c="dimmed">
            {t("verification.omitted", { count: check.omitted })}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end" style={{ fontVariantNumeric: "tabular-nums" }}>
        {check.checked.toLocaleString()}
      </Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <Text size="sm" fw={600} c={check.passed ? undefined : "var(--mantine-color-error)"}>
          {check.passed ? t("verification.ok") : t("verification.wrong", { count: check.problems.length + check.omitted })}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

interface FindingsProps {
  title: string;
  texts: readonly string[];
  icon: ReactNode;
  color: string;
}

function Findings({ title, texts, icon, color }: FindingsProps) {
  if (texts.length === 0) return null;
  return (
    <Stack gap={2} mt="xs">
      <Text size="xs" fw={600}>
        {title}
      </Text>
      <List
        size="xs"
        spacing={2}
        icon={
          <ThemeIcon color={color} variant="light" size={18} radius="xl">
            {icon}
          </ThemeIcon>
        }
      >
        {[...new Set(texts)].map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Stack>
  );
}

function LedgerPosition({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { ledger, base_currency } = report;
  const figures = [
    { label: t("verification.lines"), text: ledger.lines.toLocaleString() },
    { label: t("verification.debit"), text: formatMoney(ledger.debit, base_currency) },
    { label: t("verification.credit"), text: formatMoney(ledger.credit, base_currency) },
    { label: t("verification.entries"), text: ledger.audit_entries.toLocaleString() },
  ];
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t("verification.ledger")}
        </Title>
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          {figures.map((figure) => (
            <div key={figure.label}>
              <Text size="xs" c="dimmed">
                {figure.label}
              </Text>
              <Text fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
                {figure.text}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        <Text size="sm">{ledger.debit === ledger.credit ? t("verification.balanced") : t("verification.unbalanced")}</Text>
        <div>
          <Text size="xs" c="dimmed">
            {t("verification.seal")}
          </Text>
          <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
            {ledger.audit_head}
          </Text>
          <Text size="xs" c="dimmed">
            {t("verification.sealHelp")}
          </Text>
        </div>
      </Stack>
    </Paper>
  );
}
