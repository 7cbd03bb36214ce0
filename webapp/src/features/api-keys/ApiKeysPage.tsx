import { Alert, Badge, Button, Code, CopyButton, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle, IconCheck, IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import type { Column } from "@/shared/DataTable";
import { FormButtons } from "@/shared/FormButtons";
import { formatInstant } from "@/shared/format";
import { Page } from "@/shared/Page";
import { AddButton, RecordList } from "@/shared/RecordList";
import { actionsColumn } from "@/shared/RowMenu";
import { useAction } from "@/shared/useAction";
import { useSave } from "@/shared/useSave";

type ApiKey = Schemas["ApiKeyOut"];

export default function ApiKeysPage() {
  const { t } = useTranslation();
  const mayChange = usePermission("Preferences", "Mutate");
  const query = useQuery({ queryKey: ["api-keys", "list"], queryFn: () => data(api.GET("/api/api-keys")) });
  const [isMaking, setMaking] = useState(false);
  // The key itself is held here only, and forgotten when the dialog closes: the server cannot show it again.
  const [made, setMade] = useState<string | null>(null);
  const revocation = useAction({
    call: (id: number) => data(api.PUT("/api/api-keys/{key_id}/revoke", { params: { path: { key_id: id } } })),
    invalidates: ["api-keys"],
    success: t("apiKeys.revokedNow"),
  });
  const columns: Column<ApiKey>[] = [
    { key: "name", header: t("common.name"), value: (row) => row.name ?? t("apiKeys.unnamed"), width: 200 },
    { key: "token", header: t("apiKeys.key"), value: (row) => row.token, render: (row) => <Code>{row.token}</Code>, width: 180 },
    {
      key: "created_at",
      header: t("apiKeys.made"),
      value: (row) => row.created_at,
      render: (row) => formatInstant(row.created_at),
      width: 160,
    },
    {
      key: "expires_at",
      header: t("apiKeys.expires"),
      value: (row) => row.expires_at,
      render: (row) => (row.expires_at ? formatInstant(row.expires_at) : t("apiKeys.never")),
      width: 160,
    },
    {
      key: "status",
      header: t("words.status"),
      value: (row) => (row.revoked ? t("apiKeys.revoked") : t("common.active")),
      render: (row) => (
        <Badge variant="light" color={row.revoked ? "gray" : "teal"}>
          {row.revoked ? t("apiKeys.revoked") : t("common.active")}
        </Badge>
      ),
      width: 110,
    },
    actionsColumn(t, {
      name: (row) => row.name ?? row.token,
      actions: (row) => [
        mayChange &&
          !row.revoked && {
            label: t("apiKeys.revoke"),
            danger: true,
            onClick: () =>
              confirmDelete({
                title: t("apiKeys.revoke"),
                text: t("apiKeys.revokeText"),
                label: t("apiKeys.revoke"),
                confirm: () => revocation.run(row.id),
              }),
          },
      ],
    }),
  ];
  const add = mayChange && <AddButton label={t("apiKeys.new")} onClick={() => setMaking(true)} />;
  return (
    <Page title={t("apiKeys.title")} actions={add}>
      <Text size="sm" c="dimmed" maw={640}>
        {t("apiKeys.text")}
      </Text>
      <RecordList
        query={query}
        empty={{ title: t("apiKeys.empty"), text: t("apiKeys.emptyText"), action: add }}
        id="api-keys"
        label={t("apiKeys.title")}
        columns={columns}
        rowKey={(row) => row.id}
      />
      <Modal opened={isMaking} onClose={() => setMaking(false)} title={t("apiKeys.new")}>
        <KeyForm
          onCancel={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      </Modal>
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title={t("apiKeys.yourKey")}
        closeOnClickOutside={false}
        size="lg"
      >
        {made !== null && <MadeKey value={made} onDone={() => setMade(null)} />}
      </Modal>
    </Page>
  );
}

function KeyForm({ onCancel, onMade }: { onCancel: () => void; onMade: (key: string) => void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { name: "" } });
  const save = useSave({
    call: ({ name }: { name: string }) => data(api.POST("/api/api-keys/generate", { body: { name: name.trim() || null } })),
    invalidates: ["api-keys"],
    form,
    onSaved: ({ key }) => onMade(key),
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <TextInput label={t("common.name")} description={t("apiKeys.nameHint")} data-autofocus {...form.getInputProps("name")} />
        <FormButtons isPending={save.isPending} onCancel={onCancel} label={t("apiKeys.make")} />
      </Stack>
    </form>
  );
}

function MadeKey({ value, onDone }: { value: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle />}>
        {t("apiKeys.once")}
      </Alert>
      <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }} dir="ltr">
        {value}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>
              {copied ? t("apiKeys.copied") : t("apiKeys.copy")}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t("apiKeys.keptIt")}</Button>
      </Group>
    </Stack>
  );
}
