import { Button, Checkbox, Drawer, Fieldset, Group, MultiSelect, NumberInput, Radio, Stack, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useAccounts } from "@/shared/AccountPicker";
import { useBranches } from "./api";
import type { ReportDefinition, RowChoice } from "./definitions";
import { NumberControls } from "./NumberControls";
import { PeriodControls } from "./PeriodControls";
import {
  COMPARED_WITH,
  COMPARISONS,
  type ComparedWith,
  type Comparison,
  defaultParameters,
  type Parameters,
  type Today,
} from "./parameters";

interface CustomiseProps {
  report: ReportDefinition;
  parameters: Parameters;
  today: Today;
  onApply: (parameters: Parameters) => void;
  onClose: () => void;
}

export interface PartProps {
  value: Parameters;
  set: (change: Partial<Parameters>) => void;
}

function CompareControls({ value, set, name }: PartProps & { name: Comparison }) {
  const { t } = useTranslation();
  const wanted = value[name];
  return (
    <Stack gap={6}>
      <Switch
        label={t(`reports.${name}`)}
        checked={wanted.length > 0}
        onChange={(event) => set({ [name]: event.currentTarget.checked ? ["amount"] : [] })}
      />
      {wanted.length > 0 && (
        <Checkbox.Group
          aria-label={t(`reports.${name}`)}
          value={wanted}
          onChange={(chosen) => set({ [name]: ["amount", ...chosen.filter((part) => part !== "amount")] as ComparedWith[] })}
        >
          <Group ms="lg">
            {COMPARED_WITH.filter((part) => part !== "amount").map((part) => (
              <Checkbox key={part} value={part} label={t(`reports.compared.${part}`)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </Stack>
  );
}

function BranchesControl({ value, set }: PartProps) {
  const { t } = useTranslation();
  const branches = useBranches().data ?? [];
  if (branches.length === 0 && value.branches.length === 0) return null;
  return (
    <MultiSelect
      label={t("reports.branches")}
      placeholder={value.branches.length ? undefined : t("reports.all")}
      data={branches.map((branch) => ({ value: String(branch.id), label: branch.name }))}
      value={value.branches.map(String)}
      searchable
      clearable
      onChange={(ids) => set({ branches: ids.map(Number) })}
    />
  );
}

function AccountsControl({ value, set }: PartProps) {
  const { t } = useTranslation();
  const accounts = useAccounts().data ?? [];
  return (
    <MultiSelect
      label={t("reports.accounts")}
      placeholder={value.accounts.length ? undefined : t("reports.all")}
      data={accounts.map(({ id, code, name }) => ({ value: String(id), label: code ? `${code} · ${name}` : name }))}
      value={value.accounts.map(String)}
      searchable
      clearable
      limit={100}
      onChange={(ids) => set({ accounts: ids.map(Number) })}
    />
  );
}

const CONTACTS_MAX = 1000;

function ContactsControl({ value, set, kind }: PartProps & { kind: "customer" | "vendor" }) {
  const { t } = useTranslation();
  const { data: contacts = [] } = useQuery({
    queryKey: ["contacts", "report-choices"],
    queryFn: () => data(api.GET("/api/contacts/auto-complete", { params: { query: { limit: CONTACTS_MAX } as never } })),
    staleTime: 60_000,
  });
  const own = contacts.filter((contact) => contact.contact_service === kind);
  return (
    <MultiSelect
      label={t(`reports.contacts.${kind}`)}
      placeholder={value.contacts.length ? undefined : t("reports.all")}
      data={own.map((contact) => ({ value: String(contact.id), label: contact.display_name }))}
      value={value.contacts.map(String)}
      searchable
      clearable
      limit={100}
      onChange={(ids) => set({ contacts: ids.map(Number) })}
    />
  );
}

function RowsControl({ value, set, choices }: PartProps & { choices: readonly RowChoice[] }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t("reports.rows.label")} value={value.rows} onChange={(rows) => set({ rows: rows as RowChoice })}>
      <Stack gap={6} mt={6}>
        {choices.map((choice) => (
          <Radio key={choice} value={choice} label={t(`reports.rows.${choice}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function AgingControls({ value, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <Group grow>
      <NumberInput
        label={t("reports.agingDays")}
        min={1}
        max={500}
        clampBehavior="strict"
        value={value.agingDays}
        onChange={(days) => set({ agingDays: Number(days) || 30 })}
      />
      <NumberInput
        label={t("reports.agingPeriods")}
        min={1}
        max={12}
        clampBehavior="strict"
        value={value.agingPeriods}
        onChange={(periods) => set({ agingPeriods: Number(periods) || 3 })}
      />
    </Group>
  );
}

function Customise({ report, parameters, today, onApply, onClose }: CustomiseProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState(parameters);
  const set = (change: Partial<Parameters>) => setValue((before) => ({ ...before, ...change }));
  const { controls } = report;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onApply(value);
        onClose();
      }}
    >
      <Stack gap="md">
        <Fieldset legend={t("reports.period")}>
          <PeriodControls report={report} parameters={value} today={today} onChange={setValue} />
        </Fieldset>
        {controls.compare && (
          <Fieldset legend={t("reports.compare")}>
            <Stack gap="sm">
              {COMPARISONS.map((name) => (
                <CompareControls key={name} name={name} value={value} set={set} />
              ))}
            </Stack>
          </Fieldset>
        )}
        {controls.percentages && (
          <Checkbox.Group
            label={t("reports.percentages")}
            value={value.percentages}
            onChange={(percentages) => set({ percentages })}
          >
            <Stack gap={6} mt={6}>
              {controls.percentages.map((name) => (
                <Checkbox key={name} value={name} label={t(`reports.percentage.${name}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        {controls.aging && <AgingControls value={value} set={set} />}
        {controls.rows && <RowsControl value={value} set={set} choices={controls.rows.choices} />}
        {controls.accounts && <AccountsControl value={value} set={set} />}
        {controls.contacts && <ContactsControl value={value} set={set} kind={controls.contacts.kind} />}
        {controls.branches && <BranchesControl value={value} set={set} />}
        <NumberControls value={value} set={set} />
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={() => setValue(defaultParameters(report, today))}>
            {t("reports.reset")}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit">{t("reports.apply")}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** Everything that a report lets one choose. */
export function CustomiseDrawer({ opened, ...props }: CustomiseProps & { opened: boolean }) {
  const { t } = useTranslation();
  return (
    <Drawer opened={opened} onClose={props.onClose} position="right" size="lg" title={t("reports.customise")}>
      {opened && <Customise {...props} />}
    </Drawer>
  );
}
