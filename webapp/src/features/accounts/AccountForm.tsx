import { Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { AccountPicker } from "@/shared/AccountPicker";
import { useSave } from "@/shared/useSave";
import { type Account, fieldOf, saveAccount, TOUCHED, useAccountTypes, useCurrencies } from "./api";

interface Values {
  name: string;
  code: string;
  account_type: string;
  currency_code: string;
  parent_account_id: number | null;
  description: string;
}

const ROOTS = ["asset", "liability", "equity", "income", "expense"];

/** Opens an account (`account` null) or changes one. */
export function AccountForm({ account, onDone }: { account: Account | null; onDone: () => void }) {
  const { t } = useTranslation();
  const base = useOrganization().base_currency;
  const types = useAccountTypes();
  const form = useForm<Values>({
    initialValues: {
      name: account?.name ?? "",
      code: account?.code ?? "",
      account_type: account?.account_type ?? "",
      currency_code: account?.currency_code ?? base,
      parent_account_id: account?.parent_account_id ?? null,
      description: account?.description ?? "",
    },
  });
  const type = types.data?.find((item) => item.key === form.values.account_type);
  const foreign = account === null && type?.multi_currency === true;
  const currencies = useCurrencies(foreign);
  const save = useSave({
    call: (values: Values) =>
      saveAccount(account?.id ?? null, {
        name: values.name.trim(),
        account_type: values.account_type,
        code: values.code.trim() || null,
        description: values.description.trim() || null,
        parent_account_id: values.parent_account_id,
        currency_code: foreign ? values.currency_code : base,
      }),
    invalidates: TOUCHED,
    success: account ? t("accounts.saved") : t("accounts.created"),
    form,
    fieldOf,
    onSaved: onDone,
  });

  const groups = [...new Set([...ROOTS, ...(types.data ?? []).map((item) => item.root_type)])]
    .map((root) => ({
      group: root.charAt(0).toLocaleUpperCase() + root.slice(1),
      items: (types.data ?? []).filter((item) => item.root_type === root).map((item) => ({ value: item.key, label: item.label })),
    }))
    .filter((group) => group.items.length > 0);

  return (
    <form onSubmit={form.onSubmit((values) => save.submit(values))} noValidate>
      <Stack>
        <TextInput label={t("accounts.name")} required maxLength={255} data-autofocus {...form.getInputProps("name")} />
        <Select
          label={t("accounts.type")}
          description={account ? t("accounts.typeFixed") : undefined}
          data={groups}
          value={form.values.account_type || null}
          onChange={(value) => {
            form.setFieldValue("account_type", value ?? "");
            form.setFieldValue("parent_account_id", null);
          }}
          error={form.errors.account_type}
          disabled={account !== null}
          allowDeselect={false}
          searchable
          required
        />
        <TextInput
          label={t("accounts.code")}
          description={t("accounts.codeHelp")}
          maxLength={6}
          {...form.getInputProps("code")}
        />
        {foreign && (
          <Select
            label={t("accounts.currency")}
            description={t("accounts.currencyHelp")}
            data={(currencies.data ?? []).map((item) => ({
              value: item.currency_code,
              label: `${item.currency_code} — ${item.currency_name}`,
            }))}
            value={form.values.currency_code}
            onChange={(value) => form.setFieldValue("currency_code", value ?? base)}
            error={form.errors.currency_code}
            allowDeselect={false}
            searchable
          />
        )}
        {form.values.account_type && (
          <AccountPicker
            label={t("accounts.parent")}
            description={t("accounts.parentHelp")}
            types={[form.values.account_type]}
            value={form.values.parent_account_id}
            clearable
            onChange={(id) => form.setFieldValue("parent_account_id", id)}
            error={form.errors.parent_account_id}
          />
        )}
        <Textarea label={t("accounts.description")} autosize minRows={2} maxRows={8} {...form.getInputProps("description")} />
        <Group justify="end">
          <Button variant="default" onClick={onDone} disabled={save.isPending}>
            {t("accounts.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("accounts.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
