import { Badge, Drawer, Group, Select, Stack, Tabs, Text } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization, usePermission } from "@/app/boot";
import { DayInput } from "@/shared/DayInput";
import { History, useSeesHistory } from "@/shared/History";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { EmptyState } from "@/shared/states";
import { AccountForm } from "./AccountForm";
import { AccountMenu } from "./AccountMenu";
import { useAccount, useLastDay, useRegister } from "./api";
import { Register } from "./Register";
import { type DateRange, PRESETS, type Preset, presetRange, rangeOf } from "./range";

export default function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const parameters: Record<string, unknown> = useParams({ strict: false });
  const id = Number(parameters.accountId) || 0;
  const account = useAccount(id);
  const seesLines = usePermission("Report", "read-general-ledger");
  const seesHistory = useSeesHistory();
  const [editing, setEditing] = useState(false);
  const shown = account.data;

  return (
    <Page
      title={shown ? [shown.code, shown.name].filter(Boolean).join(" · ") : t("accounts.register")}
      back="/accounts"
      actions={
        shown && (
          <AccountMenu account={shown} onEdit={() => setEditing(true)} onDeleted={() => void navigate({ to: "/accounts" })} />
        )
      }
    >
      <QueryView query={account}>
        {(found) => (
          <Stack gap="sm">
            <Group gap="xs">
              <Badge variant="light">{found.account_type_label}</Badge>
              {!found.active && <Badge color="gray">{t("accounts.inactive")}</Badge>}
              {found.description && (
                <Text size="sm" c="dimmed">
                  {found.description}
                </Text>
              )}
            </Group>
            <Tabs defaultValue="register" keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab value="register">{t("accounts.register")}</Tabs.Tab>
                {seesHistory && <Tabs.Tab value="history">{t("accounts.history")}</Tabs.Tab>}
              </Tabs.List>
              <Tabs.Panel value="register" pt="sm">
                {seesLines ? <RegisterPanel id={id} /> : <EmptyState title={t("common.notAllowed")} />}
              </Tabs.Panel>
              {seesHistory && (
                <Tabs.Panel value="history" pt="sm">
                  <History subject="Account" id={id} />
                </Tabs.Panel>
              )}
            </Tabs>
            <Drawer opened={editing} onClose={() => setEditing(false)} position="right" title={t("accounts.edit")}>
              <AccountForm account={{ ...found, account_level: 0 }} onDone={() => setEditing(false)} />
            </Drawer>
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function RegisterPanel({ id }: { id: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search: unknown = useSearch({ strict: false });
  const { fiscal_year, base_currency } = useOrganization();
  const newest = useLastDay(id);
  const known = newest.isPending ? undefined : (newest.data ?? null);
  const ranges = useMemo(
    () =>
      known === undefined
        ? null
        : (Object.fromEntries(PRESETS.map((item) => [item, presetRange(item, known, fiscal_year ?? "january")])) as Record<
            Preset,
            DateRange
          >),
    [known, fiscal_year],
  );
  const chosen = rangeOf(search);
  const range = chosen ?? ranges?.lastYear ?? null;
  const register = useRegister(id, range);
  const preset = PRESETS.find(
    (item) => ranges && range && ranges[item].from_date === range.from_date && ranges[item].to_date === range.to_date,
  );
  const choose = (next: DateRange) => void navigate({ to: ".", search: { ...next }, replace: true });

  return (
    <Stack gap="sm">
      <Group align="start" gap="sm">
        <Select
          label={t("accounts.range")}
          data={[
            ...PRESETS.map((item) => ({ value: item as string, label: t(`accounts.${item}`) })),
            ...(preset ? [] : [{ value: "own", label: t("accounts.ownDates") }]),
          ]}
          value={preset ?? "own"}
          onChange={(value) => {
            const next = PRESETS.find((item) => item === value);
            if (next && ranges) choose(ranges[next]);
          }}
          allowDeselect={false}
          w={180}
        />
        <DayInput
          label={t("accounts.from")}
          w={140}
          value={range?.from_date ?? null}
          onChange={(day) => day && range && choose({ from_date: day, to_date: range.to_date })}
        />
        <DayInput
          label={t("accounts.to")}
          w={140}
          value={range?.to_date ?? null}
          onChange={(day) => day && range && choose({ from_date: range.from_date, to_date: day })}
          error={range && range.to_date < range.from_date ? t("accounts.from_after_to") : undefined}
        />
      </Group>
      <QueryView
        query={register}
        empty={{
          when: (found) => found === null,
          title: t("accounts.noLines"),
          text: t("accounts.noLinesText"),
        }}
      >
        {(found) => found && <Register account={found} currency={base_currency} />}
      </QueryView>
    </Stack>
  );
}
